"""The gain of the default over practice, split along a chain of changes: equation (30) of docs/method.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import numpy.typing as npt
import pandas as pd

from optimizer.domain import uitvoer

#: Changes from practice to optimum, in the order of the chain.
BEKEND, ELKE_BAAN, HELE_GROEP, KANS = STAPPEN = uitvoer.ATTRIBUTIESTAPPEN
Coalition = frozenset[str]


@dataclass(frozen=True)
class Kept:
    """What a coalition of changes keeps, one number a draw (one draw where nothing is drawn).

    Attributes
    ----------
    label
        The policy as the comparison names it.
    behouden, verwacht
        Jobs kept, and jobs expected to be kept, float64 [draws].
    """

    label: str
    behouden: npt.NDArray[np.float64]
    verwacht: npt.NDArray[np.float64]


def chain() -> list[Coalition]:
    """Return the coalitions of the chain, from no change to all."""
    return [frozenset(STAPPEN[:k]) for k in range(len(STAPPEN) + 1)]


def attribution(value: Mapping[Coalition, Kept]) -> pd.DataFrame:
    """Split the gain by step: the columns of ``uitvoer.ATTRIBUTIE``.

    Parameters
    ----------
    value
        What each coalition keeps; those of the chain at least. With all 16 there is a Shapley value too.
    """
    complete = len(value) == 2 ** len(STAPPEN)
    means = {c: float(k.behouden.mean()) for c, k in value.items()}
    rows = []
    for step, (before, after) in zip(STAPPEN, zip(chain()[:-1], chain()[1:], strict=True), strict=True):
        gain = value[after].behouden - value[before].behouden
        drawn = gain.size > 1
        rows.append(
            {
                "stap": step,
                "van": value[before].label,
                "naar": value[after].label,
                "verschil_behouden": float(gain.mean()),
                "verschil_verwacht_behouden": float(value[after].verwacht.mean() - value[before].verwacht.mean()),
                "laag": float(np.percentile(gain, 5)) if drawn else np.nan,
                "hoog": float(np.percentile(gain, 95)) if drawn else np.nan,
                "shapley": shapley(means, step) if complete else np.nan,
            }
        )
    return pd.DataFrame(rows)[uitvoer.ATTRIBUTIE.names]


def shapley(value: Mapping[Coalition, float], player: str, players: Sequence[str] = STAPPEN) -> float:
    """Return what a player adds on average over every order of the players.

    >>> both = frozenset({"a", "b"})
    >>> shapley({frozenset(): 0.0, frozenset("a"): 1.0, frozenset("b"): 3.0, both: 6.0}, "a", "ab")
    2.0
    """
    orders = list(permutations(players))
    before = [frozenset(order[: order.index(player)]) for order in orders]
    return sum(value[c | {player}] - value[c] for c in before) / len(orders)
