"""Why each job that is lost by the rule is lost: equation (29) of docs/method.md."""

import numpy as np
import numpy.typing as npt

from optimizer.domain.uitvoer import VERLIESOORZAKEN
from optimizer.model import Case, Facts
from optimizer.model.admissible import honoured
from optimizer.model.facts import Bools, Ints
from optimizer.model.problem import room_left
from optimizer.retention import VERLOREN
from optimizer.rules.gronden import within_radius
from optimizer.rules.werk import JA

#: Code of a job that is not lost by the rule.
GEEN = -1
NIET_BEKEND, GEEN_HARDE_GROND, EIGEN_GRONDEN, GEEN_PLEK, BELEID = range(len(VERLIESOORZAKEN))


def causes(
    case: Case, gemeente: Ints, uitkomst: npt.NDArray[np.int8], in_time: Bools | None = None
) -> npt.NDArray[np.int8]:
    """Give every job that is lost by the rule its cause, and every other job `GEEN`.

    Parameters
    ----------
    case
        Batch and policy.
    gemeente
        Row of the municipality or -1, int64 [..., H].
    uitkomst
        Outcome of each job under those links, int8 [..., jobs].
    in_time
        Whose jobs were known in each draw, bool [..., H]; None: as the facts say.

    Returns
    -------
    int8 [..., jobs], index into ``domain.uitvoer.VERLIESOORZAKEN``.
    """
    banen = case.facts.banen
    known = banen.bekend if in_time is None else in_time[..., banen.huishouden]
    first = np.select(
        [~known, banen.hard != JA, set_aside(case)], [NIET_BEKEND, GEEN_HARDE_GROND, EIGEN_GRONDEN], BELEID
    )
    out = np.where(uitkomst == VERLOREN, first, GEEN).astype(np.int8)
    if case.eisen.gronden_binden:
        fixed = np.broadcast_to(_fixed(case.facts, in_time), gemeente.shape)
        for at in np.argwhere(out == BELEID):
            draw, job = tuple(at[:-1]), int(at[-1])
            if not _had_room(case, gemeente[draw], fixed[draw], job):
                out[tuple(at)] = GEEN_PLEK
    return out


def set_aside(case: Case) -> Bools:
    """Tell which jobs are a ground that equation (4) sets aside for other grounds of the household, bool [jobs]."""
    facts = case.facts
    _, kept = honoured(facts, case.parameters)
    out = np.zeros(facts.banen.uren.size, dtype=np.bool_)
    dropped = facts.gronden.baan[~kept]
    out[dropped[dropped >= 0]] = True
    return out


def _fixed(facts: Facts, in_time: Bools | None) -> Ints:
    """Return where a person or an agreement fixes each household, or -1, int64 [..., H].

    In a draw in which its jobs are not known no agreement lets a household stay.
    """
    return facts.vastgezet if in_time is None else np.where(in_time, facts.vastgezet, facts.locks)


def _had_room(case: Case, links: Ints, fixed: Ints, job: int) -> bool:
    """Tell whether a fixed hand decided, or some municipality near a job could take the household beside all others."""
    facts = case.facts
    h = int(facts.banen.huishouden[job])
    if fixed[h] >= 0:
        return True
    opgave, woningen = room_left(facts, case.eisen, fixed)
    others = np.flatnonzero((links >= 0) & (fixed < 0) & (np.arange(links.size) != h))
    taken = np.bincount(links[others], weights=facts.personen[others], minlength=opgave.size)
    fits = facts.bestaat & within_radius(facts.km[:, facts.banen.plek[job]], case.parameters["gronden/straal_km"])
    fits &= facts.personen[h] <= opgave - taken
    if woningen is not None:
        free = np.maximum(0, woningen.vrij - woningen.used_by(others, links[others]))
        fits &= (free >= woningen.nodig[h]).all(axis=1)
    return bool(fits.any())
