"""What the numbers of the output tables count or measure: the unit of each column, for Parquet and for its document."""

from optimizer.domain.uitvoer import BELEIDSVERGELIJKING, EERLIJKHEID, VERSCHILLEN, WINNAARS, OutputColumn, OutputTable

#: ``maanden.parquet``: the comparison of each month, under one another.
MAANDEN = OutputTable(
    "maanden",
    (
        OutputColumn("maand", "count", "Nummer van de maand", "Number of the month"),
        OutputColumn("zaad", "count", "Getal waaruit de maand volgt", "Seed of the month"),
        *BELEIDSVERGELIJKING.columns,
    ),
)

#: Columns of numbers by their unit; one name has one unit in every table but those of ``_OF_A_TABLE``.
COLUMNS = {
    "nummer": ("maand", "zaad", "verzoek", "gebied", "volgorde"),
    "plekken": ("plekken", "plekken_binnen_50km", "bewijs_plekken", "bewijs_nodig", "meer_plekken_minst"),
    "personen": ("vraag", "vraag_anderen", "tekort", "aantal_personen", "personen", "personen_gekoppeld"),
    "huishoudens": (
        "huishoudens",
        "met_grond",
        "grond_gehonoreerd",
        "bewijs_huishoudens",
        "niet_gekoppeld",
        "gronden_niet_gehonoreerd",
        "buiten_koppelregio",
        "in_koppelregio",
        "gelijk",
    ),
    "verzoeken": ("verzoeken", "mag_overwogen", "niet_aangetoond", "nee", "voorstel_gelijk", "voorstel_nabij"),
    "gemeenten": ("gemeenten",),
    "keer": ("tempo_regio", "tempo_gemeente", "volste_keer"),
    "volwassenen": ("kans_werk", "volwassenen", "winnaars", "verliezers"),
    "banen": (
        *("banen_door_gesprek",),
        *("banen", "banen_hard", "banen_binnen_50km", "binnen_50km", "al_buiten", "loopt_af", "banen_niet_gekoppeld"),
        *(
            "verloren_regel",
            "verloren_regel_hard",
            "verloren_regel_p05",
            "verloren_regel_p95",
            "verschil_verloren_regel",
        ),
        *("verwacht_verloren", "verwacht_verloren_laag", "verwacht_verloren_hoog", "verschil_verwacht_verloren"),
        *("behouden", "onbeslist", "behouden_min", "behouden_max", "behouden_p05", "behouden_p95"),
        *("verschil_behouden", "verwacht_behouden", "verschil_verwacht_behouden"),
        *("behouden_hard", "behouden_niet_aangetoond", "behouden_te_weinig_uren"),
        *("verloren_eigen_gronden", "verloren_geen_plek", "verloren_niet_bekend", "verloren_geen_harde_grond"),
        *("verloren_beleid", "laag", "hoog", "shapley", "ruimte_banen"),
    ),
    "deel van 1": ("kans", "bekend", "ruimte_kans_werk", "gap"),
    "km": ("afstand_km", "afstand_nu_km", "gemiddelde_afstand_km"),
    "dagen": ("dagen_sinds_vergunning", "dagen"),
    "uren per week": ("uren_per_week", "uren_behouden", "uren_verloren"),
    "euro per maand": ("loon_behouden_eur", "loon_verloren_eur"),
    "maanden": ("maanden",),
    "die van maat": ("verschil", "met", "zonder", "voorstel", "gevolgd"),
}
_OF_A_TABLE = {
    **{
        (table.name, name): "die van maat"
        for table in (VERSCHILLEN, WINNAARS, EERLIJKHEID)
        for name in ("laag", "hoog")
    },
    **{(table.name, name): "volwassenen" for table in (WINNAARS, EERLIJKHEID) for name in ("onbeslist", "gelijk")},
}
_UNIT = {name: unit for unit, names in COLUMNS.items() for name in names}


def unit(table: OutputTable, column: OutputColumn) -> str:
    """Return the unit of a column; empty for words.

    Raises
    ------
    KeyError
        For a number without a unit.

    >>> from optimizer.domain.uitvoer import BANEN
    >>> [unit(BANEN, c) for c in BANEN.columns if c.name in ("baan_id", "afstand_km", "verwacht_verloren")]
    ['', 'km', 'banen']
    """
    if column.kind in ("id", "text"):
        return ""
    return _OF_A_TABLE.get((table.name, column.name)) or _UNIT[column.name]
