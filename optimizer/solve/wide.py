"""Gemeenten with a large opgave: a fractional knapsack is as good as a whole one there; equation (12)."""

from dataclasses import dataclass

import numpy as np

from optimizer.solve.arrays import FloatArray, IntArray
from optimizer.solve.knapsack import BANDS


@dataclass(frozen=True, eq=False)
class Wide:
    """One gemeente with a large opgave and its candidates."""

    gemeente: int
    opgave: int
    household: IntArray
    value: FloatArray
    persons: IntArray


def make_wides(opgave: IntArray, value: FloatArray, persons: IntArray) -> tuple[Wide, ...]:
    """List the gemeenten whose opgave lies above the bands, with every household that they may take."""
    wides = []
    for g in np.flatnonzero(opgave > BANDS[-1]).tolist():
        household = np.flatnonzero(np.isfinite(value[:, g]))
        wides.append(Wide(g, int(opgave[g]), household, value[household, g], persons[household]))
    return tuple(wides)


@dataclass(frozen=True, eq=False)
class Poured:
    """A wide gemeente filled at given prices: its profit, its price per person, and who fits whole."""

    profit: float
    per_person: float
    household: IntArray


def pour(wide: Wide, price: FloatArray) -> Poured:
    """Fill a gemeente in order of profit per person, the last household in part; Dantzig's bound (12).

    Dantzig, Discrete-variable extremum problems, 1957, doi:10.1287/opre.5.2.266.
    """
    profit = wide.value - price[wide.household]
    gain = np.flatnonzero(profit > 0)
    order = gain[np.argsort(-profit[gain] / wide.persons[gain], kind="stable")]
    taken = np.cumsum(wide.persons[order])
    whole = int(np.searchsorted(taken, wide.opgave, side="right"))
    total = float(profit[order[:whole]].sum())
    if whole == order.size:
        return Poured(total, 0.0, wide.household[order])
    last = order[whole]
    density = float(profit[last] / wide.persons[last])
    rest = wide.opgave - int(taken[whole - 1] if whole else 0)
    return Poured(total + rest * density, density, wide.household[order[:whole]])


def poured_loss(wide: Wide, price: FloatArray) -> FloatArray:
    """[candidates] what the gemeente loses when it must take a candidate: at least the price of its persons; (13)."""
    profit = wide.value - price[wide.household]
    return np.maximum(pour(wide, price).per_person * wide.persons - profit, 0.0)
