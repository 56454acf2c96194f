"""Months of one koppelregio, and months at the end of a half-year."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.gemeenten import load_gemeenten
from optimizer.cli import main
from optimizer.errors import Gebruiksfout
from optimizer.generate import draw_tables
from optimizer.generate.area import find_area, work_nearby
from optimizer.rules.parameters import load

P = load(date(2026, 12, 31))
GEMEENTEN = load_gemeenten()
NOORDWEST = "Flevoland, Utrecht en Noord-Holland"


def rest(taakstelling: pd.DataFrame) -> np.ndarray:
    """Return the opgave: a surplus can be more than a small municipality has to house."""
    t = taakstelling
    return (t["taakstelling"] + t["achterstand"] - t["voorsprong"] - t["gekoppeld"]).clip(lower=0).to_numpy()


def test_everything_of_a_regional_month_lies_in_the_region() -> None:
    month = draw_tables(400, 1, P, regio="noord-holland")
    inside = set(GEMEENTEN.code[GEMEENTEN.koppelregio == NOORDWEST])
    named = {
        *month["huishoudens"]["opvang_gemeente"],
        *month["huishoudens"]["vastgezet_gemeente"],
        *month["huishoudens"]["uitgesloten_gemeenten"],
        *month["werk"]["werk_gemeente"],
        *month["gronden"]["gemeente"],
    } - {""}
    assert named <= inside
    assert set(month["taakstelling"]["gemeente"]) == inside


@pytest.mark.parametrize("name", [NOORDWEST, "noord-holland", " UTRECHT ", "Flevoland"])
def test_a_part_of_the_name_is_enough(name: str) -> None:
    assert np.array_equal(find_area(name, P).rows, np.flatnonzero(GEMEENTEN.koppelregio == NOORDWEST))


@pytest.mark.parametrize(("name", "choices"), [("holland", 2), ("Atlantis", 5), ("", 5)])
def test_a_name_that_fits_no_region_or_several_gets_the_choices(name: str, choices: int) -> None:
    with pytest.raises(Gebruiksfout, match="wijst niet één koppelregio aan") as told:
        draw_tables(5, 1, P, regio=name)
    assert str(told.value).count(";") == choices - 1


def test_the_taakstelling_of_a_region_is_its_share_of_the_national_one() -> None:
    region = draw_tables(5, 1, P, regio="limburg")["taakstelling"]
    country = draw_tables(5, 1, P)["taakstelling"].set_index("gemeente")
    assert region["taakstelling"].tolist() == country.loc[region["gemeente"], "taakstelling"].tolist()


def test_the_chance_of_a_job_is_the_given_one_over_all_reception_centres() -> None:
    area = find_area(None, P)
    assert area.has_job[area.opvang].mean() == pytest.approx(P["generate/huishoudens_met_baan"])


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 60), st.integers(0, 2**32), st.floats(0, 3), st.sampled_from([None, "gelderland", "zeeland"]))
def test_what_is_left_at_the_end_adds_up_and_is_never_more_than_there_was(
    households: int, seed: int, tightness: float, regio: str | None
) -> None:
    month = draw_tables(households, seed, P, tightness=tightness, regio=regio, einde_halfjaar=True)
    t = month["taakstelling"]
    assert rest(t).sum() == round(tightness * month["huishoudens"]["aantal_personen"].sum())
    assert (t["gekoppeld"] >= 0).all()


def test_without_a_tightness_the_end_has_the_room_of_the_parameter() -> None:
    month = draw_tables(100, 1, P, regio="noord-holland", einde_halfjaar=True)
    persons = month["huishoudens"]["aantal_personen"].sum()
    assert rest(month["taakstelling"]).sum() == round(P["generate/einde_ruimte"] * persons)


def test_at_the_end_few_municipalities_have_room_and_they_lie_away_from_the_work() -> None:
    nearby = work_nearby(find_area(NOORDWEST, P), P)
    month = [draw_tables(300, seed, P, regio=NOORDWEST, einde_halfjaar=True)["taakstelling"] for seed in range(10)]
    still_open = np.array([rest(t) > 0 for t in month])
    assert 0.15 < still_open.mean() < 0.25
    assert (nearby * still_open).sum() / still_open.sum() < 0.5 * nearby.mean()


def test_more_than_there_is_at_the_end_is_refused() -> None:
    with pytest.raises(Gebruiksfout, match="lagere tightness"):
        draw_tables(9000, 1, P, regio="zeeland", einde_halfjaar=True)


def test_people_are_the_same_at_the_end_of_the_half_year() -> None:
    way, end = draw_tables(50, 1, P, regio="zeeland"), draw_tables(50, 1, P, regio="zeeland", einde_halfjaar=True)
    assert all(way[n].equals(end[n]) for n in way if n != "taakstelling")


def test_the_command_says_which_regions_there_are(
    capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("leeg") / "x"
    assert main(["generate", str(out), "--huishoudens", "3", "--regio", "holland", "--lang", "en"]) == 2
    assert "does not point to one koppelregio" in capsys.readouterr().err
    assert not out.exists()
