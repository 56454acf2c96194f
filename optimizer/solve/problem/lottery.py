"""The published lottery: ties are policy, not an accident of solver settings; equation (15)."""

import numpy as np
import numpy.typing as npt

from optimizer.solve.problem.arrays import IntArray, TicketArray

BITS = 20
LARGEST_DRAW = 2.0**BITS - 1
GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def mix(tickets: TicketArray) -> TicketArray:
    """Scramble 64-bit integers; a bijection.

    The finaliser of SplitMix64: Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014,
    doi:10.1145/2660193.2660195.
    """
    z = (tickets ^ (tickets >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def lottery_value(lot: TicketArray, gemeenten: int) -> npt.NDArray[np.int32]:
    """Draw a whole number below 2**20 for every pair from the household's ticket; equation (15).

    Parameters
    ----------
    lot
        [households], lottery tickets.
    gemeenten
        Number of gemeenten; the draw of a pair depends on the ticket and the column only.

    Returns
    -------
    int32 [households, gemeenten].

    Examples
    --------
    >>> lottery_value(np.array([7, 8], dtype=np.uint64), 2).tolist() == lottery_value(
    ...     np.array([8, 7], dtype=np.uint64), 2)[::-1].tolist()
    True
    """
    out = np.empty((lot.size, gemeenten), dtype=np.int32)
    for row in range(0, lot.size, 8192):
        out[row : row + 8192] = draw(lot[row : row + 8192, None], np.arange(gemeenten))
    return out


def draw(lot: TicketArray, gemeente: IntArray) -> npt.NDArray[np.int32]:
    """Draw for pairs of a ticket and a column, arrays that broadcast; equation (15)."""
    column = (gemeente.astype(np.uint64) + np.uint64(1)) * GOLDEN
    drawn: npt.NDArray[np.int32] = (mix(mix(lot) ^ column) >> np.uint64(64 - BITS)).astype(np.int32)
    return drawn
