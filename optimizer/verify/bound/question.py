"""What a run was asked, in whole numbers: worked out from the input by the judge's own code; docs/bewijs.md."""

from collections.abc import Sequence

import numpy as np

from optimizer.domain.lottery import tickets
from optimizer.verify.admitted import admitted
from optimizer.verify.bound.proof import Ints, Question
from optimizer.verify.case import Case
from optimizer.verify.dwellings import dwellings_of, used
from optimizer.verify.households import NONE
from optimizer.verify.levels import Kansen, level_value
from optimizer.verify.room import opgave_counts, persons_per_gemeente
from optimizer.verify.tempo import spread_of

LOTTERY = "loting"
LARGEST = 2**64
#: Constants of the scrambling of equation (15), docs/method-solver.md.
GOLDEN, FIRST, SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
BITS = 20


def open_households(case: Case) -> Ints:
    """Return the rows of the households that neither a person nor an agreement fixed, int64 [any]."""
    fixed = np.where(case.households.lock == NONE, case.stays, case.households.lock)
    return np.flatnonzero(fixed == NONE)


def question_of(case: Case, niveaus: Sequence[str], chances: Kansen, seed: int) -> Question:
    """State the problem of a case: households that nothing fixes, the room that the others leave, each level in units.

    Parameters
    ----------
    niveaus
        Levels, most important first; ``loting`` stands for the lottery.
    chances
        Chance of work by the name of the level that counts it.
    """
    rows, households = open_households(case), case.households
    fixed = case.moved(np.where(households.lock == NONE, case.stays, households.lock))
    everybody = int(households.counted.sum())
    opgave = households.opgave if opgave_counts(case) else np.full_like(households.opgave, everybody)
    dwellings = dwellings_of(case)
    left = np.maximum(0, opgave - persons_per_gemeente(fixed, fixed.links.linked))
    spread = spread_of(case, left, rows)
    return Question(
        values=_values(case, niveaus, chances, seed, rows),
        persons=households.counted[rows],
        opgave=left,
        allowed=admitted(case, rows),
        use=np.concatenate([dwellings.needs[rows].astype(np.int64), spread.use], axis=1),
        capacity=np.concatenate(
            [np.maximum(0, dwellings.free - used(fixed, dwellings, fixed.links.linked)), spread.capacity], axis=1
        ),
        region=spread.region,
        ceiling=spread.ceiling,
        counted=spread.counted,
    )


def _values(case: Case, niveaus: Sequence[str], chances: Kansen, seed: int, rows: Ints) -> list[Ints]:
    """Return what each household would be worth in each municipality, one matrix a level."""
    gemeenten = len(case.households.opgave)
    values = [np.zeros((rows.size, gemeenten), dtype=np.int64) for _ in niveaus]
    for g in range(gemeenten):
        there = case.moved(np.full(len(case.households), g, dtype=np.int64))
        for level, value in zip(niveaus, values, strict=True):
            if level != LOTTERY:
                worth = level_value(there, level, chances)
                if worth is None:
                    raise ValueError(f"the chance that level {level} counts was not given")
                value[:, g] = worth[rows]
    if LOTTERY in niveaus:
        values[list(niveaus).index(LOTTERY)] = draws(seed, case.households.ids[rows].tolist(), gemeenten)
    return values


def draws(seed: int, ids: Sequence[str], gemeenten: int) -> Ints:
    """Draw the lots of equation (15) by its words, int64 [households, municipalities].

    >>> draws(0, ["H1"], 2).tolist() == draws(0, ["H2", "H1"], 2)[1:].tolist()
    True
    """
    lots = [_scrambled(int(ticket)) for ticket in tickets("lot", seed, ids)]
    columns = [(g + 1) * GOLDEN % LARGEST for g in range(gemeenten)]
    drawn = [[_scrambled(lot ^ column) >> (64 - BITS) for column in columns] for lot in lots]
    return np.array(drawn, dtype=np.int64).reshape(len(lots), gemeenten)


def _scrambled(z: int) -> int:
    z = (z ^ (z >> 30)) * FIRST % LARGEST
    z = (z ^ (z >> 27)) * SECOND % LARGEST
    return z ^ (z >> 31)
