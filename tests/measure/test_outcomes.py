"""What happens to jobs: every job one outcome, and counts that add up, for one proposal and for many draws."""

import numpy as np

from geodata.gemeenten import load_gemeenten
from optimizer.domain.uitvoer import UITKOMSTEN
from optimizer.measure import outcomes
from optimizer.model import collect
from tests.proefbatch import (
    AMERSFOORT,
    GRONINGEN,
    MAASTRICHT,
    UTRECHT,
    baan,
    groep,
    huishouden,
    parameters,
)

G = load_gemeenten()
JOBS = [
    baan("H1", UTRECHT),
    baan("H1", UTRECHT, contract_einde="2026-12-01"),
    baan("H1", MAASTRICHT),
    baan("H2", UTRECHT),
]
BATCH = groep([huishouden("H1"), huishouden("H2")], {}, werk=JOBS)
FEITEN = collect(BATCH, parameters())


def follow(*links: str) -> list[str]:
    rows = np.array([G.index[link] if link else -1 for link in links], dtype=np.int64)
    return [UITKOMSTEN[code] for code in outcomes(FEITEN, rows, parameters()).uitkomst]


def test_each_job_gets_the_first_outcome_that_applies() -> None:
    assert follow(AMERSFOORT, "") == ["binnen_50km", "loopt_af", "al_buiten", "niet_gekoppeld"]
    assert follow(GRONINGEN, GRONINGEN) == ["verloren_regel", "loopt_af", "al_buiten", "verloren_regel"]
    assert follow("", "") == ["niet_gekoppeld"] * 4


def test_a_household_that_moves_towards_its_work_loses_nothing() -> None:
    to = np.array([G.index[MAASTRICHT], G.index[UTRECHT]])
    lost = outcomes(FEITEN, to, parameters()).verloren
    assert lost[2] == lost[3] == 0.0
    assert lost[0] > 0.9


def test_nothing_is_expected_where_nobody_is_linked_and_nothing_lost_where_the_contract_ends_first() -> None:
    found = outcomes(FEITEN, np.array([G.index[GRONINGEN], -1]), parameters())
    assert np.isnan(found.verloren[3])
    assert np.isnan(found.km[3])
    assert found.verloren[1] == 0.0


def test_many_draws_give_the_same_as_each_draw_alone() -> None:
    draws = np.array([[G.index[AMERSFOORT], -1], [G.index[GRONINGEN], G.index[UTRECHT]], [-1, -1]])
    together = outcomes(FEITEN, draws, parameters())
    for i, draw in enumerate(draws):
        alone = outcomes(FEITEN, draw, parameters())
        np.testing.assert_array_equal(together.uitkomst[i], alone.uitkomst)
        np.testing.assert_array_equal(together.verloren[i], alone.verloren)


def test_a_shift_of_the_curve_changes_the_expectation_and_never_the_outcome() -> None:
    to = np.array([G.index[AMERSFOORT], G.index[GRONINGEN]])
    middle, high = (outcomes(FEITEN, to, parameters(), shift_km=shift) for shift in (0.0, -10.0))
    np.testing.assert_array_equal(middle.uitkomst, high.uitkomst)
    assert high.verloren[0] > middle.verloren[0] > 0
