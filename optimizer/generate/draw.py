"""Drawing from shares and from the map."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from geodata.distance import matrix

Int = npt.NDArray[np.int64]
Text = npt.NDArray[np.str_]


def pick(rng: np.random.Generator, shares: Mapping[Any, float], n: int) -> Text:
    """Draw ``n`` words by their shares; what the shares leave over becomes the empty text (unknown).

    >>> pick(np.random.default_rng(0), {"ja": 1.0}, 2).tolist()
    ['ja', 'ja']
    """
    words = np.array([*map(str, shares), ""])
    bounds = np.cumsum(list(shares.values()))
    return words[np.searchsorted(bounds, rng.random(n), side="right")]


def chance(rng: np.random.Generator, share: float | npt.NDArray[np.float64], n: int) -> npt.NDArray[np.bool_]:
    """Draw ``n`` times true with the given chance, one for all or one for each [n]."""
    return rng.random(n) < share


def near(rng: np.random.Generator, rows: Int, weight: npt.NDArray[np.float64], decay_km: float) -> Int:
    """Draw a municipality near each given one: weight x exp(-km / decay), int64 [n] rows.

    The distance is straight; ``decay_km = inf`` draws by weight alone.

    Parameters
    ----------
    weight
        How much each municipality draws people, such as its inhabitants, at least 0 [gemeenten].
    """
    starts, which = np.unique(rows, return_inverse=True)
    bounds = np.cumsum(weight * np.exp(-matrix("straight")[starts] / decay_km), axis=1)
    drawn = rng.random(len(rows)) * bounds[which, -1]
    drawn_rows: Int = (drawn[:, None] >= bounds[which]).sum(axis=1, dtype=np.int64)
    return drawn_rows
