"""What would happen if a household went to another municipality: by a rule that forbids it, or worked out again.

The levels of the policy come first, as in the proposal; among answers that are equal on all of them the one in which
the fewest other households change, equation (31). Only then the lottery. A policy that goes one by one or draws lots is
run again with the place kept for the household.
"""

from dataclasses import dataclass

import numpy as np

from optimizer.decide.by_levels import Limits, by_levels
from optimizer.decide.by_lottery import lottery_draws
from optimizer.decide.in_order import in_order
from optimizer.domain.uitvoer import UITKOMSTEN
from optimizer.explain.told.closed import openness
from optimizer.explain.told.whatif import Kosten, Verhuizing, WatAls
from optimizer.explain.told.worth import counted_levels, with_room
from optimizer.explain.whynot.pinned import pinned, stay_put
from optimizer.measure import outcomes
from optimizer.model import Answer, Case, LevelValues
from optimizer.model.facts import Ints

_LOST = UITKOMSTEN.index("verloren_regel")


@dataclass(frozen=True)
class Worked:
    """A what-if, and the answer behind it (rows or -1, int64 [H]); None where a rule forbids it."""

    wat_als: WatAls
    gemeente: Ints | None = None


def what_if(case: Case, household: int, gemeente: int, limits: Limits | None = None) -> Worked:
    """Work out what would happen if a household (row) went to a municipality (row).

    Parameters
    ----------
    case
        A finished case; its answer is what everything is compared with.
    household, gemeente
        The pair.
    limits
        When the solver stops; None: the default budget.
    """
    found = openness(case.problem, household)
    method = case.beleid.methode
    if not found.toegestaan[gemeente]:
        return Worked(WatAls(gemeente, "verboden", found.gesloten.get(gemeente, ()), methode=method))
    before = case.answer.gemeente
    if before[household] == gemeente:
        return Worked(WatAls(gemeente, "berekend", hier_al=True, kosten=_unchanged(case), methode=method), before)
    if method == "optimaal":
        answer = _best_with(case, household, gemeente, limits or Limits())
        costs, least = _costs(case, answer)
        after, steps = answer.gemeente, answer.work
    else:
        after = _again(case, household, gemeente)
        costs, least, steps = _differences(case, after), True, 0
    alone = before.copy()
    alone[household] = gemeente
    only = _differences(case, alone) if with_room(case.problem, before, household)[gemeente] else None
    moves = tuple(
        Verhuizing(str(case.facts.huishoudens[h]), int(before[h]), int(after[h]))
        for h in np.flatnonzero(before != after).tolist()
        if h != household
    )
    lost, back, undecided = _jobs(case, after)
    told = WatAls(
        gemeente=gemeente,
        status="berekend",
        kosten=costs,
        alleen=only,
        verhuizen_ook=moves,
        minst_verhuizen=least,
        banen_verloren=lost,
        banen_terug=back,
        banen_onbeslist=undecided,
        stappen=steps,
        methode=method,
    )
    return Worked(told, after)


def _best_with(case: Case, household: int, gemeente: int, limits: Limits) -> Answer:
    """Solve again with the pair fixed, from the links as they are; the fewest changes last."""
    instance, before = pinned(case.problem, household, gemeente), case.answer.gemeente
    levels = (*instance.niveaus, stay_put(before, instance.opgave.size))
    return by_levels(instance.replace(niveaus=levels), case.facts.seed, limits, start=before)


def _again(case: Case, household: int, gemeente: int) -> Ints:
    """Go one by one, or draw, once more with the place kept for the household."""
    if case.beleid.methode == "volgorde":
        return in_order(case.problem.with_lock(household, gemeente))
    kept = np.full(case.facts.personen.size, -1, dtype=np.int64)
    kept[household] = gemeente
    links: Ints = lottery_draws(case.problem, 1, kept)[0]
    return links


def _costs(case: Case, answer: Answer) -> tuple[tuple[Kosten, ...], bool]:
    """Compare the levels, and tell whether it is proven that no fewer households would change."""
    costs, certain = [], True
    *levels, changes = answer.niveaus
    for before, after in zip(case.answer.niveaus, levels, strict=True):
        certain = certain and before.status == after.status == "proven"
        least, most = after.waarde - before.grens, after.grens - before.waarde
        difference = _clean(after.waarde - before.waarde)
        between = (difference, difference) if certain else (_clean(least), _clean(most))
        costs.append(Kosten(after.naam, difference, certain, *between))
    return tuple(costs), certain and changes.status == "proven"


def _differences(case: Case, after: Ints) -> tuple[Kosten, ...]:
    """Compare two given answers on the levels, or on what comparisons count: plain sums, certain as such."""
    found = []
    for level in counted_levels(case.problem):
        was, now = (_sum(level, links) for links in (case.answer.gemeente, after))
        difference = _clean((now - was) * level.unit)
        found.append(Kosten(level.naam, difference, True, difference, difference))
    return tuple(found)


def _unchanged(case: Case) -> tuple[Kosten, ...]:
    return tuple(Kosten(level.naam, 0.0, True, 0.0, 0.0) for level in counted_levels(case.problem))


def _sum(level: LevelValues, gemeente: Ints) -> int:
    linked = np.flatnonzero(gemeente >= 0)
    return int(level.value[linked, gemeente[linked]].sum(dtype=np.int64))


def _clean(value: float) -> float:
    """Take the dust of binary fractions off a difference of whole units; no level counts finer than 0.0001."""
    return round(value, 6) + 0.0


def _jobs(case: Case, after: Ints) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the jobs (keys) that would be lost, would no longer be lost, and would be undecided."""
    was, now = (outcomes(case.facts, links, case.parameters).uitkomst for links in (case.answer.gemeente, after))
    undecided = UITKOMSTEN.index("niet_gekoppeld")
    ids = case.batch.werk["baan_id"].to_numpy(dtype=object)
    chosen = ((now == _LOST) & (was != _LOST), (was == _LOST) & (now != _LOST), (now == undecided) & (was != undecided))
    lost, back, open_ = (tuple(str(j) for j in ids[rows]) for rows in chosen)
    return lost, back, open_
