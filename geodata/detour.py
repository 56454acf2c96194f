"""How much longer a road is than the straight line along it."""

from dataclasses import dataclass
from math import exp


@dataclass(frozen=True)
class Detour:
    """Kilometres of road per straight kilometre, by length of the edge.

    Short edges follow streets, long ones through roads: the factor falls from ``short`` at zero
    to ``long`` with the scale ``scale_km``.
    """

    short: float
    long: float
    scale_km: float

    def __call__(self, km: float) -> float:
        """Give the length by road, km, of a straight edge of ``km``."""
        return km * (self.long + (self.short - self.long) * exp(-km / self.scale_km))


# Best on the calibration routes: mean absolute error 6.1 %, and 10.1 % on the routes kept apart.
DETOUR = Detour(short=1.15, long=1.10, scale_km=5.0)
