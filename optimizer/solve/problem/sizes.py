"""Which months are small and which are large: the size decides in which order the parts of the method come."""

from optimizer.solve.problem.space import Space

SMALL, SMALL_PAIRS = 600, 60_000  # households and pairs of a month that is proven before anything else is tried
FEW_PLACES = 12  # of a gemeente in which the sizes that fit together are counted up
MOST_WIDER = 0.1  # of the gemeenten of a thin month
LARGE = 6_000  # households; above it the relaxation is so sharp that its rounding is the answer


def is_small(space: Space) -> bool:
    """Tell whether proof comes before anything else."""
    return space.persons.size <= SMALL and space.allowed.size <= SMALL_PAIRS


def is_thin(space: Space) -> bool:
    """Tell whether nearly every gemeente takes few persons: which households fit together is then a short list."""
    places = space.opgave[space.opgave > 0]
    return space.persons.size <= SMALL and int((places > FEW_PLACES).sum()) <= MOST_WIDER * places.size


def is_large(space: Space) -> bool:
    """Tell whether there are too many households to anneal or to price one by one."""
    return space.persons.size > LARGE


def everybody_counts(space: Space) -> bool:
    """Tell whether all persons count against the ceilings of regions, so that these lie over the opgaven in a flow."""
    return space.ceiling.size == 0 or bool((space.counted == space.persons).all())


def is_crowd(space: Space) -> bool:
    """Tell whether a level is solved by boxes: many households, and no capacity beyond opgaven and ceilings."""
    return is_large(space) and space.use.shape[1] == 0 and everybody_counts(space)
