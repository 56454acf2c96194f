"""The best swaps of opgave between neighbours, at most so many: proven, or with what is left open; equation (33).

Swaps along some pairs of neighbours let the municipalities that hang together by them share their opgaven, no more and
no less. So the best ``k`` swaps are the best ``k`` pairs that share. Sets of pairs are searched best first: sharing
along every pair of a set is never worse than along some of them, so that a set whose shared month is no better than
what was found is done with.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np

from geodata.buren import neighbours
from optimizer.decide import Limits
from optimizer.domain.uitvoer import UITKOMSTEN
from optimizer.explain.told.ruil import Gevonden, Ruilvoorstel, Stand, Winst
from optimizer.explain.whynot.pinned import stay_put
from optimizer.explain.whynot.pooled import Clusters, Edge, Pooled, Units, clusters, solve_pooled, used_by
from optimizer.explain.whynot.transfers import Transfer, transfers
from optimizer.measure import outcomes
from optimizer.model import Case, Instance, LevelValues
from optimizer.model.facts import Ints

#: Levels that count jobs: the first of them is the last that a swap is judged by.
JOBS = ("verwacht_behouden", "hard_behouden", "banen_behouden", "werkgemeente_gehaald")
#: Counted steps that one shared month may take.
STEPS_OF_ONE = 3_000
_KEPT = UITKOMSTEN.index("binnen_50km")

#: Pairs of neighbours out of which one swap is taken.
Group = tuple[Edge, ...]


@dataclass(frozen=True, eq=False)
class Worked:
    """What was found, the links behind it (rows or -1, int64 [H]) and each opgave after the swaps, int64 [G]."""

    gevonden: Gevonden
    gemeente: Ints
    opgave: Ints


@dataclass(frozen=True)
class _Found:
    """The best swaps so far, what they reach and what no others exceed; without swaps the proposal itself."""

    reached: Units
    chosen: tuple[Edge, ...] = ()
    bound: Units = ()

    @property
    def proven(self) -> bool:
        """Whether no others are better."""
        return self.bound <= self.reached


class _Month:
    """The month, and every way of sharing that was solved."""

    def __init__(self, case: Case, limits: Limits) -> None:
        self.case, self.limits, self.before = case, limits, case.answer.gemeente
        names = [n.naam for n in case.instance.niveaus]
        last = next((i for i, name in enumerate(names) if name in JOBS), len(names) - 1)
        self.levels: tuple[LevelValues, ...] = case.instance.niveaus[: last + 1]
        self.work = 0
        self._solved: dict[Clusters, Pooled] = {}

    @property
    def spent(self) -> bool:
        """Whether the budget is used up."""
        return self.limits.work_limit is not None and self.work >= self.limits.work_limit

    def shared(self, edges: Sequence[Edge]) -> Pooled:
        """Solve the month in which neighbours share along some pairs."""
        who = clusters(edges)
        if who not in self._solved:
            self._solved[who] = self.solve(self.case.instance, who)
        return self._solved[who]

    def anything(self) -> Units:
        """Return a bound on swaps along any number of pairs: all that hang together share."""
        return self.shared(pairs(self.case, len(self.case.instance.opgave))).bound

    def solve(self, instance: Instance, who: Clusters = ()) -> Pooled:
        """Solve a month, changing as few households as its levels allow."""
        limits = Limits(STEPS_OF_ONE, self.limits.time_limit_s, self.limits.workers)
        levels = (*self.levels, stay_put(self.before, instance.opgave.size))
        found = solve_pooled(instance, levels, who, self.case.facts.seed, limits, self.before)
        self.work += found.work
        cut = len(self.levels)
        return Pooled(found.gemeente, found.reached[:cut], found.bound[:cut], found.work)

    def value(self, gemeente: Ints) -> Units:
        """Return what the levels reach for some links of the households that nobody fixed."""
        rows = np.flatnonzero((gemeente >= 0) & (self.case.instance.vastgezet < 0))
        return tuple(float(n.value[rows, gemeente[rows]].sum(dtype=np.int64)) for n in self.levels)


def best_swaps(case: Case, most: int, limits: Limits | None = None) -> Worked:
    """Find the best swaps of opgave between neighbours: one first, then two, and so on, each beginning from the last.

    Parameters
    ----------
    case
        A finished case under a policy that optimises and has an opgave.
    most
        How many pairs may swap, at least 1.
    limits
        When the search stops; None: when it is proven.
    """
    month = _Month(case, limits or Limits())
    found = _Found(month.value(month.before))
    proven = 0
    for swaps in range(1, most + 1):
        if 0 < len(found.chosen) < swaps:  # what one more adds to the last is soon found, and ends much of the search
            found = _search(month, swaps, found, tuple((edge,) for edge in found.chosen))
        found = _search(month, swaps, found)
        proven = swaps if found.proven and proven == swaps - 1 else proven
        if month.spent:
            break
    bound = found.bound if proven == most else max(found.bound, month.anything())
    return _told(month, replace(found, bound=bound), most, proven)


def _search(month: _Month, most: int, found: _Found, fixed: tuple[Group, ...] = ()) -> _Found:
    """Search the sets of pairs best first, from what fewer swaps gave; those with some fixed pairs alone, if any."""
    best, chosen = found.reached, found.chosen
    queue: list[tuple[Units, int, tuple[Group, ...]]] = []
    order = count()

    def consider(groups: tuple[Group, ...]) -> None:
        nonlocal best, chosen
        every = tuple(dict.fromkeys(edge for group in groups for edge in group))
        shared = month.shared(every)
        if shared.reached > best:
            moved = transfers(month.case.instance.opgave, used_by(month.case.instance, shared.gemeente), every)
            if moved is not None and len(moved) <= most:
                best, chosen = shared.reached, tuple(_edge(t) for t in moved)
        if shared.bound > best:
            heapq.heappush(queue, (tuple(-n for n in shared.bound), next(order), groups))

    if edges := pairs(month.case, most):
        consider((*fixed, *(edges,) * (most - len(fixed))))
    while queue and not month.spent and _bound(queue) > best:
        groups = queue[0][2]
        if all(len(group) == 1 for group in groups):
            break  # a gap that no smaller set can close
        heapq.heappop(queue)
        for smaller in _halved(groups):
            consider(smaller)
    return _Found(best, chosen, max(best, _bound(queue)) if queue else best)


def _bound(queue: Sequence[tuple[Units, int, tuple[Group, ...]]]) -> Units:
    return tuple(-n for n in queue[0][0])


def pairs(case: Case, most: int) -> tuple[Edge, ...]:
    """Return the neighbours whom places can come by in so many swaps, those of a labour-market region together."""
    near = neighbours(case.parameters.peildatum)
    reached = case.instance.opgave > 0
    for _ in range(most - 1):
        reached = reached | near[reached].any(axis=0)
    region = case.facts.gemeenten.arbeidsmarktregio
    found = [(int(a), int(b)) for a, b in np.argwhere(np.triu(near)).tolist() if reached[a] or reached[b]]
    return tuple(sorted(found, key=lambda edge: (str(region[edge[0]]), edge)))


def _edge(transfer: Transfer) -> Edge:
    return min(transfer.van, transfer.naar), max(transfer.van, transfer.naar)


def _halved(groups: tuple[Group, ...]) -> Iterator[tuple[Group, ...]]:
    """Split the largest group in two, wherever it stands: one swap out of each of the groups that result."""
    large = max(groups, key=len)
    half = len(large) // 2
    first, second = large[:half], large[half:]
    times = groups.count(large)
    others = tuple(group for group in groups if group != large)
    for k in range(times + 1):
        yield tuple(sorted((*others, *(first,) * k, *(second,) * (times - k)), key=lambda g: (len(g), g)))


def _told(month: _Month, found: _Found, most: int, proven: int) -> Worked:
    """Work the chosen swaps out one after the other, and say what each adds."""
    case, opgave, chosen = month.case, month.case.instance.opgave, found.chosen
    links = month.shared(chosen).gemeente if chosen else month.before
    moved = transfers(opgave, used_by(case.instance, links), chosen) or ()
    proposals, was, value = [], month.before, month.value(month.before)
    for k, one in enumerate(moved, 1):
        between = month.solve(case.instance.replace(opgave=_swapped(opgave, moved[:k]))) if k < len(moved) else None
        to = links if between is None else between.gemeente
        reached = month.value(to)
        proposals.append(_proposal(month, one, (was, to), (value, reached)))
        was, value = to, reached
    levels = zip(month.levels, month.value(month.before), month.value(links), found.bound, strict=True)
    stand = tuple(Stand(n.naam, *(round(u * n.unit, 6) for u in units)) for n, *units in levels)
    told = Gevonden(most, tuple(proposals), proven == most, proven, stand, month.work)
    return Worked(told, links, _swapped(case.facts.opgave, moved))


def _swapped(opgave: Ints, moved: Sequence[Transfer]) -> Ints:
    """Return each opgave after some swaps."""
    out = opgave.copy()
    for one in moved:
        out[one.van] -= one.personen
        out[one.naar] += one.personen
    return out


def _proposal(month: _Month, one: Transfer, links: tuple[Ints, Ints], value: tuple[Units, Units]) -> Ruilvoorstel:
    facts, p = month.case.facts, month.case.parameters
    was, now = (outcomes(facts, g, p).uitkomst for g in links)
    ids = month.case.batch.werk["baan_id"].to_numpy(dtype=object)
    gains = tuple(Winst(n.naam, round((b - a) * n.unit, 6) + 0.0) for n, a, b in zip(month.levels, *value, strict=True))
    kept = tuple(str(j) for j in ids[(now == _KEPT) & (was != _KEPT)])
    gone = tuple(str(j) for j in ids[(was == _KEPT) & (now != _KEPT)])
    linked = tuple(str(h) for h in facts.huishoudens[(links[0] < 0) & (links[1] >= 0)])
    moves = int(((links[0] != links[1]) & (links[0] >= 0)).sum())
    return Ruilvoorstel(one.van, one.naar, one.personen, gains, kept, gone, linked, moves)
