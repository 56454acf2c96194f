"""Arguments that make no sense are refused, in a sentence that says what was expected."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from optimizer.solve.problem.answer import Level
from optimizer.solve.problem.arrays import IntArray, TicketArray, ValueArray
from optimizer.solve.problem.space import Space

LARGEST_TOTAL = 2**62


def whole_numbers(name: str, given: npt.ArrayLike, shape: tuple[int | None, ...], least: int | None) -> IntArray:
    """Return integers of the expected shape, each at least ``least``."""
    array = np.asarray(given)
    if array.size == 0 and array.ndim == len(shape):
        array = array.astype(np.int64)
    if array.ndim != len(shape) or any(
        want is not None and want != have for want, have in zip(shape, array.shape, strict=True)
    ):
        expected = ", ".join("any" if n is None else str(n) for n in shape)
        msg = f"{name} must have shape ({expected}); its shape is {array.shape}."
        raise ValueError(msg)
    if not np.issubdtype(array.dtype, np.integer) and not (
        np.issubdtype(array.dtype, np.floating) and np.isfinite(array).all() and (array == np.round(array)).all()
    ):
        msg = f"{name} must hold whole numbers."
        raise ValueError(msg)
    whole: IntArray = array.astype(np.int64)
    if least is not None and whole.size and int(whole.min()) < least:
        msg = f"{name} must be at least {least}; its smallest value is {int(whole.min())}."
        raise ValueError(msg)
    return whole


def checked_space(
    shape: tuple[int, int],
    persons: npt.ArrayLike,
    opgave: npt.ArrayLike,
    admissible: npt.ArrayLike | None,
    resources: tuple[npt.ArrayLike, npt.ArrayLike] | None,
    regions: tuple[npt.ArrayLike, npt.ArrayLike] | None,
    counted: npt.ArrayLike | None = None,
) -> Space:
    """Check the sets and capacities and return the space of all feasible answers."""
    households, gemeenten = shape
    size = whole_numbers("persons", persons, (households,), 1)
    room = whole_numbers("opgave", opgave, (gemeenten,), 0)
    # An opgave above all persons together binds nothing.
    room = np.minimum(room, int(size.sum()))
    use, capacity = np.zeros((households, 0), np.int64), np.zeros((gemeenten, 0), np.int64)
    if resources is not None:
        use = whole_numbers("resources: use", resources[0], (households, None), 0)
        capacity = whole_numbers("resources: capacity", resources[1], (gemeenten, use.shape[1]), 0)
    region, ceiling = np.full(gemeenten, -1, np.int64), np.zeros(0, np.int64)
    if regions is not None:
        ceiling = whole_numbers("regions: ceiling", regions[1], (None,), 0)
        region = whole_numbers("regions: region", regions[0], (gemeenten,), -1)
        if region.size and int(region.max()) >= ceiling.size:
            msg = f"regions: region {int(region.max())} has no ceiling; there are {ceiling.size}."
            raise ValueError(msg)
    counts = size if counted is None else whole_numbers("counted", counted, (households,), 0)
    if (counts > size).any():
        msg = "counted: no more persons of a household can count than it has."
        raise ValueError(msg)
    mask = np.ones(shape, dtype=np.bool_) if admissible is None else np.asarray(admissible)
    if mask.dtype != np.bool_ or mask.shape != shape:
        msg = f"admissible must be booleans of shape {shape}; got {mask.dtype} {mask.shape}."
        raise ValueError(msg)
    # Pairs that fit as they are need no second matrix; nobody writes into this one.
    everything_fits = size.max(initial=0) <= room.min(initial=0 if room.size == 0 else LARGEST_TOTAL)
    plain = everything_fits and use.shape[1] == 0 and ceiling.size == 0
    allowed = mask if plain else mask & (size[:, None] <= room[None, :])
    for k in range(use.shape[1]):
        allowed &= use[:, k][:, None] <= capacity[:, k][None, :]
    if ceiling.size:
        inside = region >= 0
        allowed[:, inside] &= counts[:, None] <= ceiling[region[inside]][None, :]
    return Space(
        persons=size,
        sizes=np.unique(size),
        opgave=room,
        allowed=allowed,
        use=use,
        capacity=capacity,
        region=region,
        ceiling=ceiling,
        counted=counts,
        must_link=np.zeros(households, dtype=np.bool_),
        full=np.zeros(gemeenten, dtype=np.bool_),
    )


def checked_level(level: Level, shape: tuple[int, int]) -> ValueArray:
    """Check one level: whole units whose sum over any answer fits in 62 bits."""
    value = np.asarray(level.value)
    if value.shape != shape:
        msg = f"level {level.name!r} must have shape {shape}; its shape is {value.shape}."
        raise ValueError(msg)
    if not np.issubdtype(value.dtype, np.signedinteger):
        value = whole_numbers(f"level {level.name!r}", value, shape, None)
    if value.size:
        largest = max(int(value.max()), -int(value.min()))
        if largest * shape[0] >= LARGEST_TOTAL:
            msg = f"level {level.name!r}: a value of {largest} is too large to add up exactly."
            raise ValueError(msg)
    return value


def checked_shape(name: str, given: npt.ArrayLike) -> tuple[int, int]:
    """Return (households, gemeenten) of a matrix."""
    shape = np.shape(given)
    if len(shape) != 2:
        msg = f"{name} must have shape (households, gemeenten); its shape is {shape}."
        raise ValueError(msg)
    return shape


def checked_lot(lot: npt.ArrayLike | None, households: int) -> TicketArray:
    """Return the lottery tickets; the row number when none are given."""
    if lot is None:
        return np.arange(households, dtype=np.uint64)
    tickets = np.asarray(lot)
    if tickets.shape != (households,) or (tickets.size and not np.issubdtype(tickets.dtype, np.integer)):
        msg = f"lot must be {households} whole numbers; got {tickets.dtype} {tickets.shape}."
        raise ValueError(msg)
    return tickets.astype(np.uint64)


def checked_search(workers: int, gap: float, levels: Sequence[object]) -> None:
    """Check the numbers that steer the search."""
    if workers < 1:
        msg = f"workers must be at least 1; it is {workers}."
        raise ValueError(msg)
    if not 0 <= gap < np.inf:
        msg = f"gap must be a number >= 0; it is {gap}."
        raise ValueError(msg)
    if not levels:
        msg = "solve_levels needs at least one level."
        raise ValueError(msg)
