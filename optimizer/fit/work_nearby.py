"""How much work a municipality offers within reach, compared with the Netherlands as a whole."""

import datetime
from functools import cache

import numpy as np
import numpy.typing as npt

from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import into
from geodata.labour import COMMUTE, load_vestigingen, within_reach

Float = npt.NDArray[np.float64]


@cache
def work_nearby(day: datetime.date) -> Float:
    """Compare the establishments per inhabitant within reach with the national number.

    For municipality g and sector s ``ln((V_gs / I_g) / (V_s / I))``: V_gs and I_g are the establishments and the
    inhabitants within reach of g, both weighted by the distance that people travel to work; V_s and I are those of the
    country. Per inhabitant, because the people who live there look for the same work. 0 is the national number,
    0.1 about 10 % more.

    Parameters
    ----------
    day
        The day whose division counts; a municipality that ended counts as its successor.

    Returns
    -------
    float64 [342, 9], read-only: the eight sectors of ``geodata.labour.SECTORS``, then all sectors together.

    Source: establishments CBS 85039NED, inhabitants CBS, commuting distance CBS (geodata/data/bronnen.toml).
    """
    km, inwoners, counts = matrix("straight", day), load_gemeenten().inwoners, load_vestigingen().counts
    per_inhabitant = _with_all(within_reach(km)) / (COMMUTE(km) @ inwoners)[:, None]
    national = _with_all(counts.sum(axis=0, keepdims=True)) / inwoners.sum()
    ratio: Float = np.log(per_inhabitant / national)
    ratio.flags.writeable = False
    return ratio


@cache
def participation(day: datetime.date) -> Float:
    """Return how far net labour participation lies above the national mean, percentage points [342], read-only.

    A merged municipality has the mean of both, and so has the one that ended. Source: CBS 85039NED; means are weighted
    by inhabitants (of all ages: those aged 15 to 74 are not in the table).
    """
    inwoners, rows = load_gemeenten().inwoners, into(day)
    points = load_vestigingen().arbeidsparticipatie * 100
    if (rows != np.arange(rows.size)).any():
        people = np.bincount(rows, weights=inwoners, minlength=rows.size)
        points = (np.bincount(rows, weights=points * inwoners, minlength=rows.size) / np.maximum(1, people))[rows]
    above: Float = points - np.average(points, weights=inwoners)
    above.flags.writeable = False
    return above


def _with_all(columns: npt.NDArray[np.int64] | Float) -> Float:
    whole: Float = np.column_stack([columns, columns.sum(axis=1)]).astype(np.float64)
    return whole
