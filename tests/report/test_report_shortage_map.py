"""The map of shortages: each municipality counts with every household whose proof names it."""

import datetime

import pandas as pd

from optimizer.report.map_parts import shortage_parts
from optimizer.report.maps import shortage_map

DAY = datetime.date(2026, 10, 1)


def table(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["bewijs", "bewijs_gemeenten"], dtype=object)


def test_a_municipality_counts_with_every_household_whose_proof_names_it() -> None:
    shapes = shortage_map(table(("personen", "GM0344 GM0312"), ("inpassen", "GM0344"), ("onbewezen", "GM0363")), DAY)
    found = {shape.title: shape.fill for shape in shapes}
    assert (found["Utrecht: 2"], found["Bunnik: 1"], found["Amsterdam: 0"]) == (3, 1, 0)
    assert len(shapes) == 342


def test_without_a_proof_there_is_no_map() -> None:
    assert shortage_parts(table(("regels", ""), ("verdeling", "GM0344")), DAY)["shortage"] == ()
    assert shortage_parts(table(), DAY)["shortage"] == ()


def test_the_legend_names_the_classes_that_are_drawn() -> None:
    parts = shortage_parts(table(*[("personen", "GM0344")] * 12, ("woningen", "GM0193")), DAY)
    assert (parts["shortage_legend"], parts["shortage_count"]) == ([0, 1, 5], 2)
