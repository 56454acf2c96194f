"""A view of every page, as plain values: what the templates are tested with before any route exists."""

import datetime
from dataclasses import replace

from geodata.wording import Lang, Sentence
from optimizer.review import views
from optimizer.review.maps import case_map
from optimizer.review.views import (
    REASONS,
    Absence,
    Accessibility,
    Actor,
    Aggregates,
    Alternative,
    Answer,
    AnswersUpload,
    BulkConfirm,
    CaseFilter,
    CaseList,
    CasePage,
    CaseRow,
    Change,
    Check,
    Conflict,
    Contrast,
    Counts,
    DemoUser,
    Draft,
    Event,
    FieldError,
    FileProblem,
    Flash,
    GemeenteProgress,
    GroupRow,
    GroupTable,
    HandOver,
    ImportForm,
    Job,
    JobsKept,
    NoRounds,
    Notifications,
    Offer,
    OfferForm,
    Offers,
    OfferWithdraw,
    Option,
    PageContext,
    Pages,
    Paragraph,
    Privacy,
    ProvinceProgress,
    Round,
    RoundChanges,
    RoundClose,
    RoundList,
    RoundPage,
    RoundRow,
    SectorRow,
    SignedOut,
    SignIn,
    Trouble,
    UploadedAnswer,
    View,
)

NOON = datetime.datetime(2026, 10, 6, 12, 5, tzinfo=datetime.UTC)
OKTOBER = Round("r-7f3a", "oktober 2026", datetime.date(2026, 10, 1), datetime.date(2026, 10, 15))
SEPTEMBER = Round("r-19c2", "september 2026", datetime.date(2026, 9, 1), datetime.date(2026, 9, 15), closed=True)
LONG_PLACE = "Nuenen, Gerwen en Nederwetten"
LONG = replace(OKTOBER, name="Herkansingsronde_oktober_november_2026_na_bezwaren_van_gemeenten")
MUNICIPALITY = Actor("Anna de Vries", "gemeente", "Utrecht")
COA = Actor("Kees Bakker", "coa")
COUNTS = Counts(open=9, akkoord=12, bedenking=2, late=1)


