"""The words of each mail, in Dutch and below that in English.

A mail holds numbers, names of rounds and of municipalities, days and addresses of pages: whoever reads it on the way
learns nothing about a household or an official.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.wording import Lang, Sentence

#: Letters of a subject (`data.tables.Bericht.onderwerp`).
_SUBJECT = 200
_ENGLISH_BELOW = "(English below)"
_WHERE = Sentence("U ziet het hier: {link}", "You find it here: {link}")
_INSTEAD = Sentence(
    "U krijgt dit ook omdat u een collega vervangt.", "You get this also because you stand in for a colleague."
)
_FOOT = Sentence(
    "In dit bericht staan geen gegevens over mensen. Welke berichten u krijgt, kiest u hier: {link}",
    "This message holds no data about people. Choose here which messages you get: {link}",
)

_WAITING = Sentence("{n} {n:zaak wacht|zaken wachten} op uw antwoord", "{n} {n:case waits|cases wait} for your answer")
_NEAR = Sentence(
    "De termijn is bijna voorbij: {n} {n:zaak|zaken} zonder antwoord",
    "The deadline is near: {n} {n:case|cases} without an answer",
)
_PAST = Sentence(
    "De termijn is voorbij: {n} {n:zaak|zaken} zonder antwoord",
    "The deadline has passed: {n} {n:case|cases} without an answer",
)
_PROGRESS = Sentence("Stand van de antwoorden", "How far the answers are")
_HANDED = Sentence("Een collega draagt zaken aan u over", "A colleague hands cases over to you")
_ROUND = Sentence(
    "{naam}: {open} van {total} {total:zaak|zaken} zonder antwoord. Antwoorden kan tot en met {day}.",
    "{naam}: {open} of {total} {total:case|cases} without an answer. Answers are taken until {day}.",
)
_ROUND_PAST = Sentence(
    "{naam}: {open} van {total} {total:zaak|zaken} zonder antwoord. Antwoorden kon tot en met {day}.",
    "{naam}: {open} of {total} {total:case|cases} without an answer. Answers were taken until {day}.",
)
_OBJECTIONS = Sentence(
    "{n} {n:bedenking|bedenkingen}. {m} {m:gemeente heeft|gemeenten hebben} nog niet alles beantwoord.",
    "{n} {n:objection|objections}. {m} {m:municipality has|municipalities have} not answered everything.",
)
_LATE = Sentence("{naam}: {n} zonder antwoord", "{naam}: {n} without an answer")
_FROM_TO = Sentence(
    "Van {first} tot en met {last} antwoordt u voor een collega van uw gemeente.",
    "From {first} until {last} you answer for a colleague of your municipality.",
)
_FROM = Sentence(
    "Vanaf {first} antwoordt u voor een collega van uw gemeente.",
    "From {first} you answer for a colleague of your municipality.",
)


@dataclass(frozen=True)
class Stand:
    """How far one round is, for whoever reads it.

    Attributes
    ----------
    ronde_id, naam
        The round.
    deadline
        Last day to answer.
    over
        Whether it has passed.
    open, total, bedenkingen
        Cases without an answer, all cases, and objections.
    late
        Names of municipalities with cases without an answer, and how many.
    """

    ronde_id: str
    naam: str
    deadline: datetime.date
    over: bool
    open: int
    total: int
    bedenkingen: int
    late: tuple[tuple[str, int], ...]

    @property
    def line(self) -> Sentence:
        """The round in a sentence."""
        said = _ROUND_PAST if self.over else _ROUND
        return said.fill(naam=_one_line(self.naam), open=self.open, total=self.total, day=self.deadline)


@dataclass(frozen=True)
class Brief:
    """A mail: its subject, and its text in both languages."""

    onderwerp: str
    tekst: str


def digest(base: str, stands: Sequence[Stand], *, coa: bool, instead: bool) -> Brief:
    """Say what waits in each round.

    Parameters
    ----------
    base
        Address of the application.
    stands
        The rounds.
    coa
        Whether the reader is of the COA, who sees how far all municipalities are.
    instead
        Whether they get it because they stand in for somebody.
    """
    head = _PROGRESS if coa else _WAITING.fill(n=sum(s.open for s in stands))
    lines = [line for s in stands for line in _about(s, coa=coa)]
    return _letter(base, head, lines, "/", instead=instead)


def reminder(base: str, stand: Stand, *, coa: bool, instead: bool) -> Brief:
    """Say that the deadline of a round is near or has passed; the COA reads which municipalities have not answered."""
    head = (_PAST if stand.over else _NEAR).fill(n=stand.open)
    lines = _about(stand, coa=coa)
    if coa:
        lines += [_LATE.fill(naam=name, n=n) for name, n in stand.late]
    where = f"/ronden/{stand.ronde_id}" if coa else f"/ronden/{stand.ronde_id}/zaken"
    return _letter(base, head, lines, where, instead=instead)


def handed_over(base: str, first: datetime.date, last: datetime.date | None) -> Brief:
    """Say that somebody stands in for a colleague from now on; not for whom, for a mail names nobody."""
    line = _FROM.fill(first=first) if last is None else _FROM_TO.fill(first=first, last=last)
    return _letter(base, _HANDED, [line], "/vervanging", instead=False)


def _about(stand: Stand, *, coa: bool) -> list[Sentence]:
    more = [_OBJECTIONS.fill(n=stand.bedenkingen, m=len(stand.late))] if coa else []
    return [stand.line, *more]


def _letter(base: str, head: Sentence, lines: Sequence[Sentence], where: str, *, instead: bool) -> Brief:
    langs: tuple[Lang, ...] = ("nl", "en")
    parts = []
    for lang in langs:
        told = [_ENGLISH_BELOW] if lang == "nl" else []
        told.append(f"{head.said(lang)}.")
        told.append("\n".join(f"- {line.said(lang)}" for line in lines))
        told.append(_WHERE.fill(link=base + where).said(lang))
        told += [_INSTEAD.said(lang)] if instead else []
        told.append(_FOOT.fill(link=f"{base}/meldingen").said(lang))
        parts.append("\n\n".join(told))
    return Brief(f"Koppelwijzer: {head.nl}"[:_SUBJECT], "\n\n---\n\n".join(parts) + "\n")


def _one_line(text: str) -> str:
    """Return a text in one line, so that a name cannot look like a line of its own."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
