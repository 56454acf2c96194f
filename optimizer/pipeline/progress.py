"""What a command says while it works: stages in words, levels in the units that people know."""

import math
import time
from collections.abc import Callable

from geodata.wording import Sentence, number
from optimizer.domain.levels import LEVELS
from optimizer.domain.terms import UNITS

_STAGES = {
    "read": Sentence("invoer lezen", "reading the input"),
    "solve": Sentence("beleid {} uitrekenen", "working out policy {}"),
    "price": Sentence("uitrekenen wat dit beleid kost", "working out what this policy costs"),
    "compare": Sentence("vergelijken: {}", "comparing: {}"),
    "maanden": Sentence("andere maanden: {} van {} klaar", "other months: {} of {} done"),
    "aannames": Sentence("andere aannames: {} van {} klaar", "other assumptions: {} of {} done"),
    "requests": Sentence("verzoeken: wat als een mens ze volgt", "requests: what if a person follows them"),
    "write": Sentence("uitkomst schrijven", "writing the outcome"),
    "judge": Sentence("voorstel laten keuren", "having the proposal judged"),
}
_LEVEL = Sentence("{name}: {value} {unit}, hoogstens {bound}", "{name}: {value} {unit}, at most {bound}")
#: A level that is looked at once more: those below it used its room, and what they left of it is given back.
_AGAIN = Sentence(
    "opnieuw, binnen de ruimte van dit niveau: {line}", "once more, within the room of this level: {line}"
)
_BEST = Sentence("{name}: {value} {unit}, beter kan niet", "{name}: {value} {unit}, the best there is")
#: Parts of the search that count nothing people know: their numbers are not told.
_PARTS = {
    "draft": Sentence("een eerste antwoord zoeken", "looking for a first answer"),
    "loting": Sentence(
        "loten tussen voorstellen die even goed zijn", "drawing lots between proposals that are as good"
    ),
}
_LEFT = (
    Sentence("{told}, nog ongeveer {n} seconden", "{told}, about {n} seconds left"),
    Sentence("{told}, nog ongeveer {n} {n:minuut|minuten}", "{told}, about {n} {n:minute|minutes} left"),
)
_MINUTE_S = 60
#: Seconds left that are worth telling in minutes.
_IN_MINUTES_S = 90


def stages(lang: str) -> dict[str, str]:
    """Return what is said of each stage in a language; some have open places."""
    return {name: stage.said(lang) for name, stage in _STAGES.items()}


def level_progress(lang: str, progress: Callable[[str], None]) -> Callable[[str, float, float], None]:
    """Return what the search tells its progress to: a line for every change, none for what stands still.

    It is told the name of a level, what is reached and what is possible at most, both in the unit of the level. A level
    that comes back after others says so: less than it had before is then no step back, but room that was used.
    """
    last, before, done, again = "", "", set[str](), set[str]()

    def tell(naam: str, value: float, bound: float) -> None:
        nonlocal last, before
        if naam != before:
            done.add(before)
            if naam in done and naam in LEVELS:
                again.add(naam)
            before = naam
        said = _said(naam, value, bound)
        line = (_AGAIN.fill(line=said) if naam in again else said).said(lang)
        if line != last:
            progress(line)
        last = line

    return tell


def _said(naam: str, value: float, bound: float) -> Sentence:
    level = LEVELS.get(naam)
    if level is None:
        return _PARTS.get(naam, Sentence(naam, naam))
    value, bound = (round(n, level.decimals) for n in (value, bound))
    reached, most = (Sentence(number(n, level.decimals), number(n, level.decimals, "en")) for n in (value, bound))
    said = _LEVEL if bound > value else _BEST
    return said.fill(name=level.label, value=reached, unit=UNITS[level.eenheid], bound=most)


def with_time_left(told: str, done: int, of: int, since: float, lang: str) -> str:
    """Add how long pieces of work that are alike will still take, once one of them is done.

    Parameters
    ----------
    since
        When the first of them began, ``time.monotonic``.
    """
    if not 0 < done < of:
        return told
    left = (time.monotonic() - since) / done * (of - done)
    said = _LEFT[left >= _IN_MINUTES_S]
    return said.fill(told=told, n=math.ceil(left / _MINUTE_S) if left >= _IN_MINUTES_S else math.ceil(left)).said(lang)
