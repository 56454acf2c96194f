"""What may stand in a column, in a sentence for the people who fill it in (Dutch)."""

from optimizer.domain.tables import Column

_BY_KIND = {
    "id": "Eigen kenmerk, geen naam en geen BSN",
    "text": "Vrije tekst zonder namen",
    "flag": "ja of nee",
    "gemeente": "Naam of CBS-code van een gemeente, zoals Zwolle of GM0193",
    "gemeenten": "Codes met een spatie ertussen, zoals GM0193 GM0344",
    "date": "Datum, zoals 31-12-2026",
    "halfjaar": "Jaar en halfjaar, zoals 2026-2",
}
_BY_NAME = {
    "werk_plaats": "Naam van een woonplaats of wijk, zoals Hoek van Holland",
    "werk_postcode4": "Vier cijfers, zoals 8011",
    "toelichting_code": "Een code zonder spaties, zoals baan of mantelzorg",
}
_WHEN_EMPTY = {
    "tot_en_met": "geen einde",
    "woning_nodig": "geen",
    "baan_id": "nummer van de rij (de eerste baan is 1)",
    "bewijs": "niet aangetoond",
    "contract_einde": "volgt uit contract_maanden, anders geen einde",
    "contract_getekend": "niet gezien",
    "contract_maanden": "volgt uit contract_einde, anders geen einde",
    "loonstrook_gezien": "niet gezien",
    "soort": "telt als loondienst",
    "uitgesloten_gemeenten": "geen",
    "voorkeur_grond": "de volgorde van de regels",
    "vastgezet_gemeente": "niet vastgezet",
    "vastgezet_reden": "mag alleen als er niets is vastgezet",
    "verwachte_verhuisdatum": "peildatum plus de gewone wachttijd",
    "via_uitzendbureau": "telt als nee",
    "werk_plaats": "wij meten tot het midden van werk_gemeente",
}


def allowed(column: Column) -> str:
    """Say what may stand in a cell of a column.

    >>> allowed(Column("wil_werken", "flag", "", "")), allowed(Column("uren", "number", "", "", minimum=0, maximum=168))
    ('ja of nee', 'Getal van 0 tot en met 168')
    """
    if column.choices:
        return f"{', '.join(column.choices)}{', of een eigen woord' if column.open_list else ''}"
    if column.kind in ("integer", "number"):
        number = "Heel getal" if column.kind == "integer" else "Getal"
        low = "" if column.minimum is None else f" van {column.minimum:.0f}"
        return f"{number}{low}{_up_to(column)}"
    return _BY_NAME.get(column.name, _BY_KIND[column.kind])


def _up_to(column: Column) -> str:
    return " of meer" if column.maximum is None else f" tot en met {column.maximum:.0f}"


def when_empty(column: Column) -> str:
    """Say what an empty cell of a column means.

    >>> when_empty(Column("x", "id", "", "", required=True)), when_empty(Column("x", "integer", "", "", default="0"))
    ('mag niet', 'telt als 0')
    """
    if column.required:
        return "mag niet"
    if column.default:
        return f"telt als {column.default}"
    return _WHEN_EMPTY.get(column.name, "onbekend")
