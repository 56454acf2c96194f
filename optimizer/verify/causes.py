"""Why each job that is lost by the rule is lost: the first cause of equation (29) of docs/method.md that applies."""

import numpy as np

from geodata.herindelingen import bestaat
from optimizer.verify.case import Case
from optimizer.verify.dwellings import dwellings_left, dwellings_of
from optimizer.verify.households import NONE, Bools, Texts
from optimizer.verify.room import room_left


def loss_causes(case: Case, outcome: Texts) -> Texts:
    """Return the cause of every job, text [m]; empty for a job that the rule does not lose.

    Parameters
    ----------
    outcome
        What becomes of each job, text [m].
    """
    jobs = case.jobs
    fixed = case.locked[jobs.household]
    binds = case.eisen is None or case.eisen.gronden_binden
    choices = [
        (outcome != "verloren_regel", ""),
        (~jobs.known, "niet_bekend"),
        (jobs.hard != "ja", "geen_harde_grond"),
        (_set_aside(case), "eigen_gronden"),
        (~fixed & ~_room_nearby(case, outcome) & binds, "geen_plek"),
    ]
    return np.select([c for c, _ in choices], [np.array(t, dtype=object) for _, t in choices], "beleid")


def _set_aside(case: Case) -> Bools:
    """Tell which jobs are a ground that other grounds of the household push aside, bool [m]."""
    out = np.zeros(len(case.jobs.hours), dtype=bool)
    of_jobs = case.grounds.job != NONE
    out[case.grounds.job[of_jobs]] = ~case.grounds.binding[of_jobs]
    return out


def _room_nearby(case: Case, outcome: Texts) -> Bools:
    """Tell of each lost job whether a municipality within the radius could take the household too, bool [m].

    With everybody else where the proposal puts them: what the household itself takes up now is free for it.
    """
    out = np.ones(len(case.jobs.hours), dtype=bool)
    persons, dwellings = room_left(case), dwellings_of(case)
    homes, exists = dwellings_left(case, dwellings), bestaat(case.parameters.peildatum)
    for job in np.flatnonzero(outcome == "verloren_regel"):
        h = case.jobs.household[job]
        own = np.arange(len(persons)) == case.links.gemeente[h]
        free = case.free[h]
        room = persons + np.where(own & free, case.households.counted[h], 0)
        kinds = homes + np.where(own & free, 1, 0)[:, None] * dwellings.needs[h]
        near = (case.workplaces.km[:, job] <= case.straal_km) & exists
        fits = (room >= case.households.counted[h]) & (~dwellings.needs[h] | (kinds >= 1)).all(axis=1)
        out[job] = bool((near & fits).any())
    return out
