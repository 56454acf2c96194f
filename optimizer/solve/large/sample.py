"""One household in several, with its share of every capacity."""

from dataclasses import replace

import numpy as np

from optimizer.solve.problem.space import Space
from optimizer.solve.whole.state import Search


def part_of(find: Search, households: int) -> tuple[Search, int]:
    """Return a sample of so many households, and for how many each stands."""
    times = -(-find.space.persons.size // max(1, households))
    return replace(find, space=sample(find.space, times), goal=replace(find.goal, value=find.value[::times])), times


def sample(space: Space, times: int) -> Space:
    """Return one in ``times`` households; the capacities are in proportion to the persons that these stand for.

    Otherwise a sample with a few persons too many would find places scarcer than they are, and all prices too high.
    """
    rows = slice(0, None, times)
    persons = space.persons[rows]
    share = times * float(persons.sum()) / max(1.0, float(space.persons.sum()))
    return space.replace(
        persons=persons,
        opgave=np.floor(space.opgave * share + 0.5).astype(np.int64),
        ceiling=np.floor(space.ceiling * share + 0.5).astype(np.int64),
        allowed=space.allowed[rows],
        use=space.use[rows],
        counted=space.counted[rows],
        must_link=space.must_link[rows],
    )
