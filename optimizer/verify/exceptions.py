"""What is allowed and named all the same: the exceptions of a proposal."""

import numpy as np

from geodata.gemeenten import load_gemeenten
from optimizer.verify.bindings import (
    crosses_koppelregio,
    koppelregio_rule,
    leaves_binding_koppelregio,
    out_of_reach,
)
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


def koppelregio_crossed(case: Case) -> list[Bevinding]:
    """Name unlocked households that leave the koppelregio of their reception, unless it does not count at all."""
    if koppelregio_rule(case) == "vrij":
        return []
    regions = load_gemeenten().koppelregio
    there, here = regions[case.links.gemeente], regions[case.households.reception]
    crossing = np.flatnonzero(case.free & crosses_koppelregio(case) & ~leaves_binding_koppelregio(case))
    return [case.finding("buiten_koppelregio", h, str(there[h]), str(here[h])) for h in crossing]


def _far(case: Case, code: str, which: np.typing.NDArray[np.int64]) -> list[Bevinding]:
    radius = shown(case.straal_km, "uren")
    return [case.finding(code, h, shown(case.farthest_binding[h], "km"), radius) for h in which]
