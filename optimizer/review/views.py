"""What each page shows, as plain values: the contract between the routes, which fill a view, and the templates.

A view names its template; `templating.render` puts both together. Text that the program says is a `Sentence`, so that
one view can be shown in both languages; what a person wrote is text. A word from a short list is a code, whose words
stand in ``texts/nl.toml`` and ``texts/en.toml``. Whoever sees the view may see everything in it: the routes leave out
what is not theirs, a template hides nothing. A count that is too small to show is None.
"""

import datetime
from dataclasses import dataclass
from typing import ClassVar, Literal

from geodata.wording import Lang, Sentence

Role = Literal["gemeente", "coa", "provincie", "arbeidsmarktregio", "onderzoeker"]
Contrast = Literal["gewoon", "hoog"]
#: Where a case stands. ``open``: no answer yet.
Status = Literal["open", "akkoord", "bedenking"]
Choice = Literal["", "akkoord", "bedenking"]
#: Why a municipality has a bedenking.
Reason = Literal["", "regel", "gegevens", "geen_woning", "overeenkomst", "voorwaarde", "anders"]
#: ``voorwaarde`` is the *ja mits* of the workbook: the municipality can under a condition, which a person must judge.
REASONS: tuple[Reason, ...] = ("regel", "gegevens", "geen_woning", "overeenkomst", "voorwaarde", "anders")
#: Reasons that need an explanation in words.
WITH_TEXT: tuple[Reason, ...] = ("voorwaarde", "anders")
#: Most characters of a text that a person writes.
LONGEST_TEXT = 1000


# The frame of every page.


@dataclass(frozen=True)
class Actor:
    """Who is signed in.

    Attributes
    ----------
    name
        As the identity provider gives it.
    role
        What this person may do.
    place
        Municipality, province or labour-market region; empty for the COA and for a researcher.
    acting_for
        Name of the colleague for whom this person answers; empty: for nobody else.
    """

    name: str
    role: Role
    place: str = ""
    acting_for: str = ""


@dataclass(frozen=True)
class Flash:
    """A message above the page, shown once.

    Attributes
    ----------
    kind
        ``goed``: something was done. ``let_op``: something needs attention.
    text
        The message.
    """

    kind: Literal["goed", "let_op"]
    text: Sentence


@dataclass(frozen=True)
class FieldError:
    """What is wrong in a form.

    Attributes
    ----------
    field
        Name of the field, which is also its ``id``; empty: the form as a whole.
    text
        What is wrong and what to do.
    """

    field: str
    text: Sentence


@dataclass(frozen=True)
class PageContext:
    """What every page needs beside its view.

    Attributes
    ----------
    lang, contrast
        Language, and whether the reader chose high contrast.
    path
        The address of this page with its query, to come back to after a choice of language or contrast.
    csrf
        Token of every form.
    actor
        Who is signed in; None: nobody.
    theme
        Name of a file in ``static/tokens``, without ``.css``.
    demo
        Whether this is a demonstration with made-up people.
    flashes, errors
        Messages, and what is wrong in the form of this page.
    map_tiles
        Address of map tiles (``{z}/{x}/{y}``); empty: no background map is asked from another machine.
    """

    lang: Lang
    path: str
    csrf: str = ""
    actor: Actor | None = None
    contrast: Contrast = "gewoon"
    theme: str = "koppelwijzer"
    demo: bool = False
    flashes: tuple[Flash, ...] = ()
    errors: tuple[FieldError, ...] = ()
    map_tiles: str = ""


@dataclass(frozen=True)
class View:
    """What one page shows. ``template`` is its file in ``templates``, without ``.html.j2``."""

    template: ClassVar[str]


# Parts that several pages share.


@dataclass(frozen=True)
class Round:
    """One round: an imported run that municipalities answer to.

    Attributes
    ----------
    id
        As it stands in addresses.
    name
        As the COA called it.
    peildatum, deadline
        Day of the rules, and last day on which a municipality may answer.
    closed
        Whether the COA has closed the round.
    """

    id: str
    name: str
    peildatum: datetime.date
    deadline: datetime.date
    closed: bool = False


@dataclass(frozen=True)
class Counts:
    """How far the answers are: cases without an answer, with each answer, and without one after the deadline."""

    open: int
    akkoord: int
    bedenking: int
    late: int = 0

    @property
    def total(self) -> int:
        """All cases."""
        return self.open + self.akkoord + self.bedenking

    @property
    def answered(self) -> int:
        """Cases with an answer."""
        return self.akkoord + self.bedenking


