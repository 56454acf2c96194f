"""What was decided is followed: a municipality that a person chose or ruled out, and an agreement."""

import numpy as np

from optimizer.verify.case import Case
from optimizer.verify.findings import label
from optimizer.verify.households import NONE
from optimizer.verify.oordeel import Bevinding


def gemeente_excluded(case: Case) -> list[Bevinding]:
    """No household goes to a municipality that was ruled out for it."""
    wrong = case.households.is_excluded(np.arange(len(case.households)), case.links.gemeente)
    return [case.finding("gemeente_uitgesloten", h) for h in np.flatnonzero(wrong)]


def lock_not_followed(case: Case) -> list[Bevinding]:
    """A household goes where a person decided that it goes."""
    lock = case.households.lock
    wrong = np.flatnonzero((lock != NONE) & (lock != case.links.gemeente) & case.links.readable)
    written = case.codes(case.links.gemeente)
    chosen = case.codes(lock)
    return [case.finding("vaste_keuze_niet_gevolgd", h, label(written[h]), label(chosen[h])) for h in wrong]


def agreement_not_followed(case: Case) -> list[Bevinding]:
    """A household that an agreement lets stay is linked to the municipality where it lives and works."""
    wrong = np.flatnonzero((case.stays != NONE) & (case.stays != case.links.gemeente) & case.links.readable)
    written, agreed = case.codes(case.links.gemeente), case.codes(case.stays)
    return [case.finding("overeenkomst_niet_gevolgd", h, label(written[h]), label(agreed[h])) for h in wrong]
