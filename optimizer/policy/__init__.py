"""The afwegingskader and the named policies: which ground binds, which level counts, in what order."""

from optimizer.policy.beleid import EERSTE, NIVEAUS, STANDAARD, Beleid, adopt, load_beleid, names

__all__ = ["EERSTE", "NIVEAUS", "STANDAARD", "Beleid", "adopt", "load_beleid", "names"]
