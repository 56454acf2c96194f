"""How much work a municipality offers within reach, compared with the Netherlands as a whole."""

from functools import cache

import numpy as np
import numpy.typing as npt

from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from geodata.labour import COMMUTE, load_vestigingen, within_reach

Float = npt.NDArray[np.float64]


@cache
def work_nearby() -> Float:
    """Compare the establishments per inhabitant within reach with the national number.

    For municipality g and sector s ``ln((V_gs / I_g) / (V_s / I))``: V_gs and I_g are the establishments and the
    inhabitants within reach of g, both weighted by the distance that people travel to work; V_s and I are those of the
    country. Per inhabitant, because the people who live there look for the same work. 0 is the national number,
    0.1 about 10 % more.

    Returns
    -------
    float64 [342, 9], read-only: the eight sectors of ``geodata.labour.SECTORS``, then all sectors together.

    Source: establishments CBS 85039NED, inhabitants CBS, commuting distance CBS (geodata/data/bronnen.toml).
    """
    km, inwoners, counts = matrix("straight"), load_gemeenten().inwoners, load_vestigingen().counts
    reach = within_reach(km)
    per_inhabitant = _with_all(reach) / (COMMUTE(km) @ inwoners)[:, None]
    national = _with_all(counts.sum(axis=0, keepdims=True)) / inwoners.sum()
    ratio: Float = np.log(per_inhabitant / national)
    ratio.flags.writeable = False
    return ratio


@cache
def participation() -> Float:
    """Return how far net labour participation lies above the national mean, percentage points [342], read-only.

    Source: CBS 85039NED; the mean is weighted by inhabitants.
    """
    points = load_vestigingen().arbeidsparticipatie * 100
    above: Float = points - np.average(points, weights=load_gemeenten().inwoners)
    above.flags.writeable = False
    return above


def _with_all(columns: npt.NDArray[np.int64] | Float) -> Float:
    whole: Float = np.column_stack([columns, columns.sum(axis=1)]).astype(np.float64)
    return whole