@dataclass(frozen=True)
class Answer:
    """An answer that was given.

    Attributes
    ----------
    choice, reason, text
        The answer, and of a bedenking its reason and explanation.
    who, role
        Name and role of who gave it.
    when
        Moment, with time zone.
    """

    choice: Status
    reason: Reason
    text: str
    who: str
    role: Role
    when: datetime.datetime


@dataclass(frozen=True)
class Draft:
    """What stands in the form of an answer: nothing is chosen for anybody beforehand."""

    choice: Choice = ""
    reason: Reason = ""
    text: str = ""


@dataclass(frozen=True)
class FileProblem:
    """What is wrong in a file that somebody handed in, in the words of ``koppelwijzer check``.

    Attributes
    ----------
    where
        File or sheet, row, column or cell; empty: the file as a whole.
    text, remedy
        What is wrong and what to do.
    stops
        Whether nothing is taken over because of it; else it is a warning.
    """

    where: str
    text: Sentence
    remedy: Sentence
    stops: bool = True


@dataclass(frozen=True)
class Option:
    """A choice from a list that the routes make: a key and the words for it."""

    key: str
    label: str


# Signing in, and pages that say no.


@dataclass(frozen=True)
class DemoUser:
    """A made-up person of the demonstration, who signs in with one button."""

    key: str
    name: str
    role: Role
    place: str = ""


@dataclass(frozen=True)
class SignIn(View):
    """The page to sign in.

    Attributes
    ----------
    provider
        Name of the identity provider; empty: there is none.
    users
        People of the demonstration.
    back
        The page that was asked for.
    expired
        Whether the session had ended.
    """

    template: ClassVar[str] = "sign_in"
    provider: str = ""
    users: tuple[DemoUser, ...] = ()
    back: str = "/"
    expired: bool = False


@dataclass(frozen=True)
class SignedOut(View):
    """Signed out."""

    template: ClassVar[str] = "signed_out"


@dataclass(frozen=True)
class Trouble(View):
    """A page that says no: nothing here (also for who may not see it), too many requests, too large, and so on.

    Attributes
    ----------
    kind
        What happened: ``niet_gevonden`` (404), ``te_vaak`` (429), ``te_groot`` (413), ``niet_geldig`` (400: a form
        without its token), ``verlopen`` (the session ended while a form stood open), ``kapot`` (500).
    wait_s
        After how many seconds one may try again; 0: not said.
    largest_mb
        Largest file that is taken (MB); 0: not said.
    reference
        Reference of the failure in the log; empty: none.
    """

    template: ClassVar[str] = "trouble"
    kind: Literal["niet_gevonden", "te_vaak", "te_groot", "niet_geldig", "verlopen", "kapot"]
    wait_s: int = 0
    largest_mb: int = 0
    reference: str = ""


# The municipality: its cases.

Sorting = Literal["huishouden", "personen", "status", "dagen"]


@dataclass(frozen=True)
class CaseFilter:
    """What the list of cases shows, as it stands in the address.

    Attributes
    ----------
    status
        Status to show; empty: every one.
    search
        Part of the key of the household, or of a place of work.
    sort, down
        Order, and whether it runs down.
    gemeente
        Code of the one municipality that the COA looks at; empty: all that this person may see.
    """

    status: Literal["", "open", "akkoord", "bedenking"] = ""
    search: str = ""
    sort: Sorting = "huishouden"
    down: bool = False
    gemeente: str = ""


@dataclass(frozen=True)
class CaseRow:
    """One case in a list.

    Attributes
    ----------
    id
        As it stands in addresses.
    huishouden, personen
        Key and size of the household.
    work
        Where its jobs are, such as ``Utrecht (24 uur)``.
    dagen
        Days since the permit.
    status, late
        Where it stands, and whether the deadline has passed without an answer.
    answered_by, answered_on
        Of the last answer; empty and None without one.
    attention
        Whether it is an exception or a fixed choice that asks for a closer look.
    version
        Version of the answer, for the bulk action.
    """

    id: str
    huishouden: str
    personen: int
    work: tuple[Sentence, ...]
    dagen: int
    status: Status
    late: bool = False
    answered_by: str = ""
    answered_on: datetime.date | None = None
    attention: bool = False
    version: int = 0


