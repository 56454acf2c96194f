"""The chance of work: recomputed by hand, every adult counted, nothing about origin, sex or age."""

import math
from datetime import date
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from geodata.labour import COMMUTE, SECTORS, load_vestigingen
from optimizer.domain.tables import OPLEIDINGEN, SECTOREN, TAALNIVEAUS
from optimizer.fit import UNIT, Chances, per_huishouden, score
from optimizer.generate import draw_tables
from optimizer.rules.parameters import load

P = load(date(2026, 10, 1))
UTRECHT = load_gemeenten().index["GM0344"]


def adult(**cells: object) -> dict[str, object]:
    empty = dict.fromkeys(("opleiding", "taalniveau", "ervaring_sector", "ambitie_sector"), "")
    return {**empty, "ervaring_jaren": np.nan, "wil_werken": "ja", **cells}


def chances(*adults: dict[str, object]) -> np.ndarray:
    kans = score(pd.DataFrame(adults), P)
    return kans.table[kans.profile]


def test_the_score_of_one_adult_in_utrecht_by_hand() -> None:
    found = chances(
        adult(
            opleiding="middelbaar",
            taalniveau="A2",
            ervaring_sector="handel_horeca",
            ervaring_jaren=6.0,
            ambitie_sector="overheid_onderwijs_zorg",
        )
    )[0, UTRECHT]

    gemeenten, vestigingen, km = load_gemeenten(), load_vestigingen(), matrix("straight")[UTRECHT]

    def nearby(sectors: list[str]) -> float:
        columns = [SECTORS.index(s) for s in sectors]
        counts = [sum(int(row[c]) for c in columns) for row in vestigingen.counts]
        travel = [math.exp(-((d / COMMUTE.scale_km) ** COMMUTE.shape)) for d in km]
        here = sum(t * n for t, n in zip(travel, counts, strict=True)) / sum(
            t * i for t, i in zip(travel, gemeenten.inwoners.tolist(), strict=True)
        )
        return math.log(here / (sum(counts) / int(gemeenten.inwoners.sum())))

    points = [100 * float(a) for a in vestigingen.arbeidsparticipatie]
    mean = sum(p * i for p, i in zip(points, gemeenten.inwoners.tolist(), strict=True)) / int(gemeenten.inwoners.sum())
    v = 6 / 10
    own, desired = 0.5 * v, 0.2
    work = (
        own * nearby(["handel_horeca"])
        + desired * nearby(["overheid_onderwijs_zorg"])
        + (1 - own - desired) * nearby(list(SECTORS))
    )
    z = -0.95 + 0.2 + 0.25 + 0.4 * v + 1.0 * work + 0.02 * (points[UTRECHT] - mean)
    assert found == pytest.approx(1 / (1 + math.exp(-z)), abs=1e-12)


def test_who_does_not_want_to_work_has_no_chance_counted() -> None:
    assert (chances(adult(wil_werken="nee", opleiding="hoog")) == 0.0).all()


def test_an_empty_answer_to_wanting_to_work_is_a_yes() -> None:
    assert (chances(adult(wil_werken=""), adult()) > 0.0).all()


@pytest.mark.parametrize(
    ("column", "order"),
    [("opleiding", OPLEIDINGEN), ("taalniveau", TAALNIVEAUS), ("ervaring_jaren", [0.0, 2.0, 5.0, 10.0])],
)
def test_more_education_language_or_experience_never_lowers_the_chance(column: str, order: list[object]) -> None:
    table = chances(*(adult(**{column: word}) for word in order))
    assert (np.diff(table, axis=0) > 0).all()


def test_an_unknown_answer_lies_between_the_lowest_and_the_highest() -> None:
    for column, words in (("opleiding", OPLEIDINGEN), ("taalniveau", TAALNIVEAUS)):
        low, unknown, high = chances(*(adult(**{column: w}) for w in (words[0], "", words[-1])))
        assert (low < unknown).all()
        assert (unknown < high).all()


def test_the_mean_for_unknown_answers_is_that_of_the_known_ones() -> None:
    for column in ("opleiding", "taalniveau"):
        shares, weights = P[f"generate/{column}"], P[f"fit/{column}"]
        mean = sum(s * weights[w] for w, s in shares.items()) / sum(shares.values())
        assert weights["onbekend"] == pytest.approx(mean, abs=0.02)


