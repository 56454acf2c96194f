"""Every finding that the judge can report: how grave, by which rule, and its sentence."""

from dataclasses import dataclass

from geodata.gemeenten import load_gemeenten
from optimizer.domain.uitvoer import BANEN, TAAKSTELLING, VOORSTEL, OutputColumn, OutputTable
from optimizer.rules.parameters import USER, Parameters
from optimizer.verify.oordeel import Bevinding, Ernst

#: Rules that are no parameter, and where they stand.
BRONNEN = {
    "bestanden": "Afspraken over de bestanden (docs/bestanden.md)",
    "overeenkomst": "Bestuursovereenkomst in de invoer (docs/bestanden.md)",
    "woningen": "Bijzondere woningen in de invoer (docs/bestanden.md)",
    "besluit": "Besluit van een mens in huishoudens (docs/bestanden.md)",
    "opgave": "Huisvestingswet 2014, art. 28-29 (BWBR0035303)",
    "beleid": "Het gekozen beleid (docs/rechter.md)",
}

#: Columns that stand for a row, that are judged on their own, or that nothing in the input can contradict.
_NIET_VERGELEKEN = {
    VOORSTEL.name: ("huishouden_id", "gemeente", "reden", "alternatief_1", "alternatief_2", "alternatief_3"),
    BANEN.name: ("baan_id",),
    TAAKSTELLING.name: ("gemeente", "schaduwprijs"),
}


def _kolommen(table: OutputTable) -> tuple[OutputColumn, ...]:
    return tuple(c for c in (*table.columns, *table.optional) if c.name not in _NIET_VERGELEKEN[table.name])


#: Columns that follow from the input and the links.
KOLOMMEN_VOORSTEL = _kolommen(VOORSTEL)
KOLOMMEN_BANEN = _kolommen(BANEN)
KOLOMMEN_TAAKSTELLING = _kolommen(TAAKSTELLING)


@dataclass(frozen=True)
class Code:
    """One kind of finding: its rule (a parameter or a key of `BRONNEN`) and its sentence with open places."""

    naam: str
    ernst: Ernst
    regel: str
    zin: str


def _overtreding(naam: str, regel: str, zin: str) -> Code:
    return Code(naam, "overtreding", regel, zin)


def _uitzondering(naam: str, regel: str, zin: str) -> Code:
    return Code(naam, "uitzondering", regel, zin)


_VAST = (
    _overtreding("huishouden_ontbreekt", "bestanden", "Huishouden {h} staat niet in het voorstel."),
    _overtreding("huishouden_dubbel", "bestanden", "Huishouden {h} staat {gevonden} keer in het voorstel."),
    _overtreding("huishouden_onbekend", "bestanden", "Huishouden {h} staat niet in de invoer."),
    _overtreding("gemeente_onbekend", "bestanden", "Huishouden {h}: '{gevonden}' is geen gemeente."),
    _overtreding(
        "opgave_overschreden",
        "opgave",
        "{g}: het voorstel koppelt {gevonden} personen; er is plek voor {toegestaan}. Vaste keuzes tellen niet mee.",
    ),
    _overtreding("gemeente_uitgesloten", "besluit", "Huishouden {h} mag niet naar {g}: die gemeente is uitgesloten."),
    _overtreding(
        "vaste_keuze_niet_gevolgd",
        "besluit",
        "Huishouden {h} is vastgezet op {toegestaan}. Het voorstel zegt: {gevonden}.",
    ),
    _overtreding(
        "overeenkomst_niet_gevolgd",
        "overeenkomst",
        "Huishouden {h} werkt en woont in {toegestaan} en blijft daar volgens de overeenkomst. "
        "Het voorstel zegt: {gevonden}.",
    ),
    _overtreding(
        "woningen_overschreden",
        "woningen",
        "{g}: nodig voor dit voorstel {gevonden}; vrij {toegestaan}. Vaste keuzes tellen niet mee.",
    ),
    _overtreding(
        "grond_buiten_straal",
        "gronden/straal_km",
        "Huishouden {h}: {g} ligt {gevonden} km van een harde grond. Dit beleid staat {toegestaan} km toe.",
    ),
    _overtreding(
        "koppelregio_verlaten",
        "beleid",
        "Huishouden {h}: {g} ligt in koppelregio {gevonden}. Dit beleid eist koppelregio {toegestaan}.",
    ),
    _overtreding(
        "arbeidsmarktregio_verlaten",
        "beleid",
        "Huishouden {h}: {g} ligt in arbeidsmarktregio {gevonden}. De baan met de meeste uren ligt in {toegestaan}.",
    ),
    _overtreding(
        "alternatief_onbekend", "bestanden", "Huishouden {h}: alternatief '{gevonden}' begint niet met een gemeente."
    ),
    _overtreding("alternatief_uitgesloten", "besluit", "Huishouden {h}: alternatief {gevonden} is uitgesloten."),
    _overtreding(
        "alternatief_is_voorstel", "bestanden", "Huishouden {h}: alternatief {gevonden} is het voorstel zelf."
    ),
    _overtreding(
        "alternatief_zonder_plek",
        "opgave",
        "Huishouden {h}: alternatief {gevonden} heeft naast dit voorstel nog {toegestaan} plekken. Dat is te weinig.",
    ),
    _overtreding(
        "alternatief_zonder_woning",
        "woningen",
        "Huishouden {h}: alternatief {gevonden} heeft naast dit voorstel geen {toegestaan} vrij.",
    ),
    _overtreding(
        "alternatief_buiten_beleid",
        "beleid",
        "Huishouden {h}: alternatief {gevonden} past niet bij wat dit beleid bindt.",
    ),
    _overtreding(
        "alternatief_verschil_onjuist",
        "bestanden",
        "Huishouden {h}: een alternatief noemt als verschil '{gevonden}'. Uit de invoer volgt '{toegestaan}'.",
    ),
    _overtreding("baan_ontbreekt", "bestanden", "Baan {baan} van huishouden {h} staat niet in de tabel banen."),
    _overtreding("baan_dubbel", "bestanden", "Baan {baan} van huishouden {h} staat dubbel in de tabel banen."),
    _overtreding("baan_onbekend", "bestanden", "Baan {baan} staat in de tabel banen, maar niet in de invoer."),
    _overtreding("taakstelling_ontbreekt", "bestanden", "{g} staat niet in de tabel taakstelling."),
    _overtreding("taakstelling_dubbel", "bestanden", "{g} staat dubbel in de tabel taakstelling."),
    _overtreding("taakstelling_onbekend", "bestanden", "Tabel taakstelling: '{gevonden}' is geen gemeente."),
    _overtreding("uitzondering_ontbreekt", "bestanden", "Huishouden {h}: de uitzondering {toegestaan} is niet gemeld."),
    _overtreding(
        "uitzondering_onterecht", "bestanden", "Huishouden {h}: de uitzondering {gevonden} is gemeld, maar is er niet."
    ),
    _uitzondering("niet_gekoppeld", "bestanden", "Huishouden {h} ({gevonden} personen) is niet gekoppeld."),
    _uitzondering(
        "vastgezet_buiten_straal",
        "gronden/straal_km",
        "Huishouden {h} is vastgezet op {g}. Dat is {gevonden} km van een harde grond; de grens is {toegestaan} km.",
    ),
    _uitzondering(
        "vastgezet_boven_opgave",
        "opgave",
        "Huishouden {h} is vastgezet op {g}. Daar zijn {gevonden} personen vastgezet; er is plek voor {toegestaan}.",
    ),
    _uitzondering(
        "overeenkomst_boven_opgave",
        "opgave",
        "Huishouden {h} blijft door een overeenkomst in {g}. Daar staan {gevonden} personen vast; er is plek voor "
        "{toegestaan}.",
    ),
    _uitzondering(
        "vast_boven_woningen",
        "woningen",
        "Huishouden {h} staat vast op {g}. Daar is voor wie vaststaat nodig: {gevonden}; vrij: {toegestaan}.",
    ),
    _uitzondering(
        "gronden_onverenigbaar",
        "gronden/volgorde",
        "Huishouden {h}: geen gemeente ligt binnen {toegestaan} km van alle harde gronden. Wel gevolgd: {gevonden}.",
    ),
    _uitzondering(
        "geen_plaats_binnen_50km",
        "gronden/straal_km",
        "Huishouden {h}: {g} ligt {gevonden} km van een harde grond; de grens is {toegestaan} km.",
    ),
    _uitzondering(
        "buiten_koppelregio",
        "koppelregio/binding",
        "Huishouden {h}: {g} ligt in koppelregio {gevonden}; de opvang ligt in koppelregio {toegestaan}.",
    ),
)