@dataclass(frozen=True)
class Pages:
    """Which part of a long list is shown: page ``number`` (from 1) of ``last``, of ``found`` rows in all."""

    number: int
    last: int
    found: int


@dataclass(frozen=True)
class CaseList(View):
    """The cases of a municipality in one round.

    Attributes
    ----------
    round, rounds
        This round, and all rounds that this municipality has cases in (newest first).
    gemeente
        Its name.
    counts
        Over all its cases, whatever the filter shows.
    filter, rows, pages
        What is asked for, and the cases found.
    may_answer
        Whether answers can still be given or changed.
    days_left
        Days up to and including the deadline; 0: today is the last; negative: passed.
    chosen
        Cases that were ticked when the form came back with an error.
    """

    template: ClassVar[str] = "cases"
    round: Round
    rounds: tuple[Round, ...]
    gemeente: str
    counts: Counts
    filter: CaseFilter
    rows: tuple[CaseRow, ...]
    pages: Pages
    may_answer: bool
    days_left: int
    chosen: frozenset[str] = frozenset()


@dataclass(frozen=True)
class BulkConfirm(View):
    """Several cases get one answer: look once more before it counts.

    Attributes
    ----------
    rows
        The cases, with their version.
    draft
        The answer that they get.
    changed
        Cases (`CaseRow.id`) that already have an answer, which this would replace.
    """

    template: ClassVar[str] = "bulk"
    round: Round
    rows: tuple[CaseRow, ...]
    draft: Draft
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class NoRounds(View):
    """There is nothing to answer for this municipality."""

    template: ClassVar[str] = "no_rounds"
    gemeente: str


# The municipality: one case.


@dataclass(frozen=True)
class Job:
    """A job of the household.

    Attributes
    ----------
    place
        Municipality of the work.
    hours
        Paid hours a week.
    hard
        Code of ``banen.csv``: ``ja``, ``niet_aangetoond``, ``nee``.
    km
        From the proposed municipality.
    within
        Whether it lies within the radius.
    """

    place: str
    hours: float
    hard: str
    km: float
    within: bool


@dataclass(frozen=True)
class Paragraph:
    """A heading and sentences."""

    head: Sentence
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Check:
    """One requirement, checked by the judge when the page was asked for.

    Attributes
    ----------
    what
        The requirement.
    found, allowed
        What was found, and what the rule allows.
    ok
        Whether it is met; None: no requirement but a fact that matters, which ``what`` says whole.
    source
        Law, page or practice, with the layer.
    address
        Where the source can be read on the web; empty: nowhere.
    """

    what: Sentence
    found: Sentence
    allowed: Sentence
    ok: bool | None
    source: Sentence
    address: str = ""


@dataclass(frozen=True)
class MapCircle:
    """A place of work and the circle around it; ``x`` and ``y`` in the drawing (km).

    Attributes
    ----------
    label
        Name of the place.
    radius_km
        Of the circle.
    km
        From there to the proposed municipality.
    within
        Whether the municipality lies inside.
    """

    label: str
    radius_km: float
    km: float
    within: bool
    x: float
    y: float


@dataclass(frozen=True)
class CaseMap:
    """The map of a case, made by ``maps.case_map``: drawn without a script, and the same facts as a table.

    Attributes
    ----------
    box
        ``viewBox`` of the drawing (km).
    size
        Of the letters (km).
    land, gemeente
        Paths: all municipalities, and the proposed one.
    name, x, y
        Name of the proposed municipality and its place in the drawing.
    circles
        Places of work.
    """

    box: str
    size: float
    land: str
    gemeente: str
    name: str
    x: float
    y: float
    circles: tuple[MapCircle, ...]


@dataclass(frozen=True)
class Alternative:
    """Another municipality that was possible, in neutral order (by name).

    Attributes
    ----------
    gemeente
        Its name.
    km
        To the nearest place of work; None without work.
    facts
        What differs, as plain facts.
    """

    gemeente: str
    km: float | None
    facts: tuple[Sentence, ...]


