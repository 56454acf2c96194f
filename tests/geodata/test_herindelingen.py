"""A planned merger counts from its first day: the successor has the places, the area and the roads of both."""

import datetime

import numpy as np
import pytest

from geodata.areas import thiessen
from geodata.distance import matrix
from geodata.errors import WerkplaatsElders
from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import bestaat, into, merged_into, opvolgers, planned
from geodata.places import centres, load_places
from geodata.workplace import at_point, km_to, locate
from scripts.bouw_herindelingen import distances

BEFORE, AFTER = datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)
G = load_gemeenten()
HILVERSUM, WIJDEMEREN, UTRECHT = (G.index[code] for code in ("GM0402", "GM1696", "GM0344"))
OTHERS = np.delete(np.arange(len(G)), [HILVERSUM, WIJDEMEREN])


def test_a_merger_begins_on_its_day() -> None:
    assert (merged_into(BEFORE), merged_into(AFTER)) == ({}, {"GM1696": "GM0402"})
    assert bestaat(BEFORE).all()
    assert np.flatnonzero(~bestaat(AFTER)).tolist() == [WIJDEMEREN]
    assert into(AFTER)[WIJDEMEREN] == HILVERSUM
    assert opvolgers(None) == opvolgers(BEFORE) == ()


@pytest.mark.parametrize("measure", ["straight", "border", "road"])
def test_until_the_day_before_every_distance_is_the_same_array(measure: str) -> None:
    assert matrix(measure, BEFORE) is matrix(measure)


@pytest.mark.parametrize("measure", ["straight", "border", "road"])
def test_from_the_day_on_only_distances_of_the_two_differ(measure: str) -> None:
    before, after = matrix(measure), matrix(measure, AFTER)
    np.testing.assert_array_equal(before[np.ix_(OTHERS, OTHERS)], after[np.ix_(OTHERS, OTHERS)])
    np.testing.assert_array_equal(after[WIJDEMEREN], after[HILVERSUM])
    np.testing.assert_array_equal(after[:, WIJDEMEREN], after[:, HILVERSUM])
    assert (after.diagonal() == 0).all()
    assert (np.abs(after - before)[HILVERSUM] > 0.01).sum() > 300
    assert not after.flags.writeable


def test_the_merged_centre_is_where_the_people_of_both_live() -> None:
    places = load_places()
    mine = np.isin(places.gemeente, ["GM0402", "GM1696"])
    expected = np.average(places.xy()[mine], axis=0, weights=places.inwoners[mine] + 1.0)
    np.testing.assert_allclose(centres(AFTER)[[HILVERSUM, WIJDEMEREN]], [expected, expected])
    km = np.hypot(*(centres()[UTRECHT] - expected)) / 1000
    assert matrix("straight", AFTER)[UTRECHT, HILVERSUM] == pytest.approx(km)


def test_a_merged_municipality_is_as_near_as_the_nearer_of_its_parts_by_border() -> None:
    before, after = matrix("border"), matrix("border", AFTER)
    nearer = np.minimum(before[:, HILVERSUM], before[:, WIJDEMEREN])
    np.testing.assert_array_equal(after[OTHERS, HILVERSUM], nearer[OTHERS])


def test_roads_lead_both_ways_and_the_merged_centre_lies_between_the_two() -> None:
    before, after = matrix("road"), matrix("road", AFTER)
    np.testing.assert_array_equal(after, after.T)
    between = before[HILVERSUM, WIJDEMEREN]
    away = np.minimum(before[HILVERSUM], before[WIJDEMEREN])[OTHERS]
    assert (after[HILVERSUM, OTHERS] <= away + between).all()
    assert (after[HILVERSUM, OTHERS] >= away - between).all()


def test_a_place_of_the_one_lies_in_the_other_from_the_day_on() -> None:
    before = locate("Loosdrecht", "GM1696", BEFORE)
    after = locate("Loosdrecht", "GM0402", AFTER)
    assert before is not None
    assert after is not None
    assert (before.rij, before.gemeente, after.gemeente) == (after.rij, "GM1696", "GM0402")
    with pytest.raises(WerkplaatsElders):
        locate("Loosdrecht", "GM0402", BEFORE)
    assert locate("Wijdemeren", "GM0402", AFTER) is None  # the centre is all there is
    assert at_point("GM0402", before.x_rd, before.y_rd, AFTER).naam == "Loosdrecht"
    assert at_point("GM0402", before.x_rd, before.y_rd, BEFORE).naam != "Loosdrecht"


@pytest.mark.parametrize("measure", ["straight", "border", "road"])
def test_to_a_place_only_the_two_have_another_distance(measure: str) -> None:
    before, after = (
        km_to([plek], measure, day)[:, 0]
        for day, code in ((BEFORE, "GM1696"), (AFTER, "GM0402"))
        for plek in [locate("Loosdrecht", code, day)]
        if plek
    )
    np.testing.assert_array_equal(before[OTHERS], after[OTHERS])
    assert (before[WIJDEMEREN], after[WIJDEMEREN], after[HILVERSUM]) == (0, 0, 0)
    far = locate("Hoek van Holland", "GM0599")
    assert far is not None
    km, merged = km_to([far], measure)[:, 0], km_to([far], measure, AFTER)[:, 0]
    assert merged[HILVERSUM] == merged[WIJDEMEREN]
    assert merged[HILVERSUM] == pytest.approx((km[HILVERSUM] + km[WIJDEMEREN]) / 2, abs=6)
    assert merged[HILVERSUM] not in {km[HILVERSUM], km[WIJDEMEREN]}


def test_what_ships_is_what_the_script_builds() -> None:
    assert len(planned()) == 1
    border, road, _ = distances(0)
    after = matrix("border", AFTER)[HILVERSUM], matrix("road", AFTER)[HILVERSUM]
    np.testing.assert_array_equal(np.round(1000 * after[0]), border)
    np.testing.assert_array_equal(np.round(1000 * after[1]), road)
    assert thiessen().geometry.iloc[UTRECHT].distance(thiessen().geometry.iloc[HILVERSUM]) < border[UTRECHT]
