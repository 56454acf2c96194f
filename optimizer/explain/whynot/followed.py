"""What would happen if people followed requests for a first link: the month worked out again with each one fixed.

Equation (40b) of docs/method.md. Following a request is a decision of a person, a lock; what follows from it is what
``run --from`` gives: as few other households as possible change, then the levels of the policy. Nothing is followed by
asking this.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.decide.by_levels import Limits
from optimizer.decide.method import decide
from optimizer.decide.pose import pose
from optimizer.domain.tables import VERZOEKERS
from optimizer.domain.uitvoer import (
    GEVOLGD,
    VERSCHUIVING,
    VERZOEKGROEPEN,
    VERZOEKMATEN,
    VERZOEKVARIANTEN,
    VOORSPRAAK,
    OutputTable,
)
from optimizer.explain.told.closed import openness
from optimizer.explain.told.verzoeken import Requests, requests_of
from optimizer.measure import count
from optimizer.model import Answer, Case
from optimizer.model.facts import Bools, Ints

#: Who speaks for a household: somebody else than the household.
SPREKERS = tuple(who for who in VERZOEKERS if who != "bewoner")


@dataclass(frozen=True)
class Followed:
    """What following some requests would do.

    Attributes
    ----------
    rows
        Requests that are followed: the first of each household that no decision of a person forbids, int64.
    left
        Requests of the same kind that are not: a household goes to one municipality, and a decision goes first.
    answer
        The month worked out again.
    """

    rows: Ints
    left: int
    answer: Answer


def follow_requests(case: Case, judged: pd.DataFrame, limits: Limits) -> dict[OutputTable, pd.DataFrame]:
    """Compare who asks, and work out what would happen if requests were followed.

    Parameters
    ----------
    case
        The finished proposal.
    judged
        Its requests, as `explain.told.verzoeken.judged_requests` returns them.
    limits
        When the solver stops.
    """
    asked = requests_of(case)
    chosen = {name: wanted(name, judged) for name in VERZOEKVARIANTEN}
    worked: dict[bytes, Followed] = {}
    found = {}
    for name, which in chosen.items():
        key = which.tobytes()
        if key not in worked:
            worked[key] = _follow(case, asked, which, limits)
        found[name] = worked[key]
    return {
        VOORSPRAAK: _by_group(case, judged),
        GEVOLGD: _counted(case, asked, found),
        VERSCHUIVING: _moves(case, found),
    }


def wanted(variant: str, judged: pd.DataFrame) -> Bools:
    """Tell which requests a variant is about: those that may be considered, or those with a spokesman, bool."""
    which = {
        "mag_overwogen": judged["oordeel"] == "mag_overwogen",
        "voorspraak": judged["verzoeker"].isin(SPREKERS),
    }
    return which[variant].to_numpy(np.bool_)


def _follow(case: Case, asked: Requests, which: Bools, limits: Limits) -> Followed:
    facts = case.facts
    rows, seen = [], set()
    for r in np.flatnonzero(which).tolist():
        h, g = int(asked.huishouden[r]), int(asked.gemeente[r])
        closed = openness(case.problem, h).gesloten.get(g, ())
        decided = facts.vastgezet[h] >= 0 or any(one.regel == "besluit" for one in closed)
        if h not in seen and not decided:
            seen.add(h)
            rows.append(r)
    chosen = np.array(rows, dtype=np.int64)
    left = int(which.sum()) - chosen.size
    if not chosen.size:
        return Followed(chosen, left, case.answer)
    locks, fixed = facts.locks.copy(), facts.vastgezet.copy()
    for where in (locks, fixed):
        where[asked.huishouden[chosen]] = asked.gemeente[chosen]
    again = facts.replace(locks=locks, vastgezet=fixed, eerder=case.answer.gemeente)
    problem = pose(again, case.beleid, case.parameters, case.problem.kansen)
    return Followed(chosen, left, decide(problem, limits=limits))


def _by_group(case: Case, judged: pd.DataFrame) -> pd.DataFrame:
    """Count by who asks, and for households for which nobody asks: verdicts, the proposal, jobs and grounds."""
    facts, to = case.facts, case.answer.gemeente
    who = judged["verzoeker"].to_numpy(object)
    chosen = {name: who == name for name in VERZOEKGROEPEN[:4]}
    chosen |= {"met_voorspreker": np.isin(who, SPREKERS), "zonder_voorspreker": who == "bewoner"}
    rows_of = pd.Index(facts.huishoudens).get_indexer(pd.Index(judged["huishouden_id"])).astype(np.int64)
    b = facts.banen
    near = (to[b.huishouden] >= 0) & (facts.km[to[b.huishouden], b.plek] <= case.parameters["gronden/straal_km"])
    grounds = np.zeros(facts.personen.size, dtype=np.bool_)
    np.logical_or.at(
        grounds,
        facts.gronden.huishouden,
        facts.km[to[facts.gronden.huishouden], facts.gronden.plek] > case.parameters["gronden/straal_km"],
    )
    honoured = facts.heeft_grond & (to >= 0) & ~grounds
    rows = []
    for group in VERZOEKGROEPEN:
        mine = chosen.get(group, np.zeros(len(judged), dtype=np.bool_))
        inside = np.zeros(facts.personen.size, dtype=np.bool_)
        inside[rows_of[mine]] = True
        if group == "zonder_verzoek":
            inside[:] = True
            inside[rows_of] = False
        verdicts = judged["oordeel"][mine]
        beside = judged["uitkomst"][mine]
        rows.append(
            (
                group,
                int(mine.sum()),
                *(int((verdicts == v).sum()) for v in ("mag_overwogen", "niet_aangetoond", "nee")),
                int((beside == "gelijk").sum()),
                int((beside == "binnen_50km").sum()),
                int(inside.sum()),
                int((inside & (to < 0)).sum()),
                int((inside & facts.heeft_grond).sum()),
                int((inside & honoured).sum()),
                int(inside[b.huishouden].sum()),
                int((inside[b.huishouden] & near).sum()),
            )
        )
    return pd.DataFrame(rows, columns=VOORSPRAAK.names)


def _counted(case: Case, asked: Requests, found: Mapping[str, Followed]) -> pd.DataFrame:
    before = case.answer.gemeente
    was = count(case, before)
    rows = []
    for name, followed in found.items():
        after = followed.answer.gemeente
        now = count(case, after)
        others = np.ones(before.size, dtype=np.bool_)
        others[asked.huishouden[followed.rows]] = False
        moved = others & (before != after)
        counted = {
            "gevolgd": (0, followed.rows.size),
            "niet_gevolgd": (0, followed.left),
            "verhuizen_ook": (0, int(moved.sum())),
            "plek_kwijt": (0, int((moved & (after < 0)).sum())),
            "boven_opgave": (_above(case, before), _above(case, after)),
            **{m: (float(was[m]), float(now[m])) for m in VERZOEKMATEN if m in was},
        }
        for maat in VERZOEKMATEN:
            one, other = counted[maat]
            rows.append((name, maat, float(one), float(other), float(other) - float(one), followed.answer.status))
    return pd.DataFrame(rows, columns=GEVOLGD.names)


def _above(case: Case, gemeente: Ints) -> int:
    """Return the persons above the opgave of their municipality."""
    linked = gemeente >= 0
    used = np.bincount(gemeente[linked], weights=case.facts.personen[linked], minlength=case.facts.opgave.size)
    return int(np.maximum(0, used - case.facts.opgave).sum())


def _moves(case: Case, found: Mapping[str, Followed]) -> pd.DataFrame:
    """List who would go elsewhere, in input order: asked for, or as a consequence."""
    codes = np.append(case.facts.gemeenten.code.astype(object), "")
    before, asked = case.answer.gemeente, requests_of(case)
    rows = []
    for name, followed in found.items():
        own = set(asked.huishouden[followed.rows].tolist())
        after = followed.answer.gemeente
        for h in np.flatnonzero(before != after).tolist():
            why = "verzoek" if h in own else "gevolg"
            rows.append((name, case.facts.huishoudens[h], codes[before[h]], codes[after[h]], why))
    return pd.DataFrame(rows, columns=VERSCHUIVING.names)
