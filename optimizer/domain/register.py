"""The record for the Algoritmeregister, standard 1.0: its fields, how long each may be, and which words it knows.

Source: Algoritmeregister Publicatiestandaard 1.0 and the delivery API of that version
(https://regels.overheid.nl/publicaties/algoritmeregister-publicatiestandaard).
"""

import datetime
import re
from collections.abc import Mapping
from typing import Any

#: Fields of text, with the most characters that the standard allows.
LENGTHS: Mapping[str, int] = {
    "name": 100,
    "description_short": 350,
    "organization": 100,
    "goal": 2500,
    "proportionality": 2500,
    "human_intervention": 2500,
    "risks": 2500,
    "lawful_basis": 2500,
    "source_data": 2500,
    "impacttoetsen": 2500,
    "methods_and_models": 5000,
}
#: Fields without which nothing is published.
REQUIRED = (
    "name",
    "description_short",
    "organization",
    "status",
    "contact_email",
    "publication_category",
    "lang",
    "standard_version",
)
#: Fields with a fixed set of words.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "status": ("In ontwikkeling", "In gebruik", "Buiten gebruik"),
    "publication_category": ("Hoog-risico AI-systeem", "Impactvolle algoritmes", "Overige algoritmes"),
    "lang": ("NLD", "ENG"),
    "standard_version": ("1.0",),
}
#: Words of the list of themes.
CATEGORIES = (
    "Organisatie en bedrijfsvoering",
    "Cultuur en recreatie",
    "Economie",
    "Overheidsfinanciën",
    "Wonen",
    "Internationaal",
    "Migratie en integratie",
    "Natuur en milieu",
    "Onderwijs en wetenschap",
    "Openbare orde en veiligheid",
    "Recht",
    "Ruimte en infrastructuur",
    "Sociale zekerheid",
    "Verkeer",
    "Werk",
    "Zorg en gezondheid",
)
#: Fields that hold a list.
LISTS = ("category", "lawful_basis_grouping", "impacttoetsen_grouping", "source_data_grouping")
#: Every field that may be delivered.
FIELDS = (
    *LENGTHS,
    *CHOICES,
    *LISTS,
    *("begin_date", "end_date", "contact_email", "website", "url", "process_index_url", "provider", "publiccode"),
    *("source_id", "tags"),
)
#: What begins a place that a person must still fill in.
TO_FILL = "[Vul in: "
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def faults(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the fields of a record that the standard does not allow, each with what is wrong: a code.

    ``te_lang``, ``leeg``, ``geen_keuze``, ``geen_lijst``, ``geen_tekst``, ``geen_adres``, ``geen_datum``, ``onbekend``.
    A field that must still be filled in is ``in_te_vullen``.

    >>> faults({"name": "x" * 101, "status": "Klaar"})[:2]
    [('name', 'te_lang'), ('status', 'geen_keuze')]
    """
    found = []
    for field, value in record.items():
        found += [(field, code) for code in [_wrong(field, value)] if code]
    return found + [(field, "leeg") for field in REQUIRED if field not in record]


def _wrong(field: str, value: Any) -> str:
    if field not in FIELDS:
        return "onbekend"
    if field in LISTS:
        listed = isinstance(value, list) and all(isinstance(one, (str, dict)) for one in value)
        known = field != "category" or (listed and set(map(str, value)) <= set(CATEGORIES))
        return "" if listed and known else "geen_keuze" if listed else "geen_lijst"
    if value is None:
        return "leeg" if field in REQUIRED else ""
    if not isinstance(value, str):
        return "geen_tekst"
    return _wrong_text(field, value)


def _wrong_text(field: str, value: str) -> str:
    if len(value) > LENGTHS.get(field, 2500):
        return "te_lang"
    if TO_FILL in value:
        return "in_te_vullen"
    if not value.strip() and field in REQUIRED:
        return "leeg"
    if field in CHOICES and value not in CHOICES[field]:
        return "geen_keuze"
    if field == "contact_email" and not _ADDRESS.fullmatch(value):
        return "geen_adres"
    return "geen_datum" if field.endswith("_date") and not _is_month(value) else ""


def _is_month(text: str) -> bool:
    """Tell whether a text is a month or a day: ``2026-10`` or ``2026-10-01``."""
    for form in ("%Y-%m-%d", "%Y-%m"):
        try:
            datetime.datetime.strptime(text, form)  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
        return True
    return False
