"""What happens to each job when households move: the five outcomes and the expected loss.

Equations (18) and (19) of docs/method.md.
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
    verloren
        Expected loss caused by the move (NaN when not linked, 0 when the contract ends first) [..., jobs].
    """

    km_nu: npt.NDArray[np.float64]
    km: npt.NDArray[np.float64]
    uitkomst: npt.NDArray[np.int8]
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
    km_nu = facts.km[facts.opvang[b.huishouden], b.plek]
    km = np.where(linked, facts.km[to, b.plek], np.nan)
    stay = retention.p_keep(km_nu, b.uren, b.contract, parameters, shift_km)
    move = retention.p_keep(np.where(linked, km, 0.0), b.uren, b.contract, parameters, shift_km)
    return Outcomes(
        km_nu=km_nu,
        km=km,
        uitkomst=retention.outcome(linked, km_nu, km, b.loopt_af, parameters["gronden/straal_km"]),
        verloren=retention.expected_loss(linked, b.loopt_af, stay, move),
    )
