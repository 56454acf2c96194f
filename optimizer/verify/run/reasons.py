"""The reason of a row is of the kind that fits the row, and true: grounds, names, kilometres, decisions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.verify.case import Case
from optimizer.verify.cells import shown, texts
from optimizer.verify.households import NONE
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.run.sayings import names_of, untrue, value_of

_NOT_LINKED = "Nog niet gekoppeld"
_LOCKED = "Een mens heeft deze gemeente vastgezet: "
_AGREED = "Het huishouden werkt en woont in {} en blijft daar."
_GROUND = re.compile(
    r"Er is een harde grond in (?P<waar>.+)\. (?P<naam>.+) ligt op (?P<km>[0-9.,]+) km, "
    r"(?P<kant>verder dan|dat is binnen) (?P<straal>[0-9.,]+) km\."
)
_GROUND_HERE = re.compile(r"Er is een harde grond in (?P<naam>.+) zelf\.")


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


def reasons(case: Case, methode: str) -> list[Bevinding]:
    """Every row says why, and what it says can be true.

    Parameters
    ----------
    methode
        Method of the policy: only a lottery draws lots, and only whoever comes in order finds a place taken.
    """
    if "reden" not in case.voorstel.columns:
        return []
    cells = np.append(texts(case.voorstel["reden"]), "")[case.links.row]
    found = []
    for h in np.flatnonzero(case.links.readable).tolist():
        wanted = _wrong(Row(case, h, methode), str(cells[h]))
        if wanted:
            found.append(case.finding("reden_onjuist", h, str(cells[h]), wanted))
    return found


def _wrong(row: Row, text: str) -> str:
    """Return what the reason should say where it is wrong; empty where it can be right."""
    case, h = row.case, row.h
    if case.stays[h] != NONE and case.links.gemeente[h] == case.stays[h]:
        return _of_agreement(row, text)
    if case.locked[h]:
        lock = _LOCKED + str(case.batch.huishoudens["vastgezet_reden"].iloc[h])
        return "" if text.rstrip(".!?") == lock.rstrip(".!?") else lock
    if not row.naam:
        return "" if text.startswith(_NOT_LINKED) else _NOT_LINKED
    if case.grounds.has[h] and row.binds:
        return _of_ground(row, text)
    return _of_other(row, text)


def _of_agreement(row: Row, text: str) -> str:
    """It names where the household stays, the first day of the agreement and where that stands."""
    table = row.case.batch.bestuursovereenkomsten
    mine = table[table["gemeente"] == row.case.codes(row.case.links.gemeente)[row.h]]
    stays = _AGREED.format(row.naam)
    days = [f"{day:%d-%m-%Y}" for day in mine["vanaf"]]
    told = text.startswith(stays) and any(day in text for day in days)
    return "" if told and _mentions_one(text, mine["bron"]) else f"{stays} {', '.join(days)}"


def _mentions_one(text: str, sources: pd.Series) -> bool:
    return any(str(source) in text for source in sources)


def _of_ground(row: Row, text: str) -> str:
    """It names every ground, the municipality, how far it lies from the farthest, and on which side of the radius."""
    case, far = row.case, float(row.case.farthest[row.h])
    here, match = _GROUND_HERE.fullmatch(text), _GROUND.fullmatch(text)
    if here:
        return "" if here["naam"] == row.naam and _only(text, [row.naam]) and far == 0.0 else _true_ground(row)
    if not match:
        return _true_ground(row)
    side = "verder dan" if far > case.straal_km else "dat is binnen"
    right = (
        match["naam"] == row.naam
        and match["kant"] == side
        and abs(value_of(match["km"]) - far) <= 0.05 + 1e-9
        and abs(value_of(match["straal"]) - case.straal_km) <= 1e-6
        and _lists(match["waar"], ground_names(row))
    )
    return "" if right else _true_ground(row)


def _only(text: str, names: Iterable[str]) -> bool:
    return _lists(text.removeprefix("Er is een harde grond in ").removesuffix(" zelf."), names)


def _true_ground(row: Row) -> str:
    km, radius = shown(row.case.farthest[row.h], "km"), shown(row.case.straal_km, "uren")
    return f"{' en '.join(ground_names(row))}; {row.naam}, {km} km; {radius} km"


def ground_names(row: Row) -> list[str]:
    """Return what people call the places of the hard grounds, each once: ``Hoek van Holland (Rotterdam)``."""
    grounds = row.case.grounds
    mine = np.flatnonzero(grounds.household == row.h)
    wholes = load_gemeenten().naam[grounds.gemeente[mine]].tolist()
    places = grounds.place[mine].tolist()
    named = [str(w) if p in ("", w) else f"{p} ({w})" for p, w in zip(places, wholes, strict=True)]
    return list(dict.fromkeys(named))


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
    return not left.replace(" en ", "").replace(", ", "").strip()


def _of_other(row: Row, text: str) -> str:
    """No ground chose this municipality: nothing contradicts that, the regions or the method."""
    has, same = bool(row.case.grounds.has[row.h]), row.same_region
    claims = (
        ("Geen harde grond.", not has),
        ("kijkt niet naar harde gronden", has and not row.binds),
        ("Er is een harde grond", False),
        (_NOT_LINKED, False),
        ("vastgezet", False),
        ("blijft daar", False),
        ("loting", row.methode == "loting"),
        ("toen het huishouden aan de beurt was", row.methode == "volgorde"),
        ("in het hele voorstel", row.methode == "optimaal"),
        ("De koppelregio van de opvang blijft gelijk", same),
        ("In de koppelregio van de opvang was geen plek", not same),
        ("in de koppelregio van de opvang de meeste ruimte", same),
    )
    if not text:
        return "een reden"
    false = [claim for claim, true in claims if claim in text and not true]
    if false:
        return f"niet '{false[0]}'"
    return untrue(row.case, row.h, text, set(names_of(row.case, row.h)))