@dataclass(frozen=True)
class Event:
    """One line of a history.

    Attributes
    ----------
    when
        Moment, with time zone.
    who, role
        Name and role; an empty name: the program.
    what
        Code of what happened (``gebeurtenis`` in the texts): ``geimporteerd``, ``bekeken``, ``akkoord``,
        ``bedenking``, ``gewijzigd``, ``botsing``, ``herinnerd``, ``overgedragen``, ``uitgevoerd``, ``afgesloten``,
        ``toegevoegd``, ``veranderd``, ``ingetrokken``, ``capaciteit``.
    details
        More in words; empty: nothing.
    acting_for
        Names of the colleagues for whom somebody answered; empty: for nobody else.
    """

    when: datetime.datetime
    who: str
    role: Role | None
    what: str
    details: str | Sentence = ""
    acting_for: str = ""


@dataclass(frozen=True)
class CasePage(View):
    """One case: what is proposed and why, the rule with its numbers, the map, and the form of the answer.

    Attributes
    ----------
    id, round
        Of the case.
    huishouden, personen
        Key and size of the household.
    gemeente, opvang
        Names of the proposed municipality and of the one of reception.
    status, fixed
        Where it stands, and whether a person fixed the municipality beforehand.
    dagen
        Days since the permit.
    nareis
        Family still to come (persons); None: unknown.
    woning
        Special dwelling that it needs; None: none.
    jobs
        Its jobs.
    why
        What is proposed and why.
    exceptions
        What makes it an exception.
    checks, checked_at, judge_ok
        Requirements, when they were checked, and the verdict over all.
    map
        None without a place of work to show.
    alternatives
        In order of name.
    answer, version
        The last answer, and its version: the form sends it back so that nobody overwrites another's answer.
    draft
        What stands in the form.
    may_answer
        Whether this person may answer now.
    days_left
        Days up to and including the deadline; negative: passed.
    answers_by
        Names of who may answer for the municipality.
    history
        Newest first.
    previous, next
        Neighbouring cases in the list (`id`); empty at its ends.
    """

    template: ClassVar[str] = "case"
    id: str
    round: Round
    huishouden: str
    personen: int
    gemeente: str
    opvang: str
    status: Status
    fixed: bool
    dagen: int
    nareis: int | None
    woning: Sentence | None
    jobs: tuple[Job, ...]
    why: tuple[Paragraph, ...]
    exceptions: tuple[Sentence, ...]
    checks: tuple[Check, ...]
    checked_at: datetime.datetime
    judge_ok: bool
    map: CaseMap | None
    alternatives: tuple[Alternative, ...]
    answer: Answer | None
    version: int
    draft: Draft
    may_answer: bool
    days_left: int
    answers_by: tuple[str, ...] = ()
    history: tuple[Event, ...] = ()
    previous: str = ""
    next: str = ""


@dataclass(frozen=True)
class Conflict(View):
    """Somebody else answered in the meantime: both answers side by side, and nothing is overwritten.

    Attributes
    ----------
    id, round, huishouden
        Of the case.
    theirs
        The answer that counts now.
    mine
        What this person wanted to send.
    version
        The version of theirs: with it, choosing again replaces knowingly.
    """

    template: ClassVar[str] = "conflict"
    id: str
    round: Round
    huishouden: str
    theirs: Answer
    mine: Draft
    version: int


# The municipality: answers by workbook.


@dataclass(frozen=True)
class UploadedAnswer:
    """One answer in a workbook: what it is now and what it becomes."""

    huishouden: str
    before: Draft
    after: Draft


@dataclass(frozen=True)
class AnswersUpload(View):
    """Hand in the workbook with answers; after reading, what it would change, to confirm.

    Attributes
    ----------
    round, gemeente
        Which round and whose answers.
    largest_mb
        Largest file that is taken (MB).
    problems
        What is wrong in the file; if one of them stops, nothing was taken over.
    read
        Token of the file as it was read, to confirm; empty: nothing to confirm.
    answers
        What changes.
    unchanged
        Rows that say what was known already.
    nothing
        Whether a file was read in which nothing differs.
    """

    template: ClassVar[str] = "answers_upload"
    round: Round
    gemeente: str
    largest_mb: int
    problems: tuple[FileProblem, ...] = ()
    read: str = ""
    answers: tuple[UploadedAnswer, ...] = ()
    unchanged: int = 0
    nothing: bool = False


# The municipality: what it offers.

OfferKind = Literal["gewone_woning", "grote_woning", "toegankelijke_woning"]
OFFER_KINDS: tuple[OfferKind, ...] = ("gewone_woning", "grote_woning", "toegankelijke_woning")


