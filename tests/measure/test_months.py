"""Differences over months: paired, against the baseline, with an interval that binomial tables give too."""

import numpy as np
import pandas as pd
import pytest

from optimizer.domain import uitvoer
from optimizer.measure.months import MATEN, differences


def _months(**kept: list[float]) -> pd.DataFrame:
    """Months in which each policy keeps so many jobs; every other count is ten times as much."""
    records = [
        {"maand": m, "beleid": beleid, **dict.fromkeys(MATEN, 10 * n), "behouden": n}
        for beleid, numbers in kept.items()
        for m, n in enumerate(numbers)
    ]
    return pd.DataFrame(records)


def _of(table: pd.DataFrame, beleid: str, maat: str) -> tuple[float, float, float]:
    row = table[(table["beleid"] == beleid) & (table["maat"] == maat)]
    [found] = row[["verschil", "laag", "hoog"]].to_numpy(np.float64).tolist()
    return found[0], found[1], found[2]


def test_the_same_gain_every_month_has_an_interval_without_width() -> None:
    table = differences(_months(handmatig=[1, 5, 9], kansrijk=[4, 8, 12]), "handmatig", np.random.default_rng(0))
    assert table.columns.tolist() == uitvoer.VERSCHILLEN.names
    assert table["maat"].tolist() == list(MATEN)
    assert set(table["beleid"]) == {"kansrijk"}
    assert set(table["basislijn"]) == {"handmatig"}
    assert set(table["maanden"]) == {3}
    assert _of(table, "kansrijk", "behouden") == (3.0, 3.0, 3.0)
    assert _of(table, "kansrijk", "onbeslist") == (30.0, 30.0, 30.0)


def test_policies_stand_in_the_order_of_the_months_without_the_baseline() -> None:
    table = differences(_months(b=[1, 1], base=[2, 2], a=[3, 3]), "base", np.random.default_rng(0))
    assert table["beleid"].tolist()[:4] == ["b", "a", "b", "a"]
    assert _of(table, "b", "behouden")[0] == -1.0
    assert _of(table, "a", "behouden")[0] == 1.0


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize(("months", "few"), [(40, 14), (24, 7)])
def test_months_of_which_half_keep_one_job_more(months: int, few: int, seed: int) -> None:
    """The number of a resample is binomial with chance 1/2.

    Of 40 months: P(X <= 13) = 1.9 % and P(X <= 14) = 4.0 %. Of 24: P(X <= 6) = 1.1 % and P(X <= 7) = 3.2 %.
    """
    gains = [0.0, 1.0] * (months // 2)
    table = differences(_months(handmatig=[7.0] * months, kansrijk=[7 + g for g in gains]), "handmatig", _rng(seed))
    assert _of(table, "kansrijk", "behouden") == (0.5, few / months, (months - few) / months)


def test_two_months_can_be_anything_between_them() -> None:
    table = differences(_months(handmatig=[0, 0], kansrijk=[0, 8]), "handmatig", _rng(3))
    assert _of(table, "kansrijk", "behouden") == (4.0, 0.0, 8.0)


def test_one_month_has_no_interval() -> None:
    table = differences(_months(handmatig=[2.0], kansrijk=[6.0]), "handmatig", _rng(0))
    verschil, laag, hoog = _of(table, "kansrijk", "behouden")
    assert verschil == 4.0
    assert np.isnan([laag, hoog]).all()


def _rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)
