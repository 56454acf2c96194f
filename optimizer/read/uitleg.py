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
    return _BY_KIND[column.kind]


def _up_to(column: Column) -> str:
    return " of meer" if column.maximum is None else f" tot en met {column.maximum:.0f}"


def when_empty(column: Column) -> str:
    """Say what an empty cell of a column means.

    >>> when_empty(Column("x", "id", "", "", required=True)), when_empty(Column("x", "integer", "", "", default="0"))
    ('mag niet', 'telt als 0')
    """
    if column.name == "baan_id":
        return "nummer van de rij (de eerste baan is 1)"
    if column.required:
        return "mag niet"
    return f"telt als {column.default}" if column.default else "onbekend"