_STATUSES: tuple[views.Status, ...] = ("akkoord", "open", "bedenking", "open", "open")
ROWS = tuple(
    CaseRow(
        id=f"z-{n:04x}",
        huishouden=f"H{n:04}",
        personen=1 + n % 5,
        work=()
        if n % 3
        else (Sentence("Utrecht (24 uur)", "Utrecht (24 hours)"), Sentence("Zeist (8 uur)", "Zeist (8 hours)")),
        dagen=3 + n,
        status=status,
        late=n == 14,
        answered_by="" if status == "open" else "Anna de Vries",
        answered_on=None if status == "open" else NOON.date(),
        attention=n == 11,
        version=0 if status == "open" else 1,
    )
    for n, status in enumerate(_STATUSES, start=11)
)
THEIRS = Answer("bedenking", "geen_woning", "Pas in januari is er een woning.", "Bram Jansen", "gemeente", NOON)
CASES = CaseList(
    OKTOBER,
    (OKTOBER, SEPTEMBER),
    "Utrecht",
    COUNTS,
    CaseFilter(),
    ROWS,
    Pages(1, 2, 23),
    may_answer=True,
    days_left=9,
)
CHECKS = (
    Check(
        Sentence("Afstand tot de harde grond", "Distance to the hard ground"),
        Sentence("12,4 km (Zeist)", "12.4 km (Zeist)"),
        Sentence("hoogstens 50 km", "50 km at most"),
        True,
        Sentence("uitvoeringspraktijk: Wachten of Werken?, p. 33", "practice: Wachten of Werken?, p. 33"),
        "https://www.platform31.nl/",
    ),
    Check(
        Sentence("Plek in de opgave", "Room in the opgave"),
        Sentence("31 van 40 personen", "31 of 40 persons"),
        Sentence("hoogstens 40 personen", "40 persons at most"),
        True,
        Sentence("wet: Huisvestingswet 2014, art. 28", "law: Huisvestingswet 2014, art. 28"),
    ),
    Check(
        Sentence("Bestuursovereenkomst", "Agreement with the COA"),
        Sentence("geen", "none"),
        Sentence("niet van toepassing", "not applicable"),
        None,
        Sentence("bestuursovereenkomst", "agreement with the COA"),
    ),
    Check(
        Sentence("Uitgesloten gemeente", "Excluded municipality"),
        Sentence("Utrecht", "Utrecht"),
        Sentence("niet Utrecht", "not Utrecht"),
        False,
        Sentence("besluit van een mens", "decision of a person"),
    ),
)
MAP = case_map("GM0344", (("GM0355", 9.3), ("GM0363", 35.1)), 50.0, OKTOBER.peildatum)
CASE = CasePage(
    id="z-000c",
    round=OKTOBER,
    huishouden="H0012",
    personen=4,
    gemeente="Utrecht",
    opvang="Zwolle",
    status="open",
    fixed=False,
    dagen=15,
    nareis=2,
    woning=Sentence("grote woning", "large dwelling"),
    jobs=(Job("Zeist", 24.0, "ja", 12.4, True), Job("Amsterdam", 6.5, "nee", 35.1, True)),
    why=(
        Paragraph(
            Sentence("Waarom", "Why"),
            (
                Sentence("Het werk in Zeist ligt op 12,4 km.", "The work in Zeist lies at 12.4 km."),
                Sentence(
                    "Het beleid kansrijk kijkt naar de hele groep tegelijk, niveau voor niveau.",
                    "The policy kansrijk looks at the whole group at once, level by level.",
                ),
            ),
        ),
        Paragraph(
            Sentence("Waar dit huishouden naartoe mag", "Where this household may go"),
            (Sentence("Dit huishouden mag naar 71 gemeenten.", "This household may go to 71 municipalities."),),
        ),
    ),
    exceptions=(Sentence("De gemeente heeft meer personen dan de opgave.", "There are more persons than the opgave."),),
    checks=CHECKS,
    checked_at=NOON,
    judge_ok=False,
    map=MAP,
    alternatives=(
        Alternative("Amersfoort", 21.3, (Sentence("Evenveel kans op werk.", "As much chance of work."),)),
        Alternative("Zwolle", None, (Sentence("Minder kans op werk.", "Less chance of work."),)),
    ),
    answer=None,
    version=0,
    draft=Draft(),
    may_answer=True,
    days_left=9,
    answers_by=("Anna de Vries", "Bram Jansen"),
    history=(
        Event(NOON, "Anna de Vries", "gemeente", "bekeken"),
        Event(NOON - datetime.timedelta(days=4), "", None, "geimporteerd", "oktober 2026"),
    ),
    previous="z-000b",
    next="z-000d",
)
ANSWERED = replace(
    CASE,
    status="bedenking",
    answer=THEIRS,
    version=1,
    draft=Draft("bedenking", "geen_woning", THEIRS.text),
    previous="",
)
LATE = replace(CASE, may_answer=False, days_left=-2, map=None, jobs=(), alternatives=(), judge_ok=True, exceptions=())
OFFER = Offer("a-01", 3, "grote_woning", 2, 5, 7, False, datetime.date(2026, 11, 1), False, "Anna de Vries", NOON)
OFFERS = Offers(
    "Utrecht",
    (OFFER, replace(OFFER, id="a-02", kind="toegankelijke_woning", rooms=None, persons=None, withdrawn=True)),
    None,
    0,
    True,
    (
        Event(NOON, "Anna de Vries", "gemeente", "veranderd", Sentence("2 × grote woning", "2 × large dwelling")),
        Event(NOON, "Anna de Vries", "gemeente", "toegevoegd", "2 × grote woning", "Bram Jansen"),
    ),
)
GEMEENTEN = (
    GemeenteProgress("GM0307", "Amersfoort", Counts(2, 5, 0), NOON.date()),
    GemeenteProgress("GM0344", "Utrecht", COUNTS, NOON.date()),
    GemeenteProgress("GM0355", "Zeist", Counts(4, 0, 0, 4)),
)
PROBLEMS = (
    FileProblem(
        "antwoord, rij 14, kolom reden",
        Sentence("Bij een bedenking hoort een reden.", "An objection needs a reason."),
        Sentence("Kies een reden uit de lijst.", "Choose a reason from the list."),
    ),
    FileProblem(
        "",
        Sentence("Het blad jobs hoort er niet bij.", "The sheet jobs does not belong here."),
        Sentence("U hoeft niets te doen.", "You need not do anything."),
        stops=False,
    ),
)
DEMO = (
    DemoUser("utrecht", "Anna de Vries", "gemeente", "Utrecht"),
    DemoUser("coa", "Kees Bakker", "coa"),
    DemoUser("provincie", "Eva Smit", "provincie", "Utrecht"),
    DemoUser("regio", "Omar Haddad", "arbeidsmarktregio", "Midden-Utrecht"),
    DemoUser("onderzoek", "Lotte Visser", "onderzoeker"),
)
WRONG = (
    FieldError("keuze", Sentence("Kies akkoord of bedenking.", "Choose agree or objection.")),
    FieldError("toelichting", Sentence("Schrijf op wat er anders is.", "Write down what is different.")),
    FieldError("", Sentence("Er is niets verstuurd.", "Nothing was sent.")),
)
PROVINCE = Actor("Eva Smit", "provincie", "Utrecht")
REGION = Actor("Omar Haddad", "arbeidsmarktregio", "Midden-Utrecht")
RESEARCHER = Actor("Lotte Visser", "onderzoeker")

