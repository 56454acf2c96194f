from functools import partial
from pathlib import Path

import pytest

from geodata.areas import thiessen
from geodata.mapareas import map_areas
from geodata.network import fetch
from geodata.refresh import Bronnen, refresh
from optimizer.publish import publish
from tests.geodata.tests_bureau import Bureau


@pytest.fixture
def fetched(bureau: Bureau, tmp_path: Path) -> Path:
    get = partial(fetch, pause=lambda _seconds: None)
    refresh(2024, tmp_path, publish, Bronnen(cbs=bureau.address, pdok=bureau.address), get)
    return tmp_path


def test_without_fetched_boundaries_a_map_shows_thiessen_areas(tmp_path: Path) -> None:
    areas = map_areas(tmp_path / "leeg")
    assert areas.jaar is None
    assert areas.frame.equals(thiessen())


def test_fetched_boundaries_go_first_and_tell_their_year(fetched: Path) -> None:
    areas = map_areas(fetched)
    assert areas.jaar == 2024
    assert areas.frame["gemeente"].tolist() == thiessen()["gemeente"].tolist()


def test_boundaries_that_are_newer_but_not_of_this_division_are_passed_over(fetched: Path) -> None:
    (fetched / "2025").mkdir()
    thiessen().iloc[1:].to_file(fetched / "2025" / "grenzen.gpkg", layer="gemeenten", driver="GPKG")
    assert map_areas(fetched).jaar == 2024


def test_boundaries_that_cannot_be_read_are_passed_over(fetched: Path) -> None:
    (fetched / "2024" / "grenzen.gpkg").write_text("half a file")
    assert map_areas(fetched).jaar is None


def test_boundaries_in_degrees_are_passed_over(fetched: Path) -> None:
    (fetched / "2026").mkdir()
    thiessen().to_crs(4326).to_file(fetched / "2026" / "grenzen.gpkg", layer="gemeenten", driver="GPKG")
    assert map_areas(fetched).jaar == 2024
