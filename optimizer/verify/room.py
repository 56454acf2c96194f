"""Nobody gets more people than its opgave, but for the choices of a person and agreements."""

import numpy as np

from optimizer.verify.case import Case
from optimizer.verify.findings import bevinding
from optimizer.verify.households import NONE, Bools, Ints
from optimizer.verify.oordeel import Bevinding


def persons_per_gemeente(case: Case, which: Bools) -> Ints:
    """Return the persons of some households (bool [n], all linked) in each municipality, int64 [municipalities]."""
    total = np.zeros_like(case.households.opgave)
    np.add.at(total, case.links.gemeente[which], case.households.counted[which])
    return total


def opgave_counts(case: Case) -> bool:
    """Tell whether the opgave limits this proposal: always, unless the policy says that it does not."""
    return case.eisen is None or case.eisen.opgave_geldt


def room_left(case: Case) -> Ints:
    """Return the persons that each municipality can take beside the whole proposal, int64 [municipalities].

    The unlocked persons share what the locked ones leave: max(0, opgave - locked persons). Without opgave there is
    room for everybody.
    """
    if not opgave_counts(case):
        return np.full_like(case.households.opgave, int(case.households.counted.sum()))
    places: Ints = np.maximum(0, case.households.opgave - persons_per_gemeente(case, case.locked))
    return places - persons_per_gemeente(case, case.free)


def opgave_exceeded(case: Case) -> list[Bevinding]:
    """The unlocked persons fit in what the locked ones leave: max(0, opgave - locked persons)."""
    if not opgave_counts(case):
        return []
    unlocked = persons_per_gemeente(case, case.free)
    places = np.maximum(0, case.households.opgave - persons_per_gemeente(case, case.locked))
    return [
        bevinding("opgave_overschreden", case.parameters, g=code, gevonden=str(unlocked[g]), toegestaan=str(places[g]))
        for g in np.flatnonzero(unlocked > places)
        for code in case.codes(np.array([g]))
    ]


def locked_above_opgave(case: Case) -> list[Bevinding]:
    """Name every fixed household of a municipality whose fixed persons alone exceed its opgave."""
    if not opgave_counts(case):
        return []
    locked = persons_per_gemeente(case, case.locked)
    opgave, linked = case.households.opgave, case.links.gemeente
    return [
        case.finding(
            "vastgezet_boven_opgave" if case.stays[h] == NONE else "overeenkomst_boven_opgave",
            h,
            str(locked[linked[h]]),
            str(opgave[linked[h]]),
        )
        for h in np.flatnonzero(case.locked)
        if locked[linked[h]] > opgave[linked[h]]
    ]
