"""Households in random order, each to a municipality with probability in proportion to its rest.

Equation (21) of docs/method.md, "Reference policies".
"""

import numpy as np
import numpy.typing as npt

from optimizer.model import Problem
from optimizer.model.facts import Ints
from optimizer.model.problem import room_left


def lottery_draws(problem: Problem, draws: int, kept: Ints | None = None) -> Ints:
    """Draw the lottery of a problem a number of times, int64 [draws, H]; locked households are filled in.

    Parameters
    ----------
    problem, draws
        What is drawn, and how often.
    kept
        Row of a municipality where a place is kept for a household, within its room, or -1, int64 [H]; None: for
        nobody. Everybody else keeps turn and random number.
    """
    instance, free = problem.instance, problem.instance.free
    rows = free[np.argsort(instance.lot[free], kind="stable")]
    places = instance.vastgezet if kept is None else np.where(instance.vastgezet >= 0, instance.vastgezet, kept)
    opgave, woningen = room_left(problem.facts, problem.eisen, places)
    out = by_lottery(
        instance.personen,
        opgave,
        instance.toegestaan & (places < 0)[:, None],
        rows,
        draws,
        problem.facts.seed,
        None if woningen is None else (woningen.nodig, woningen.vrij),
    )
    return np.where(places >= 0, places, out)


def by_lottery(
    persons: Ints,
    opgave: Ints,
    admissible: npt.NDArray[np.bool_],
    rows: Ints,
    draws: int,
    seed: int,
    resources: tuple[Ints, Ints] | None = None,
) -> Ints:
    """Link households in random order, each to a municipality with probability in proportion to its rest.

    Parameters
    ----------
    persons, opgave, admissible, resources
        Persons [H]; persons that each municipality can take [G]; pairs that may be used [H, G]; use [H, K] and capacity
        [G, K] of further capacities, such as large dwellings.
    rows
        Rows of the households that take part, in a canonical order (so that the order of the file does not matter).
    draws, seed
        Number of draws; draw ``d`` depends on ``seed`` and ``d`` only.

    Returns
    -------
    int64 [draws, H]
        Row of the municipality, or -1.
    """
    generators = [np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(draws)]
    turns = np.stack([rows[g.permutation(rows.size)] for g in generators])
    chance = np.stack([g.random(rows.size) for g in generators])
    rest = np.repeat(opgave.astype(np.int64)[None, :], draws, axis=0)
    use, capacity = _own_copy(resources, len(persons), len(opgave))
    supply = np.repeat(capacity[None, :, :], draws, axis=0)
    out = np.full((draws, len(persons)), -1, dtype=np.int64)
    every = np.arange(draws)
    for turn in range(rows.size):
        h = turns[:, turn]
        fits = admissible[h] & (rest >= persons[h, None]) & (supply >= use[h, None, :]).all(axis=2)
        weight = np.where(fits, rest, 0).cumsum(axis=1)
        total = weight[:, -1]
        # The first municipality whose cumulative rest exceeds u * total: exact in int64, no rounding of shares.
        target = np.minimum((chance[:, turn] * total).astype(np.int64), total - 1)
        pick = (weight <= target[:, None]).sum(axis=1)
        linked = total > 0
        out[every[linked], h[linked]] = pick[linked]
        rest[every[linked], pick[linked]] -= persons[h[linked]]
        supply[every[linked], pick[linked]] -= use[h[linked]]
    return out


def _own_copy(resources: tuple[Ints, Ints] | None, households: int, gemeenten: int) -> tuple[Ints, Ints]:
    """Return use and a copy of the capacity; without resources there are none of either."""
    if resources is None:
        return np.zeros((households, 0), dtype=np.int64), np.zeros((gemeenten, 0), dtype=np.int64)
    return resources[0], resources[1].copy()
