"""What may stand in a column and what an empty cell means, in a sentence for the people who fill it in."""

from collections.abc import Mapping

from geodata.wording import Lang, Sentence
from optimizer.domain.tables import Column

_BY_KIND: Mapping[str, Sentence] = {
    "id": Sentence("Eigen kenmerk, geen naam en geen BSN", "A key of your own, no name and no BSN"),
    "text": Sentence("Vrije tekst zonder namen", "Free text without names"),
    "flag": Sentence("ja of nee", "ja (yes) or nee (no)"),
    "gemeente": Sentence(
        "Naam of CBS-code van een gemeente, zoals Zwolle of GM0193",
        "Name or CBS code of a municipality, such as Zwolle or GM0193",
    ),
    "gemeenten": Sentence(
        "Codes met een spatie ertussen, zoals GM0193 GM0344", "Codes with a space between them, such as GM0193 GM0344"
    ),
    "date": Sentence("Datum, zoals 31-12-2026", "Date, such as 2026-12-31"),
    "halfjaar": Sentence("Jaar en halfjaar, zoals 2026-2", "Year and half-year, such as 2026-2"),
}
_BY_NAME: Mapping[str, Sentence] = {
    "werk_plaats": Sentence(
        "Naam van een woonplaats of wijk, zoals Hoek van Holland",
        "Name of a place or district, such as Hoek van Holland",
    ),
    "werk_postcode4": Sentence("Vier cijfers, zoals 8011", "Four digits, such as 8011"),
    "toelichting_code": Sentence(
        "Een code zonder spaties, zoals baan of mantelzorg", "A code without spaces, such as baan or mantelzorg"
    ),
}
_NONE = Sentence("geen", "none")
_NOT_SEEN = Sentence("niet gezien", "not seen")
_UNKNOWN = Sentence("onbekend", "unknown")
_NOT_ALLOWED = Sentence("mag niet", "not allowed")
_WHEN_EMPTY: Mapping[str, Sentence] = {
    "tot_en_met": Sentence("geen einde", "no end"),
    "woning_nodig": _NONE,
    "baan_id": Sentence("nummer van de rij (de eerste baan is 1)", "number of the row (the first job is 1)"),
    "bewijs": Sentence("niet aangetoond", "not shown"),
    "contract_einde": Sentence(
        "volgt uit contract_maanden, anders geen einde", "follows from contract_maanden, otherwise no end"
    ),
    "contract_getekend": _NOT_SEEN,
    "contract_maanden": Sentence(
        "volgt uit contract_einde, anders geen einde", "follows from contract_einde, otherwise no end"
    ),
    "loonstrook_gezien": _NOT_SEEN,
    "soort": Sentence("telt als loondienst", "counts as loondienst (employed)"),
    "uitgesloten_gemeenten": _NONE,
    "voorkeur_grond": Sentence("de volgorde van de regels", "the order of the rules"),
    "vastgezet_gemeente": Sentence("niet vastgezet", "not locked"),
    "vastgezet_reden": Sentence("mag alleen als er niets is vastgezet", "only where nothing is locked"),
    "verwachte_verhuisdatum": Sentence(
        "peildatum plus de gewone wachttijd", "the peildatum and the usual waiting time after it"
    ),
    "via_uitzendbureau": Sentence("telt als nee", "counts as nee (no)"),
    "werk_plaats": Sentence("wij meten tot het midden van werk_gemeente", "we measure to the centre of werk_gemeente"),
}


def allowed(column: Column, lang: Lang = "nl") -> str:
    """Say what may stand in a cell of a column.

    >>> allowed(Column("wil_werken", "flag", "", "")), allowed(Column("uren", "number", "", "", minimum=0, maximum=168))
    ('ja of nee', 'Getal van 0 tot en met 168')
    >>> allowed(Column("uren", "integer", "", "", minimum=0), "en")
    'Whole number of 0 or more'
    """
    if column.choices:
        own = Sentence(", of een eigen woord", ", or a word of your own").said(lang) if column.open_list else ""
        return f"{', '.join(column.choices)}{own}"
    if column.kind in ("integer", "number"):
        kind = Sentence("Heel getal", "Whole number") if column.kind == "integer" else Sentence("Getal", "Number")
        return f"{kind.said(lang)}{_range(column, lang)}"
    return _BY_NAME.get(column.name, _BY_KIND[column.kind]).said(lang)


def _range(column: Column, lang: Lang) -> str:
    low, high = ("" if bound is None else f"{bound:.0f}" for bound in (column.minimum, column.maximum))
    if not high:
        more = Sentence(f" van {low} of meer", f" of {low} or more") if low else Sentence(" of meer", " or more")
        return more.said(lang)
    from_low = Sentence(f" van {low}", f" from {low}").said(lang) if low else ""
    return f"{from_low}{Sentence(f' tot en met {high}', f' to {high}').said(lang)}"


def when_empty(column: Column, lang: Lang = "nl") -> str:
    """Say what an empty cell of a column means.

    >>> when_empty(Column("x", "id", "", "", required=True)), when_empty(Column("x", "integer", "", "", default="0"))
    ('mag niet', 'telt als 0')
    """
    if column.required:
        return _NOT_ALLOWED.said(lang)
    if column.default:
        return Sentence(f"telt als {column.default}", f"counts as {column.default}").said(lang)
    return _WHEN_EMPTY.get(column.name, _UNKNOWN).said(lang)
