"""Every finding that the judge can report: how grave, by which rule, and its sentence."""

from dataclasses import dataclass

from geodata.wording import Sentence
from optimizer.domain.uitvoer import (
    AFWEGING,
    ATTRIBUTIE,
    BANEN,
    BELEIDSVERGELIJKING,
    KOPPELREGIO,
    NIET_GEKOPPELD,
    OVEREENKOMSTEN,
    PRIJS,
    TAAKSTELLING,
    VOORSTEL,
    WINNAARS,
    OutputColumn,
    OutputTable,
)
from optimizer.verify.oordeel import Ernst

#: Columns that stand for a row, that are judged on their own, or that nothing in the input can contradict.
_NIET_VERGELEKEN = {
    VOORSTEL.name: ("huishouden_id", "gemeente", "reden", "alternatief_1", "alternatief_2", "alternatief_3"),
    BANEN.name: ("baan_id",),
    TAAKSTELLING.name: ("gemeente", "schaduwprijs"),
    NIET_GEKOPPELD.name: ("huishouden_id",),
    KOPPELREGIO.name: ("huishouden_id",),
    BELEIDSVERGELIJKING.name: ("beleid",),
    OVEREENKOMSTEN.name: ("beleid", "groep", "maat", "zonder"),
    ATTRIBUTIE.name: ("stap",),
    PRIJS.name: ("maat",),
    WINNAARS.name: ("beleid", "basislijn", "kenmerk", "groep", "maat"),
    AFWEGING.name: ("punt",),
}


def _kolommen(table: OutputTable) -> tuple[OutputColumn, ...]:
    return tuple(c for c in (*table.columns, *table.optional) if c.name not in _NIET_VERGELEKEN[table.name])


#: Columns that follow from the input and the links.
KOLOMMEN_VOORSTEL = _kolommen(VOORSTEL)
KOLOMMEN_BANEN = _kolommen(BANEN)
KOLOMMEN_TAAKSTELLING = _kolommen(TAAKSTELLING)
KOLOMMEN_NIET_GEKOPPELD = _kolommen(NIET_GEKOPPELD)
KOLOMMEN_KOPPELREGIO = _kolommen(KOPPELREGIO)
KOLOMMEN_VERGELIJKING = _kolommen(BELEIDSVERGELIJKING)
KOLOMMEN_OVEREENKOMSTEN = _kolommen(OVEREENKOMSTEN)
KOLOMMEN_ATTRIBUTIE = _kolommen(ATTRIBUTIE)
KOLOMMEN_PRIJS = _kolommen(PRIJS)
KOLOMMEN_WINNAARS = _kolommen(WINNAARS)
#: Tables with those columns, and what their sentences call them.
WIE_WINT = {"winnaars": ("Winnaars en verliezers", "Winners and losers"), "eerlijkheid": ("Eerlijkheid", "Fairness")}
KOLOMMEN_AFWEGING = _kolommen(AFWEGING)


@dataclass(frozen=True)
class Code:
    """One kind of finding: its rule (a parameter or a key of ``rules.parameters.bron.BRONNEN``) and its sentence."""

    naam: str
    ernst: Ernst
    regel: str
    zin: Sentence


def _overtreding(naam: str, regel: str, nl: str, en: str) -> Code:
    return Code(naam, "overtreding", regel, Sentence(nl, en))


def _uitzondering(naam: str, regel: str, nl: str, en: str) -> Code:
    return Code(naam, "uitzondering", regel, Sentence(nl, en))


