"""The map of a case: drawn where it is, with the circle as large as the rule says, and the same for a script."""

import datetime

import numpy as np
import pytest
import shapely

from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from optimizer.report.case_area import case_area, in_degrees
from optimizer.review.maps import case_geojson, case_map

DAY = datetime.date(2026, 10, 1)


def test_the_circle_holds_a_municipality_just_when_its_distance_does() -> None:
    g = load_gemeenten()
    straight = matrix("straight", DAY)
    for work in ("GM0344", "GM0014", "GM0935"):
        for own in ("GM0307", "GM0193", "GM0363"):
            km = float(straight[g.index[own], g.index[work]])
            drawn = case_map(own, [(work, km)], 50.0, DAY)
            assert drawn is not None
            (circle,) = drawn.circles
            assert np.hypot(circle.x - drawn.x, circle.y - drawn.y) == pytest.approx(km, abs=0.15)
            assert circle.within == (km <= 50.0)


def test_everything_lies_inside_the_picture() -> None:
    drawn = case_area("GM0193", ["GM0363", "GM0344"], 50.0, DAY)
    left, top, width, height = drawn.box
    for _, (x, y) in drawn.places:
        assert left <= x - 50 <= x + 50 <= left + width
        assert top <= y - 50 <= y + 50 <= top + height
    assert left < drawn.at[0] < left + width


def test_a_script_gets_the_same_places_in_degrees() -> None:
    found = case_geojson("GM0344", ["GM0355"], 50.0, DAY)
    features = found["features"]
    assert isinstance(features, list)
    land, gemeente, work = features
    assert land["properties"] == {"soort": "land"}
    assert gemeente["properties"] == {"soort": "gemeente", "naam": "Utrecht"}
    assert work["properties"] == {"soort": "werk", "naam": "Zeist", "straal_km": 50.0}
    drawn = case_area("GM0344", ["GM0355"], 50.0, DAY)
    (there,) = in_degrees([shapely.Point(drawn.places[0][1])])
    assert work["geometry"]["coordinates"] == pytest.approx(there.coords[0], abs=0.002)
    assert shapely.geometry.shape(gemeente["geometry"]).contains(in_degrees([shapely.Point(drawn.at)])[0])


def test_places_that_merged_are_drawn_in_their_successor() -> None:
    later = datetime.date(2027, 1, 1)
    drawn = case_map("GM0344", [("GM1696", 12.0)], 50.0, later)
    assert drawn is not None
    assert drawn.circles[0].label == "Hilversum"


def test_two_jobs_in_one_place_are_one_circle_and_no_job_is_no_map() -> None:
    drawn = case_map("GM0344", [("GM0355", 9.3), ("GM0355", 9.3)], 50.0, DAY)
    assert drawn is not None
    assert len(drawn.circles) == 1
    assert case_map("GM0344", [], 50.0, DAY) is None
