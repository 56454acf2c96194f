"""The afwegingskader and the named policies: which ground binds, which level counts, in what order."""

from optimizer.policy.beleid import NIVEAUS, STANDAARD, Beleid, adopt, load_beleid, names

__all__ = ["NIVEAUS", "STANDAARD", "Beleid", "adopt", "load_beleid", "names"]