@dataclass(frozen=True)
class Offer:
    """Dwellings that a municipality offers.

    Attributes
    ----------
    id, version
        As it stands in addresses, and the version that a form sends back.
    kind
        Kind of dwelling, as in ``woningen.csv``.
    number
        Dwellings of this kind.
    rooms, persons
        Rooms, and persons that fit in one dwelling; None: not said.
    accessible
        Whether they are accessible with a wheelchair.
    available_from
        First day.
    withdrawn
        Whether the municipality took it back.
    who, when
        Last change.
    """

    id: str
    version: int
    kind: OfferKind
    number: int
    rooms: int | None
    persons: int | None
    accessible: bool
    available_from: datetime.date
    withdrawn: bool
    who: str
    when: datetime.datetime


@dataclass(frozen=True)
class Offers(View):
    """What a municipality offers: dwellings, and the number of persons that it can take.

    Attributes
    ----------
    gemeente
        Its name.
    offers
        Dwellings; withdrawn ones last.
    capacity, capacity_version
        Persons that it can take without taakstelling; None: not said.
    may_change
        Whether this person may change it.
    history
        Newest first.
    """

    template: ClassVar[str] = "offers"
    gemeente: str
    offers: tuple[Offer, ...]
    capacity: int | None
    capacity_version: int
    may_change: bool
    history: tuple[Event, ...] = ()


@dataclass(frozen=True)
class OfferForm(View):
    """The form of an offer; values as they were typed, so that a mistake comes back as it was.

    Attributes
    ----------
    id
        Empty: a new one.
    """

    template: ClassVar[str] = "offer_form"
    gemeente: str
    id: str = ""
    version: int = 0
    kind: str = ""
    number: str = ""
    rooms: str = ""
    persons: str = ""
    accessible: str = ""
    available_from: str = ""


@dataclass(frozen=True)
class OfferWithdraw(View):
    """Withdraw an offer: look once more."""

    template: ClassVar[str] = "offer_withdraw"
    gemeente: str
    offer: Offer


# The municipality: absence and messages.


@dataclass(frozen=True)
class HandOver:
    """A hand-over to a colleague, from the first day up to and including the last (None: until withdrawn)."""

    id: str
    colleague: str
    first: datetime.date
    last: datetime.date | None
    active: bool


@dataclass(frozen=True)
class Absence(View):
    """Hand one's cases over to a colleague.

    Attributes
    ----------
    colleagues
        Who may take over.
    mine, of_others
        Hand-overs that I made, and those in which I take over (with the name of the other).
    colleague, first, last
        What stands in the form.
    """

    template: ClassVar[str] = "absence"
    colleagues: tuple[Option, ...]
    mine: tuple[HandOver, ...]
    of_others: tuple[HandOver, ...]
    colleague: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Notifications(View):
    """Which e-mail a person gets; no mail holds personal data.

    Attributes
    ----------
    email
        Where it goes, as the identity provider gives it.
    digest
        How often a summary comes.
    overdue
        Whether a message comes when the deadline is near or has passed.
    """

    template: ClassVar[str] = "notifications"
    email: str
    digest: Literal["nooit", "dagelijks", "wekelijks"]
    overdue: bool


# The COA.


@dataclass(frozen=True)
class RoundRow:
    """One round in the list of the COA."""

    round: Round
    counts: Counts
    gemeenten: int


@dataclass(frozen=True)
class RoundList(View):
    """All rounds, newest first."""

    template: ClassVar[str] = "rounds"
    rows: tuple[RoundRow, ...]


@dataclass(frozen=True)
class ImportForm(View):
    """Import a run with its input as a new round, or as the re-run of one.

    Attributes
    ----------
    largest_mb
        Largest file that is taken (MB).
    problems
        What is wrong in what was handed in.
    name, deadline, follows
        What stands in the form; ``follows`` is the round that this re-run goes on with.
    rounds
        Rounds that are open.
    """

    template: ClassVar[str] = "import"
    largest_mb: int
    problems: tuple[FileProblem, ...] = ()
    name: str = ""
    deadline: str = ""
    follows: str = ""
    rounds: tuple[Option, ...] = ()


@dataclass(frozen=True)
class GemeenteProgress:
    """How far one municipality is. ``last``: day of its last answer."""

    code: str
    name: str
    counts: Counts
    last: datetime.date | None = None


