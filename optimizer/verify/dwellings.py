"""Special dwellings: who needs which kind, how many there are, and whether a proposal keeps to that."""

from dataclasses import dataclass

import numpy as np

from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.domain.tables import GROTE_WONING
from optimizer.rules.parameters import Parameters
from optimizer.verify.case import Case
from optimizer.verify.findings import bevinding
from optimizer.verify.households import NONE, Bools, Households, Ints, gemeente_rows
from optimizer.verify.oordeel import Bevinding


@dataclass(frozen=True)
class Dwellings:
    """The kinds of dwelling that the table ``woningen`` names (K of them); n households.

    Parameters
    ----------
    kinds
        Names, in alphabetical order.
    needs
        Whether a household needs one of a kind, bool [n, K].
    free
        Dwellings of each kind in each municipality, int64 [municipalities, K]; nought where not named.
    """

    kinds: tuple[str, ...]
    needs: Bools
    free: Ints

    @property
    def words(self) -> tuple[str, ...]:
        """The kinds as a sentence writes them."""
        return tuple(kind.replace("_", " ") for kind in self.kinds)


def collect_dwellings(batch: Batch, households: Households, parameters: Parameters) -> Dwellings:
    """Return who needs a special dwelling, by the input or by size, and how many each municipality has."""
    table = batch.woningen
    kinds = tuple(sorted(set(table["soort"])))
    asked = batch.huishoudens["woning_nodig"].to_numpy(object)
    needs = np.array([asked == kind for kind in kinds], dtype=bool).reshape(len(kinds), len(households)).T
    if GROTE_WONING in kinds:
        large = households.counted >= parameters["woningen/groot_vanaf_personen"]
        needs[:, kinds.index(GROTE_WONING)] |= large
    free = np.zeros((len(load_gemeenten()), len(kinds)), dtype=np.int64)
    for k, kind in enumerate(kinds):
        rows = table[table["soort"] == kind]
        free[gemeente_rows(rows["gemeente"]), k] = rows["aantal"].to_numpy(np.int64)
    return Dwellings(kinds, needs, free)


def dwellings_of(case: Case) -> Dwellings:
    """Return the dwellings of a case; no kind at all where the policy knows no opgave."""
    found = collect_dwellings(case.batch, case.households, case.parameters)
    if case.eisen is None or case.eisen.opgave_geldt:
        return found
    return Dwellings((), found.needs[:, :0], found.free[:, :0])


def used(case: Case, dwellings: Dwellings, which: Bools) -> Ints:
    """Return the dwellings that some households (bool [n], all linked) need, int64 [municipalities, K]."""
    total = np.zeros_like(dwellings.free)
    np.add.at(total, case.links.gemeente[which], dwellings.needs[which].astype(np.int64))
    return total


def dwellings_left(case: Case, dwellings: Dwellings) -> Ints:
    """Return the dwellings that are free beside the whole proposal, int64 [municipalities, K]."""
    places: Ints = np.maximum(0, dwellings.free - used(case, dwellings, case.locked))
    return places - used(case, dwellings, case.free)


def dwellings_exceeded(case: Case) -> list[Bevinding]:
    """The unlocked households fit in the special dwellings that the locked ones leave."""
    dwellings = dwellings_of(case)
    unlocked = used(case, dwellings, case.free)
    places = np.maximum(0, dwellings.free - used(case, dwellings, case.locked))
    return [
        bevinding(
            "woningen_overschreden",
            case.parameters,
            g=case.codes(np.array([g]))[0],
            gevonden=f"{unlocked[g, k]} {dwellings.words[k]}",
            toegestaan=str(places[g, k]),
        )
        for g, k in np.argwhere(unlocked > places)
    ]


def fixed_above_dwellings(case: Case) -> list[Bevinding]:
    """Name every fixed household that needs a dwelling of which a municipality has too few for those fixed there."""
    dwellings = dwellings_of(case)
    fixed, linked = used(case, dwellings, case.locked), case.links.gemeente
    short = (fixed > dwellings.free)[linked] & dwellings.needs & case.locked[:, None]
    found = []
    for h in np.flatnonzero(short.any(axis=1)):
        kinds = [f"{fixed[linked[h], k]} {dwellings.words[k]}" for k in np.flatnonzero(short[h])]
        places = [str(dwellings.free[linked[h], k]) for k in np.flatnonzero(short[h])]
        found.append(case.finding("vast_boven_woningen", h, ", ".join(kinds), ", ".join(places)))
    return found


def alternative_without_dwelling(case: Case, gemeente: Ints) -> tuple[Bools, dict[int, str]]:
    """Tell whose alternative lacks a dwelling that they need, bool [n], and name the kinds that are lacking by row."""
    dwellings = dwellings_of(case)
    moves = (gemeente != NONE) & (gemeente != case.links.gemeente)
    lacking = dwellings.needs & (dwellings_left(case, dwellings)[gemeente] < 1) & moves[:, None]
    short = lacking.any(axis=1)
    return short, {
        int(h): ", ".join(dwellings.words[k] for k in np.flatnonzero(lacking[h])) for h in np.flatnonzero(short)
    }
