"""Array types that the solver shares."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
PlaceArray = npt.NDArray[np.int32]
TicketArray = npt.NDArray[np.uint64]
# Values of a level: whole units (any integer type) or float64; never copied to a wider type as a whole.
ValueArray = npt.NDArray[np.integer] | npt.NDArray[np.floating]
PairList = tuple[IntArray, IntArray]
"""Households and gemeenten of some pairs."""
