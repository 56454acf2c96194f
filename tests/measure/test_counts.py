"""Every count of a month that can be counted by hand, for one proposal and as a mean over draws."""

import numpy as np
import pytest

from geodata.distance import between
from optimizer.domain import uitvoer
from optimizer.measure import count, mean_over_draws
from tests.decide.maanden import rows
from tests.measure.test_causes import posed
from tests.proefbatch import (
    AMERSFOORT,
    GRONINGEN,
    MAASTRICHT,
    UTRECHT,
    ZWOLLE,
    baan,
    groep,
    grond,
    huishouden,
    parameters,
)

#: H1 keeps a hard job and a small one, H2 loses a hard job and one not shown, H3 works too far already and has a
#: contract that ends first, H4 waits with its job.
BATCH = groep(
    [
        huishouden("H1", aantal_personen=2),
        huishouden("H2", aantal_personen=3),
        huishouden("H3", aantal_personen=4),
        huishouden("H4"),
    ],
    {AMERSFOORT: 2, GRONINGEN: 3, ZWOLLE: 4},
    werk=[
        baan("H1", UTRECHT, uren_per_week=32.0, maandloon_eur=2500.0),
        baan("H1", AMERSFOORT, uren_per_week=5.5, maandloon_eur=400.0),
        baan("H2", UTRECHT, uren_per_week=24.0, maandloon_eur=1900.0),
        baan("H2", UTRECHT, uren_per_week=16.0, loonstrook_gezien="nee"),
        baan("H3", MAASTRICHT, uren_per_week=36.0),
        baan("H3", UTRECHT, uren_per_week=20.0, contract_einde="2026-11-01"),
        baan("H4", UTRECHT, uren_per_week=8.0),
    ],
    gronden=[grond("H3", "gezin", GRONINGEN)],
)
LINKS = (AMERSFOORT, GRONINGEN, ZWOLLE, "")
CASE = posed(BATCH, "zonder_opgave", parameters())
#: What does not depend on the curve of retention or on the chance of work.
BY_HAND = {
    "banen": 7,
    "banen_hard": 5,
    "personen_gekoppeld": 9,
    "niet_gekoppeld": 1,
    "binnen_50km": 2,
    "behouden": 2,
    "behouden_min": 2,
    "behouden_max": 3,
    "onbeslist": 1,
    "banen_niet_gekoppeld": 1,
    "behouden_hard": 1,
    "behouden_niet_aangetoond": 0,
    "behouden_te_weinig_uren": 1,
    "verloren_regel": 2,
    "verloren_regel_hard": 1,
    "al_buiten": 1,
    "loopt_af": 1,
    "uren_behouden": 37.5,
    "uren_verloren": 40.0,
    "loon_behouden_eur": 2900.0,
    "loon_verloren_eur": 1900.0,
    "verloren_niet_bekend": 0,
    "verloren_geen_harde_grond": 1,
    "verloren_eigen_gronden": 0,
    "verloren_geen_plek": 0,
    "verloren_beleid": 1,
    # H2 past its work; H3 past its family in Groningen and both places of work: households, not grounds.
    "gronden_niet_gehonoreerd": 2,
    "in_koppelregio": 1,
    "buiten_koppelregio": 2,
}
ELSEWHERE = {"kans_werk", "gemiddelde_afstand_km", "verwacht_behouden"}
LOSS = {"verwacht_verloren", "verwacht_verloren_laag", "verwacht_verloren_hoog"}


def test_every_count_of_a_proposal() -> None:
    found = {name: value.item() for name, value in count(CASE, rows([*LINKS])).items()}
    assert {*found} == {*BY_HAND, *ELSEWHERE, *LOSS}
    assert {name: found[name] for name in BY_HAND} == BY_HAND
    km = [between(AMERSFOORT, UTRECHT), 0.0, *[between(GRONINGEN, UTRECHT)] * 2]
    km += [between(ZWOLLE, MAASTRICHT), between(ZWOLLE, UTRECHT)]
    assert found["gemiddelde_afstand_km"] == pytest.approx(np.mean(km))
    # Each job of somebody linked that outlasts the move is kept or lost in expectation.
    assert found["verwacht_behouden"] + found["verwacht_verloren"] == pytest.approx(5)
    assert found["verwacht_verloren_laag"] < found["verwacht_verloren"] < found["verwacht_verloren_hoog"]


def test_nobody_linked_has_no_mean_distance_and_nothing_kept_or_lost() -> None:
    found = {name: value.item() for name, value in count(CASE, rows(["", "", "", ""])).items()}
    assert np.isnan(found.pop("gemiddelde_afstand_km"))
    assert {name: n for name, n in found.items() if n} == {
        "banen": 7,
        "banen_hard": 5,
        "niet_gekoppeld": 4,
        "banen_niet_gekoppeld": 7,
        "onbeslist": 7,
        "behouden_max": 7,
    }


def test_draws_are_counted_at_once_and_their_mean_has_the_spread_of_kept_and_lost() -> None:
    draws = np.array([rows([*LINKS]), rows(["", "", "", ""])])
    counted = count(CASE, draws)
    assert counted["behouden"].tolist() == [2, 0]
    assert counted["gronden_niet_gehonoreerd"].tolist() == [2, 0]
    found = {name: value.item() for name, value in mean_over_draws(counted).items()}
    assert (found["behouden"], found["verloren_regel"], found["uren_verloren"]) == (1.0, 1.0, 20.0)
    spread = {name: found[name] for name in found if name not in counted}
    assert spread == pytest.approx(
        {"behouden_p05": 0.1, "behouden_p95": 1.9, "verloren_regel_p05": 0.1, "verloren_regel_p95": 1.9}
    )


def test_every_count_is_a_column_of_the_comparison() -> None:
    assert {*BY_HAND, *ELSEWHERE, *LOSS} <= {*uitvoer.BELEIDSVERGELIJKING.names}