def _kolom(naam: str, wat: str) -> Code:
    zin = f"{wat}: er staat '{{gevonden}}'. Uit de invoer volgt '{{toegestaan}}'."
    return _overtreding(naam, "bestanden", zin)


_KOLOMMEN = (
    *(_kolom(f"{k.name}_onjuist", f"Huishouden {{h}}, kolom {k.name}") for k in KOLOMMEN_VOORSTEL),
    *(_kolom(f"baan_{k.name}_onjuist", f"Baan {{baan}} van huishouden {{h}}, kolom {k.name}") for k in KOLOMMEN_BANEN),
    *(
        _kolom(f"taakstelling_{k.name}_onjuist", f"Tabel taakstelling, {{g}}, kolom {k.name}")
        for k in KOLOMMEN_TAAKSTELLING
    ),
)

CODES: dict[str, Code] = {c.naam: c for c in (*_VAST, *_KOLOMMEN)}


def bevinding(
    code: str,
    parameters: Parameters,
    *,
    h: str = "",
    g: str = "",
    gevonden: str = "",
    toegestaan: str = "",
    baan: str = "",
) -> Bevinding:
    """Return one finding with its sentence, rule and source filled in.

    Parameters
    ----------
    code
        Key of `CODES`.
    h, g
        Household and municipality (CBS code); the sentence names the municipality.
    gevonden, toegestaan
        What stands there and what the rule allows.
    baan
        Key of the job that it is about, for the sentence.
    """
    soort = CODES[code]
    regel = soort.regel
    if regel == "opgave" and parameters["taakstelling/regime"] == "capaciteit":
        regel = "taakstelling/regime"  # no law limits the municipality then, its own capacity does
    zin = soort.zin.format(h=h, g=label(g), gevonden=gevonden, toegestaan=toegestaan, baan=baan)
    return Bevinding(code, soort.ernst, h, g, gevonden, toegestaan, zin, regel, bron(regel, parameters))


def label(code: str) -> str:
    """Return name and code of a municipality; another text as it is, and "niet gekoppeld" for an empty one.

    >>> label("GM0344"), label("")
    ('Utrecht (GM0344)', 'niet gekoppeld')
    """
    gemeenten = load_gemeenten()
    row = gemeenten.index.get(code)
    return f"{gemeenten.naam[row]} ({code})" if row is not None else code or "niet gekoppeld"


def bron(regel: str, parameters: Parameters) -> str:
    """Return where a rule comes from: a key of `BRONNEN`, or the source of a parameter in force."""
    if regel in BRONNEN:
        return BRONNEN[regel]
    origin = parameters.origin(regel)
    if origin == USER:
        return "Waarde die de gebruiker voor deze run koos"
    return str(origin.source) if origin else BRONNEN["beleid"]
