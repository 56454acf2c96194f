"""What a named policy binds besides: hard grounds, koppelregio, labour-market region. Locked households are exempt."""

import numpy as np

from geodata.gemeenten import load_gemeenten
from optimizer.verify.case import Case
from optimizer.verify.cells import shown
from optimizer.verify.households import NONE, Bools, Ints, Texts
from optimizer.verify.oordeel import Bevinding


def out_of_reach(case: Case) -> Bools:
    """Tell which households a policy that binds grounds and lets people wait may not link as it did, bool [n]."""
    if case.eisen is None or not case.eisen.gronden_binden or case.eisen.bij_tekort == "uitzondering":
        return np.zeros(len(case.households), dtype=bool)
    return case.free & case.beyond_binding


def ground_out_of_reach(case: Case) -> list[Bevinding]:
    """A hard ground that binds lies within the radius."""
    radius = shown(case.straal_km, "uren")
    wrong = np.flatnonzero(out_of_reach(case))
    return [case.finding("grond_buiten_straal", h, shown(case.farthest_binding[h], "km"), radius) for h in wrong]


def koppelregio_rule(case: Case) -> str:
    """Return how the koppelregio counts: as the policy says, else as the parameter says."""
    return case.eisen.koppelregio if case.eisen else str(case.parameters["koppelregio/binding"])


def crosses_koppelregio(case: Case) -> Bools:
    """Tell which linked households leave the koppelregio of their reception, bool [n]."""
    regions = load_gemeenten().koppelregio
    there, here = regions[case.links.gemeente], regions[case.households.reception]
    return case.links.linked & np.not_equal(there, here)


def leaves_binding_koppelregio(case: Case) -> Bools:
    """Tell which households may not leave their koppelregio under the named policy but do, bool [n].

    ``binden``: nobody may. ``alleen_met_grond``: only who has a hard ground may.
    """
    rule = koppelregio_rule(case) if case.eisen else "vrij"
    if rule not in {"binden", "alleen_met_grond"}:
        return np.zeros(len(case.households), dtype=bool)
    crossing = case.free & crosses_koppelregio(case)
    return crossing & ~case.grounds.has if rule == "alleen_met_grond" else crossing


def koppelregio_left(case: Case) -> list[Bevinding]:
    """A household stays in the koppelregio of its reception where the policy binds that."""
    regions = load_gemeenten().koppelregio
    there, here = regions[case.links.gemeente], regions[case.households.reception]
    wrong = np.flatnonzero(leaves_binding_koppelregio(case))
    return [case.finding("koppelregio_verlaten", h, str(there[h]), str(here[h])) for h in wrong]


def arbeidsmarktregio_left_by(case: Case) -> Bools:
    """Tell which households leave the labour-market region of their job with most hours but may not, bool [n]."""
    if case.eisen is None or not case.eisen.arbeidsmarktregio_bindt:
        return np.zeros(len(case.households), dtype=bool)
    region = load_gemeenten().arbeidsmarktregio
    work = main_job_gemeente(case)
    elsewhere: Bools = case.free & (work != NONE) & np.not_equal(region[work], region[case.links.gemeente])
    return elsewhere


def arbeidsmarktregio_left(case: Case) -> list[Bevinding]:
    """A household stays in the labour-market region of its job with most hours where the policy binds that."""
    names: Texts = load_gemeenten().arbeidsmarktregio_naam.astype(object)
    there, allowed = names[case.links.gemeente], names[main_job_gemeente(case)]
    wrong = np.flatnonzero(arbeidsmarktregio_left_by(case))
    return [case.finding("arbeidsmarktregio_verlaten", h, str(there[h]), str(allowed[h])) for h in wrong]


def main_job_gemeente(case: Case) -> Ints:
    """Return where each household has its known job with most hours (of equals the lowest code), int64 [n]."""
    jobs = case.jobs
    known = np.flatnonzero(jobs.known)
    by_hours = known[np.lexsort((jobs.gemeente[known], -jobs.hours[known]))]
    gemeente = np.full(len(case.households), NONE, dtype=np.int64)
    owners, first = np.unique(jobs.household[by_hours], return_index=True)
    gemeente[owners] = jobs.gemeente[by_hours[first]]
    return gemeente
