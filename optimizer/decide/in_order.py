"""One household after the other, in order of permit date: the reference policies of practice.

Equation (20) of docs/method.md, "Reference policies".
"""

import numpy as np
import numpy.typing as npt

from optimizer.model import Facts, Problem
from optimizer.model.facts import Floats, Ints


def in_order(problem: Problem) -> Ints:
    """Link households by permit date, then id, int64 [H]; -1 where there was no room."""
    facts, instance, free = problem.facts, problem.instance, problem.instance.free
    order = free[np.lexsort((facts.huishoudens[free].astype(str), facts.vergunning[free]))]
    region = np.unique(facts.gemeenten.koppelregio, return_inverse=True)[1].astype(np.int64)
    looks = problem.beleid.let_op_gronden
    with_ground = np.flatnonzero(facts.heeft_grond & (instance.vastgezet < 0)) if looks else free[:0]
    km = farthest_km(facts, with_ground)
    return by_order(
        instance.personen,
        instance.opgave,
        instance.toegestaan,
        order,
        region,
        region[facts.opvang],
        dict(zip(with_ground.tolist(), km, strict=True)),
        instance.resources,
    )


def farthest_km(facts: Facts, rows: Ints) -> Floats:
    """Distance of every municipality to the farthest hard ground of some households, float64 [rows, G]."""
    position = np.full(len(facts.personen), -1, dtype=np.int64)
    position[rows] = np.arange(rows.size)
    out = np.zeros((rows.size, len(facts.opgave)))
    mine = position[facts.gronden.huishouden] >= 0
    np.maximum.at(out, position[facts.gronden.huishouden[mine]], facts.km[:, facts.gronden.plek[mine]].T)
    return out


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
    use, supply = own_copy(resources, len(persons), len(opgave))
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


def own_copy(resources: tuple[Ints, Ints] | None, households: int, gemeenten: int) -> tuple[Ints, Ints]:
    """Return use and a copy of the capacity; without resources there are none of either."""
    if resources is None:
        return np.zeros((households, 0), dtype=np.int64), np.zeros((gemeenten, 0), dtype=np.int64)
    return resources[0], resources[1].copy()
