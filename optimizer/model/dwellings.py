"""Special dwellings as arrays: who needs which kind, and how many each municipality has."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.gemeenten import Gemeenten
from optimizer.domain.batch import Batch
from optimizer.domain.tables import GROTE_WONING
from optimizer.rules.parameters import Parameters
from optimizer.rules.woningen import needs_large

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Woningen:
    """Kinds of dwelling that the input names, equation (2b) of docs/method.md.

    Attributes
    ----------
    soorten
        Names of the K kinds.
    nodig
        1 where a household needs one of a kind, int64 [H, K].
    vrij
        Dwellings of each kind in each municipality, int64 [G, K].
    """

    soorten: tuple[str, ...]
    nodig: Ints
    vrij: Ints

    def left_by(self, households: Ints, gemeente: Ints) -> Ints:
        """Return what is left when some households (rows) go to a municipality each (rows), never below 0, [G, K]."""
        left: Ints = np.maximum(0, self.vrij - self.used_by(households, gemeente))
        return left

    def used_by(self, households: Ints, gemeente: Ints) -> Ints:
        """Return the dwellings that some households need where they go, int64 [G, K]."""
        used = np.zeros_like(self.vrij)
        np.add.at(used, gemeente, self.nodig[households])
        return used


def collect_dwellings(batch: Batch, persons: Ints, parameters: Parameters, gemeenten: Gemeenten) -> Woningen:
    """Read needs and dwellings from a batch; ``persons`` are those that count, int64 [H]."""
    table = batch.woningen
    kinds, which = np.unique(table["soort"].to_numpy(dtype=str), return_inverse=True)
    free = np.zeros((len(gemeenten), kinds.size), dtype=np.int64)
    free[gemeenten.rows(table["gemeente"].tolist()), which] = table["aantal"].to_numpy(np.int64)
    asked = batch.huishoudens["woning_nodig"].to_numpy(dtype=str)[:, None] == kinds[None, :]
    by_size = needs_large(persons, parameters["woningen/groot_vanaf_personen"])[:, None] & (kinds == GROTE_WONING)
    return Woningen(tuple(kinds.tolist()), (asked | by_size).astype(np.int64), free)
