"""What is allowed and named all the same: the exceptions of a proposal."""

import numpy as np

from optimizer.verify.bindings import out_of_reach
from optimizer.verify.case import Case
from optimizer.verify.cells import shown
from optimizer.verify.oordeel import Bevinding


def locked_beyond_radius(case: Case) -> list[Bevinding]:
    """Name locked households whose link lies beyond the radius of a hard ground that binds."""
    return _far(case, "vastgezet_buiten_straal", np.flatnonzero(case.locked & case.beyond_binding))


def free_beyond_radius(case: Case) -> list[Bevinding]:
    """Name other households linked beyond the radius of a hard ground that binds."""
    far = case.free & case.beyond_binding & ~out_of_reach(case)
    return _far(case, "geen_plaats_binnen_50km", np.flatnonzero(far))


def grounds_incompatible(case: Case) -> list[Bevinding]:
    """Name households, linked or not, for whose hard grounds together no municipality lies near enough."""
    grounds, radius = case.grounds, shown(case.straal_km, "uren")
    found = []
    for h in np.flatnonzero(grounds.incompatible):
        kinds = grounds.kind[grounds.binding & (grounds.household == h)]
        followed = ", ".join(dict.fromkeys(grounds.order[k] for k in kinds))
        found.append(case.finding("gronden_onverenigbaar", h, followed, radius))
    return found


def _far(case: Case, code: str, which: np.typing.NDArray[np.int64]) -> list[Bevinding]:
    radius = shown(case.straal_km, "uren")
    return [case.finding(code, h, shown(case.farthest_binding[h], "km"), radius) for h in which]
