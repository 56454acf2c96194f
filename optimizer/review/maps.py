"""The map of a case as a view, and for the script that draws a map that can be moved."""

import datetime
from collections.abc import Sequence

from optimizer.report.case_area import case_area, case_geojson
from optimizer.review.views import CaseMap, MapCircle

__all__ = ["case_geojson", "case_map"]


def case_map(gemeente: str, werk: Sequence[tuple[str, float]], radius_km: float, day: datetime.date) -> CaseMap | None:
    """Return the map of a case; None where there is no work to show.

    Only work stands on it: where a personal ground lies is nobody's business but the regievoerder's.

    Parameters
    ----------
    gemeente
        Code of the proposed municipality.
    werk
        Code of the municipality of each place of work, and the distance from there to the proposed one (km).
    radius_km
        As far as it may be.
    day
        The peildatum, whose division of municipalities counts.
    """
    places = dict(werk)
    if not places:
        return None
    drawn = case_area(gemeente, list(places), radius_km, day)
    circles = [
        MapCircle(name, radius_km, km, km <= radius_km, *at)
        for (name, at), km in zip(drawn.places, places.values(), strict=True)
    ]
    box = " ".join(f"{side:.1f}" for side in drawn.box)
    return CaseMap(box, drawn.size, drawn.land, drawn.gemeente, drawn.name, *drawn.at, tuple(circles))
