"""What is compared of an adult under two policies, and how fine each counts."""

from optimizer.domain.levels import LEVELS

#: By name the unit in which one adult's outcome counts.
MATEN = {
    "verwacht_behouden": LEVELS["verwacht_behouden"].unit,
    "kans_werk": LEVELS["kans_werk"].unit,
    "in_koppelregio": 1.0,
    "afstand_km": LEVELS["nabij_opvang"].unit,
}
#: Of these less is better.
MINDER_IS_BETER = frozenset({"afstand_km"})
