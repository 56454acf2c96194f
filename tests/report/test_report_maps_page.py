"""The maps of a run: read back from its folder, drawn with a table beside each, in both languages."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.domain.voorstel import Voorstel
from optimizer.errors import Gebruiksfout
from optimizer.read.run import read_run
from optimizer.report import Style, write_run
from optimizer.report.drawing import ground
from optimizer.report.job_maps import CIRCLES, lines, workplaces
from optimizer.report.maps import moves
from optimizer.report.maps_page import SECTIONS, render_maps
from optimizer.report.reach import catchment
from tests.report import report_builder as build
from tests.report.test_report_page import Page


@pytest.fixture(scope="module")
def batch() -> Batch:
    return build.batch(200)


@pytest.fixture(scope="module")
def voorstel(batch: Batch) -> Voorstel:
    return build.voorstel(batch)


@pytest.fixture(scope="module", params=[False, True], ids=["dutch csv", "english csv"])
def run(
    request: pytest.FixtureRequest, batch: Batch, voorstel: Voorstel, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("run")
    style = Style(english_csv=request.param)
    write_run(folder, voorstel, batch, build.parameters(), command=["koppelwijzer"], policy={}, style=style)
    return folder


def jobs(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Jobs as (municipality of work, linked municipality, outcome)."""
    frame = pd.DataFrame(rows, columns=["werk_gemeente", "gemeente", "uitkomst"])
    return frame.assign(verwacht_verloren=0.5)


def test_a_run_reads_back_as_it_was(run: Path, voorstel: Voorstel) -> None:
    found = read_run(run)
    for mine, theirs in ((found.voorstel, voorstel.voorstel), (found.banen, voorstel.banen)):
        for name in ("huishouden_id", "gemeente"):
            assert mine[name].tolist() == theirs[name].tolist()
    np.testing.assert_array_equal(found.taakstelling["opgave"], voorstel.taakstelling["opgave"])
    np.testing.assert_allclose(found.banen["verwacht_verloren"], voorstel.banen["verwacht_verloren"], atol=5e-5)
    assert (found.straal_km, found.measure) == (50.0, "straight")


@pytest.mark.parametrize("gone", ["run.json", "voorstel.csv", "banen.csv", "taakstelling.csv"])
def test_a_folder_that_lacks_a_file_is_refused(run: Path, tmp_path: Path, gone: str) -> None:
    for path in run.iterdir():
        if path.is_file() and path.name != gone:
            (tmp_path / path.name).write_bytes(path.read_bytes())
    with pytest.raises(Gebruiksfout, match=r"geen volledige uitkomst|geen run\.json"):
        read_run(tmp_path)


def test_a_receipt_that_is_no_receipt_is_refused(run: Path, tmp_path: Path) -> None:
    for path in filter(Path.is_file, run.iterdir()):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "run.json").write_text('{"parameters": []}', encoding="utf-8")
    with pytest.raises(Gebruiksfout, match=r"geen volledige uitkomst|geen run\.json"):
        read_run(tmp_path)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_page_has_every_map_with_a_description_and_a_table(run: Path, lang: str) -> None:
    page = Page(render_maps(read_run(run), "en" if lang == "en" else "nl"))
    assert [a["id"] for tag, a in page.tags if tag == "section"] == list(SECTIONS)
    drawings = [a for tag, a in page.tags if tag == "svg" and a.get("role") == "img"]
    assert len(drawings) == page.count("desc") == 6
    assert page.count("caption") == page.count("table") >= len(SECTIONS)


def test_the_page_asks_nothing_of_the_network(run: Path) -> None:
    page = Page(render_maps(read_run(run)))
    assert page.count("script") == page.count("link") == page.count("img") == 0
    assert all(link.startswith("#") for link in page.attributes("href"))


