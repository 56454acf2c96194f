"""Every problem of the input in plain words: what is wrong and what to do, in Dutch and English."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from geodata.wording import Lang, Sentence
from optimizer.errors import Defect

_LONGEST_VALUE = 60
_WORDS = {"nl": ("rij", "kolom"), "en": ("row", "column")}
_ACTION = {"nl": "nl_actie", "en": "en_actie"}


@cache
def texts() -> Mapping[str, Mapping[str, str | Sequence[str]]]:
    """Return the registry ``texts.toml``: code of the defect -> its sentences."""
    return tomllib.loads((files("optimizer.read") / "texts.toml").read_text(encoding="utf-8"))


def render(defect: Defect, lang: Lang = "nl") -> tuple[str, str]:
    """Say what is wrong and what to do about it.

    Parameters
    ----------
    defect
        The problem.
    lang
        ``nl`` or ``en``.

    Returns
    -------
    Message and remedy; where the problem is (file, row, column) is not repeated in them.

    Examples
    --------
    >>> zwole = Defect("gemeente_onbekend", "huishoudens.csv", 14, "opvang_gemeente", "Zwole",
    ...                {"kandidaten": "Zwolle (GM0193)"})
    >>> render(zwole)
    ("'Zwole' is geen gemeente.", 'Bedoelt u Zwolle (GM0193)?')
    """
    details = {name: d.said(lang) if isinstance(d, Sentence) else d for name, d in defect.details.items()}
    known = {**details, "value": _short(defect.value), "column": defect.column}
    entry = texts()[defect.code]
    return _fill(entry[lang], known), _fill(entry[_ACTION[lang]], known)


def line(defect: Defect, lang: Lang = "nl") -> str:
    """Return the whole problem on one line: where, what, and what to do.

    >>> line(Defect("geen_geheel_getal", "huishoudens.csv", 3, "aantal_personen", "2,5"), "en")
    "huishoudens.csv, row 3, column aantal_personen: '2,5' is no whole number. Write a whole number, such as 4."
    """
    row, column = _WORDS[lang]
    where = [defect.file]
    if defect.row is not None:
        where.append(f"{row} {defect.row}")
    if defect.column:
        where.append(f"{column} {defect.column}")
    return f"{', '.join(where)}: {' '.join(render(defect, lang))}"


def as_json(defects: Sequence[Defect], lang: Lang = "nl") -> list[dict[str, Any]]:
    """Return the problems as records for machines, in the order given.

    Keys: code, file, row (as in Excel, null for a whole file), column, value, message, remedy, warning.
    """
    records = []
    for defect in defects:
        message, remedy = render(defect, lang)
        place = {"code": defect.code, "file": defect.file, "row": defect.row, "column": defect.column}
        said = {"value": defect.value, "message": message, "remedy": remedy, "warning": defect.warning}
        records.append({**place, **said})
    return records


def _fill(variants: str | Sequence[str], known: Mapping[str, str]) -> str:
    """Fill the first variant whose fields are all known; the last one must do without."""
    options = [variants] if isinstance(variants, str) else list(variants)
    fitting = [text for text in options if all(known.get(name) for name in _fields(text))]
    return (fitting or options)[0 if fitting else -1].format_map(known)


def _fields(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def _short(value: str) -> str:
    """Return a cell on one line of a readable length."""
    plain = " ".join(value.split())
    return plain if len(plain) <= _LONGEST_VALUE else f"{plain[:_LONGEST_VALUE]}…"