_VAST = (
    _overtreding(
        "huishouden_ontbreekt",
        "bestanden",
        "Huishouden {h} staat niet in het voorstel.",
        "Household {h} is not in the proposal.",
    ),
    _overtreding(
        "huishouden_dubbel",
        "bestanden",
        "Huishouden {h} staat {gevonden} keer in het voorstel.",
        "Household {h} is in the proposal {gevonden} times.",
    ),
    _overtreding(
        "huishouden_onbekend",
        "bestanden",
        "Huishouden {h} staat niet in de invoer.",
        "Household {h} is not in the input.",
    ),
    _overtreding(
        "gemeente_onbekend",
        "bestanden",
        "Huishouden {h}: '{gevonden!s}' is geen gemeente.",
        "Household {h}: '{gevonden!s}' is no municipality.",
    ),
    _overtreding(
        "opgave_overschreden",
        "opgave",
        "{g}: het voorstel koppelt {gevonden} {gevonden:persoon|personen}; er is plek voor {toegestaan}. Vaste keuzes "
        "tellen niet mee.",
        "{g}: the proposal links {gevonden} {gevonden:person|persons}; there is room for {toegestaan}. Locked "
        "households do not count.",
    ),
    _overtreding(
        "gemeente_uitgesloten",
        "besluit",
        "Huishouden {h} mag niet naar {g}: die gemeente is uitgesloten.",
        "Household {h} may not go to {g}: that municipality is excluded.",
    ),
    _overtreding(
        "vaste_keuze_niet_gevolgd",
        "besluit",
        "Huishouden {h} is vastgezet op {toegestaan}. Het voorstel zegt: {gevonden}.",
        "Household {h} is locked to {toegestaan}. The proposal says: {gevonden}.",
    ),
    _overtreding(
        "overeenkomst_niet_gevolgd",
        "overeenkomst",
        "Huishouden {h} werkt en woont in {toegestaan} en blijft daar volgens de overeenkomst. "
        "Het voorstel zegt: {gevonden}.",
        "Household {h} works and lives in {toegestaan} and stays there by the agreement. "
        "The proposal says: {gevonden}.",
    ),
    _overtreding(
        "woningen_overschreden",
        "woningen",
        "{g}: nodig voor dit voorstel {gevonden}; vrij {toegestaan}. Vaste keuzes tellen niet mee.",
        "{g}: this proposal needs {gevonden}; free {toegestaan}. Locked households do not count.",
    ),
    _overtreding(
        "grond_buiten_straal",
        "gronden/straal_km",
        "Huishouden {h}: {g} ligt {gevonden} km van een harde grond. Dit beleid staat {toegestaan} km toe.",
        "Household {h}: {g} lies {gevonden} km from a hard ground. This policy allows {toegestaan} km.",
    ),
    _overtreding(
        "koppelregio_verlaten",
        "beleid",
        "Huishouden {h}: {g} ligt in de koppelregio ‘{gevonden}’. Dit beleid eist ‘{toegestaan}’.",
        "Household {h}: {g} lies in the koppelregio ‘{gevonden}’. This policy demands ‘{toegestaan}’.",
    ),
    _overtreding(
        "arbeidsmarktregio_verlaten",
        "beleid",
        "Huishouden {h}: {g} ligt in arbeidsmarktregio {gevonden}. De baan met de meeste uren ligt in {toegestaan}.",
        "Household {h}: {g} lies in labour-market region {gevonden}. The job with most hours lies in {toegestaan}.",
    ),
    _overtreding(
        "tempo_overschreden",
        "taakstelling/tempo_gemeente",
        "{g}: het voorstel koppelt {gevonden} {gevonden:persoon|personen} die meetellen voor het tempo. In één ronde "
        "mogen dat er {toegestaan} zijn. Vaste keuzes tellen niet mee.",
        "{g}: the proposal links {gevonden} {gevonden:person|persons} that count for the pace. In one round "
        "{toegestaan} are allowed. Locked households do not count.",
    ),
    _overtreding(
        "tempo_regio_overschreden",
        "taakstelling/tempo_regio",
        "Arbeidsmarktregio {baan!s}: het voorstel koppelt {gevonden} {gevonden:persoon|personen} die meetellen voor "
        "het tempo. In één ronde mogen dat er {toegestaan} zijn. Vaste keuzes tellen niet mee.",
        "Labour-market region {baan!s}: the proposal links {gevonden} {gevonden:person|persons} that count for the "
        "pace. In one round {toegestaan} are allowed. Locked households do not count.",
    ),
    _overtreding(
        "tempo_onnodig_geweken",
        "taakstelling/tempo_regio",
        "Het tempo week (nu telt mee: {gevonden!s}). Dat hoefde niet: dit voorstel houdt zich ook aan het tempo "
        "waarbij meer meetelt ({toegestaan!s}).",
        "The pace yielded (counting now: {gevonden!s}). It need not have: this proposal keeps to the pace under which "
        "more counts too ({toegestaan!s}).",
    ),
    _uitzondering(
        "tempo_niet_gehaald",
        "taakstelling/tempo_gemeente",
        "{g}: het voorstel koppelt {gevonden} {gevonden:persoon|personen}. Volgens het tempo zijn dat er in één ronde "
        "ten hoogste {toegestaan}. Het tempo wijkt als iemand anders geen plek of baan houdt; of dat zo was, is alleen "
        "in een hele run te zien.",
        "{g}: the proposal links {gevonden} {gevonden:person|persons}. By the pace that is {toegestaan} at most in one "
        "round. The pace yields where somebody would have no place or lose a job; whether that was so only a whole run "
        "shows.",
    ),
    _uitzondering(
        "tempo_regio_niet_gehaald",
        "taakstelling/tempo_regio",
        "Arbeidsmarktregio {baan!s}: het voorstel koppelt {gevonden} {gevonden:persoon|personen}. Volgens het tempo "
        "zijn dat er in één ronde ten hoogste {toegestaan}. Het tempo wijkt als iemand anders geen plek of baan houdt; "
        "of dat zo was, is alleen in een hele run te zien.",
        "Labour-market region {baan!s}: the proposal links {gevonden} {gevonden:person|persons}. By the pace that is "
        "{toegestaan} at most in one round. The pace yields where somebody would have no place or lose a job; whether "
        "that was so only a whole run shows.",
    ),
    _overtreding(
        "alternatief_onbekend",
        "bestanden",
        "Huishouden {h}: alternatief '{gevonden!s}' begint niet met een gemeente.",
        "Household {h}: alternative '{gevonden!s}' does not begin with a municipality.",
    ),
    _overtreding(
        "alternatief_uitgesloten",
        "besluit",
        "Huishouden {h}: alternatief {gevonden} is uitgesloten.",
        "Household {h}: alternative {gevonden} is excluded.",
    ),
    _overtreding(
        "alternatief_is_voorstel",
        "bestanden",
        "Huishouden {h}: alternatief {gevonden} is het voorstel zelf.",
        "Household {h}: alternative {gevonden} is the proposal itself.",
    ),
    _overtreding(
        "alternatief_zonder_plek",
        "opgave",
        "Huishouden {h}: alternatief {gevonden} heeft naast dit voorstel nog {toegestaan} {toegestaan:plek|plekken}. "
        "Dat is te weinig.",
        "Household {h}: beside this proposal alternative {gevonden} has {toegestaan} {toegestaan:place|places} left. "
        "That is too few.",
    ),
    _overtreding(
        "alternatief_zonder_woning",
        "woningen",
        "Huishouden {h}: alternatief {gevonden} heeft naast dit voorstel geen {toegestaan} vrij.",
        "Household {h}: beside this proposal alternative {gevonden} has no {toegestaan} free.",
    ),
    _overtreding(
        "alternatief_buiten_beleid",
        "beleid",
        "Huishouden {h}: alternatief {gevonden} past niet bij wat dit beleid bindt.",
        "Household {h}: alternative {gevonden} breaks what this policy binds.",
    ),
    _overtreding(
        "alternatief_verschil_onjuist",
        "bestanden",
        "Huishouden {h}: een alternatief noemt als verschil '{gevonden!s}'. Uit de invoer volgt '{toegestaan!s}'.",
        "Household {h}: an alternative names the difference '{gevonden!s}'. The input gives '{toegestaan!s}'.",
    ),
    _overtreding(
        "baan_ontbreekt",
        "bestanden",
        "Baan {baan} van huishouden {h} staat niet in de tabel banen.",
        "Job {baan} of household {h} is not in the table banen.",
    ),
    _overtreding(
        "baan_dubbel",
        "bestanden",
        "Baan {baan} van huishouden {h} staat {gevonden} keer in de tabel banen.",
        "Job {baan} of household {h} is in the table banen {gevonden} times.",
    ),
    _overtreding(
        "baan_onbekend",
        "bestanden",
        "Baan {baan} staat in de tabel banen, maar niet in de invoer.",
        "Job {baan} is in the table banen, but not in the input.",
    ),
    _overtreding(
        "taakstelling_ontbreekt",
        "bestanden",
        "{g} staat niet in de tabel taakstelling.",
        "{g} is not in the table taakstelling.",
    ),
    _overtreding(
        "taakstelling_dubbel",
        "bestanden",
        "{g} staat dubbel in de tabel taakstelling.",
        "{g} is in the table taakstelling twice.",
    ),
    _overtreding(
        "taakstelling_onbekend",
        "bestanden",
        "Tabel taakstelling: '{gevonden!s}' is geen gemeente.",
        "Table taakstelling: '{gevonden!s}' is no municipality.",
    ),
    _overtreding(
        "taakstelling_schaduwprijs_onjuist",
        "bestanden",
        "Tabel taakstelling, {g}, kolom schaduwprijs: er staat '{gevonden!s}'. Hier hoort {toegestaan}.",
        "Table taakstelling, {g}, column schaduwprijs: it says '{gevonden!s}'. What belongs here: {toegestaan}.",
    ),
    _overtreding(
        "uitzondering_ontbreekt",
        "bestanden",
        "Huishouden {h}: de uitzondering {toegestaan} is niet gemeld.",
        "Household {h}: the exception {toegestaan} is not reported.",
    ),
    _overtreding(
        "uitzondering_onterecht",
        "bestanden",
        "Huishouden {h}: de uitzondering {gevonden} is gemeld, maar is er niet.",
        "Household {h}: the exception {gevonden} is reported, but there is none.",
    ),
    _overtreding(
        "uitzondering_toelichting_onjuist",
        "bestanden",
        "Huishouden {h}: de toelichting bij de uitzondering klopt niet. Er staat '{gevonden!s}'. Wat ontbreekt of "
        "anders moet: {toegestaan!s}.",
        "Household {h}: the explanation of the exception is wrong. It says '{gevonden!s}'. Missing or to be changed: "
        "{toegestaan!s}.",
    ),
    _overtreding(
        "reden_onjuist",
        "bestanden",
        "Huishouden {h}: de reden klopt niet. Er staat '{gevonden!s}'. Uit de invoer volgt: {toegestaan!s}.",
        "Household {h}: the reason is wrong. It says '{gevonden!s}'. The input gives: {toegestaan!s}.",
    ),
    _overtreding(
        "alternatief_dubbel",
        "bestanden",
        "Huishouden {h}: alternatief {gevonden} staat er meer dan één keer.",
        "Household {h}: alternative {gevonden} is named more than once.",
    ),
    _overtreding(
        "alternatief_ontbreekt",
        "bestanden",
        "Huishouden {h}: het voorstel noemt {gevonden} {gevonden:alternatief|alternatieven}. Dat moeten er "
        "{toegestaan} zijn.",
        "Household {h}: the proposal names {gevonden} {gevonden:alternative|alternatives}. There should be "
        "{toegestaan}.",
    ),
    _overtreding(
        "niet_gekoppeld_ontbreekt",
        "bestanden",
        "Huishouden {h} is niet gekoppeld, maar staat niet in de tabel niet_gekoppeld.",
        "Household {h} is not linked, but is not in the table niet_gekoppeld.",
    ),
    _overtreding(
        "niet_gekoppeld_dubbel",
        "bestanden",
        "Huishouden {h} staat {gevonden} keer in de tabel niet_gekoppeld.",
        "Household {h} is in the table niet_gekoppeld {gevonden} times.",
    ),
    _overtreding(
        "niet_gekoppeld_onbekend",
        "bestanden",
        "Tabel niet_gekoppeld: huishouden {h} is wel gekoppeld, of staat niet in de invoer.",
        "Table niet_gekoppeld: household {h} is linked, or is not in the input.",
    ),
    _overtreding(
        "koppelregio_ontbreekt",
        "bestanden",
        "Huishouden {h} gaat naar een andere koppelregio, maar staat niet in de tabel koppelregio.",
        "Household {h} goes to another koppelregio, but is not in the table koppelregio.",
    ),
    _overtreding(
        "koppelregio_dubbel",
        "bestanden",
        "Huishouden {h} staat {gevonden} keer in de tabel koppelregio.",
        "Household {h} is in the table koppelregio {gevonden} times.",
    ),
    _overtreding(
        "koppelregio_onbekend",
        "bestanden",
        "Tabel koppelregio: huishouden {h} blijft in zijn koppelregio, is niet gekoppeld of staat niet in de invoer.",
        "Table koppelregio: household {h} stays in its koppelregio, is not linked or is not in the input.",
    ),
    _overtreding(
        "vergelijking_onbekend",
        "bestanden",
        "Tabel beleidsvergelijking: '{baan!s}' is geen beleid van deze vergelijking.",
        "Table beleidsvergelijking: '{baan!s}' is no policy of this comparison.",
    ),
    _overtreding(
        "vergelijking_dubbel",
        "bestanden",
        "Tabel beleidsvergelijking: beleid '{baan!s}' staat er {gevonden} keer.",
        "Table beleidsvergelijking: policy '{baan!s}' is there {gevonden} times.",
    ),
    _overtreding(
        "vergelijking_ontbreekt",
        "bestanden",
        "Beleid '{baan!s}' staat niet in de tabel beleidsvergelijking.",
        "Policy '{baan!s}' is not in the table beleidsvergelijking.",
    ),
    _overtreding(
        "afweging_onbekend",
        "bestanden",
        "Tabel afweging: '{baan!s}' is geen punt van deze afweging.",
        "Table afweging: '{baan!s}' is no point of this trade-off.",
    ),
    _overtreding(
        "afweging_dubbel",
        "bestanden",
        "Tabel afweging: punt '{baan!s}' staat er {gevonden} keer.",
        "Table afweging: point '{baan!s}' is there {gevonden} times.",
    ),
    _overtreding(
        "afweging_ontbreekt",
        "bestanden",
        "Punt '{baan!s}' staat niet in de tabel afweging.",
        "Point '{baan!s}' is not in the table afweging.",
    ),
    _overtreding(
        "afweging_koppeling_onjuist",
        "bestanden",
        "Tabel afweging_koppelingen, huishouden {h}, kolom {baan!s}: er staat '{gevonden!s}'. Uit de voorstellen volgt "
        "'{toegestaan!s}'.",
        "Table afweging_koppelingen, household {h}, column {baan!s}: it says '{gevonden!s}'. The proposals give "
        "'{toegestaan!s}'.",
    ),
    _overtreding(
        "attributie_onbekend",
        "bestanden",
        "Tabel attributie: '{baan!s}' is geen stap van de keten.",
        "Table attributie: '{baan!s}' is no step of the chain.",
    ),
    _overtreding(
        "attributie_dubbel",
        "bestanden",
        "Tabel attributie: stap '{baan!s}' staat er {gevonden} keer.",
        "Table attributie: step '{baan!s}' is there {gevonden} times.",
    ),
    _overtreding(
        "attributie_ontbreekt",
        "bestanden",
        "Stap '{baan!s}' staat niet in de tabel attributie.",
        "Step '{baan!s}' is not in the table attributie.",
    ),
    _overtreding(
        "overeenkomsten_onbekend",
        "bestanden",
        "Tabel overeenkomsten: de rij '{baan!s}' hoort er niet.",
        "Table overeenkomsten: the row '{baan!s}' does not belong there.",
    ),
    _overtreding(
        "overeenkomsten_dubbel",
        "bestanden",
        "Tabel overeenkomsten: de rij '{baan!s}' staat er {gevonden} keer.",
        "Table overeenkomsten: the row '{baan!s}' is there {gevonden} times.",
    ),
    _overtreding(
        "overeenkomsten_ontbreekt",
        "bestanden",
        "Tabel overeenkomsten: de rij '{baan!s}' ontbreekt.",
        "Table overeenkomsten: the row '{baan!s}' is missing.",
    ),
    *(
        _overtreding(f"{table}_{what}", "bestanden", f"Tabel {table}: {nl}", f"Table {table}: {en}")
        for table in (*WIE_WINT, "prijs")
        for what, nl, en in (
            ("onbekend", "de rij '{baan!s}' hoort er niet.", "the row '{baan!s}' does not belong there."),
            ("dubbel", "de rij '{baan!s}' staat er {gevonden} keer.", "the row '{baan!s}' is there {gevonden} times."),
            ("ontbreekt", "de rij '{baan!s}' ontbreekt.", "the row '{baan!s}' is missing."),
        )
    ),
    _overtreding(
        "winnaars_bestand_onjuist",
        "bestanden",
        "{bestand} hoort er alleen te zijn als er een bestand groepen bij de invoer ligt.",
        "{bestand} belongs there only where a file groepen lies beside the input.",
    ),
    _overtreding(
        "prijs_bestand_onjuist",
        "bestanden",
        "{bestand} hoort bij een beleid met een vloer of met het niveau van de loting, en bij geen ander.",
        "{bestand} belongs to a policy with a floor or with the level of the lottery, and to no other.",
    ),
    _overtreding(
        "groepen_te_vroeg",
        "bewijs",
        "{bestand}: het bestand groepen hoort pas open te gaan na koppelingen.csv van deze run. Er staat een ander.",
        "{bestand}: the file groepen is opened only after koppelingen.csv of this run. It names another.",
    ),
    _overtreding(
        "bestand_weg",
        "bewijs",
        "{bestand} hoort bij deze run, maar is er niet.",
        "{bestand} belongs to this run, but is not there.",
    ),
    _overtreding(
        "bestand_veranderd",
        "bewijs",
        "{bestand} is veranderd nadat de run klaar was.",
        "{bestand} has changed since the run was finished.",
    ),
    _overtreding(
        "tabel_onleesbaar",
        "bestanden",
        "{bestand} is niet te lezen ({gevonden}).",
        "{bestand} cannot be read ({gevonden}).",
    ),
    _overtreding(
        "kolommen_onjuist",
        "bestanden",
        "{bestand}: de kolommen zijn '{gevonden!s}'. Dat moet zijn '{toegestaan!s}'.",
        "{bestand}: the columns are '{gevonden!s}'. They should be '{toegestaan!s}'.",
    ),
    _overtreding(
        "volgorde_onjuist",
        "bestanden",
        "{bestand}: de rijen staan niet op volgorde. Op deze plaats hoort {toegestaan!s}, er staat {gevonden!s}.",
        "{bestand}: the rows are out of order. Here belongs {toegestaan!s}, it says {gevonden!s}.",
    ),
    _overtreding(
        "werklijst_onjuist",
        "termijnen/koppelen_weken",
        "{bestand}, {h!s}: er staat '{gevonden!s}'. Dat moet zijn '{toegestaan!s}'.",
        "{bestand}, {h!s}: it says '{gevonden!s}'. It should be '{toegestaan!s}'.",
    ),
    _overtreding(
        "prognose_onjuist",
        "opgave",
        "{bestand}, {baan}: er staat '{gevonden!s}'. Uit de invoer en het voorstel volgt '{toegestaan!s}'.",
        "{bestand}, {baan}: it says '{gevonden!s}'. From the input and the proposal follows '{toegestaan!s}'.",
    ),
    _overtreding(
        "vooruitblik_onjuist",
        "vooruitblik/maanden",
        "{bestand}: er staat '{gevonden!s}'. Dat moet zijn '{toegestaan!s}'.",
        "{bestand}: it says '{gevonden!s}'. It should be '{toegestaan!s}'.",
    ),
    _overtreding(
        "gevolgd_onjuist",
        "verzoek",
        "{bestand}: er staat '{gevonden!s}'. Dat moet zijn '{toegestaan!s}'.",
        "{bestand}: it says '{gevonden!s}'. It should be '{toegestaan!s}'.",
    ),
    _overtreding(
        "verzoek_onjuist",
        "verzoek",
        "{bestand}: er staat '{gevonden!s}'. Dat moet zijn '{toegestaan!s}'.",
        "{bestand}: it says '{gevonden!s}'. It should be '{toegestaan!s}'.",
    ),
    _overtreding(
        "verzoek_redenen_onjuist",
        "verzoek",
        "{bestand}, {h!s}: '{gevonden!s}' klopt niet bij dit verzoek. Noem {toegestaan!s}.",
        "{bestand}, {h!s}: '{gevonden!s}' is not true of this request. Name {toegestaan!s}.",
    ),
    _overtreding(
        "kennis_onjuist",
        "bewijs",
        "{bestand}, {baan}: er staat '{gevonden!s}'. Uit de invoer en het voorstel volgt '{toegestaan!s}'.",
        "{bestand}, {baan}: it says '{gevonden!s}'. From the input and the proposal follows '{toegestaan!s}'.",
    ),
    _overtreding(
        "besluit_onbekend",
        "besluit",
        "{bestand}: '{gevonden!s}' is geen besluit over een huishouden uit de invoer. Het gaat om {h!s}.",
        "{bestand}: '{gevonden!s}' is no decision on a household of the input. It is about {h!s}.",
    ),
    _overtreding(
        "wijziging_onjuist",
        "bestanden",
        "{bestand}, {h!s}: er staat {gevonden!s}. Uit beide voorstellen volgt {toegestaan!s}.",
        "{bestand}, {h!s}: it says {gevonden!s}. From both proposals follows {toegestaan!s}.",
    ),
    _overtreding(
        "eerder_onjuist",
        "bewijs",
        "{bestand}, {h!s}: er staat {gevonden!s}. De vorige run zegt {toegestaan!s}.",
        "{bestand}, {h!s}: it says {gevonden!s}. The run before says {toegestaan!s}.",
    ),
    _overtreding(
        "vorige_run_anders",
        "bewijs",
        "{bestand} noemt een vorige run, maar het voorstel dat daar nu staat is een ander.",
        "{bestand} names a run before this one, but the proposal that stands there now is another.",
    ),
    _overtreding(
        "bewijs_veranderd",
        "bewijs",
        "{bestand} is veranderd nadat de run klaar was.",
        "{bestand} has changed since the run was finished.",
    ),
    _overtreding(
        "bewijs_onvolledig",
        "bewijs",
        "{bestand} zegt niets over: {toegestaan!s}. Is de run gemaakt met een oudere versie, maak hem dan opnieuw.",
        "{bestand} says nothing about: {toegestaan!s}. If an older version made the run, make it again.",
    ),
    _overtreding(
        "bewijs_onjuist",
        "bewijs",
        "{bestand}: bij '{baan!s}' staat {gevonden!s}. Uit de invoer en het voorstel volgt {toegestaan!s}.",
        "{bestand}: at '{baan!s}' it says {gevonden!s}. The input and the proposal give {toegestaan!s}.",
    ),
    _overtreding(
        "grensbewijs_onjuist",
        "grensbewijs",
        "Het bewijs van de grens van {baan!s} houdt niet: {gevonden}.",
        "The certificate of the bound of {baan!s} does not hold: {gevonden}.",
    ),
    _overtreding(
        "grensbewijs_niveaus",
        "grensbewijs",
        "{bestand} gaat over de niveaus '{gevonden!s}'. De run heeft '{toegestaan!s}', met of zonder loting erachter.",
        "{bestand} is about the levels '{gevonden!s}'. The run has '{toegestaan!s}', with or without a lottery after.",
    ),
    _overtreding(
        "grensbewijs_vraag",
        "grensbewijs",
        "{bestand} gaat over een andere vraag dan die van de invoer en het voorstel: '{gevonden!s}' is anders.",
        "{bestand} is about another question than that of the input and the proposal: '{gevonden!s}' differs.",
    ),
    _overtreding(
        "grensbewijs_grens",
        "grensbewijs",
        "run.json noemt bij {baan!s} {gevonden!s}. Het bewijs in {bestand} gaat over {toegestaan!s}.",
        "run.json says {gevonden!s} at {baan!s}. The certificate in {bestand} is about {toegestaan!s}.",
    ),
    _uitzondering(
        "niet_gekoppeld",
        "bestanden",
        "Huishouden {h} ({gevonden} {gevonden:persoon|personen}) is niet gekoppeld.",
        "Household {h} ({gevonden} {gevonden:person|persons}) is not linked.",
    ),
    _uitzondering(
        "vastgezet_buiten_straal",
        "gronden/straal_km",
        "Huishouden {h} is vastgezet op {g}. Dat is {gevonden} km van een harde grond; de grens is {toegestaan} km.",
        "Household {h} is locked to {g}. That is {gevonden} km from a hard ground; the limit is {toegestaan} km.",
    ),
    _uitzondering(
        "vastgezet_boven_opgave",
        "opgave",
        "Huishouden {h} is vastgezet op {g}. Daar {gevonden:is|zijn} {gevonden} {gevonden:persoon|personen} "
        "vastgezet; er is plek voor {toegestaan}.",
        "Household {h} is locked to {g}. There {gevonden} {gevonden:person is|persons are} locked; there is room for "
        "{toegestaan}.",
    ),
    _uitzondering(
        "overeenkomst_boven_opgave",
        "opgave",
        "Huishouden {h} blijft door een overeenkomst in {g}. Daar {gevonden:staat|staan} {gevonden} "
        "{gevonden:persoon|personen} vast; er is plek voor {toegestaan}.",
        "Household {h} stays in {g} by an agreement. There {gevonden} {gevonden:person is|persons are} fixed; there "
        "is room for {toegestaan}.",
    ),
    _uitzondering(
        "vast_boven_woningen",
        "woningen",
        "Huishouden {h} staat vast op {g}. Daar is voor wie vaststaat nodig: {gevonden}; vrij: {toegestaan}.",
        "Household {h} is fixed in {g}. Those who are fixed there need: {gevonden}; free: {toegestaan}.",
    ),
    _uitzondering(
        "gronden_onverenigbaar",
        "gronden/volgorde",
        "Huishouden {h}: geen gemeente ligt binnen {toegestaan} km van alle harde gronden. Wel gevolgd: {gevonden}.",
        "Household {h}: no municipality lies within {toegestaan} km of all hard grounds. Followed: {gevonden}.",
    ),
    _uitzondering(
        "geen_plaats_binnen_50km",
        "gronden/straal_km",
        "Huishouden {h}: {g} ligt {gevonden} km van een harde grond; de grens is {toegestaan} km.",
        "Household {h}: {g} lies {gevonden} km from a hard ground; the limit is {toegestaan} km.",
    ),
    _overtreding(
        "wissen_rijen",
        "bewaren/rijen_maanden",
        "{bestand} staat in een gewiste run. Daar kunnen rijen over mensen in staan.",
        "{bestand} stands in an erased run. It may hold rows about people.",
    ),
    _overtreding(
        "wissen_onjuist",
        "bewaren/rijen_maanden",
        "{bestand} zegt niet precies wat er van deze run gewist is.",
        "{bestand} does not say exactly what was erased of this run.",
    ),
    _overtreding(
        "brieven_van_andere_run",
        "brief",
        "{bestand} hoort niet bij deze run.",
        "{bestand} does not belong to this run.",
    ),
    _overtreding(
        "brief_weg",
        "brief",
        "De brief van {h} is er niet, of is geen tekst ({bestand}).",
        "The letter of {h} is not there, or is no text ({bestand}).",
    ),
    _overtreding(
        "brief_vreemd",
        "brief",
        "{bestand} hoort niet bij deze brieven.",
        "{bestand} does not belong to these letters.",
    ),
    _overtreding(
        "brief_onjuist",
        "brief",
        "In {bestand} staat '{gevonden!s}'. Dat moet zijn: '{toegestaan!s}'.",
        "{bestand} says '{gevonden!s}'. It should say: '{toegestaan!s}'.",
    ),
    _overtreding(
        "brief_opmaak",
        "brief",
        "In {bestand} staat iets dat niet in een brief hoort: '{gevonden!s}'.",
        "{bestand} holds something that does not belong in a letter: '{gevonden!s}'.",
    ),
    _overtreding(
        "brief_pdf_anders",
        "brief",
        "{bestand} zegt iets anders dan de brief ernaast, of is met andere lettertypen gemaakt. "
        "Maak de brieven opnieuw.",
        "{bestand} says something else than the letter beside it, or was made with other fonts. Make "
        "the letters again.",
    ),
)