def test_the_page_says_that_its_boundaries_are_approximate_or_official(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "De grenzen zijn benaderd" in Page(render_maps(read_run(run))).text
    official = replace(ground(build.PEILDATUM), jaar=2025)
    monkeypatch.setattr("optimizer.report.map_parts.ground", lambda _day: official)
    assert "de officiële van 1 januari 2025" in Page(render_maps(read_run(run))).text


def test_the_catchment_is_that_of_the_busiest_workplace_or_of_the_one_asked_for(run: Path) -> None:
    found = read_run(run)
    busiest = found.banen["werk_gemeente"].value_counts().sort_index().idxmax()
    g = load_gemeenten()
    assert f"Wie in {g.naam[g.index[str(busiest)]]} werkt" in Page(render_maps(found)).text
    assert "Wie in Vlissingen werkt" in Page(render_maps(found, werk="GM0718")).text


def test_a_run_without_jobs_has_no_map_of_jobs(run: Path) -> None:
    found = read_run(run)
    empty = found.__class__(found.voorstel, found.banen.iloc[:0], found.taakstelling, found.receipt)
    page = Page(render_maps(empty))
    assert "heeft niemand een baan" in page.text
    assert sum(a.get("role") == "img" for tag, a in page.tags if tag == "svg") == 2


def test_jobs_are_added_up_by_municipality_of_work_with_the_lost_ones_first() -> None:
    utrecht, zwolle, goes = "GM0344", "GM0193", "GM0664"
    found = workplaces(
        jobs(
            (utrecht, utrecht, "binnen_50km"),
            (utrecht, "", "niet_gekoppeld"),
            (zwolle, utrecht, "verloren_regel"),
            (goes, utrecht, "al_buiten"),
            (goes, goes, "loopt_af"),
            (goes, goes, "binnen_50km"),
        ),
        50.0,
        build.PEILDATUM,
    )
    assert [w.name for w in found] == ["Zwolle", "Goes", "Utrecht"]
    assert [(w.jobs, w.within, w.lost, w.outside, w.ended, w.waiting) for w in found] == [
        (1, 0, 1, 0, 0, 0),
        (3, 1, 0, 1, 1, 0),
        (2, 1, 0, 0, 0, 1),
    ]
    assert [w.expected_loss for w in found] == [0.5, 1.5, 1.0]


def test_no_circle_stands_inside_another_and_there_are_at_most_five() -> None:
    g = load_gemeenten()
    found = workplaces(jobs(*((code, code, "binnen_50km") for code in g.code.tolist())), 50.0, build.PEILDATUM)
    circled = [g.index[w.code] for w in found if w.circled]
    assert len(circled) == CIRCLES
    km = matrix("straight")[np.ix_(circled, circled)]
    assert (km[~np.eye(CIRCLES, dtype=bool)] > 49.9).all()


def test_a_line_runs_from_the_work_to_the_home_where_they_differ() -> None:
    found = lines(
        jobs(("GM0344", "GM0193", "verloren_regel"), ("GM0344", "GM0344", "binnen_50km"), ("GM0344", "", "x")),
        build.PEILDATUM,
    )
    assert [(line.outcome, line.title) for line in found] == [("verloren_regel", "Utrecht → Zwolle")]


def test_the_catchment_counts_what_each_measure_reaches() -> None:
    g = load_gemeenten()
    task = pd.DataFrame({"gemeente": g.code.astype(object), "opgave": 10.0, "rest": 4.0})
    found = catchment("GM0718", 50.0, task, build.PEILDATUM)
    for reach, measure in zip(found.reaches, ("straight", "border", "road"), strict=True):
        near = matrix(measure)[:, g.index["GM0718"]] <= 50
        assert reach.measure == measure
        assert reach.gemeenten == near.sum() == sum(b is not None for b in reach.bands)
        assert (reach.opgave, reach.rest) == (10 * near.sum(), 4 * near.sum())
        assert reach.inwoners == g.inwoners[near].sum()
    assert "Sluis" in [name for name, _ in found.disputed]


def test_from_a_merger_on_the_catchment_counts_one_municipality_with_the_people_of_both() -> None:
    g = load_gemeenten()
    old, new = g.index["GM1696"], g.index["GM0402"]
    task = pd.DataFrame({"gemeente": g.code.astype(object), "opgave": 10.0, "rest": 4.0})
    task = task[task["gemeente"] != "GM1696"]
    after, before = date(2027, 1, 1), date(2026, 12, 31)
    found, earlier = catchment("GM1696", 50.0, task, after), catchment("GM1696", 50.0, task, before)
    assert (found.name, earlier.name) == ("Hilversum", "Wijdemeren")
    assert (found.x, found.y) == (catchment("GM0402", 50.0, task, after).x, catchment("GM0402", 50.0, task, after).y)
    for reach in found.reaches:
        near = matrix(reach.measure, after)[:, new] <= 50
        assert near[old]
        assert near[new]
        assert reach.gemeenten == near.sum() - 1
        assert reach.inwoners == g.inwoners[near].sum()
        assert reach.opgave == 10 * (near.sum() - 1)
        assert reach.bands[old] == reach.bands[new]
    far = catchment("GM0363", 30.0, task, after)
    names = {name for name, _ in far.disputed}
    assert "Wijdemeren" not in names


def test_the_map_of_a_merged_municipality_has_one_area_without_a_border_inside() -> None:
    index = load_gemeenten().index
    old, new = index["GM1696"], index["GM0402"]
    before, after = ground(date(2026, 12, 31)), ground(date(2027, 1, 1))
    assert after.gemeenten[old] == ""
    parts = [set(path[1:-1].split("L")) for path in (before.gemeenten[old], before.gemeenten[new])]
    both = set(after.gemeenten[new][1:-1].split("L"))
    assert after.gemeenten[new].count("M") == 1
    assert both <= parts[0] | parts[1]
    assert len(both) < len(parts[0] | parts[1])
    assert sorted(re.split("[MLZ]", after.koppelregios)) == sorted(re.split("[MLZ]", before.koppelregios))
    assert [p for i, p in enumerate(after.gemeenten) if i not in {old, new}] == [
        p for i, p in enumerate(before.gemeenten) if i not in {old, new}
    ]


def test_moves_to_the_merged_municipality_are_measured_from_its_own_centre() -> None:
    moved = [moves(["GM0344"], ["GM0402"], [1], 50.0, day).mean_km for day in (date(2026, 12, 31), date(2027, 1, 1))]
    g, days = load_gemeenten(), (date(2026, 12, 31), date(2027, 1, 1))
    assert moved == [matrix("straight", day)[g.index["GM0402"], g.index["GM0344"]] for day in days]
    assert moved[0] != moved[1]


def test_a_rest_below_nought_and_a_municipality_without_opgave_add_nothing() -> None:
    task = pd.DataFrame({"gemeente": ["GM0718"], "opgave": [3.0], "rest": [-2.0]})
    straight = catchment("GM0718", 50.0, task, build.PEILDATUM).reaches[0]
    assert (straight.opgave, straight.rest) == (3, 0)
