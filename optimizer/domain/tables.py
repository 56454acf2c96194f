"""The tables of a batch: which columns they have, what a column may hold, and what an empty cell means.

One description serves the readers, the empty workbook, the checks and the documentation.

Cells in a validated table: ``id``, ``text``, ``choice``, ``flag``, ``gemeente`` and ``gemeenten`` are strings and
the empty string means unknown (``flag`` is ``ja`` or ``nee``; ``gemeenten`` is CBS codes separated by one space);
``integer`` is int64 where required and float64 with NaN where optional; ``number`` is float64 with NaN;
``date`` is datetime64[s] with NaT.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "id",
    "text",
    "choice",
    "flag",
    "gemeente",
    "gemeenten",
    "integer",
    "number",
    "date",
    "halfjaar",
]

#: Years in which a day may lie: others are slips of the pen.
YEARS = (1950, 2100)

SECTOREN = (
    "landbouw",
    "industrie_energie_bouw",
    "handel_horeca",
    "vervoer_ict",
    "financieel_onroerend_goed",
    "zakelijke_dienstverlening",
    "overheid_onderwijs_zorg",
    "cultuur_recreatie_overig",
)
OPLEIDINGEN = ("laag", "middelbaar", "hoog")
TAALNIVEAUS = ("A0", "A1", "A2", "B1", "B2", "C1", "C2")
HARDE_GRONDEN = ("medisch", "gezin", "studie", "werk")
#: Kinds of special dwelling with a name of ours; other kinds may be named too.
GROTE_WONING = "grote_woning"
WONINGSOORTEN = (GROTE_WONING, "toegankelijke_woning")
#: What an agreement with a municipality does: paid work weighs in (as it does already), or who works and lives there
#: stays.
WEEGT_MEE, BLIJFT = "weegt_mee", "blijft"
GRONDEN_IN_BESTAND = ("gezin", "studie", "medisch", "netwerk")


@dataclass(frozen=True)
class Column:
    """One column: its name, what it holds and what it may hold.

    ``minimum`` and ``maximum`` are inclusive; ``default`` stands in for an empty cell (None: the cell stays unknown).
    ``open_list`` says that other values than ``choices`` are taken as they are.
    """

    name: str
    kind: Kind
    nl: str
    en: str
    required: bool = False
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    default: str | None = None
    open_list: bool = False


@dataclass(frozen=True)
class Table:
    """One table: its name, the column that is its key (empty: none) and its columns."""

    name: str
    key: str
    required: bool
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(c.name for c in self.columns)

    def column(self, name: str) -> Column:
        """Return one column; KeyError when the table has none of that name."""
        return next(c for c in self.columns if c.name == name)


_SECTOR = (*SECTOREN, "onbekend")

HUISHOUDENS = Table(
    "huishoudens",
    "huishouden_id",
    True,
    (
        Column("huishouden_id", "id", "Eigen kenmerk van het huishouden", "Household key", True),
        Column(
            "aantal_personen",
            "integer",
            "Alle personen, ook kinderen",
            "All persons, children too",
            True,
            minimum=1,
        ),
        Column("vergunning_datum", "date", "Datum van de vergunning", "Date of the permit", True),
        Column(
            "opvang_gemeente",
            "gemeente",
            "Gemeente van de opvang",
            "Municipality of reception",
            True,
        ),
        Column(
            "voorkeur_grond",
            "choice",
            "Grond die het huishouden zelf voorop zet",
            "Ground that the household puts first",
            choices=HARDE_GRONDEN,
        ),
        Column("vastgezet_gemeente", "gemeente", "Vaste keuze van een mens", "Locked by a person"),
        Column("vastgezet_reden", "text", "Reden van de vaste keuze", "Reason of the lock"),
        Column(
            "uitgesloten_gemeenten",
            "gemeenten",
            "Gemeenten die niet mogen (codes, spatie ertussen)",
            "Excluded municipalities (codes, separated by a space)",
        ),
        Column(
            "nareis_verwacht",
            "integer",
            "Familie die nog komt (aantal personen)",
            "Family members still to come",
            minimum=0,
        ),
        Column("verwachte_verhuisdatum", "date", "Verwachte verhuisdatum", "Expected moving date"),
        Column(
            "bijstandsnorm_type",
            "choice",
            "Soort bijstandsnorm",
            "Type of social assistance norm",
            choices=("alleenstaand", "gehuwd"),
        ),
        Column(
            "woning_nodig",
            "choice",
            "Bijzondere woning die het huishouden nodig heeft",
            "Special dwelling that the household needs",
            choices=WONINGSOORTEN,
            open_list=True,
        ),
    ),
)

PERSONEN = Table(
    "personen",
    "persoon_id",
    False,
    (
        Column("persoon_id", "id", "Eigen kenmerk van de volwassene", "Key of the adult", True),
        Column("huishouden_id", "id", "Huishouden van de persoon", "Household", True),
        Column("opleiding", "choice", "Opleiding", "Education", choices=OPLEIDINGEN),
        Column("taalniveau", "choice", "Niveau Nederlands", "Dutch level", choices=TAALNIVEAUS),
        Column("ervaring_sector", "choice", "Sector van ervaring", "Sector worked in", choices=_SECTOR),
        Column(
            "ervaring_jaren",
            "number",
            "Jaren ervaring",
            "Years of experience",
            minimum=0,
            maximum=60,
        ),
        Column(
            "ambitie_sector",
            "choice",
            "Sector waar de persoon wil werken",
            "Sector aimed at",
            choices=_SECTOR,
        ),
        Column("wil_werken", "flag", "Wil werken", "Wants to work", default="ja"),
    ),
)

WERK = Table(
    "werk",
    "baan_id",
    False,
    (
        Column("persoon_id", "id", "Wie de baan heeft", "Who has the job", True),
        Column(
            "werk_gemeente",
            "gemeente",
            "Waar het werk gebeurt (niet het uitzendbureau of hoofdkantoor)",
            "Where the work is done (not the agency or head office)",
            True,
        ),
        Column(
            "uren_per_week",
            "number",
            "Betaalde uren per week",
            "Paid hours a week",
            True,
            minimum=0,
            maximum=168,
        ),
        Column("baan_id", "id", "Kenmerk van de baan (leeg = rijnummer)", "Job key"),
        Column("contract_getekend", "flag", "Getekend contract gezien", "Signed contract seen"),
        Column("loonstrook_gezien", "flag", "Laatste loonstrook gezien", "Latest payslip seen"),
        Column("contract_begin", "date", "Eerste dag van het contract", "First contract day"),
        Column("contract_einde", "date", "Laatste dag van het contract", "Last contract day"),
        Column(
            "contract_maanden",
            "integer",
            "Duur van het contract in maanden",
            "Contract length in months",
            minimum=1,
        ),
        Column("maandloon_eur", "number", "Bruto loon per maand", "Gross pay a month", minimum=0),
        Column("sector", "choice", "Sector van het werk", "Sector of the job", choices=_SECTOR),
        Column(
            "werksoort",
            "choice",
            "Soort werk",
            "Kind of work",
            choices=("schoonmaak", "distributie", "productie", "horeca", "bouw", "zorg"),
            open_list=True,
        ),
        Column("via_uitzendbureau", "flag", "Via een uitzendbureau", "Through an agency"),
        Column(
            "soort",
            "choice",
            "In loondienst of zelfstandig",
            "Employed or self-employed",
            choices=("loondienst", "zelfstandig"),
        ),
        Column("sluit_aan", "flag", "Werk past bij opleiding of ervaring", "Fits education"),
        Column("elders_te_vinden", "flag", "Zulk werk is elders te vinden", "Found elsewhere"),
        Column("reba_betaald", "flag", "Reba is betaald", "Reba paid"),
        Column("werk_postcode4", "text", "Eerste vier cijfers van de postcode", "Postcode digits"),
        Column("werk_plaats", "text", "Plaats van het werk binnen werk_gemeente", "Place of the work"),
    ),
)

GRONDEN = Table(
    "gronden",
    "",
    False,
    (
        Column("huishouden_id", "id", "Huishouden", "Household", True),
        Column("grond", "choice", "Soort grond", "Ground", True, choices=GRONDEN_IN_BESTAND),
        Column("gemeente", "gemeente", "Gemeente van de grond", "Municipality of the ground", True),
        Column(
            "bewijs",
            "choice",
            "Bewijs: ja, nee of een code",
            "Evidence: ja, nee or a code",
            choices=("ja", "nee", "verklaring", "beschikking", "inschrijving"),
        ),
    ),
)

#: What else is known of a municipality; also in the file with the state from which ``taakstelling`` is made.
STOCKS = (
    Column(
        "gehuisvest",
        "integer",
        "Dit halfjaar gehuisveste personen",
        "Persons housed this half-year",
        minimum=0,
        default="0",
    ),
    Column(
        "tijdelijk_gehuisvest",
        "integer",
        "Personen die tijdelijk zijn gehuisvest",
        "Persons housed for the time being",
        minimum=0,
        default="0",
    ),
    Column(
        "verschoonbaar",
        "integer",
        "Deel van de achterstand dat het COA veroorzaakte",
        "Part of the arrears that the COA caused",
        minimum=0,
        default="0",
    ),
)

TAAKSTELLING = Table(
    "taakstelling",
    "gemeente",
    True,
    (
        Column("gemeente", "gemeente", "Gemeente", "Municipality", True),
        Column(
            "taakstelling",
            "integer",
            "Personen dit halfjaar",
            "Persons this half-year",
            True,
            minimum=0,
        ),
        Column(
            "achterstand",
            "integer",
            "Achterstand uit eerdere halfjaren",
            "Arrears",
            minimum=0,
            default="0",
        ),
        Column("voorsprong", "integer", "Voorsprong", "Surplus", minimum=0, default="0"),
        Column(
            "gekoppeld",
            "integer",
            "Dit halfjaar al gekoppelde personen",
            "Persons linked so far",
            minimum=0,
            default="0",
        ),
        Column("halfjaar", "halfjaar", "Halfjaar, zoals 2026-2", "Half-year such as 2026-2"),
        *STOCKS,
    ),
)

BESTUURSOVEREENKOMSTEN = Table(
    "bestuursovereenkomsten",
    "",
    False,
    (
        Column("gemeente", "gemeente", "Gemeente met de afspraak", "Municipality of the agreement", True),
        Column("vanaf", "date", "Eerste dag van de afspraak", "First day of the agreement", True),
        Column("tot_en_met", "date", "Laatste dag van de afspraak", "Last day of the agreement"),
        Column(
            "effect",
            "choice",
            "Wat de afspraak doet",
            "What the agreement does",
            choices=(WEEGT_MEE, BLIJFT),
            default=WEEGT_MEE,
        ),
        Column("bron", "text", "Waar de afspraak staat", "Where the agreement stands"),
    ),
)

WONINGEN = Table(
    "woningen",
    "",
    False,
    (
        Column("gemeente", "gemeente", "Gemeente", "Municipality", True),
        Column(
            "soort",
            "choice",
            "Soort bijzondere woning",
            "Kind of special dwelling",
            True,
            choices=WONINGSOORTEN,
            open_list=True,
        ),
        Column("aantal", "integer", "Vrije woningen van deze soort", "Free dwellings of this kind", True, minimum=0),
    ),
)

CAPACITEIT = Table(
    "capaciteit",
    "gemeente",
    False,
    (
        Column("gemeente", "gemeente", "Gemeente", "Municipality", True),
        Column(
            "capaciteit",
            "integer",
            "Personen die de gemeente kan opnemen zonder taakstelling",
            "Persons that the municipality can take without taakstelling",
            True,
            minimum=0,
        ),
        Column("gekoppeld", "integer", "Al gekoppelde personen", "Persons linked so far", minimum=0, default="0"),
    ),
)

#: Who asks for a link: an employer or somebody of a municipality speaks for the household, or it asks itself.
VERZOEKERS = ("werkgever", "bestuurder", "bewoner")
VERZOEKEN = Table(
    "verzoeken",
    "",
    False,
    (
        Column("huishouden_id", "id", "Huishouden waar het verzoek over gaat", "Household", True),
        Column("gemeente", "gemeente", "Gemeente waar om wordt gevraagd", "Municipality asked for", True),
        Column("verzoeker", "choice", "Wie het vraagt", "Who asks", choices=VERZOEKERS),
        Column("toelichting_code", "text", "Waarom, als code zonder spaties", "Why, as a code without spaces"),
    ),
)

TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        HUISHOUDENS,
        PERSONEN,
        WERK,
        GRONDEN,
        TAAKSTELLING,
        BESTUURSOVEREENKOMSTEN,
        WONINGEN,
        CAPACITEIT,
        VERZOEKEN,
    )
}
