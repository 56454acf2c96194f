"""The tables of a run: their columns, in order, and how a value is written.

Kinds: ``id`` and ``text`` are strings ("" = empty); ``count`` is a whole number; ``km`` has one decimal; ``kans``
(chances, expectations) four; ``mean`` (means over draws) two; ``uren`` as
many as it needs. Numbers are float64 with NaN for empty, or int64.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

#: The receipt of a run, what was known when it was made, the certificates of its bounds, and the folders with workbooks
#: and pages for municipalities, if any, and with pages for provinces.
RECEIPT = "run.json"
KENNIS = "kennis.json"
BEWIJS = "bewijs.json.gz"
#: What an alderman reads of a run, on one A4.
WETHOUDER = "wethouder.html"
GEMEENTEN = "gemeenten"
PROVINCIES = "provincies"

OutputKind = Literal["id", "text", "count", "km", "kans", "mean", "uren"]

#: Decimals as written; None: as many as the number needs.
DECIMALS: dict[OutputKind, int | None] = {"count": 0, "km": 1, "kans": 4, "mean": 2, "uren": None}


@dataclass(frozen=True)
class OutputColumn:
    """One column of an output table: name, kind, and what it says (Dutch, English)."""

    name: str
    kind: OutputKind
    nl: str
    en: str


@dataclass(frozen=True)
class OutputTable:
    """One output table: name of the file without ``.csv``, its columns in order, and last those that may be absent."""

    name: str
    columns: tuple[OutputColumn, ...]
    optional: tuple[OutputColumn, ...] = ()

    @property
    def names(self) -> list[str]:
        """Names of the columns that are always there, in order."""
        return [c.name for c in self.columns]

    def within(self, present: Collection[str]) -> tuple[OutputColumn, ...]:
        """Return the columns of a table that has some columns: an optional one only if it is among them."""
        return (*self.columns, *(c for c in self.optional if c.name in present))


_C = OutputColumn

STATUSSEN = ("voorgesteld", "vastgezet", "niet_gekoppeld")
GEHONOREERD = ("ja", "nee", "wacht", "nvt")
UITKOMSTEN = ("niet_gekoppeld", "loopt_af", "binnen_50km", "al_buiten", "verloren_regel")
#: Why a job was lost by the rule, in order of precedence: equation (29) of docs/method.md.
VERLIESOORZAKEN = ("niet_bekend", "geen_harde_grond", "eigen_gronden", "geen_plek", "beleid")
#: What proves that a household waits: equation (32) of docs/method.md.
BEWIJZEN = ("personen", "woningen", "inpassen", "regels", "verdeling", "onbewezen")
OORZAKEN = ("geen_plaats", "geen_plaats_binnen_50km", "geen_woning", "te_groot", "alles_uitgesloten")
#: What needs a person's eye, the most urgent kind first: a ground that is not honoured, then too many who are fixed.
UITZONDERINGEN = (
    "geen_plaats_binnen_50km",
    "gronden_onverenigbaar",
    "vastgezet_buiten_straal",
    "vastgezet_boven_opgave",
    "overeenkomst_boven_opgave",
    "vast_boven_woningen",
)

VOORSTEL = OutputTable(
    "voorstel",
    (
        _C("huishouden_id", "id", "Kenmerk van het huishouden", "Household key"),
        _C("aantal_personen", "count", "Aantal personen", "Persons"),
        _C("gemeente", "id", "Code van de voorgestelde gemeente", "Proposed municipality (code)"),
        _C("gemeente_naam", "text", "Naam van de voorgestelde gemeente", "Proposed municipality"),
        _C("arbeidsmarktregio", "text", "Arbeidsmarktregio van die gemeente", "Labour-market region"),
        _C("status", "id", "voorgesteld, vastgezet of niet_gekoppeld", "Status of the row"),
        _C("grond", "id", "Harde gronden, met + ertussen", "Hard grounds, joined by +"),
        _C("grond_gehonoreerd", "id", "ja, nee, wacht of nvt", "Whether the grounds are honoured"),
        _C("afstand_km", "km", "Afstand tot de verste harde grond", "Distance to the farthest hard ground"),
        _C("banen", "count", "Banen van het huishouden", "Jobs of the household"),
        _C("banen_binnen_50km", "count", "Banen binnen de straal na de verhuizing", "Jobs within the radius"),
        _C("verwacht_behouden", "kans", "Verwacht aantal behouden banen", "Expected jobs kept"),
        _C("kans_werk", "kans", "Kans op werk, opgeteld over volwassenen", "Chance of work, all adults"),
        _C("dagen_sinds_vergunning", "count", "Dagen sinds de vergunning", "Days since the permit"),
        _C("reden", "text", "Waarom deze gemeente", "Why this municipality"),
        _C("alternatief_1", "text", "Eerste alternatief", "First alternative"),
        _C("alternatief_2", "text", "Tweede alternatief", "Second alternative"),
        _C("alternatief_3", "text", "Derde alternatief", "Third alternative"),
        _C("opvang_gemeente", "id", "Code van de gemeente van de opvang", "Municipality of reception (code)"),
    ),
)

BANEN = OutputTable(
    "banen",
    (
        _C("baan_id", "id", "Kenmerk van de baan", "Job key"),
        _C("persoon_id", "id", "Wie de baan heeft", "Who has the job"),
        _C("huishouden_id", "id", "Kenmerk van het huishouden", "Household key"),
        _C("werk_gemeente", "id", "Gemeente van het werk (code)", "Municipality of the job"),
        _C("uren_per_week", "uren", "Uren per week", "Hours a week"),
        _C("hard", "id", "ja, nee of niet_aangetoond", "Whether the job is a hard ground"),
        _C("bekend", "id", "Was de baan op tijd bekend", "Known in time"),
        _C("afstand_nu_km", "km", "Afstand vanaf de opvang", "Distance from reception"),
        _C("gemeente", "id", "Voorgestelde gemeente (code)", "Proposed municipality"),
        _C("afstand_km", "km", "Afstand na de verhuizing", "Distance after the move"),
        _C("binnen_50km", "id", "Binnen de straal na de verhuizing", "Within the radius after the move"),
        _C("uitkomst", "id", "Wat er met de baan gebeurt", "Outcome"),
        _C("verwacht_verloren", "kans", "Verwacht verlies door de verhuizing", "Expected loss"),
        _C("verwacht_behouden", "kans", "Verwacht behoud bij de verhuizing", "Expected to be kept"),
        _C("oorzaak", "id", "Waarom de baan verloren gaat", "Why the job is lost"),
    ),
    (_C("werk_plaats", "text", "Plaats waarnaar wij meten (als er een bekend is)", "Place measured to"),),
)

TAAKSTELLING = OutputTable(
    "taakstelling",
    (
        _C("gemeente", "id", "Code van de gemeente", "Municipality (code)"),
        _C("gemeente_naam", "text", "Naam van de gemeente", "Municipality"),
        _C("opgave", "count", "Personen die de gemeente nog kan opnemen", "Remaining opgave"),
        _C("voorgesteld", "count", "Personen in dit voorstel", "Persons in this proposal"),
        _C("rest", "count", "Wat overblijft (onder nul alleen door vaste keuzes)", "What remains"),
        _C("schaduwprijs", "kans", "Waarde van één plek meer", "Shadow price per person"),
    ),
)

NIET_GEKOPPELD = OutputTable(
    "niet_gekoppeld",
    (
        _C("huishouden_id", "id", "Kenmerk van het huishouden", "Household key"),
        _C("aantal_personen", "count", "Aantal personen", "Persons"),
        _C("oorzaak", "id", "Waarom er geen plek is", "Cause"),
        _C("toelichting", "text", "Uitleg met getallen", "Explanation with numbers"),
        _C("voorstel_oplossing", "text", "Kleinste verandering die helpt", "Smallest change that helps"),
        _C("bewijs", "id", "Wat bewijst dat er geen plek is", "What proves that there is no place"),
        _C("bewijs_gemeenten", "id", "Gemeenten van het bewijs (codes, spatie ertussen)", "Where it is proven"),
        _C("bewijs_plekken", "count", "Plekken daar, naast wie vaststaat", "Places there beside the fixed"),
        _C("bewijs_huishoudens", "count", "Huishoudens die nergens anders mogen", "Households with no other place"),
        _C("bewijs_nodig", "count", "Plekken die zij samen nodig hebben", "Places that they need together"),
        _C("bewijs_uitleg", "text", "Het bewijs in woorden", "The proof in words"),
        _C(
            "meer_plekken",
            "id",
            "Gemeente met de minste plekken te weinig, en hoeveel",
            "Fewest places missing, and where",
        ),
        _C("meer_plekken_minst", "count", "Minder plekken helpt nooit, wie er ook verschuift", "Fewer never helps"),
        _C("ruil", "id", "Wie meer opneemt, de buur die afstaat, personen", "Taker, neighbour that gives, persons"),
        _C("grotere_straal", "id", "Gemeente met plek bij een grotere straal, en die in km", "Wider radius that helps"),
        _C("oplossingen", "text", "Kleinste verandering per soort", "Smallest change of each kind"),
    ),
)

UITZONDERING = OutputTable(
    "uitzonderingen",
    (
        _C("huishouden_id", "id", "Kenmerk van het huishouden", "Household key"),
        _C("soort", "id", "Soort uitzondering", "Kind of exception"),
        _C("toelichting", "text", "Uitleg", "Explanation"),
    ),
)

KOPPELREGIO = OutputTable(
    "koppelregio",
    (
        _C("huishouden_id", "id", "Kenmerk van het huishouden", "Household key"),
        _C("van", "text", "Koppelregio van de opvang", "Koppelregio of reception"),
        _C("naar", "text", "Koppelregio van de voorgestelde gemeente", "Koppelregio of the proposed municipality"),
        _C("reden", "text", "Waarom het huishouden naar een andere koppelregio gaat", "Why it leaves the koppelregio"),
    ),
)

BELEIDSVERGELIJKING = OutputTable(
    "beleidsvergelijking",
    (
        _C("beleid", "id", "Beleid (handmatig@0.6: 60 % van de banen op tijd bekend)", "Policy"),
        _C("methode", "id", "optimaal, volgorde of loting", "Method"),
        _C("bekend", "mean", "Deel van de banen dat op tijd bekend is", "Share of jobs known"),
        _C("huishoudens", "count", "Huishoudens", "Households"),
        _C("personen", "count", "Personen", "Persons"),
        _C("personen_gekoppeld", "mean", "Gekoppelde personen", "Persons linked"),
        _C("niet_gekoppeld", "mean", "Niet gekoppelde huishoudens", "Households not linked"),
        _C("banen", "mean", "Alle banen (de vijf uitkomsten samen)", "All jobs"),
        _C("banen_hard", "mean", "Banen die een harde grond zijn", "Jobs that are a hard ground"),
        _C("binnen_50km", "mean", "Banen binnen de straal na de verhuizing", "Jobs within the radius"),
        _C("verloren_regel", "mean", "Verloren volgens de regel", "Lost by the rule"),
        _C("verloren_regel_hard", "mean", "Waarvan harde grond", "Of which a hard ground"),
        _C("al_buiten", "mean", "Al buiten de straal voor de verhuizing", "Beyond the radius already"),
        _C("loopt_af", "mean", "Contract loopt eerder af", "Contract ends first"),
        _C("banen_niet_gekoppeld", "mean", "Banen van niet gekoppelde huishoudens", "Jobs not linked"),
        _C("verwacht_verloren", "kans", "Verwacht verlies", "Expected loss"),
        _C("verwacht_verloren_laag", "kans", "Verwacht verlies, lage variant", "Expected loss, low"),
        _C("verwacht_verloren_hoog", "kans", "Verwacht verlies, hoge variant", "Expected loss, high"),
        _C("verloren_regel_p05", "mean", "5e percentiel (loting)", "5th percentile (loting)"),
        _C("verloren_regel_p95", "mean", "95e percentiel (loting)", "95th percentile (loting)"),
        _C("verschil_verloren_regel", "mean", "Verschil met de basislijn", "Against the baseline"),
        _C("verschil_verwacht_verloren", "kans", "Verschil met de basislijn", "Against the baseline"),
        _C("kans_werk", "kans", "Kans op werk, opgeteld", "Chance of work, summed"),
        _C("gemiddelde_afstand_km", "km", "Gemiddelde afstand tot het werk", "Mean distance to work"),
        _C("gronden_niet_gehonoreerd", "mean", "Huishoudens met een grond buiten bereik", "Grounds not honoured"),
        _C("buiten_koppelregio", "mean", "Buiten de koppelregio gekoppeld", "Outside the koppelregio"),
        _C("behouden", "mean", "Banen die blijven: na de verhuizing binnen de straal", "Jobs kept: within the radius"),
        _C("onbeslist", "mean", "Banen van wie nog niet is gekoppeld", "Jobs undecided"),
        _C(
            "behouden_min", "mean", "Behouden als alle onbesliste banen verloren gaan", "Kept if all undecided are lost"
        ),
        _C("behouden_max", "mean", "Behouden als alle onbesliste banen blijven", "Kept if all undecided are kept"),
        _C("behouden_p05", "mean", "Behouden, 5e percentiel over trekkingen", "Kept, 5th percentile over draws"),
        _C("behouden_p95", "mean", "Behouden, 95e percentiel over trekkingen", "Kept, 95th percentile over draws"),
        _C("verschil_behouden", "mean", "Verschil met de basislijn", "Against the baseline"),
        _C("verwacht_behouden", "kans", "Verwacht behoud", "Expected to be kept"),
        _C("verschil_verwacht_behouden", "kans", "Verschil met de basislijn", "Against the baseline"),
        _C("behouden_hard", "mean", "Behouden, harde grond", "Kept, hard ground"),
        _C("behouden_niet_aangetoond", "mean", "Behouden, niet aangetoond", "Kept, not shown"),
        _C("behouden_te_weinig_uren", "mean", "Behouden, te weinig uren", "Kept, too few hours"),
        _C("uren_behouden", "mean", "Uren per week van behouden banen", "Hours a week of jobs kept"),
        _C("uren_verloren", "mean", "Uren per week van verloren banen", "Hours a week of jobs lost"),
        _C(
            "loon_behouden_eur",
            "mean",
            "Bruto maandloon van behouden banen, waar bekend",
            "Gross monthly wages kept, where known",
        ),
        _C(
            "loon_verloren_eur",
            "mean",
            "Bruto maandloon van verloren banen, waar bekend",
            "Gross monthly wages lost, where known",
        ),
        _C("verloren_eigen_gronden", "mean", "Verloren door eigen gronden die niet samengaan", "Lost by own grounds"),
        _C("verloren_geen_plek", "mean", "Verloren door gebrek aan plek", "Lost for lack of room"),
        _C("verloren_niet_bekend", "mean", "Verloren omdat de baan niet bekend was", "Lost as not known in time"),
        _C("verloren_geen_harde_grond", "mean", "Verloren zonder harde grond", "Lost as no hard ground"),
        _C("verloren_beleid", "mean", "Verloren doordat het beleid iets anders voor liet gaan", "Lost by the policy"),
        _C("in_koppelregio", "mean", "Gekoppeld binnen de koppelregio van de opvang", "Inside the koppelregio"),
    ),
)

#: Changes from practice to optimum, in the order in which `compare` makes them.
ATTRIBUTIESTAPPEN = ("bekend", "elke_baan", "hele_groep", "kans_op_werk")
ATTRIBUTIE = OutputTable(
    "attributie",
    (
        _C("stap", "id", "Wat er verandert", "What changes"),
        _C("van", "id", "Beleid ervoor", "Policy before"),
        _C("naar", "id", "Beleid erna", "Policy after"),
        _C("verschil_behouden", "mean", "Banen die daardoor blijven", "Jobs kept by it"),
        _C("verschil_verwacht_behouden", "kans", "Verwacht behoud daardoor", "Expected kept by it"),
        _C("laag", "mean", "5e percentiel over trekkingen", "5th percentile over draws"),
        _C("hoog", "mean", "95e percentiel over trekkingen", "95th percentile over draws"),
        _C("shapley", "mean", "Gemiddeld over elke volgorde van de stappen", "Mean over every order of the steps"),
    ),
)

VERSCHILLEN = OutputTable(
    "verschillen",
    (
        _C("beleid", "id", "Beleid", "Policy"),
        _C("basislijn", "id", "Beleid waarmee wij vergelijken", "Policy compared with"),
        _C("maat", "id", "Wat er wordt geteld", "What is counted"),
        _C("verschil", "kans", "Gemiddeld verschil per maand", "Mean difference a month"),
        _C("laag", "kans", "Onderkant van het interval over maanden (95 %)", "Lower end of the 95 % interval"),
        _C("hoog", "kans", "Bovenkant van het interval over maanden (95 %)", "Upper end of the 95 % interval"),
        _C("maanden", "count", "Aantal maanden", "Months"),
    ),
)
GEVOELIGHEID = OutputTable(
    "gevoeligheid",
    (
        _C("aanname", "id", "Welke aanname anders is", "Which assumption differs"),
        _C("waarde", "id", "Haar waarde", "Its value"),
        _C("beleid", "id", "Beleid", "Policy"),
        _C("behouden", "mean", "Banen die blijven", "Jobs kept"),
        _C("verloren_regel", "mean", "Verloren volgens de regel", "Lost by the rule"),
        _C("verwacht_behouden", "kans", "Verwacht behoud", "Expected to be kept"),
        _C("keert_om", "id", "Draait de vergelijking met de basislijn om", "Whether the comparison turns"),
        _C("onbeslist", "mean", "Banen van wie nog niet is gekoppeld", "Jobs undecided"),
    ),
)

#: Whom an agreement concerns: who stays, others in reception in such a municipality, and everybody else.
OVEREENKOMSTGROEPEN = ("blijft", "zelfde_gemeente", "zonder_overeenkomst")
OVEREENKOMSTMATEN = (
    "personen_gekoppeld",
    "gronden_gehonoreerd",
    "banen_binnen_50km",
    "verloren_regel",
    "verwacht_verloren",
)
OVEREENKOMSTEN = OutputTable(
    "overeenkomsten",
    (
        _C("beleid", "id", "Beleid", "Policy"),
        _C("groep", "id", "Om wie het gaat", "Whom it is about"),
        _C("huishoudens", "count", "Huishoudens", "Households"),
        _C("maat", "id", "Wat er wordt geteld", "What is counted"),
        _C("zonder", "mean", "Zonder overeenkomsten", "Without agreements"),
        _C("met", "mean", "Met overeenkomsten", "With agreements"),
        _C("verschil", "mean", "Met min zonder", "With less without"),
    ),
)

#: Who has to do something about a household, and what.
WACHT_OP = ("gemeente", "coa")
WERK = ("antwoorden", "vastleggen", "plek_zoeken")
WERKLIJST = OutputTable(
    "werklijst",
    (
        _C("huishouden_id", "id", "Kenmerk van het huishouden", "Household key"),
        _C("termijn", "id", "Laatste dag om te koppelen (jjjj-mm-dd)", "Last day to link in time"),
        _C("dagen", "count", "Dagen tot die dag (onder nul: te laat)", "Days until then (below nought: late)"),
        _C("wacht_op", "id", "gemeente of coa: wie iets moet doen", "Who has to do something"),
        _C("gemeente", "id", "Voorgestelde gemeente (code)", "Proposed municipality (code)"),
        _C("wat", "id", "Wat er moet gebeuren", "What has to be done"),
    ),
)

#: What is looked at on a day: enough links (the COA), or enough people housed (the province).
PROGNOSEMATEN = ("gekoppeld", "gehuisvest")
PROGNOSE = OutputTable(
    "prognose",
    (
        _C("soort", "id", "gemeente, provincie of land", "Municipality, province or country"),
        _C("gebied", "id", "Code van de gemeente, naam van de provincie, of NL", "Code, name of the province, or NL"),
        _C("omschrijving", "text", "Naam van het gebied", "Name of the area"),
        _C("dag", "id", "Dag waarop wordt gekeken (jjjj-mm-dd)", "Day on which somebody looks"),
        _C("maat", "id", "gekoppeld of gehuisvest", "What is looked at"),
        _C("opgave", "count", "Personen van dit halfjaar: taakstelling, achterstand, voorsprong", "To be done in all"),
        _C("gedaan", "count", "Daarvan gedaan op de peildatum", "Done on the peildatum"),
        _C("eerder_gekoppeld", "count", "Eerder gekoppeld, dan gehuisvest", "Linked before, housed by then"),
        _C("uit_voorstel", "count", "Uit dit voorstel, als iedereen akkoord is", "From this proposal, if agreed on"),
        _C("verwacht", "count", "Gedaan op die dag", "Expected on that day"),
        _C("nog_te_doen", "count", "Wat dan nog moet", "Still to do then"),
        _C("nog_te_doen_minst", "count", "Wat dan ten minste nog moet", "Still to do at the least"),
        _C("achterstand", "count", "Achterstand die meegaat na dit halfjaar", "Arrears that carry over"),
        _C("verschoonbaar", "count", "Daarvan ten minste door het COA", "Of which at least caused by the COA"),
        _C("voorsprong", "count", "Voorsprong die meegaat na dit halfjaar", "Surplus that carries over"),
        _C("gemeenten", "count", "Gemeenten", "Municipalities"),
        _C("gemeenten_gehaald", "count", "Gemeenten die hun opgave dan halen", "Municipalities that meet theirs"),
    ),
)

BESLUITEN = OutputTable(
    "besluiten",
    (
        _C("huishouden_id", "id", "Kenmerk van het huishouden", "Household key"),
        _C("besluit", "id", "akkoord, bezwaar, vastzetten of uitsluiten", "Decision"),
        _C("gemeente", "id", "Gemeente waar het besluit over gaat (code)", "Municipality that it is about (code)"),
        _C("reden", "text", "Reden die een mens gaf", "Reason that a person gave"),
        _C("nieuw", "id", "ja: bij deze run genomen; nee: meegenomen uit een eerdere run", "Taken for this very run"),
    ),
)

EERDER = OutputTable(
    "eerder",
    (
        _C("huishouden_id", "id", "Kenmerk van het huishouden", "Household key"),
        _C("gemeente", "id", "Gemeente in de run waarop deze verdergaat (code)", "Municipality in the run before"),
    ),
)

#: Why a household has another municipality than before: its own decision, what follows from decisions on others, it is
#: new in the input, it is no longer there.
VERANDERREDENEN = ("besluit", "gevolg", "nieuw", "vervallen")
GEWIJZIGD = OutputTable(
    "gewijzigd",
    (
        _C("huishouden_id", "id", "Kenmerk van het huishouden", "Household key"),
        _C("van", "id", "Gemeente in de eerste run (code; leeg: niet gekoppeld)", "Municipality before (code)"),
        _C("naar", "id", "Gemeente in de tweede run (code; leeg: niet gekoppeld)", "Municipality after (code)"),
        _C("reden", "id", "besluit, gevolg, nieuw of vervallen", "Why"),
    ),
)

#: One point of the trade-off: what was chosen, what it gives, and how sure that is.
AFWEGING = OutputTable(
    "afweging",
    (
        _C("punt", "id", "Naam van het punt", "Name of the point"),
        _C(
            "ruimte_kans_werk",
            "uren",
            "Deel van de kans op werk dat latere niveaus mogen kosten",
            "Room, chance of work",
        ),
        _C("ruimte_banen", "uren", "Verwacht behouden banen die latere niveaus mogen kosten", "Room, jobs"),
        _C("tempo_regio", "uren", "Tempo van een arbeidsmarktregio (0: geen grens)", "Pace of a region (0: none)"),
        _C("tempo_gemeente", "uren", "Tempo van een gemeente (0: geen grens)", "Pace of a municipality (0: none)"),
        _C("personen_gekoppeld", "count", "Gekoppelde personen", "Persons linked"),
        _C("behouden", "count", "Banen die blijven: na de verhuizing binnen de straal", "Jobs kept: within the radius"),
        _C("verwacht_behouden", "kans", "Verwacht behoud", "Expected to be kept"),
        _C("kans_werk", "kans", "Kans op werk, opgeteld", "Chance of work, summed"),
        _C("in_koppelregio", "count", "Huishoudens in de koppelregio van de opvang", "Households in their koppelregio"),
        _C(
            "volste_regio", "text", "Arbeidsmarktregio met het meeste naar verhouding", "Labour-market region with most"
        ),
        _C("volste_keer", "mean", "Zoveel keer haar evenredige deel krijgt die regio", "Times its proportional share"),
        _C("gelijk", "count", "Huishoudens met dezelfde gemeente als in het punt standaard", "Same as in standaard"),
        _C("status", "id", "proven, gap of limit: het minst zekere niveau", "Status of the least certain level"),
        _C("gap", "uren", "Grootste afstand tot de grens van een niveau, als deel", "Largest relative gap of a level"),
    ),
)
AFWEGING_KOPPELINGEN = OutputTable(
    "afweging_koppelingen",
    (
        _C("huishouden_id", "id", "Kenmerk van het huishouden", "Household key"),
        _C("gemeente", "id", "Gemeente in het punt standaard (code)", "Municipality in the point standaard (code)"),
        _C("overal_gelijk", "id", "ja: in elk punt dezelfde gemeente", "Whether it is the same at every point"),
        _C("gemeenten", "count", "Hoeveel verschillende gemeenten over alle punten", "Different municipalities"),
        _C("anders_bij", "text", "De punten met een andere gemeente", "The points with another municipality"),
    ),
)
#: Where each household goes at each point, so that anybody can count the points again.
AFWEGING_VOORSTELLEN = OutputTable(
    "afweging_voorstellen",
    (
        _C("punt", "id", "Naam van het punt", "Name of the point"),
        _C("huishouden_id", "id", "Kenmerk van het huishouden", "Household key"),
        _C("gemeente", "id", "Gemeente in dat punt (code; leeg: niet gekoppeld)", "Municipality at that point (code)"),
    ),
)

#: The links of every policy of a comparison that draws nothing: what its counts and its winners follow from.
KOPPELINGEN = OutputTable(
    "koppelingen",
    (
        _C("beleid", "id", "Beleid", "Policy"),
        _C("huishouden_id", "id", "Kenmerk van het huishouden", "Household key"),
        _C("gemeente", "id", "Gemeente onder dat beleid (code; leeg: niet gekoppeld)", "Municipality (code)"),
    ),
)
#: The links of the same policy without its floors, or without looking at the lottery, in a run that has a price.
ZONDER = "zonder"
#: What a run counts with and without: these, and each floor; of the lottery what all households lack, and how many do.
PRIJSMATEN = ("personen_gekoppeld", "behouden", "verwacht_behouden", "kans_werk", "in_koppelregio")
TEKORT, ONDER_LOTING = "tekort_tegen_loting", "huishoudens_onder_loting"
PRIJS = OutputTable(
    "prijs",
    (
        _C("maat", "id", "Wat er wordt geteld", "What is counted"),
        _C("met", "kans", "In dit voorstel", "In this proposal"),
        _C("zonder", "kans", "Zonder de vloer, of zonder op de loting te letten", "Without the floor or the lottery"),
        _C("verschil", "kans", "Met min zonder", "With less without"),
        _C("bewezen", "id", "ja: van beide is elk niveau bewezen", "Whether every level of both is proven"),
    ),
)
_WIE_WINT = (
    _C("beleid", "id", "Beleid", "Policy"),
    _C("basislijn", "id", "Beleid waarmee wij vergelijken", "Policy compared with"),
    _C("kenmerk", "id", "Waarnaar wij groepen maken", "What the groups are made by"),
    _C("groep", "id", "De groep", "The group"),
    _C("maat", "id", "Wat er wordt vergeleken", "What is compared"),
    _C("onderdrukt", "id", "ja: te klein om te tonen, of nodig om een kleine groep te verbergen", "Whether suppressed"),
    _C("volwassenen", "count", "Volwassenen in de groep over wie de maat gaat", "Adults whom the measure is about"),
    _C("onbeslist", "count", "Van hen niet gekoppeld onder een van beide", "Of them not linked under either"),
    _C("winnaars", "count", "Volwassenen die erop vooruitgaan", "Adults who gain"),
    _C("gelijk", "count", "Volwassenen voor wie het niet uitmaakt", "Adults for whom it is the same"),
    _C("verliezers", "count", "Volwassenen die erop achteruitgaan", "Adults who lose"),
    _C("verschil", "kans", "Gemiddeld verschil met de basislijn", "Mean difference with the baseline"),
    _C("laag", "kans", "Onderkant van het interval (95 %)", "Lower end of the 95 % interval"),
    _C("hoog", "kans", "Bovenkant van het interval (95 %)", "Upper end of the 95 % interval"),
)
WINNAARS = OutputTable("winnaars", _WIE_WINT)
#: The same by protected characteristic, worked out after the answer is fixed.
EERLIJKHEID = OutputTable("eerlijkheid", _WIE_WINT)

#: What may be said of a request for a first link, and where the household goes beside what was asked.
VERZOEKOORDELEN = ("mag_overwogen", "niet_aangetoond", "nee")
VERZOEKUITKOMSTEN = ("gelijk", "binnen_50km", "verder", "niet_gekoppeld")
VERZOEKEN = OutputTable(
    "verzoeken",
    (
        _C("verzoek", "count", "Nummer van het verzoek: de rij in de invoer, de eerste is 1", "Number of the request"),
        _C("huishouden_id", "id", "Kenmerk van het huishouden", "Household key"),
        _C("gemeente", "id", "Gemeente waar om is gevraagd (code)", "Municipality asked for (code)"),
        _C("verzoeker", "id", "werkgever, bestuurder, bewoner of onbekend", "Who asks"),
        _C("toelichting_code", "id", "Code uit de invoer", "Code of the input"),
        _C("oordeel", "id", "mag_overwogen, niet_aangetoond of nee", "What may be said of the request"),
        _C("regel", "id", "Regel waar het oordeel op rust", "Rule that the verdict rests on"),
        _C("redenen", "text", "Waarom, met getallen", "Why, with numbers"),
        _C("bron", "text", "Waar die regel staat", "Where that rule stands"),
        _C("voorgesteld", "id", "Gemeente in het voorstel (code)", "Municipality of the proposal (code)"),
        _C("uitkomst", "id", "Het voorstel naast het verzoek", "The proposal beside the request"),
        _C("afstand_km", "km", "Afstand van de voorgestelde tot de gevraagde gemeente", "From proposed to asked"),
    ),
)

#: Why a household in procedure stands where it does on the list of interviews: room will be short, its work must only
#: be known in time, no municipality near its work has room, or its work is no ground.
GESPREKREDENEN = ("krap", "bekend", "geen_plek", "geen_grond")
VOORUITBLIK = OutputTable(
    "vooruitblik",
    (
        _C("maand", "id", "Maand (jjjj-mm), geteld met alles ervoor", "Month (yyyy-mm), with all before it"),
        _C(
            "gebied",
            "count",
            "0: het hele land; anders een gebied met te weinig plek",
            "0: the country; else a short area",
        ),
        _C(
            "gemeenten", "id", "Gemeenten van het gebied (codes, spatie ertussen)", "Municipalities of the area (codes)"
        ),
        _C("plekken", "count", "Plekken die daar na dit voorstel over zijn", "Places left there by this proposal"),
        _C("vraag", "kans", "Verwachte personen in procedure met werk dichtbij", "Expected persons with work near"),
        _C("vraag_anderen", "kans", "Andere personen met een harde grond dichtbij", "Other persons with a ground near"),
        _C("tekort", "kans", "Plekken te weinig", "Places too few"),
        _C("huishoudens", "count", "Huishoudens uit het bestand", "Households of the file"),
        _C("banen", "count", "Hun banen met genoeg uren", "Their jobs with enough hours"),
    ),
)
GESPREKKEN = OutputTable(
    "gesprekken",
    (
        _C("volgorde", "count", "Met wie het eerst een gesprek", "Whom to interview first"),
        _C("huishouden_id", "id", "Kenmerk van het huishouden", "Household key"),
        _C("maand", "id", "Verwachte maand van de vergunning (jjjj-mm)", "Expected month of the permit (yyyy-mm)"),
        _C("kans", "kans", "Kans op een vergunning", "Chance of a permit"),
        _C("aantal_personen", "count", "Aantal personen", "Persons"),
        _C("banen", "count", "Banen met genoeg uren", "Jobs with enough hours"),
        _C(
            "plekken_binnen_50km",
            "count",
            "Plekken die binnen bereik van het werk over zijn",
            "Places left near the work",
        ),
        _C("banen_door_gesprek", "kans", "Banen die naar verwachting blijven door het gesprek", "Jobs kept by it"),
        _C("krap_vanaf", "id", "Eerste maand met te weinig plek dichtbij (leeg: geen)", "First month short of room"),
        _C("reservering", "id", "Gemeente om plek te bewaren (code), een voorstel", "Municipality to keep room in"),
        _C("waarom", "id", "krap, bekend, geen_plek of geen_grond", "Why it stands there"),
    ),
)

#: Who asks, and those for whom nobody asks; which requests people could follow; what is counted when they do.
VERZOEKGROEPEN = (
    *("werkgever", "bestuurder", "bewoner", "onbekend"),
    *("met_voorspreker", "zonder_voorspreker", "zonder_verzoek"),
)
VERZOEKVARIANTEN = ("mag_overwogen", "voorspraak")
VERZOEKMATEN = (
    *("gevolgd", "niet_gevolgd", "verhuizen_ook", "plek_kwijt", "boven_opgave"),
    *("personen_gekoppeld", "behouden", "onbeslist", "verloren_regel", "verwacht_behouden"),
    *("gronden_niet_gehonoreerd", "in_koppelregio"),
)
VOORSPRAAK = OutputTable(
    "voorspraak",
    (
        _C("groep", "id", "Wie het vraagt, of zonder_verzoek", "Who asks, or zonder_verzoek"),
        _C("verzoeken", "count", "Verzoeken", "Requests"),
        _C("mag_overwogen", "count", "Verzoeken die mogen worden overwogen", "Requests that may be considered"),
        _C("niet_aangetoond", "count", "Verzoeken die niet zijn aangetoond", "Requests that are not shown"),
        _C("nee", "count", "Verzoeken die niet kunnen", "Requests that cannot be"),
        _C("voorstel_gelijk", "count", "Verzoeken gelijk aan het voorstel", "Requests that the proposal equals"),
        _C("voorstel_nabij", "count", "Verzoeken met het voorstel binnen de straal", "Requests near the proposal"),
        _C("huishoudens", "count", "Huishoudens", "Households"),
        _C("niet_gekoppeld", "count", "Niet gekoppelde huishoudens", "Households not linked"),
        _C("met_grond", "count", "Huishoudens met een harde grond", "Households with a hard ground"),
        _C("grond_gehonoreerd", "count", "Waarvan gekoppeld binnen bereik van alle", "Linked near all of them"),
        _C("banen", "count", "Banen", "Jobs"),
        _C("banen_binnen_50km", "count", "Banen binnen de straal na de verhuizing", "Jobs within the radius"),
    ),
)
GEVOLGD = OutputTable(
    "verzoeken_gevolgd",
    (
        _C("variant", "id", "Welke verzoeken een mens volgt", "Which requests a person follows"),
        _C("maat", "id", "Wat er wordt geteld", "What is counted"),
        _C("voorstel", "mean", "In dit voorstel", "In this proposal"),
        _C("gevolgd", "mean", "Als de verzoeken worden gevolgd", "If the requests are followed"),
        _C("verschil", "mean", "Het verschil", "The difference"),
        _C("status", "id", "Hoe zeker: proven, gap, limit of not_optimised", "How sure"),
    ),
)
VERSCHUIVING = OutputTable(
    "verzoeken_verschuiving",
    (
        _C("variant", "id", "Welke verzoeken een mens volgt", "Which requests a person follows"),
        _C("huishouden_id", "id", "Kenmerk van het huishouden", "Household key"),
        _C("van", "id", "Gemeente in het voorstel (code; leeg: niet gekoppeld)", "Municipality of the proposal"),
        _C("naar", "id", "Gemeente dan (code; leeg: niet gekoppeld)", "Municipality then"),
        _C("reden", "id", "verzoek, of gevolg van een ander verzoek", "Request, or consequence of another one"),
    ),
)

OUTPUT_TABLES = (
    VOORSTEL,
    BANEN,
    TAAKSTELLING,
    NIET_GEKOPPELD,
    UITZONDERING,
    KOPPELREGIO,
    BELEIDSVERGELIJKING,
    ATTRIBUTIE,
    GEVOELIGHEID,
    VERSCHILLEN,
    OVEREENKOMSTEN,
    WERKLIJST,
    PROGNOSE,
    BESLUITEN,
    EERDER,
    GEWIJZIGD,
    AFWEGING,
    AFWEGING_KOPPELINGEN,
    KOPPELINGEN,
    WINNAARS,
    EERLIJKHEID,
    VERZOEKEN,
    VOORSPRAAK,
    GEVOLGD,
    VERSCHUIVING,
    VOORUITBLIK,
    GESPREKKEN,
    AFWEGING_VOORSTELLEN,
    PRIJS,
)
