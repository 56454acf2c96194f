"""Which months are small and which are large: the size decides in which order the parts of the method come."""

from optimizer.solve.problem.space import Space

SMALL, SMALL_PAIRS = 600, 60_000  # households and pairs of a month that is proven before anything else is tried
FEW_PLACES = 12  # of a gemeente in which the sizes that fit together are counted up
MOST_WIDER = 0.1  # of the gemeenten of a thin month
MIDDLE = 2_500  # households; above it annealing finds less in a minute than boxes and parts in a second
LARGE = 6_000  # households; above it the relaxation is so sharp that its rounding is the answer
SEARCHED_PAIRS = 7_000_000  # of a large month that is searched further when somebody gave time for it


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


def is_middle(space: Space) -> bool:
    """Tell whether prices of a crowd are the better start, and parts of the month the better search."""
    small_enough = not is_large(space) or space.allowed.size <= SEARCHED_PAIRS
    return space.persons.size > MIDDLE and small_enough and space.use.shape[1] == 0 and space.ceiling.size == 0


def everybody_counts(space: Space) -> bool:
    """Tell whether all persons count against the ceilings of regions, so that these lie over the opgaven in a flow."""
    return space.ceiling.size == 0 or bool((space.counted == space.persons).all())


def is_crowd(space: Space) -> bool:
    """Tell whether a level is solved by boxes: many households, and no capacity beyond opgaven and ceilings."""
    return is_large(space) and space.use.shape[1] == 0 and everybody_counts(space)
