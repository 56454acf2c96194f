"""What becomes of every adult, beside a loop over adults, jobs and draws."""

from collections import defaultdict

import numpy as np
import pytest

from geodata.gemeenten import load_gemeenten
from optimizer.measure import fates, outcomes
from tests.proefbatch import AMERSFOORT, GRONINGEN, MAASTRICHT, UTRECHT, ZWOLLE, baan, groep, huishouden, worked_out

G = load_gemeenten()
#: In another order than the households, and those of H1 not beside each other.
ADULTS = [("Pc", "H3"), ("Pa", "H1"), ("Pb", "H2"), ("Px", "H1")]
JOBS = [("H1", "Px", UTRECHT), ("H3", "Pc", AMERSFOORT), ("H1", "Px", AMERSFOORT), ("H2", "Pb", MAASTRICHT)]
BATCH = groep(
    [
        huishouden("H1", aantal_personen=2),
        huishouden("H2", opvang_gemeente=ZWOLLE),
        huishouden("H3", opvang_gemeente=MAASTRICHT),
    ],
    {UTRECHT: 3, AMERSFOORT: 3, GRONINGEN: 3},
    werk=[baan(home, place, persoon_id=person) for home, person, place in JOBS],
    personen=[{"persoon_id": person, "huishouden_id": home, "wil_werken": "ja"} for person, home in ADULTS],
)
CASE = worked_out(BATCH)
HOMES = ["H1", "H2", "H3"]
RECEPTION = [UTRECHT, ZWOLLE, MAASTRICHT]
PROFILE = np.array([2, 0, 1, 0])
CHANCES = 0.2 + 0.6 * np.random.default_rng(11).random((3, len(G.code)))


def rows(*draws: tuple[str, str, str]) -> np.ndarray:
    return np.array([[G.index[code] if code else -1 for code in draw] for draw in draws], dtype=np.int64)


DRAWS = rows((AMERSFOORT, "", MAASTRICHT), (GRONINGEN, "", ""), (UTRECHT, "", GRONINGEN), (AMERSFOORT, "", UTRECHT))


def by_hand(draws: np.ndarray) -> dict[str, list[float]]:
    """The mean of every measure for every adult, from sums of whole units; NaN for who is never linked."""
    found: dict[str, list[float]] = defaultdict(list)
    for a, (person, home) in enumerate(ADULTS):
        h = HOMES.index(home)
        units: dict[str, list[float]] = defaultdict(list)
        for draw in draws:
            if draw[h] < 0:
                continue
            kept = outcomes(CASE.facts, draw, CASE.parameters).behouden
            mine = [float(kept[i]) for i, (_, holder, _) in enumerate(JOBS) if holder == person]
            reception = G.index[RECEPTION[h]]
            units["verwacht_behouden"].append(sum(round(1000 * value) for value in mine) / 1000)
            units["kans_werk"].append(round(10_000 * CHANCES[PROFILE[a], draw[h]]) / 10_000)
            units["in_koppelregio"].append(float(G.koppelregio[draw[h]] == G.koppelregio[reception]))
            units["afstand_km"].append(round(10 * float(CASE.facts.km[draw[h], reception])) / 10)
        for maat in ("verwacht_behouden", "kans_werk", "in_koppelregio", "afstand_km"):
            found[maat].append(sum(units[maat]) / len(units[maat]) if units[maat] else np.nan)
    return found


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_every_mean_is_what_a_loop_over_the_draws_finds(count: int) -> None:
    found = fates(CASE, DRAWS[:count], PROFILE, CHANCES)
    expected = by_hand(DRAWS[:count])
    assert list(found.values) == list(expected)
    for maat, values in expected.items():
        np.testing.assert_allclose(found.values[maat], values, rtol=0, atol=1e-12, err_msg=maat)
    assert found.linked.tolist() == [True, True, False, True]
    assert found.drawn is (count > 1)
    assert found.gemeente.tolist() == DRAWS[0].tolist()


def test_one_proposal_by_hand() -> None:
    found = fates(CASE, rows((UTRECHT, ZWOLLE, UTRECHT)), PROFILE, CHANCES).values
    assert found["afstand_km"][[1, 2, 3]].tolist() == [0.0, 0.0, 0.0]
    assert 100 < found["afstand_km"][0] < 180  # from Maastricht to Utrecht
    assert found["in_koppelregio"].tolist() == [0.0, 1.0, 1.0, 1.0]
    # Pa has no job; Px keeps both, in Utrecht and in Amersfoort.
    assert found["verwacht_behouden"][1] == 0.0
    assert found["verwacht_behouden"][3] == pytest.approx(2.0, abs=0.2)


def test_a_chance_counts_in_whole_ten_thousandths() -> None:
    exact = np.full((1, len(G.code)), 0.12345678)
    found = fates(CASE, rows((UTRECHT, ZWOLLE, UTRECHT)), np.zeros(4, dtype=np.int64), exact)
    assert found.values["kans_werk"].tolist() == pytest.approx([0.1235] * 4, abs=1e-12)


def test_who_is_linked_in_the_last_draw_only_has_the_outcome_of_that_one() -> None:
    last = fates(CASE, rows(("", "", ""), ("", "", ""), (AMERSFOORT, ZWOLLE, UTRECHT)), PROFILE, CHANCES)
    alone = fates(CASE, rows((AMERSFOORT, ZWOLLE, UTRECHT)), PROFILE, CHANCES)
    assert last.linked.all()
    for maat, values in alone.values.items():
        np.testing.assert_allclose(last.values[maat], values, rtol=0, atol=1e-12)
