"""Where jobs are: the columns that distances are kept for, worked out with a ruler."""

from math import hypot

import numpy as np
import pandas as pd
import pytest

from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.model import collect
from optimizer.model.agreements import agreed_gemeenten, without_agreements
from optimizer.model.destinations import find_destinations
from tests.proefbatch import ROTTERDAM, UTRECHT, ZWOLLE, baan, groep, huishouden, parameters

RULES = parameters()
DAY = RULES.peildatum
G = load_gemeenten()
POSTCODES = pd.DataFrame(
    {
        "postcode4": ["3151", "3089", "9999"],
        "gemeente": [ROTTERDAM] * 3,
        "x_rd": [67_000.0, 89_000.0, 1.0],
        "y_rd": [444_000.0, 433_000.0, 1.0],
    }
)
#: The middle of a town on a map of the Netherlands, in metres.
TOWNS = {UTRECHT: (136_000, 456_000), ZWOLLE: (203_000, 503_000)}
JOBS = [
    baan("H1", UTRECHT),
    baan("H1", ROTTERDAM, werk_postcode4="3151"),
    baan("H2", ROTTERDAM, werk_plaats="Hoek van Holland"),
    baan("H2", ROTTERDAM, werk_postcode4="3089"),
    baan("H2", ROTTERDAM, werk_postcode4="3151"),
    baan("H2", ROTTERDAM, werk_plaats="Hoek van Holland", werk_postcode4="1234"),
]


def month(order: list[int] | None = None) -> Batch:
    jobs = [JOBS[k] for k in order or range(len(JOBS))]
    return groep([huishouden("H1"), huishouden("H2")], {UTRECHT: 9}, werk=jobs).replace(postcodes=POSTCODES)


def test_each_job_has_the_column_of_its_place_and_whoever_names_none_that_of_the_municipality() -> None:
    places, of_job = find_destinations(month(), G, "straight", DAY)
    count, rotterdam = len(G), G.index[ROTTERDAM]
    assert of_job[0] == G.index[UTRECHT]
    # A postcode in the table comes before the name; one that is not in it leaves the name.
    assert of_job[1] == of_job[4]
    assert of_job[2] == of_job[5]
    assert len({*of_job[1:].tolist()}) == 3
    assert places.km.shape == (count, count + 3)
    assert places.gemeente.tolist() == [*range(count), rotterdam, rotterdam, rotterdam]
    assert places.plaats[:count].tolist() == [""] * count
    assert places.naam[:count].tolist() == G.naam.tolist()
    assert places.naam[of_job[2]] == "Hoek van Holland (Rotterdam)"
    assert places.plaats[of_job[2]] == "Hoek van Holland"
    assert (places.km[:, :count] == matrix("straight", DAY)).all()
    for job, (x, y) in ((1, (67_000.0, 444_000.0)), (3, (89_000.0, 433_000.0))):
        for gemeente, (x_town, y_town) in TOWNS.items():
            ruler = hypot(x_town - x, y_town - y) / 1000
            assert places.km[G.index[gemeente], of_job[job]] == pytest.approx(ruler, abs=3)
        assert places.km[rotterdam, of_job[job]] == 0


def test_the_order_of_the_rows_changes_no_column() -> None:
    places, of_job = find_destinations(month(), G, "straight", DAY)
    order = [5, 3, 1, 0, 4, 2]
    others, of_others = find_destinations(month(order), G, "straight", DAY)
    assert of_others.tolist() == of_job[order].tolist()
    assert others.naam.tolist() == places.naam.tolist()
    assert np.array_equal(others.km, places.km)


def test_a_measure_that_knows_no_places_measures_to_municipalities() -> None:
    without = groep([huishouden("H1"), huishouden("H2")], {UTRECHT: 9}, werk=[baan("H1", ROTTERDAM)])
    places, of_job = find_destinations(without, G, "straight", DAY)
    assert places.km is matrix("straight", DAY)
    assert of_job.tolist() == [G.index[ROTTERDAM]]
    assert places.naam.size == places.plaats.size == places.gemeente.size == len(G)


@pytest.mark.parametrize(
    ("first", "last", "effect", "holds"),
    [
        ("2026-01-01", "2026-12-31", "blijft", True),
        (str(DAY), str(DAY), "blijft", True),
        ("2026-01-01", str(np.datetime64(DAY) - 1), "blijft", False),
        (str(np.datetime64(DAY) + 1), "2027-12-31", "blijft", False),
    ],
)
def test_an_agreement_lets_who_works_at_reception_stay_from_its_first_day_to_its_last(
    first: str, last: str, effect: str, holds: bool
) -> None:
    agreement = {"gemeente": UTRECHT, "vanaf": first, "tot_en_met": last, "effect": effect}
    batch = groep(
        [huishouden("H1"), huishouden("H2"), huishouden("H3", opvang_gemeente=ZWOLLE)],
        {UTRECHT: 3, ZWOLLE: 3},
        werk=[baan("H1", UTRECHT), baan("H3", ZWOLLE)],
        overeenkomsten=[agreement],
    )
    assert agreed_gemeenten(batch, RULES, G).tolist() == ([G.index[UTRECHT]] if holds else [])
    facts = collect(batch, RULES)
    stays = [G.index[UTRECHT] if holds else -1, -1, -1]
    assert facts.vastgezet.tolist() == stays
    assert facts.overeenkomst.tolist() == [holds, False, False]
    assert facts.overeenkomst.dtype == np.bool_
    without = without_agreements(facts, RULES)
    assert without.vastgezet.tolist() == [-1, -1, -1]
    assert without.overeenkomst.tolist() == [False, False, False]
