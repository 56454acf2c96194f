"""The afwegingskader and the named policies: which ground binds, which level counts, in what order."""

from optimizer.policy.beleid import (
    EERSTE,
    NIVEAUS,
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
    "NIVEAUS",
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
