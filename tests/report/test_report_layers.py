"""Layers of a run for a GIS, read back with the library that QGIS reads them with (GDAL)."""

from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

from geodata.areas import thiessen
from geodata.distance import between
from geodata.mapareas import MapAreas
from optimizer.domain.finished import RunFolder
from optimizer.domain.voorstel import Voorstel
from optimizer.report.export import write_geopackage, write_geoparquet
from optimizer.report.layers import layers
from tests.report import report_builder as build

DAY = date(2026, 10, 1)
NAMES = ["gemeenten", "banen", "verhuizingen"]


def run_of(v: Voorstel, day: date = DAY, **changes: pd.DataFrame) -> RunFolder:
    frames = {"voorstel": v.voorstel, "banen": v.banen, "taakstelling": v.taakstelling, **changes}
    return RunFolder(**frames, receipt={"peildatum": day.isoformat()})


@pytest.fixture(scope="module")
def voorstel() -> Voorstel:
    return build.voorstel(build.batch(100))


@pytest.fixture(scope="module")
def areas() -> MapAreas:
    return MapAreas(thiessen(), None)


@pytest.fixture(scope="module", params=["gpkg", "parquet"])
def read_back(
    request: pytest.FixtureRequest, voorstel: Voorstel, areas: MapAreas, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, gpd.GeoDataFrame]:
    folder, made = tmp_path_factory.mktemp("lagen"), layers(run_of(voorstel), areas)
    if request.param == "gpkg":
        write_geopackage(folder / "run.gpkg", made, DAY)
        assert [name for name, _ in pyogrio.list_layers(folder / "run.gpkg")] == NAMES
        return {name: gpd.read_file(folder / "run.gpkg", layer=name) for name in NAMES}
    write_geoparquet(folder, made)
    assert sorted(p.name for p in folder.iterdir()) == sorted(f"{name}.parquet" for name in NAMES)
    return {name: gpd.read_parquet(folder / f"{name}.parquet") for name in NAMES}


def test_every_layer_is_in_the_dutch_grid(read_back: dict[str, gpd.GeoDataFrame]) -> None:
    assert [frame.crs.to_epsg() for frame in read_back.values()] == [28992] * 3
    for frame in read_back.values():
        west, south, east, north = frame.total_bounds
        assert 0 < west < east < 300_000 < south < north < 650_000


def test_the_areas_carry_opgave_and_fill(read_back: dict[str, gpd.GeoDataFrame], voorstel: Voorstel) -> None:
    frame = read_back["gemeenten"].set_index("gemeente")
    assert len(frame) == 342
    assert frame["opgave"].sum() == voorstel.taakstelling["opgave"].sum()
    assert frame["voorgesteld"].sum() == voorstel.taakstelling["voorgesteld"].sum()
    one = voorstel.taakstelling.set_index("gemeente").loc["GM0344"]
    assert frame.loc["GM0344", "gevuld"] == pytest.approx(one["voorgesteld"] / one["opgave"])
    assert set(frame["grenzen"]) == {"benaderd: dichtstbijzijnde plaats"}


def test_a_merged_municipality_is_one_area_from_its_day_on(voorstel: Voorstel, areas: MapAreas) -> None:
    task = voorstel.taakstelling[voorstel.taakstelling["gemeente"] != "GM1696"]
    before, after = (
        layers(run_of(voorstel, day, taakstelling=task), areas)["gemeenten"].set_index("gemeente")
        for day in (date(2026, 12, 31), date(2027, 1, 1))
    )
    assert (len(before), len(after), "GM1696" in after.index) == (342, 341, False)
    for measured, whole in ((before.geometry.area, after.geometry.area), (before["inwoners"], after["inwoners"])):
        assert whole["GM0402"] == pytest.approx(measured["GM0402"] + measured["GM1696"])
        assert whole.sum() == pytest.approx(measured.sum())


def test_every_job_is_a_point_with_its_outcome(read_back: dict[str, gpd.GeoDataFrame], voorstel: Voorstel) -> None:
    frame = read_back["banen"]
    assert set(frame.geom_type) == {"Point"}
    assert frame["baan_id"].tolist() == voorstel.banen["baan_id"].tolist()
    assert frame["uitkomst"].tolist() == voorstel.banen["uitkomst"].tolist()


def test_every_linked_household_is_a_line_as_long_as_its_move(
    read_back: dict[str, gpd.GeoDataFrame], voorstel: Voorstel
) -> None:
    frame = read_back["verhuizingen"]
    assert len(frame) == (voorstel.voorstel["status"] != "niet_gekoppeld").sum()
    moved = frame[frame["opvang_gemeente"] != frame["gemeente"]]
    assert set(moved.geom_type) == {"LineString"}
    assert (moved.geometry.length / 1000).to_numpy() == pytest.approx(moved["afstand_km"].to_numpy(), abs=0.001)
    first = moved.iloc[0]
    assert first["afstand_km"] == pytest.approx(between(first["opvang_gemeente"], first["gemeente"]), abs=0.001)


def test_who_stays_in_the_municipality_is_a_row_without_a_line(voorstel: Voorstel, areas: MapAreas) -> None:
    stays = voorstel.voorstel.assign(opvang_gemeente=voorstel.voorstel["gemeente"])
    frame = layers(run_of(voorstel, voorstel=stays), areas)["verhuizingen"]
    assert len(frame) > 0
    assert frame.geometry.isna().all()


def test_no_layer_tells_a_ground_or_a_reason(read_back: dict[str, gpd.GeoDataFrame]) -> None:
    columns = {name for frame in read_back.values() for name in frame.columns}
    assert not columns & {"grond", "grond_gehonoreerd", "reden", "toelichting"}


def test_the_areas_say_when_they_are_official(voorstel: Voorstel) -> None:
    official = layers(run_of(voorstel), MapAreas(thiessen(), 2025))["gemeenten"]
    assert set(official["grenzen"]) == {"CBS en Kadaster, 1 januari 2025"}


@pytest.mark.parametrize("writer", ["gpkg", "parquet"])
def test_a_run_without_jobs_and_without_links_has_empty_layers(
    voorstel: Voorstel, areas: MapAreas, tmp_path: Path, writer: str
) -> None:
    nobody = run_of(voorstel, voorstel=voorstel.voorstel.iloc[:0], banen=voorstel.banen.iloc[:0])
    read: Any
    if writer == "gpkg":
        write_geopackage(tmp_path / "leeg.gpkg", layers(nobody, areas), DAY)
        read = [gpd.read_file(tmp_path / "leeg.gpkg", layer=name) for name in NAMES[1:]]
    else:
        write_geoparquet(tmp_path, layers(nobody, areas))
        read = [gpd.read_parquet(tmp_path / f"{name}.parquet") for name in NAMES[1:]]
    assert [(len(frame), frame.crs.to_epsg()) for frame in read] == [(0, 28992)] * 2


def test_the_same_run_gives_the_same_bytes(voorstel: Voorstel, areas: MapAreas, tmp_path: Path) -> None:
    for name in ("a.gpkg", "b.gpkg"):
        write_geopackage(tmp_path / name, layers(run_of(voorstel), areas), DAY)
    assert (tmp_path / "a.gpkg").read_bytes() == (tmp_path / "b.gpkg").read_bytes()
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.gpkg", "b.gpkg"]