def _kolommen_onjuist(columns: tuple[OutputColumn, ...], prefix: str, nl: str, en: str) -> tuple[Code, ...]:
    """Return a code for a wrong cell in each column; the sentence quotes the cell as it stands in the file."""
    return tuple(
        _overtreding(
            f"{prefix}{k.name}_onjuist",
            "bestanden",
            f"{nl}, kolom {k.name}: er staat '{{gevonden!s}}'. Uit de invoer volgt '{{toegestaan!s}}'.",
            f"{en}, column {k.name}: it says '{{gevonden!s}}'. The input gives '{{toegestaan!s}}'.",
        )
        for k in columns
    )


_KOLOMMEN = (
    *_kolommen_onjuist(KOLOMMEN_VOORSTEL, "", "Huishouden {h}", "Household {h}"),
    *_kolommen_onjuist(KOLOMMEN_BANEN, "baan_", "Baan {baan} van huishouden {h}", "Job {baan} of household {h}"),
    *_kolommen_onjuist(KOLOMMEN_TAAKSTELLING, "taakstelling_", "Tabel taakstelling, {g}", "Table taakstelling, {g}"),
    *_kolommen_onjuist(
        KOLOMMEN_NIET_GEKOPPELD,
        "niet_gekoppeld_",
        "Tabel niet_gekoppeld, huishouden {h}",
        "Table niet_gekoppeld, household {h}",
    ),
    *_kolommen_onjuist(
        KOLOMMEN_KOPPELREGIO, "koppelregio_", "Tabel koppelregio, huishouden {h}", "Table koppelregio, household {h}"
    ),
    *_kolommen_onjuist(
        KOLOMMEN_VERGELIJKING, "vergelijking_", "Beleidsvergelijking, {baan}", "Comparison of policies, {baan}"
    ),
    *_kolommen_onjuist(KOLOMMEN_OVEREENKOMSTEN, "overeenkomsten_", "Overeenkomsten, {baan}", "Agreements, {baan}"),
    *(
        code
        for table, (nl, en) in WIE_WINT.items()
        for code in _kolommen_onjuist(KOLOMMEN_WINNAARS, f"{table}_", f"{nl}, {{baan}}", f"{en}, {{baan}}")
    ),
    *_kolommen_onjuist(KOLOMMEN_AFWEGING, "afweging_", "Afweging, punt {baan}", "Trade-off, point {baan}"),
    *_kolommen_onjuist(KOLOMMEN_PRIJS, "prijs_", "Prijs, {baan}", "Price, {baan}"),
    *_kolommen_onjuist(KOLOMMEN_ATTRIBUTIE, "attributie_", "Winst per stap, {baan}", "Gain by step, {baan}"),
)

CODES: dict[str, Code] = {c.naam: c for c in (*_VAST, *_KOLOMMEN)}
