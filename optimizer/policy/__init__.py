"""The afwegingskader and the named policies: which ground binds, which level counts, in what order."""

from optimizer.policy.beleid import (
    EERSTE,
    SETTINGS,
    STANDAARD,
    Beleid,
    adapted,
    adopt,
    changed,
    load_beleid,
    misfits,
    names,
)

__all__ = [
    "EERSTE",
    "SETTINGS",
    "STANDAARD",
    "Beleid",
    "adapted",
    "adopt",
    "changed",
    "load_beleid",
    "misfits",
    "names",
]
