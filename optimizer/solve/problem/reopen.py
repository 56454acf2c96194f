"""A part of a problem: some households are free again, all others stay where they are."""

import numpy as np

from optimizer.solve.problem.arrays import BoolArray, IntArray
from optimizer.solve.problem.space import Kept, Space, total


def free_part(space: Space, gemeente: IntArray, free: BoolArray) -> Space:
    """Return the space of the free households, with what the others leave of every capacity."""
    fixed = np.where(free, -1, gemeente)
    rest = space.room_beside(fixed)
    return Space(
        persons=space.persons[free],
        sizes=space.sizes,
        opgave=rest.place,
        allowed=space.allowed[free] & (space.persons[free][:, None] <= rest.place),
        use=space.use[free],
        capacity=rest.capacity,
        region=space.region,
        ceiling=rest.ceiling,
        counted=space.counted[free],
        must_link=space.must_link[free],
        full=space.full,
        kept=tuple(
            Kept(kept.value[free], kept.floor - total(kept.value, fixed), kept.price[free], kept.slack)
            for kept in space.kept
        ),
    )


def put_back(gemeente: IntArray, free: BoolArray, part: IntArray) -> IntArray:
    """Return the whole answer with the free households as in ``part``."""
    whole = gemeente.copy()
    whole[free] = part
    return whole
