"""The lottery drawn again, by the words of equation (21) of docs/method.md."""

import numpy as np

from optimizer.domain.lottery import tickets
from optimizer.verify.admitted import admitted
from optimizer.verify.case import Case
from optimizer.verify.dwellings import dwellings_of
from optimizer.verify.households import NONE, Ints
from optimizer.verify.room import opgave_counts


def drawn_again(case: Case, draws: int, seed: int) -> Ints:
    """Return the links of every draw, int64 [draws, n]; who is fixed by a lock or an agreement is where that says.

    Parameters
    ----------
    case
        The batch under the policy that draws, whatever it links.
    """
    n, who = len(case.households), case.households
    fixed = np.where(who.lock == NONE, case.stays, who.lock)
    free = np.flatnonzero(fixed == NONE)
    rows = free[np.argsort(tickets("lot", seed, who.ids)[free], kind="stable")]
    places, dwellings = _left(case, fixed)
    needs = dwellings_of(case).needs.astype(np.int64)
    may = admitted(case, np.arange(n))
    left, supply = np.tile(places, (draws, 1)), np.tile(dwellings, (draws, 1, 1))
    out = np.tile(fixed, (draws, 1))
    turns, luck = np.empty((draws, len(rows)), dtype=np.int64), np.empty((draws, len(rows)))
    for draw, child in enumerate(np.random.SeedSequence(seed).spawn(draws)):
        generator = np.random.default_rng(child)
        turns[draw] = rows[generator.permutation(len(rows))]
        luck[draw] = generator.random(len(rows))
    for turn in range(len(rows)):
        mine, size = turns[:, turn], who.counted[turns[:, turn]]
        room = np.where(may[mine] & (left >= size[:, None]), left, 0)
        if dwellings.shape[1]:
            room[np.any(supply < needs[mine][:, None, :], axis=2)] = 0
        upto = np.cumsum(room, axis=1)
        some = np.flatnonzero(upto[:, -1] > 0)
        at = np.minimum((luck[some, turn] * upto[some, -1]).astype(np.int64), upto[some, -1] - 1)
        g = np.argmax(upto[some] > at[:, None], axis=1)
        out[some, mine[some]] = g
        left[some, g] -= size[some]
        supply[some, g] -= needs[mine[some]]
    return out


def _left(case: Case, fixed: Ints) -> tuple[Ints, Ints]:
    """Return the persons, int64 [municipalities], and dwellings that those who are fixed leave."""
    rows, dwellings = np.flatnonzero(fixed != NONE), dwellings_of(case)
    persons = np.zeros_like(case.households.opgave)
    np.add.at(persons, fixed[rows], case.households.counted[rows])
    whole = case.households.opgave if opgave_counts(case) else np.full_like(persons, case.households.counted.sum())
    used = np.zeros_like(dwellings.free)
    np.add.at(used, fixed[rows], dwellings.needs[rows].astype(np.int64))
    return np.maximum(0, whole - persons), np.maximum(0, dwellings.free - used)
