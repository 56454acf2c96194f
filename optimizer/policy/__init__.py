"""The afwegingskader and the named policies: which ground binds, which level counts, in what order."""

from optimizer.policy.beleid import (
    EERSTE,
    FLOORS,
    HERNOEMD,
    SETTINGS,
    STANDAARD,
    Beleid,
    adapted,
    adopt,
    changed,
    load_beleid,
    misfits,
    names,
    present_name,
    without_care,
)
from optimizer.policy.speelruimte import can_be_read
from optimizer.policy.vloer import floor_level, floor_share

__all__ = [
    "EERSTE",
    "FLOORS",
    "HERNOEMD",
    "SETTINGS",
    "STANDAARD",
    "Beleid",
    "adapted",
    "adopt",
    "can_be_read",
    "changed",
    "floor_level",
    "floor_share",
    "load_beleid",
    "misfits",
    "names",
    "present_name",
    "without_care",
]