#: By name: a view, who sees it, where it is, and what is wrong in its form.
PAGES: dict[str, tuple[View, Actor | None, str, tuple[FieldError, ...]]] = {
    "sign_in": (SignIn("Rijksdienst SSO", DEMO, "/zaken/z-000c", expired=True), None, "/aanmelden", ()),
    "signed_out": (SignedOut(), None, "/afgemeld", ()),
    "not_found": (Trouble("niet_gevonden"), MUNICIPALITY, "/zaken/nee", ()),
    "too_often": (Trouble("te_vaak", wait_s=30), None, "/aanmelden", ()),
    "too_large": (Trouble("te_groot", largest_mb=20), COA, "/ronden/nieuw", ()),
    "not_valid": (Trouble("niet_geldig"), MUNICIPALITY, "/zaken/z-000c", ()),
    "ended": (Trouble("verlopen"), None, "/zaken/z-000c", ()),
    "broken": (Trouble("kapot", reference="5f2c"), MUNICIPALITY, "/", ()),
    "no_rounds": (NoRounds("Utrecht"), MUNICIPALITY, "/", ()),
    "cases": (CASES, MUNICIPALITY, "/ronden/r-7f3a/zaken?status=open", ()),
    "cases_wrong": (
        replace(CASES, chosen=frozenset({ROWS[1].id})),
        MUNICIPALITY,
        "/ronden/r-7f3a/zaken",
        (FieldError("samen", Sentence("Kruis eerst een zaak aan.", "Tick a case first.")),),
    ),
    "cases_second": (
        replace(CASES, pages=Pages(2, 3, 51), rounds=(LONG,), round=LONG, gemeente=LONG_PLACE),
        Actor("Wilhelmina van Oldenbarneveldt-Schimmelpenninck", "gemeente", LONG_PLACE),
        "/ronden/r-7f3a/zaken?pagina=2",
        (),
    ),
    "cases_none": (
        replace(
            CASES, rows=(), pages=Pages(1, 1, 0), filter=CaseFilter("akkoord", "Ede", "dagen", True), may_answer=False
        ),
        MUNICIPALITY,
        "/ronden/r-7f3a/zaken?zoek=Ede",
        (),
    ),
    "bulk_agree": (
        BulkConfirm(OKTOBER, ROWS[:3], Draft("akkoord"), frozenset({ROWS[0].id})),
        MUNICIPALITY,
        "/ronden/r-7f3a/zaken/samen",
        (),
    ),
    "bulk_object": (
        BulkConfirm(OKTOBER, ROWS[1:2], Draft("bedenking", "anders")),
        MUNICIPALITY,
        "/ronden/r-7f3a/zaken/samen",
        WRONG[1:2],
    ),
    "case": (CASE, MUNICIPALITY, "/zaken/z-000c", ()),
    "case_wrong": (replace(CASE, draft=Draft("", "anders", "<b>Nee</b>")), MUNICIPALITY, "/zaken/z-000c", WRONG),
    "case_answered": (ANSWERED, replace(MUNICIPALITY, acting_for="Bram Jansen"), "/zaken/z-000c", ()),
    "case_closed": (
        replace(LATE, round=SEPTEMBER, fixed=True, nareis=None, woning=None, history=()),
        MUNICIPALITY,
        "/zaken/z-000c",
        (),
    ),
    "case_coa": (replace(CASE, may_answer=False, days_left=0), COA, "/zaken/z-000c", ()),
    "case_late": (LATE, MUNICIPALITY, "/zaken/z-000c", ()),
    "conflict": (
        Conflict("z-000c", OKTOBER, "H0012", THEIRS, Draft("akkoord"), 2),
        MUNICIPALITY,
        "/zaken/z-000c/antwoord",
        (),
    ),
    "upload": (AnswersUpload(OKTOBER, "Utrecht", 20), MUNICIPALITY, "/ronden/r-7f3a/werkboek/terug", ()),
    "upload_wrong": (
        AnswersUpload(OKTOBER, "Utrecht", 20, PROBLEMS),
        MUNICIPALITY,
        "/ronden/r-7f3a/werkboek/terug",
        (FieldError("bestand", Sentence("Kies een ander bestand.", "Choose another file.")),),
    ),
    "upload_read": (
        AnswersUpload(
            OKTOBER,
            "Utrecht",
            20,
            PROBLEMS[1:],
            "f00d",
            (UploadedAnswer("H0012", Draft(), Draft("bedenking", "geen_woning", "Nog niet.")),),
            4,
        ),
        MUNICIPALITY,
        "/ronden/r-7f3a/werkboek/terug",
        (),
    ),
    "upload_same": (
        AnswersUpload(OKTOBER, "Utrecht", 20, unchanged=4, nothing=True),
        MUNICIPALITY,
        "/ronden/r-7f3a/werkboek/terug",
        (),
    ),
    "upload_coa": (AnswersUpload(OKTOBER, "", 20), COA, "/ronden/r-7f3a/werkboek/terug", ()),
    "cases_coa": (
        replace(CASES, filter=CaseFilter(gemeente="GM0344"), may_answer=False),
        COA,
        "/ronden/r-7f3a/zaken?gemeente=GM0344",
        (),
    ),
    "offers": (OFFERS, MUNICIPALITY, "/aanbod", ()),
    "offers_bare": (Offers("Utrecht", (OFFER,), None, 0, False), MUNICIPALITY, "/aanbod", ()),
    "offers_none": (Offers("Utrecht", (), 12, 1, False), MUNICIPALITY, "/aanbod", ()),
    "offer_new": (OfferForm("Utrecht"), MUNICIPALITY, "/aanbod/nieuw", ()),
    "offer_wrong": (
        OfferForm("Utrecht", "a-01", 3, "grote_woning", "-2", "5", "", "nee", "1 nov"),
        MUNICIPALITY,
        "/aanbod/a-01",
        (FieldError("aantal", Sentence("Schrijf een getal van 1 of meer.", "Write a number of 1 or more.")),),
    ),
    "offer_withdraw": (OfferWithdraw("Utrecht", OFFER), MUNICIPALITY, "/aanbod/a-01/intrekken", ()),
    "absence": (
        Absence(
            (Option("bram", "Bram Jansen"),),
            (HandOver("v-1", "Bram Jansen", datetime.date(2026, 10, 5), datetime.date(2026, 10, 9), True),),
            (HandOver("v-2", "Cor Mulder", datetime.date(2026, 11, 2), None, False),),
        ),
        MUNICIPALITY,
        "/vervanging",
        (),
    ),
    "absence_none": (Absence((), (), ()), MUNICIPALITY, "/vervanging", ()),
    "notifications": (Notifications("anna@utrecht.example", "wekelijks", True), MUNICIPALITY, "/meldingen", ()),
    "rounds": (RoundList((RoundRow(OKTOBER, COUNTS, 3), RoundRow(SEPTEMBER, Counts(0, 30, 2), 5))), COA, "/ronden", ()),
    "rounds_none": (RoundList(()), COA, "/ronden", ()),
    "import": (
        ImportForm(200, PROBLEMS, "oktober 2026", "2026-10-15", "", (Option("r-19c2", "september 2026"),)),
        COA,
        "/ronden/nieuw",
        (FieldError("run", Sentence("Kies een bestand.", "Choose a file.")),),
    ),
    "round": (
        RoundPage(OKTOBER, COUNTS, 2 / 14, tuple((r, n) for n, r in enumerate(REASONS) if n), GEMEENTEN, 9, SEPTEMBER),
        COA,
        "/ronden/r-7f3a",
        (),
    ),
    "round_new": (
        RoundPage(
            SEPTEMBER,
            Counts(23, 0, 0),
            None,
            (),
            (),
            -9,
            followed_by=OKTOBER,
            judged=(Option("z-1", "H0012"),),
            may_change=False,
            next_input=True,
        ),
        COA,
        "/ronden/r-7f3a",
        (),
    ),
    "round_close": (RoundClose(OKTOBER, 12, 11, 9), COA, "/ronden/r-7f3a/afsluiten", ()),
    "round_same": (RoundChanges(SEPTEMBER, OKTOBER, (), 23), COA, "/ronden/r-7f3a/wijzigingen", ()),
    "round_changes": (
        RoundChanges(
            SEPTEMBER,
            OKTOBER,
            (
                Change("H0012", "Utrecht", "Zeist", Sentence("besluit van een mens", "decision of a person")),
                Change("H0019", "Ede", "", Sentence("geen plek meer", "no room left")),
            ),
            21,
        ),
        COA,
        "/ronden/r-7f3a/wijzigingen",
        (),
    ),
    "province": (ProvinceProgress("Utrecht", OKTOBER, COUNTS, GEMEENTEN), PROVINCE, "/voortgang", ()),
    "province_none": (ProvinceProgress("Utrecht", None, Counts(0, 0, 0), ()), PROVINCE, "/voortgang", ()),
    "jobs": (
        JobsKept(
            "Midden-Utrecht",
            OKTOBER,
            (SectorRow("handel_horeca", 41, 33), SectorRow("landbouw", None, None), SectorRow("onbekend", 12, None)),
            10,
        ),
        REGION,
        "/banen",
        (),
    ),
    "research": (
        Aggregates(
            OKTOBER,
            (
                GroupTable(
                    Sentence("Naar grootte van het huishouden", "By size of the household"),
                    (
                        GroupRow(Sentence("1 persoon", "1 person"), 612, 240, 31),
                        GroupRow(Sentence("6 of meer", "6 or more"), None, None, None),
                    ),
                ),
            ),
            10,
        ),
        RESEARCHER,
        "/onderzoek",
        (),
    ),
    "research_open": (
        Aggregates(
            OKTOBER,
            (GroupTable(Sentence("Werk", "Work"), (GroupRow(Sentence("Ja", "Yes"), 612, None, None),)),),
            10,
            answered=False,
        ),
        RESEARCHER,
        "/onderzoek",
        (),
    ),
    "accessibility": (Accessibility("toegankelijk@coa.example"), None, "/toegankelijkheid", ()),
    "accessibility_bare": (Accessibility(), MUNICIPALITY, "/toegankelijkheid", ()),
    "privacy_bare": (Privacy(), MUNICIPALITY, "/privacy", ()),
    "privacy": (Privacy("https://coa.example/fg", 730, 30), None, "/privacy", ()),
}


def context(name: str, lang: Lang = "nl", contrast: Contrast = "gewoon") -> PageContext:
    """What a page needs beside its view."""
    _, actor, path, errors = PAGES[name]
    flashes: tuple[Flash, ...] = ()
    if name == "cases":
        flashes = (
            Flash("goed", Sentence("Uw antwoord is verstuurd.", "Your answer has been sent.")),
            Flash("let_op", Sentence("De termijn is bijna voorbij.", "The deadline is near.")),
        )
    return PageContext(
        lang,
        path,
        "teken",
        actor,
        contrast,
        demo=True,
        flashes=flashes,
        errors=errors,
    )
