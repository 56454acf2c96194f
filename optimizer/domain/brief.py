"""The words of a letter to a household or to an employer, and the shape of such a letter.

Writer (``explain.told.brieven``) and judge (``verify.letters``) each put a letter together by code of their own, from
these sentences. A word stands here once; every number, name and date is filled in by both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geodata.wording import Sentence, number

#: Folders and the list of a set of letters.
HUISHOUDENS, WERKGEVERS, LIJST = "huishoudens", "werkgevers", "brieven.json"
#: Who gets a letter.
Soort = Literal["huishouden", "werkgever"]
#: What one block of a letter is on the page.
Blok = Literal["title", "h1", "h2", "p", "caption", "th", "td"]


@dataclass(frozen=True)
class Tabel:
    """A table of a letter: what it is about, its columns, and rows of which the first cell is a heading."""

    kop: Sentence
    kolommen: tuple[Sentence, ...]
    rijen: tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True)
class Deel:
    """A part of a letter: a heading, the sentences below it, and tables."""

    kop: Sentence
    zinnen: tuple[Sentence, ...] = ()
    tabellen: tuple[Tabel, ...] = ()


@dataclass(frozen=True)
class Brief:
    """One letter.

    Attributes
    ----------
    soort, kenmerk
        For whom, and the key of the household or of the job.
    titel
        What it is about.
    feiten
        What stands on top: a table of two columns.
    delen
        Its parts, in order.
    """

    soort: Soort
    kenmerk: str
    titel: Sentence
    feiten: Tabel
    delen: tuple[Deel, ...]

    def blocks(self, lang: str) -> list[tuple[Blok, str]]:
        """Return every text of the letter in order of reading, each with what it is on the page."""
        found: list[tuple[Blok, str]] = [("title", self.titel.said(lang)), ("h1", self.titel.said(lang))]
        found += _table(self.feiten, lang)
        for deel in self.delen:
            found.append(("h2", deel.kop.said(lang)))
            found += [("p", zin.said(lang)) for zin in deel.zinnen]
            found += [block for tabel in deel.tabellen for block in _table(tabel, lang)]
        return found


def _table(tabel: Tabel, lang: str) -> list[tuple[Blok, str]]:
    found: list[tuple[Blok, str]] = [("caption", tabel.kop.said(lang))]
    found += [("th", kolom.said(lang)) for kolom in tabel.kolommen]
    for kop, *cellen in tabel.rijen:
        found.append(("th", kop.said(lang)))
        found += [("td", cel.said(lang)) for cel in cellen]
    return found


def same(text: str) -> Sentence:
    """Return a name, or anything that reads the same in both languages."""
    return Sentence(text, text)


def written(value: float, decimals: int = 0, *, sign: bool = False) -> Sentence:
    """Write a number with a fixed number of decimals.

    >>> written(-0.95, 4), written(0.25, 4, sign=True).nl
    (Sentence(nl='-0,9500', en='-0.9500'), '+0,2500')
    """
    plus = "+" if sign and value > 0 else ""
    return Sentence(plus + number(value, decimals), plus + number(value, decimals, "en"))


_KM = Sentence("{km} km", "{km} km")


def kilometres(km: float, straal_km: float) -> Sentence:
    """Write a distance with one decimal, or as many as it takes to see on which side of the radius it lies.

    >>> kilometres(49.96, 50.0).nl, kilometres(50.004, 50.0).nl, kilometres(63.21, 50.0).en
    ('50,0 km', '50,004 km', '63.2 km')
    """
    decimals = next(n for n in (1, 2, 3, 6, 9) if (round(km, n) > straal_km) == (km > straal_km) or n == 9)
    return _KM.fill(km=written(km, decimals))


def said(answer: str) -> Sentence:
    """Write an answer as a letter does: one of `ANTWOORDEN`, or a code as words.

    >>> said("hoog").en, said("handel_horeca").nl, said("3").nl
    ('high', 'handel horeca', '3')
    """
    return ANTWOORDEN.get(answer, same(answer.replace("_", " ")))


def yes_no(value: object) -> Sentence:
    """Return *ja* or *nee*."""
    return Sentence("ja", "yes") if value else Sentence("nee", "no")


def to_fill(words: str, what: Sentence) -> Sentence:
    """Return what the sender gave, or a field that a person must fill in before the letter goes out."""
    return same(words) if words else Sentence(f"[Vul in: {what.nl}]", f"[Fill in: {what.en}]")


AFZENDER = Sentence("naam van uw organisatie", "name of your organisation")
CONTACT = Sentence("telefoonnummer of e-mailadres voor vragen", "telephone number or e-mail address for questions")
NAAM = Sentence("naam van de werknemer", "name of the employee")

#: Kinds of ground as a letter calls them.
GRONDEN: Mapping[str, Sentence] = {
    "werk": Sentence("werk", "work"),
    "gezin": Sentence("gezin", "family"),
    "studie": Sentence("studie", "study"),
    "medisch": Sentence("medische reden", "medical reason"),
}
#: Kinds of rule: where it comes from, in plain words.
LAGEN: Mapping[str, Sentence] = {
    "wet": Sentence("Dit staat in een wet.", "This is in a law."),
    "amvb": Sentence("Dit staat in een besluit van de regering.", "This is in an order of the government."),
    "regeling": Sentence("Dit staat in een regeling van een minister.", "This is in a regulation of a minister."),
    "circulaire": Sentence("Dit staat in een brief van de overheid.", "This is in a circular of the government."),
    "uitvoeringspraktijk": Sentence(
        "Zo werkt het COA nu. Het is geen wet.", "This is how the COA works now. It is no law."
    ),
    "bestuursovereenkomst": Sentence(
        "Dit is een afspraak tussen overheden.", "This is an agreement between authorities."
    ),
    "aanname": Sentence(
        "Dit is een aanname van het programma. Het is geen wet.", "This is an assumption of the program. It is no law."
    ),
}
#: Answers of adults in English; codes of sectors are the same in both languages.
ANTWOORDEN: Mapping[str, Sentence] = {
    nl: Sentence(nl, en)
    for nl, en in {"laag": "low", "middelbaar": "middle", "hoog": "high", "onbekend": "unknown"}.items()
}
#: What becomes of a job, by the outcome in ``banen.csv``.
UITKOMSTEN: Mapping[str, Sentence] = {
    "loopt_af": Sentence(
        "Het contract stopt voordat u verhuist. De baan telde daarom niet mee.",
        "The contract ends before you move. So the job did not count.",
    ),
    "binnen_50km": Sentence(
        "U blijft binnen {straal} km van dit werk wonen.", "You will still live within {straal} km of this work."
    ),
    "al_buiten": Sentence(
        "U woont straks meer dan {straal} km van dit werk. Dat is nu ook al zo.",
        "You will live more than {straal} km from this work. That is so already.",
    ),
    "verloren_regel": Sentence(
        "U woont straks meer dan {straal} km van dit werk. Nu woont u dichterbij.",
        "You will live more than {straal} km from this work. Now you live nearer.",
    ),
}
#: Whether work is a hard ground.
HARD: Mapping[str, Sentence] = {
    "ja": Sentence("Dit werk is een harde grond.", "This work is a hard ground."),
    "niet_aangetoond": Sentence(
        "Dit werk is geen harde grond. U werkt genoeg uren, maar niet alles is aangetoond.",
        "This work is no hard ground. You work enough hours, but not everything was shown.",
    ),
    "nee": Sentence(
        "Dit werk is geen harde grond. Het zijn te weinig uren per week.",
        "This work is no hard ground. The hours a week are too few.",
    ),
}
CONTRACTEN = (
    Sentence("vast contract", "open-ended contract"),
    Sentence("tijdelijk contract", "fixed-term contract"),
    Sentence("contract via een uitzendbureau", "contract through an agency"),
)
#: Why there is no municipality yet, by the cause in ``niet_gekoppeld.csv``.
OORZAKEN: Mapping[str, Sentence] = {
    "geen_plaats": Sentence(
        "In deze ronde was er geen plek meer in een gemeente die voor u kan.",
        "In this round there was no room left in a municipality that is possible for you.",
    ),
    "geen_plaats_binnen_50km": Sentence(
        "In deze ronde was er geen plek binnen {straal} km van uw gronden.",
        "In this round there was no room within {straal} km of your grounds.",
    ),
    "te_groot": Sentence(
        "Geen gemeente had in deze ronde plek voor uw hele huishouden. Wij splitsen een huishouden nooit.",
        "No municipality had room for your whole household in this round. We never split a household.",
    ),
    "geen_woning": Sentence(
        "Er was plek, maar niet in een woning zoals u nodig heeft.",
        "There was room, but not in a dwelling of the kind that you need.",
    ),
    "alles_uitgesloten": Sentence(
        "Een medewerker sloot de gemeenten uit waar nog iets kon.",
        "A member of staff excluded the municipalities where something was possible.",
    ),
}
#: How far apart two places are, by measure.
MATEN: Mapping[str, Sentence] = {
    "straight": Sentence(
        "Afstand is een rechte lijn. Wij meten van het midden van de gemeente waar u gaat wonen naar het midden van de "
        "andere gemeente. Het midden is het punt waar de inwoners gemiddeld wonen.",
        "Distance is a straight line. We measure from the centre of the municipality where you will live to the "
        "centre of the other municipality. The centre is the point where the inhabitants live on average.",
    ),
    "border": Sentence(
        "Afstand is een rechte lijn. Wij meten van het midden van de gemeente waar u gaat wonen naar de grens van de "
        "andere gemeente. Het midden is het punt waar de inwoners gemiddeld wonen.",
        "Distance is a straight line. We measure from the centre of the municipality where you will live to the "
        "border of the other municipality. The centre is the point where the inhabitants live on average.",
    ),
    "road": Sentence(
        "Afstand is een schatting over de weg, van het midden van de gemeente waar u gaat wonen naar het midden van de "
        "andere gemeente.",
        "Distance is an estimate by road, from the centre of the municipality where you will live to the centre of the "
        "other municipality.",
    ),
    "bestand": Sentence(
        "Afstanden komen uit een tabel die voor deze ronde is gegeven. Vraag die tabel aan de afzender.",
        "Distances come from a table that was given for this round. Ask the sender for that table.",
    ),
}
PLEK = Sentence(
    "Weten wij de plaats van uw werk, dan meten wij tot die plaats.",
    "Where we know the place of your work, we measure to that place.",
)
METHODEN: Mapping[str, Sentence] = {
    "optimaal": Sentence(
        "Het programma keek naar alle huishoudens tegelijk. Wat hieronder boven staat, ging voor.",
        "The program looked at all households at once. What stands on top below went first.",
    ),
    "volgorde": Sentence(
        "Het programma koppelde huishoudens een voor een, op de datum van de vergunning.",
        "The program linked households one by one, by the date of the permit.",
    ),
    "loting": Sentence(
        "Het programma lootte. Een gemeente met meer plek had meer kans.",
        "The program drew lots. A municipality with more room had more chance.",
    ),
}
#: What the soft points of a municipality are the sum of.
PUNTEN: Mapping[str, Sentence] = {
    "koppelregio": Sentence("zelfde regio als uw opvang", "same region as your reception"),
    "grond_nabij": Sentence("dicht bij uw gronden", "near your grounds"),
    "netwerk": Sentence("mensen die u kent in de buurt", "people whom you know nearby"),
    "voortgang": Sentence("wat de gemeente nog moet doen", "what the municipality still has to do"),
}
#: Everything else that a letter says, by name.
ZINNEN: Mapping[str, Sentence] = {
    name: Sentence(nl, en)
    for name, (nl, en) in {
        "titel": ("Voorstel: wonen in {naar}", "Proposal: living in {naar}"),
        "titel_zonder": ("Er is nog geen gemeente voor u", "There is no municipality for you yet"),
        "feiten": ("Over deze brief", "About this letter"),
        "wat": ("Wat", "What"),
        "dat_is": ("Dat is", "That is"),
        "afzender": ("Afzender", "Sender"),
        "kenmerk": ("Kenmerk", "Reference"),
        "peildatum": ("Peildatum", "Reference date"),
        "personen": ("Personen in uw huishouden", "Persons in your household"),
        "vergunning": ("Datum van uw vergunning", "Date of your permit"),
        "opvang": ("Gemeente van uw opvang", "Municipality of your reception"),
        "k_voorstel": ("Wat wij voorstellen", "What we propose"),
        "voorstel": ("Wij stellen voor dat u in {naar} gaat wonen.", "We propose that you go to live in {naar}."),
        "mens": ("Dit is een voorstel. Een mens beslist erover.", "This is a proposal. A person decides on it."),
        "vast": (
            "Een medewerker koos {naar} voor u. U mag vragen waarom.",
            "A member of staff chose {naar} for you. You may ask why.",
        ),
        "blijft": (
            "U werkt en woont in {naar}. Door een afspraak met deze gemeente blijft u daar.",
            "You work and live in {naar}. By an agreement with this municipality you stay there.",
        ),
        "zonder": (
            "Wij vonden in deze ronde nog geen gemeente voor u. U doet mee in de volgende ronde.",
            "We found no municipality for you in this round. You take part in the next round.",
        ),
        "k_gronden": ("Uw gronden", "Your grounds"),
        "geen_grond": (
            "Wij weten van geen harde grond van u. Een harde grond is werk, gezin, studie of een medische reden.",
            "We know of no hard ground of yours. A hard ground is work, family, study or a medical reason.",
        ),
        "gronden": (
            "Dit zijn de harde gronden die van u bekend en aangetoond zijn.",
            "These are the hard grounds of yours that are known and shown.",
        ),
        "binnen": (
            "{naar} ligt binnen {straal} km van {n:uw grond|al uw gronden}.",
            "{naar} lies within {straal} km of {n:your ground|all your grounds}.",
        ),
        "buiten": (
            "{naar} ligt niet binnen {straal} km van {n:uw grond|al uw gronden}.",
            "{naar} does not lie within {straal} km of {n:your ground|all your grounds}.",
        ),
        "niet_samen": (
            "Geen gemeente ligt binnen {straal} km van al uw gronden tegelijk. Daarom tellen niet al uw gronden. De "
            "volgorde is: {volgorde}.",
            "No municipality lies within {straal} km of all your grounds at once. So not all of them count. The order "
            "is: {volgorde}.",
        ),
        "voorkeur": (
            "U koos zelf welke grond voorgaat: {grond}.",
            "You chose yourself which ground goes first: {grond}.",
        ),
        "t_gronden": ("Uw harde gronden", "Your hard grounds"),
        "grond": ("Grond", "Ground"),
        "waar": ("Waar", "Where"),
        "afstand_tot": ("Afstand tot {naar}", "Distance to {naar}"),
        "binnen_straal": ("Binnen {straal} km", "Within {straal} km"),
        "telt": ("Telt mee", "Counts"),
        "k_regel": ("De regel", "The rule"),
        "straal": (
            "Heeft iemand een harde grond, dan zoekt het COA een gemeente binnen {straal} km daarvan. {laag} Bron: "
            "{bron}.",
            "Where somebody has a hard ground, the COA looks for a municipality within {straal} km of it. {laag} "
            "Source: {bron}.",
        ),
        "niet_gebonden": (
            "In deze berekening, met het beleid {beleid}, bindt die regel niet.",
            "In this calculation, by the policy {beleid}, that rule does not bind.",
        ),
        "uren": (
            "Werk is een harde grond vanaf {uren} uur per week in loondienst{bewijs}. {laag} Bron: {bron}.",
            "Work is a hard ground from {uren} hours a week in employment{bewijs}. {laag} Source: {bron}.",
        ),
        "bewijs_beide": (
            ", met een getekend contract en een loonstrook",
            ", with a signed contract and a payslip",
        ),
        "bewijs_contract": (", met een getekend contract", ", with a signed contract"),
        "bewijs_loonstrook": (", met een loonstrook", ", with a payslip"),
        "bewijs_geen": ("", ""),
        "opgave": (
            "Een gemeente krijgt in een ronde niet meer mensen dan zij nog moet huisvesten, tenzij een mens dat "
            "beslist. Bron: {bron}.",
            "A municipality gets no more people in a round than it still has to house, unless a person decides so. "
            "Source: {bron}.",
        ),
        "k_afstand": ("Hoe wij de afstand meten", "How we measure the distance"),
        "k_werk": ("Uw werk", "Your work"),
        "nu": (
            "Werk in {waar}: {uren} uur per week, {contract}. Vanuit uw opvang is het {km}.",
            "Work in {waar}: {uren} hours a week, {contract}. From your reception it is {km}.",
        ),
        "onbekend": (
            "Deze baan was niet op tijd bekend. Zij telde niet mee in de keuze.",
            "This job was not known in time. It did not count in the choice.",
        ),
        "t_werk": ("Het werk in {waar}, per gemeente", "The work in {waar}, by municipality"),
        "afstand": ("afstand", "distance"),
        "behoud": ("kans dat u de baan houdt", "chance that you keep the job"),
        "k_andere": ("Andere gemeenten", "Other municipalities"),
        "vergeleken": (
            "Wij vergeleken {naar} met {andere}. Daar was ook nog plek voor u.",
            "We compared {naar} with {andere}. There was room for you there too.",
        ),
        "geen_andere": (
            "Er was geen andere gemeente die voor u kan en die nog plek had.",
            "There was no other municipality that is possible for you and had room left.",
        ),
        "beleid": ("Het beleid heet {beleid}.", "The policy is called {beleid}."),
        "gelijk": (
            "{naar} en {ander} zijn op alles even hoog. Dan beslist een loting.",
            "{naar} and {ander} are as high on everything. Then lots are drawn.",
        ),
        "hoger_hier": (
            "Het eerste verschil met {ander} is '{niveau}': {hier} in {naar} en {daar} in {ander}.",
            "The first difference with {ander} is '{niveau}': {hier} in {naar} and {daar} in {ander}.",
        ),
        "hoger_daar": (
            "Het eerste verschil met {ander} is '{niveau}': {hier} in {naar} en {daar} in {ander}. Voor u alleen is "
            "dat daar hoger. Voor alle huishoudens samen is dit voorstel beter of even goed.",
            "The first difference with {ander} is '{niveau}': {hier} in {naar} and {daar} in {ander}. For you alone "
            "that is higher there. For all households together this proposal is better or as good.",
        ),
        "t_niveaus": ("Wat het beleid telt, voor uw huishouden", "What the policy counts, for your household"),
        "k_doen": ("Wat u kunt doen", "What you can do"),
        "nakijken": (
            "Kijk of uw gegevens in deze brief kloppen. Klopt iets niet, of mist er een grond? Zeg dat zo snel "
            "mogelijk tegen de afzender.",
            "See whether your data in this letter are right. Is something wrong, or is a ground missing? Tell the "
            "sender as soon as possible.",
        ),
        "oneens": (
            "Bent u het er niet mee eens? Zeg waarom. Een mens kijkt dan opnieuw.",
            "Do you disagree? Say why. A person then looks again.",
        ),
        "recht": (
            "Deze brief zegt niet of u bezwaar kunt maken bij de wet. Vraag dat aan de afzender of aan een jurist. "
            "Komt er een besluit, dan moet daar een goede motivering bij staan (Algemene wet "
            "bestuursrecht, artikel 3:46).",
            "This letter does not say whether you can object under the law. Ask the sender or a lawyer. If a decision "
            "follows, it must be well reasoned (Algemene wet bestuursrecht, article 3:46).",
        ),
        "k_vragen": ("Vragen", "Questions"),
        "vragen": ("Vragen? Neem contact op: {contact}", "Questions? Contact: {contact}"),
        "k_rekenen": ("Zelf narekenen", "Check it yourself"),
        "rekenen": (
            "Elk getal in deze brief staat in de brief zelf of in de openbare tabellen van Koppelwijzer: de regels "
            "(koppelwijzer rules --at {dag}) en de afstanden (koppelwijzer geo distance).",
            "Every number in this letter stands in the letter itself or in the public tables of Koppelwijzer: the "
            "rules (koppelwijzer rules --at {dag}) and the distances (koppelwijzer geo distance).",
        ),
        "antwoord": (
            "Deze brief hoort bij het voorstel met controlegetal {sha}.",
            "This letter belongs to the proposal with check number {sha}.",
        ),
        "k_kans": ("Bijlage: de kans op werk", "Annex: the chance of work"),
        "kans_uitleg": (
            "De kans is een schatting. Zij zegt niets zekers over u. De gewichten zijn een aanname van het programma "
            "(regels fit). Tel de delen op. De kans is 1 gedeeld door (1 plus e tot de macht min de som). Door "
            "afronden kan het laatste cijfer één verschillen.",
            "The chance is an estimate. It says nothing certain about you. The weights are an assumption of the "
            "program (rules fit). Add the parts up. The chance is 1 divided by (1 plus e to the power of minus the "
            "sum). By rounding the last digit may differ by one.",
        ),
        "t_kans": ("Volwassene {nummer} ({kenmerk})", "Adult {nummer} ({kenmerk})"),
        "deel": ("Deel", "Part"),
        "som": ("som", "sum"),
        "kans": ("kans op werk", "chance of work"),
        "wil_niet": (
            "Volwassene {nummer} ({kenmerk}) wil niet werken. Er telt geen kans.",
            "Adult {nummer} ({kenmerk}) does not want to work. No chance is counted.",
        ),
        "k_punten": ("Bijlage: de zachte punten", "Annex: the soft points"),
        "punten_uitleg": (
            "Deze punten zijn een aanname van het programma (regels zacht).",
            "These points are an assumption of the program (rules zacht).",
        ),
        "t_punten": ("Waar de punten uit bestaan", "What the points are made of"),
        "punten": ("punten samen", "points together"),
        "k_behoud": ("Bijlage: de kans dat u een baan houdt", "Annex: the chance that you keep a job"),
        "behoud_uitleg": (
            "Deze kans is een schatting van het programma (regels behoud). Zij hangt af van de afstand nu, de afstand "
            "straks, de uren en het soort contract.",
            "This chance is an estimate of the program (rules behoud). It depends on the distance now, the distance "
            "later, the hours and the kind of contract.",
        ),
        # To an employer: nothing but the work, the distance and what it is worth.
        "w_titel": ("Voorstel: wonen in de buurt van het werk", "Proposal: living near the work"),
        "w_feiten": ("Over deze brief", "About this letter"),
        "w_werknemer": ("Werknemer", "Employee"),
        "w_werk": ("Plaats van het werk", "Place of work"),
        "w_kop": ("Wat wij voorstellen", "What we propose"),
        "w_binnen": (
            "Er is een voorstel dat uw werknemer gaat wonen op {km} van het werk in {waar}. Dat is binnen {straal} km.",
            "There is a proposal that your employee goes to live at {km} from the work in {waar}. That is within "
            "{straal} km.",
        ),
        "w_geen_belofte": ("Wat dit niet is", "What this is not"),
        "w_niets_zeker": (
            "Dit is een voorstel en geen belofte. Een mens beslist erover. De gemeente of de datum kan nog veranderen.",
            "This is a proposal and no promise. A person decides on it. The municipality or the date may still change.",
        ),
        "w_gegevens": (
            "Uw werknemer kreeg deze brief en kiest zelf of u hem ziet. Er staat niets anders over uw werknemer in.",
            "Your employee got this letter and decides whether you see it. It says nothing else about your employee.",
        ),
        "w_afstand": ("Hoe wij de afstand meten", "How we measure the distance"),
    }.items()
}


def list_of(names: Sequence[str]) -> Sentence:
    """Name municipalities in a sentence.

    >>> list_of(["Ede", "Zwolle", "Utrecht"]).nl
    'Ede, Zwolle en Utrecht'
    """
    *others, last = names
    if not others:
        return same(last)
    return Sentence(f"{', '.join(others)} en {last}", f"{', '.join(others)} and {last}")