def test_years_beyond_the_full_number_and_parts_of_a_year_do_not_count() -> None:
    ten, forty, four, almost_five = chances(*(adult(ervaring_jaren=y) for y in (10.0, 40.0, 4.0, 4.9)))
    assert (ten == forty).all()
    assert (four == almost_five).all()


def test_a_sector_draws_people_to_where_that_work_is() -> None:
    farmer, clerk = (
        chances(adult(ervaring_sector=s, ambitie_sector=s, ervaring_jaren=10.0))[0]
        for s in ("landbouw", "zakelijke_dienstverlening")
    )
    rows = load_gemeenten().index
    amsterdam, steenwijkerland = rows["GM0363"], rows["GM1708"]
    assert farmer[steenwijkerland] / farmer[amsterdam] > clerk[steenwijkerland] / clerk[amsterdam]


def test_sectors_of_the_tables_are_those_of_the_establishments() -> None:
    assert SECTOREN == SECTORS


def test_unknown_cells_are_counted_and_onbekend_is_unknown() -> None:
    kans = score(pd.DataFrame([adult(), adult(opleiding="hoog", ervaring_sector="onbekend", ervaring_jaren=0.0)]), P)
    assert kans.unknown == {
        "opleiding": 1,
        "taalniveau": 2,
        "ervaring_sector": 2,
        "ervaring_jaren": 1,
        "ambitie_sector": 2,
    }


def test_the_mean_over_a_month_is_that_of_cbs_and_regions_differ_as_cpb_found() -> None:
    gemeenten = load_gemeenten()
    weights = gemeenten.inwoners / gemeenten.inwoners.sum()
    kans = score(draw_tables(1500, 1, P)["personen"], P)
    assert (kans.table @ weights)[kans.profile].mean() == pytest.approx(0.31, abs=0.005)

    average = chances(adult())[0]
    z = np.log(average / (1 - average))
    regions = pd.DataFrame({"r": gemeenten.arbeidsmarktregio, "z": z * weights, "w": weights}).groupby("r").sum()
    by_region = regions["z"] / regions["w"]
    cpb = math.log(0.553 / 0.447) - math.log(0.412 / 0.588)
    assert by_region.max() - by_region.min() == pytest.approx(cpb, abs=0.05)


def test_no_column_about_origin_sex_or_age_changes_the_chance() -> None:
    plain = pd.DataFrame([adult(opleiding="laag"), adult(taalniveau="B1")])
    more = plain.assign(sekse=["v", "m"], leeftijdsgroep=["18-25", "55-65"], persoon_id=["P1", "P2"])
    assert (score(plain, P).table == score(more, P).table).all()


def test_nobody_gives_an_empty_table() -> None:
    kans = score(pd.DataFrame([adult()]).iloc[:0], P)
    assert kans.table.shape == (0, 342)
    assert per_huishouden(kans, np.zeros(0, dtype=np.int64), 3).tolist() == [[0] * 342] * 3


@pytest.mark.parametrize(("how", "expected"), [("som", [[5000, 4000], [0, 0], [4000, 1000]]), ("beste", None)])
def test_every_adult_counts_and_only_the_contested_practice_takes_the_best(
    how: str, expected: list[list[int]] | None
) -> None:
    kans = Chances(np.array([0, 1, 0]), np.array([[0.40004, 0.1], [0.1, 0.29996]]), {})
    rows = np.array([2, 0, 0])
    if how == "som":
        assert per_huishouden(kans, rows, 3, how="som").tolist() == expected
    else:
        assert per_huishouden(kans, rows, 3, how="beste").tolist() == [[4000, 3000], [0, 0], [4000, 1000]]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 4), max_size=12), st.randoms(use_true_random=False))
def test_sums_over_households_are_exact_and_do_not_depend_on_the_order_of_adults(
    rows: list[int], random: Random
) -> None:
    table = np.linspace(0, 1, 5 * 342).reshape(5, 342)
    profile = np.array([random.randrange(5) for _ in rows], dtype=np.int64)
    where = np.array(rows, dtype=np.int64)
    found = per_huishouden(Chances(profile, table, {}), where, 5)
    expected = np.zeros((5, 342), dtype=np.int64)
    np.add.at(expected, where, np.rint(table / UNIT).astype(np.int64)[profile])
    assert (found == expected).all()
    shuffled = np.array(random.sample(range(len(rows)), len(rows)), dtype=np.int64)
    assert (per_huishouden(Chances(profile[shuffled], table, {}), where[shuffled], 5) == found).all()
