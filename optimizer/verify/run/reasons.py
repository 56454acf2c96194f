"""The reason of a row is of the kind that fits the row, and true: grounds, names, kilometres, decisions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from geodata.wording import Sentence, date
from optimizer.verify.case import Case
from optimizer.verify.cells import shown, texts
from optimizer.verify.households import NONE, Ints
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.run.sayings import names_of, near_to, untrue
from optimizer.verify.run.turned import Turned

_NOT_LINKED = Sentence("Nog niet gekoppeld", "Not linked yet")
_LOCKED = Sentence("Een mens heeft deze gemeente vastgezet: ", "A person fixed this municipality: ")
_AGREED = Sentence(
    "Het huishouden werkt en woont in {name} en blijft daar.",
    "The household works and lives in {name} and stays there.",
)
_HERE = Sentence("Er is een harde grond in {name} zelf.", "There is a hard ground in {name} itself.")
_GROUND = Sentence(
    r"Er is een harde grond in (?P<where>.+)\. (?P<name>.+) ligt op (?P<told>.+)\.",
    r"There is a hard ground in (?P<where>.+)\. (?P<name>.+) lies at (?P<told>.+)\.",
)
#: Which of several grounds the proposal keeps.
_KEPT = Sentence(
    r"Het voorstel houdt zich aan de grond(?:en)? in (?P<near>.+), niet aan de grond(?:en)? in (?P<far>.+)\.$",
    r"The proposal keeps the grounds? in (?P<near>.+), not the grounds? in (?P<far>.+)\.$",
)
_NUMBER = "[0-9][0-9.,]*"
#: How far it is to one ground: kilometres, the side of the radius, the radius.
_ONE = Sentence(
    rf"({_NUMBER}) km, (verder dan|dat is binnen) ({_NUMBER}) km",
    rf"({_NUMBER}) km, (farther than|which is within) ({_NUMBER}) km",
)
#: The side of the radius behind some of several grounds.
_SIDE = Sentence(rf"\((verder dan|binnen) ({_NUMBER}) km\)", rf"\((farther than|within) ({_NUMBER}) km\)")
_FROM = Sentence("van", "from")
_BEYOND = {"verder dan", "farther than"}
#: What may stand between grounds.
_BETWEEN = {"en", "en op", "and", "and at", ",", ""}


@dataclass(frozen=True)
class Row:
    """One row whose reason is judged: the household, under a method of policy."""

    case: Case
    h: int
    methode: str

    @property
    def naam(self) -> str:
        """Name of the municipality; empty where the household waits."""
        g = self.case.links.gemeente[self.h]
        return "" if g == NONE else str(load_gemeenten().naam[g])

    @property
    def binds(self) -> bool:
        """Whether the policy looks at hard grounds."""
        return self.case.eisen is None or self.case.eisen.gronden_binden

    @property
    def same_region(self) -> bool:
        """Whether the household stays in the koppelregio of its reception."""
        region = load_gemeenten().koppelregio
        return bool(region[self.case.links.gemeente[self.h]] == region[self.case.households.reception[self.h]])


def reasons(case: Case, methode: str, weighed: Turned | None = None) -> list[Bevinding]:
    """Every row says why, and what it says can be true.

    Parameters
    ----------
    methode
        Method of the policy: only a lottery draws lots, and only whoever comes in order finds a place taken.
    weighed
        What turned the scale for each household; None: that is not judged.
    """
    if "reden" not in case.voorstel.columns:
        return []
    cells = np.append(texts(case.voorstel["reden"]), "")[case.links.row]
    found = []
    for h in np.flatnonzero(case.links.readable).tolist():
        scale = None if weighed is None else weighed.said.get(h)
        wanted = _wrong(Row(case, h, methode), str(cells[h]), None if scale is None else scale[1])
        if wanted:
            found.append(case.finding("reden_onjuist", h, str(cells[h]), wanted))
    return found


def _wrong(row: Row, text: str, scale: Sentence | None) -> str:
    """Return what the reason should say where it is wrong in either language; empty where it can be right.

    ``scale`` is what turned the scale; it stands in the reason of whoever nobody fixed, word for word.
    """
    case, h = row.case, row.h
    if case.stays[h] != NONE and case.links.gemeente[h] == case.stays[h]:
        return _of_agreement(row, text)
    if case.locked[h]:
        locks = [lock + str(case.batch.huishoudens["vastgezet_reden"].iloc[h]) for lock in _LOCKED]
        return "" if text.rstrip(".!?") in {lock.rstrip(".!?") for lock in locks} else locks[0]
    if not row.naam:
        return "" if text.startswith(_NOT_LINKED) else _NOT_LINKED.nl
    if scale is not None:
        said = next((part for part in scale if part in text), None)
        if said is None:
            return scale.nl
        text = text.replace(said, "", 1).replace("  ", " ").strip()
    if case.grounds.has[h] and row.binds:
        return "" if any(_of_ground(row, text, lang) for lang in ("nl", "en")) else _true_ground(row)
    return _of_other(row, text)


def _of_agreement(row: Row, text: str) -> str:
    """It names where the household stays, the first day of the agreement and where that stands."""
    table = row.case.batch.bestuursovereenkomsten
    mine = table[table["gemeente"] == row.case.codes(row.case.links.gemeente)[row.h]]
    stays = _AGREED.fill(name=row.naam)
    days = [Sentence(date(day.date()), date(day.date(), "en")) for day in mine["vanaf"]]
    told = any(
        text.startswith(stays.said(lang)) and any(day.said(lang) in text for day in days) for lang in ("nl", "en")
    )
    return "" if told and _mentions_one(text, mine["bron"]) else f"{stays.nl} {', '.join(day.nl for day in days)}"


def _mentions_one(text: str, sources: pd.Series) -> bool:
    return any(str(source) in text for source in sources)


def _of_ground(row: Row, text: str, lang: str) -> bool:
    """It names every ground, the municipality, how far it lies from each, and on which side of the radius."""
    if text == _HERE.fill(name=row.naam).said(lang):
        return set(ground_names(row)) == {row.naam} and float(row.case.farthest[row.h]) == 0.0
    near, far = _sides(row)
    if near and far:
        kept = re.search(_KEPT.said(lang), text)
        if not kept or not _lists(kept["near"], near) or not _lists(kept["far"], far):
            return False
        text = text[: kept.start()].strip()
    match = re.fullmatch(_GROUND.said(lang), text)
    if not match or match["name"] != row.naam or not _lists(match["where"], ground_names(row)):
        return False
    one = re.fullmatch(_ONE.said(lang), match["told"])
    if one and len(ground_names(row)) == 1:
        return _right(row, one[1], one[2], one[3], float(row.case.farthest[row.h]))
    return _each_ground(row, match["told"], lang)


def _sides(row: Row) -> tuple[list[str], list[str]]:
    """Return the names of the grounds within the radius, and of those beyond it."""
    mine = np.flatnonzero(row.case.grounds.household == row.h)
    near = row.case.grounds.km[row.case.links.gemeente[row.h], mine] <= row.case.straal_km
    return tuple(list(dict.fromkeys(_labels(row, mine[side]))) for side in (near, ~near))  # type: ignore[return-value]


def _right(row: Row, km: str, side: str, radius: str, true_km: float) -> bool:
    """Tell whether kilometres, the side of the radius and the radius are what they are."""
    far = true_km > row.case.straal_km
    return near_to(km, true_km, 0.05) and near_to(radius, row.case.straal_km, 1e-6) and (side in _BEYOND) == far


def _each_ground(row: Row, told: str, lang: str) -> bool:
    """Tell whether a text names how far each of several grounds lies, before its side of the radius, and no more."""
    sides = [(m.start(), m[1], m[2]) for m in re.finditer(_SIDE.said(lang), told)]
    left = re.sub(_SIDE.said(lang), "|", told)
    grounds = row.case.grounds
    mine = np.flatnonzero(grounds.household == row.h)
    km = dict(zip(_labels(row, mine), grounds.km[row.case.links.gemeente[row.h], mine].tolist(), strict=True))
    for name in sorted(km, key=len, reverse=True):
        piece = rf"({_NUMBER}) km {_FROM.said(lang)} {re.escape(name)}(?!\w)"
        found = re.search(piece, told)
        side = next((s for s in sides if found and s[0] > found.start()), None)
        if not found or side is None or not _right(row, found[1], side[1], side[2], km[name]):
            return False
        left = re.sub(piece, "|", left, count=1)
    return {part.strip() for part in left.split("|")} <= _BETWEEN


def _true_ground(row: Row) -> str:
    km, radius = shown(row.case.farthest[row.h], "km"), shown(row.case.straal_km, "uren")
    return f"{' en '.join(ground_names(row))}; {row.naam}, {km} km; {radius} km"


def ground_names(row: Row) -> list[str]:
    """Return what people call the places of the hard grounds, each once: ``Hoek van Holland (Rotterdam)``."""
    return list(dict.fromkeys(_labels(row, np.flatnonzero(row.case.grounds.household == row.h))))


def _labels(row: Row, mine: Ints) -> list[str]:
    wholes = load_gemeenten().naam[row.case.grounds.gemeente[mine]].tolist()
    places = row.case.grounds.place[mine].tolist()
    return [str(w) if p in ("", w) else f"{p} ({w})" for p, w in zip(places, wholes, strict=True)]


def _lists(text: str, names: Iterable[str]) -> bool:
    """Tell whether a text lists some names and nothing else, each once.

    >>> _lists("Ede en Nuenen, Gerwen en Nederwetten", ["Nuenen, Gerwen en Nederwetten", "Ede"])
    True
    >>> _lists("Ede en Breda", ["Ede"]), _lists("Ede", ["Ede", "Breda"])
    (False, False)
    """
    left = text
    for name in sorted(names, key=len, reverse=True):
        if name not in left:
            return False
        left = left.replace(name, "", 1)
    return not re.sub(r" en | and |, ", "", left).strip()


def _of_other(row: Row, text: str) -> str:
    """No ground chose this municipality: nothing contradicts that, the regions or the method."""
    has, same = bool(row.case.grounds.has[row.h]), row.same_region
    claims = (
        (Sentence("Geen harde grond.", "No hard ground."), not has),
        (Sentence("kijkt niet naar harde gronden", "does not look at hard grounds"), has and not row.binds),
        (Sentence("Er is een harde grond", "There is a hard ground"), False),
        (_NOT_LINKED, False),
        (Sentence("vastgezet", "A person fixed"), False),
        (Sentence("blijft daar", "stays there"), False),
        (Sentence("loting", "lottery"), row.methode == "loting"),
        (Sentence("toen het huishouden aan de beurt was", "the turn of the household"), row.methode == "volgorde"),
        (Sentence("in het hele voorstel", "in the proposal as a whole"), row.methode == "optimaal"),
        (Sentence("De koppelregio van de opvang blijft gelijk", "The koppelregio of reception stays the same"), same),
        (
            Sentence(
                "In de koppelregio van de opvang was geen plek", "No place was left in the koppelregio of reception"
            ),
            not same,
        ),
        (
            Sentence("in de koppelregio van de opvang de meeste ruimte", "most room in the koppelregio of reception"),
            same,
        ),
    )
    if not text:
        return "een reden"
    false = [claim for both, true in claims for claim in both if claim in text and not true]
    if false:
        return f"niet '{false[0]}'"
    return untrue(row.case, row.h, text, set(names_of(row.case, row.h)))
