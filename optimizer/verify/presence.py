"""Every household stands in the proposal once, and goes to a municipality that exists."""

import numpy as np

from optimizer.verify.case import Case
from optimizer.verify.findings import bevinding
from optimizer.verify.households import NONE
from optimizer.verify.oordeel import Bevinding


def household_missing(case: Case) -> list[Bevinding]:
    """Every household of the input stands in the proposal."""
    return [case.finding("huishouden_ontbreekt", h) for h in np.flatnonzero(case.links.row == NONE)]


def household_double(case: Case) -> list[Bevinding]:
    """No household stands in it twice."""
    known = case.links.household[case.links.household != NONE]
    times = np.bincount(known, minlength=len(case.households))
    return [case.finding("huishouden_dubbel", h, str(times[h]), "1") for h in np.flatnonzero(times > 1)]


def household_unknown(case: Case) -> list[Bevinding]:
    """The proposal names no household that the input lacks."""
    ids = case.links.ids[case.links.household == NONE]
    return [bevinding("huishouden_onbekend", case.parameters, h=str(h)) for h in ids]


def not_linked(case: Case) -> list[Bevinding]:
    """Name every household that the proposal leaves without a municipality."""
    waiting = np.flatnonzero(case.links.readable & ~case.links.linked)
    return [case.finding("niet_gekoppeld", h, str(case.households.persons[h])) for h in waiting]


def gemeente_unknown(case: Case) -> list[Bevinding]:
    """The municipality of a link exists; an empty cell means not linked."""
    links = case.links
    wrong = np.flatnonzero((links.row != NONE) & ~links.readable)
    return [case.finding("gemeente_onbekend", h, str(links.written[links.row[h]])) for h in wrong]