@dataclass(frozen=True)
class RoundPage(View):
    """One round as the COA sees it.

    Attributes
    ----------
    round, counts
        The round, over all municipalities.
    override_rate
        Share of the answers that are a bedenking, 0 to 1; None: no answers yet.
    reasons
        How often each reason was given.
    rows
        Municipalities, by name.
    days_left
        Days up to and including the deadline; negative: passed.
    follows, followed_by
        The round before and after it, as a re-run; None: none.
    judged
        Cases about which the COA must decide (id and key of the household): a municipality said yes under a condition,
        or has a bedenking about a municipality that the input fixes.
    may_change
        Whether answers can still be taken, so that the deadline can be changed and the month be closed.
    next_input
        Whether the input of the next month is there to fetch.
    deadline
        What stands in the form of the deadline.
    """

    template: ClassVar[str] = "round"
    round: Round
    counts: Counts
    override_rate: float | None
    reasons: tuple[tuple[Reason, int], ...]
    rows: tuple[GemeenteProgress, ...]
    days_left: int
    follows: Round | None = None
    followed_by: Round | None = None
    judged: tuple[Option, ...] = ()
    may_change: bool = True
    next_input: bool = False
    deadline: str = ""


@dataclass(frozen=True)
class RoundClose(View):
    """Close the month of a round: what happens to whom, to confirm.

    Attributes
    ----------
    linked, carried
        Households that are linked and those that go on to the next month.
    silent
        Households without an answer.
    silence_is_consent
        What stands in the form: whether no answer counts as akkoord.
    """

    template: ClassVar[str] = "round_close"
    round: Round
    linked: int
    carried: int
    silent: int
    silence_is_consent: bool = False


@dataclass(frozen=True)
class Change:
    """What a re-run changed for one household. ``reason``: in words why."""

    huishouden: str
    before: str
    after: str
    reason: Sentence


@dataclass(frozen=True)
class RoundChanges(View):
    """What a re-run changed: the households that moved, and how many kept their municipality."""

    template: ClassVar[str] = "round_changes"
    before: Round
    after: Round
    rows: tuple[Change, ...]
    kept: int


# Province, labour-market region, researcher.


@dataclass(frozen=True)
class ProvinceProgress(View):
    """How far the municipalities of a province are; no households."""

    template: ClassVar[str] = "province"
    province: str
    round: Round | None
    counts: Counts
    rows: tuple[GemeenteProgress, ...]


@dataclass(frozen=True)
class SectorRow:
    """Jobs of one sector of the region: how many there are and how many are kept; None: too few to show."""

    sector: str
    jobs: int | None
    kept: int | None


@dataclass(frozen=True)
class JobsKept(View):
    """Jobs kept in a labour-market region, by sector; never persons. ``least``: smallest count that is shown."""

    template: ClassVar[str] = "jobs"
    region: str
    round: Round | None
    rows: tuple[SectorRow, ...]
    least: int


@dataclass(frozen=True)
class GroupRow:
    """One group: households, of these linked, answered with each answer; None: too few to show."""

    label: Sentence
    households: int | None
    akkoord: int | None
    bedenking: int | None


@dataclass(frozen=True)
class GroupTable:
    """A division of all households into groups."""

    head: Sentence
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True)
class Aggregates(View):
    """What a researcher sees: groups only.

    Attributes
    ----------
    round, tables
        The newest round, and its groups.
    least
        Smallest group that is shown.
    answered
        Whether the round is closed, so that answers are told: they can change no more.
    """

    template: ClassVar[str] = "research"
    round: Round | None
    tables: tuple[GroupTable, ...]
    least: int
    answered: bool = True


# For everybody.


@dataclass(frozen=True)
class Accessibility(View):
    """What was tested for accessibility, and how to say that something does not work.

    Attributes
    ----------
    contact
        E-mail address or web page of who runs this application; empty: not set.
    """

    template: ClassVar[str] = "accessibility"
    contact: str = ""


@dataclass(frozen=True)
class Privacy(View):
    """What the application keeps, why, how long, and who sees it.

    Attributes
    ----------
    contact
        Of the data protection officer; empty: not set.
    keep_days
        Days that answers are kept after a round is closed; 0: not set.
    session_minutes
        After how many minutes without a click a session ends.
    """

    template: ClassVar[str] = "privacy"
    contact: str = ""
    keep_days: int = 0
    session_minutes: int = 0


VIEWS: tuple[type[View], ...] = tuple(View.__subclasses__())
"""Every page that there is; a test shows each in both languages."""
