"""Policies that do not optimise: one household after the other, in order or by lottery.

Arrays in, arrays out. References for the comparison, see docs/method.md, "Reference policies".
"""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


def by_order(
    persons: Ints,
    opgave: Ints,
    admissible: npt.NDArray[np.bool_],
    order: Ints,
    region: Ints,
    home: Ints,
    nearest: dict[int, npt.NDArray[np.float64]],
    resources: tuple[Ints, Ints] | None = None,
) -> Ints:
    """Link one household after the other, each to the largest rest that fits.

    Parameters
    ----------
    persons, order
        Persons [H] and the rows of the households in order of their turn [any].
    opgave, region
        Persons that each municipality can take and its region [G].
    admissible
        Pairs that may be used [H, G].
    home
        Region of the reception of each household [H]; municipalities there come first.
    nearest
        For the rows of households with hard grounds: km to the farthest of them, float64 [G]; the nearest comes first.
    resources
        (use [H, K], capacity [G, K]): further capacities, such as large dwellings.

    Returns
    -------
    int64 [H]
        Row of the municipality, or -1. Ties go to the larger rest, then to the first municipality.
    """
    rest = opgave.astype(np.int64).copy()
    use, supply = _checked(resources, len(persons), len(opgave))
    out = np.full(len(persons), -1, dtype=np.int64)
    for h in order:
        fits = admissible[h] & (rest >= persons[h]) & (supply >= use[h]).all(axis=1)
        if not fits.any():
            continue
        if h in nearest:
            km = np.where(fits, nearest[h], np.inf)
            fits &= km <= km.min()
        elif (fits & (region == home[h])).any():
            fits &= region == home[h]
        out[h] = int(np.argmax(np.where(fits, rest, -1)))
        rest[out[h]] -= persons[h]
        supply[out[h]] -= use[h]
    return out


def _checked(resources: tuple[Ints, Ints] | None, households: int, gemeenten: int) -> tuple[Ints, Ints]:
    """Return use and a copy of the capacity; without resources there are none of either."""
    if resources is None:
        return np.zeros((households, 0), dtype=np.int64), np.zeros((gemeenten, 0), dtype=np.int64)
    return resources[0], resources[1].copy()


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
        As in ``by_order``.
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
    use, capacity = _checked(resources, len(persons), len(opgave))
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
