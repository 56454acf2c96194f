"""The afwegingskader and the named policies: which ground binds, which level counts, in what order."""

from optimizer.policy.beleid import (
    EERSTE,
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
)

__all__ = [
    "EERSTE",
    "HERNOEMD",
    "SETTINGS",
    "STANDAARD",
    "Beleid",
    "adapted",
    "adopt",
    "changed",
    "load_beleid",
    "misfits",
    "names",
    "present_name",
]
