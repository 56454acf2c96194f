"""What happens to each job when households move: the five outcomes, and what is expected to be kept.

Equations (18) and (27) of docs/method.md.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optimizer import retention
from optimizer.model import Facts
from optimizer.rules.parameters import Parameters


@dataclass(frozen=True)
class Outcomes:
    """Per job, in the order of the file; with several draws a first axis goes before [jobs].

    Attributes
    ----------
    km_nu, km
        Distance from reception [jobs] and from the linked municipality (NaN when not linked) [..., jobs].
    uitkomst
        Code: index into ``domain.uitvoer.UITKOMSTEN``, int8 [..., jobs].
    behouden, verloren
        Expected to be kept, and expected to be lost by the move: together 1; both NaN when not linked and both 0 when
        the contract ends first, [..., jobs].
    """

    km_nu: npt.NDArray[np.float64]
    km: npt.NDArray[np.float64]
    uitkomst: npt.NDArray[np.int8]
    behouden: npt.NDArray[np.float64]
    verloren: npt.NDArray[np.float64]


def outcomes(
    facts: Facts, gemeente: npt.NDArray[np.int64], parameters: Parameters, *, shift_km: float = 0.0
) -> Outcomes:
    """Follow every job through a proposal.

    Parameters
    ----------
    facts
        The batch.
    gemeente
        Row of the linked municipality or -1, int64 [households] or [draws, households].
    parameters
        In force.
    shift_km
        Shift of the middle of the curve of job retention, for the low and the high variant.
    """
    b = facts.banen
    to = gemeente[..., b.huishouden]
    linked = to >= 0
    km_nu = facts.km_nu
    km = np.where(linked, facts.km[to, b.plek], np.nan)
    chance = retention.expected_kept(km_nu, np.where(linked, km, 0.0), b.uren, b.contract, parameters, shift_km)
    kept, lost = (np.where(linked, np.where(b.loopt_af, 0.0, c), np.nan) for c in (chance, 1.0 - chance))
    return Outcomes(
        km_nu=km_nu,
        km=km,
        uitkomst=retention.outcome(linked, km_nu, km, b.loopt_af, parameters["gronden/straal_km"]),
        behouden=kept,
        verloren=lost,
    )
