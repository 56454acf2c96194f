import csv
import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

from geodata.areas import VerkeerdCRS, thiessen
from geodata.errors import SchemaFout
from geodata.gemeenten import load_gemeenten
from geodata.network import ATTEMPTS, NetwerkFout, fetch
from geodata.refresh import RECEIPT, Bronnen, differences, official_areas, refresh
from optimizer.errors import Geweigerd
from optimizer.publish import publish
from tests.geodata.tests_bureau import Bureau, Change

pauses: list[float] = []
get = partial(fetch, pause=pauses.append)


put = partial(publish, sign=RECEIPT, force=True)


def run(bureau: Bureau, folder: Path, jaar: int = 2024) -> Path:
    return refresh(jaar, folder, put, Bronnen(cbs=bureau.address, pdok=bureau.address), get)


def test_a_refresh_leaves_division_boundaries_and_a_receipt(bureau: Bureau, tmp_path: Path) -> None:
    folder = run(bureau, tmp_path)
    assert folder == tmp_path / "2024"
    rows = list(csv.DictReader((folder / "gemeenten.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["gemeente"] for row in rows] == load_gemeenten().code.tolist()
    assert rows[0]["naam"] == "Groningen"
    assert sum(int(row["inwoners"]) for row in rows) == load_gemeenten().inwoners.sum()
    receipt = json.loads((folder / "bron.json").read_text(encoding="utf-8"))
    assert len(receipt) == len(bureau.asked) == 5  # the division came in two pages
    assert all(len(entry["sha256"]) == 64 for entry in receipt.values())
    assert all(entry["opgehaald"].startswith("20") for entry in receipt.values())
    assert [path.name for path in tmp_path.iterdir()] == ["2024"]


def test_fetched_boundaries_serve_maps_as_the_thiessen_areas_do(bureau: Bureau, tmp_path: Path) -> None:
    areas = official_areas(run(bureau, tmp_path))
    assert areas.crs.to_epsg() == 28992
    assert areas[["gemeente", "naam"]].equals(thiessen()[["gemeente", "naam"]])
    assert areas.area.sum() == pytest.approx(thiessen().area.sum(), rel=1e-6)


def test_the_same_division_has_no_differences(bureau: Bureau, tmp_path: Path) -> None:
    assert differences(run(bureau, tmp_path)) == []


def test_a_merger_and_a_moved_region_are_told(bureau: Bureau, tmp_path: Path) -> None:
    def merge(path: str, answer: Any) -> Any:
        if "/wfs/" in path:
            kept = [f for f in answer["features"] if f["properties"]["statcode"] != "GM1696"]
            return {"features": kept, "numberMatched": len(kept)}
        for row in answer["value"]:
            if row.get("RegioS", "").startswith("GM0267") and "Code_5" in row:
                row["Code_5"], row["Naam_6"] = "AM99", "Nieuwe Regio"
        if path.endswith("85755NED/TypedDataSet"):
            answer["value"] = [r for r in answer["value"] if not r["RegioS"].startswith("GM1696")]
        return answer

    bureau.change = merge
    folder = run(bureau, tmp_path)
    assert differences(folder) == [
        "GM0267 Nijkerk hoort bij Nieuwe Regio (AM99), niet bij AM14",
        "GM1696 Wijdemeren bestaat niet meer",
    ]
    assert differences(folder, "en")[1] == "GM1696 Wijdemeren is no more"
    with pytest.raises(SchemaFout, match="andere gemeentelijke indeling"):
        official_areas(folder)


@pytest.mark.parametrize("failures", [[503, 429], [-1], [500, -1, 502]])
def test_a_passing_failure_or_half_an_answer_is_asked_again(
    bureau: Bureau, tmp_path: Path, failures: list[int]
) -> None:
    bureau.failures = list(failures)
    pauses.clear()
    assert run(bureau, tmp_path).exists()
    assert pauses == [1.0, 2.0, 4.0][: len(failures)]


def test_an_outage_leaves_the_earlier_tables_and_nothing_half(bureau: Bureau, tmp_path: Path) -> None:
    folder = run(bureau, tmp_path)
    before = (folder / "gemeenten.csv").read_bytes()
    bureau.failures = [503] * ATTEMPTS
    with pytest.raises(NetwerkFout, match=r"status 503.*blijven in gebruik"):
        run(bureau, tmp_path)
    assert (folder / "gemeenten.csv").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["2024"]


def test_a_refusal_is_not_asked_again(bureau: Bureau, tmp_path: Path) -> None:
    bureau.failures = [404]
    with pytest.raises(NetwerkFout, match="status 404"):
        run(bureau, tmp_path)
    assert len(bureau.asked) == 1


def test_a_server_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    nowhere = Bronnen(cbs="http://127.0.0.1:9", pdok="http://127.0.0.1:9")
    with pytest.raises(NetwerkFout, match=r"127\.0\.0\.1:9"):
        refresh(2024, tmp_path, put, nowhere, get)


def test_only_web_addresses_are_fetched() -> None:
    with pytest.raises(NetwerkFout, match="http"):
        fetch("file:///etc/hostname")


def test_a_second_refresh_replaces_the_first_whole_and_nothing_that_somebody_put_there(
    bureau: Bureau, tmp_path: Path
) -> None:
    run(bureau, tmp_path)
    assert sorted(p.name for p in run(bureau, tmp_path).iterdir()) == [
        "bron.json",
        "gemeenten.csv",
        "grenzen.gpkg",
    ]
    (tmp_path / "2024" / "eigen.txt").write_text("van mij")
    with pytest.raises(Geweigerd, match=r"eigen\.txt"):
        run(bureau, tmp_path)
    assert (tmp_path / "2024" / "eigen.txt").read_text() == "van mij"


def test_two_refreshes_at_once_leave_one_whole_year(bureau: Bureau, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        folders = list(pool.map(lambda _: run(bureau, tmp_path), range(2)))
    assert folders == [tmp_path / "2024"] * 2
    assert [path.name for path in tmp_path.iterdir()] == ["2024"]
    assert len(official_areas(folders[0])) == 342


def rename_column(path: str, answer: Any) -> Any:
    if path.endswith("/DataProperties"):
        for row in answer["value"]:
            row["Title"] = row["Title"].replace("Naam", "Benaming")
    return answer


def drop_key(key: str) -> Change:
    def change(_path: str, answer: Any) -> Any:
        for row in answer.get("value", []):
            row.pop(key, None)
        return answer

    return change


def on_map(change: Any) -> Change:
    def changed(path: str, answer: Any) -> Any:
        if "/wfs/" in path:
            change(answer)
        return answer

    return changed


def no_inhabitants(path: str, answer: Any) -> Any:
    if "70072ned" in path:
        answer["value"] = answer["value"][1:]
    return answer


def in_words(path: str, answer: Any) -> Any:
    if "70072ned" in path:
        answer["value"][0]["TotaleBevolking_1"] = "veel"
    return answer


def degrees(answer: Any) -> None:
    square = [[[5, 52], [6, 52], [6, 53], [5, 52]]]
    for feature in answer["features"]:
        feature["geometry"] = {"type": "Polygon", "coordinates": square}


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (rename_column, "geen kolom 'Naam'"),
        (drop_key("Code_5"), "een rij zonder 'Code_5'"),
        (drop_key("RegioS"), "een rij zonder 'RegioS'"),
        (drop_key("TotaleBevolking_1"), "zonder 'TotaleBevolking_1'"),
        (no_inhabitants, "GM0014 heeft geen inwonertal"),
        (in_words, "'veel' is geen aantal inwoners"),
        (lambda path, answer: [] if "NED" in path else answer, "geen lijst 'value'"),
        (lambda path, answer: {"value": ["GM0014"]} if "NED" in path else answer, "geen lijst 'value'"),
        (on_map(lambda answer: answer.pop("features")), "geen lijst 'features'"),
        (on_map(lambda answer: answer["features"].pop()), "341 van 342 grenzen"),
        (on_map(lambda a: a["features"][3].pop("properties")), "zonder statcode of vlak"),
        (on_map(lambda a: a["features"][3].update(geometry=None)), "zonder statcode of vlak"),
        (
            on_map(lambda a: a["features"][0]["properties"].update(statcode="GM9999")),
            "passen niet een op een: GM0014, GM9999",
        ),
        (on_map(degrees), "liggen niet in Nederland"),
    ],
)
def test_a_changed_schema_is_refused_and_nothing_is_written(
    bureau: Bureau, tmp_path: Path, change: Change, difference: str
) -> None:
    bureau.change = change
    with pytest.raises(SchemaFout, match=difference):
        run(bureau, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_pages_that_go_round_are_refused(bureau: Bureau, tmp_path: Path) -> None:
    def again(path: str, answer: Any) -> Any:
        return {**answer, "odata.nextLink": f"{bureau.address}{path}?$skip=200"} if "Typed" in path else answer

    bureau.change = again
    with pytest.raises(SchemaFout, match="de volgende bladzijde is er een van eerder"):
        run(bureau, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_year_without_a_table_is_refused(bureau: Bureau, tmp_path: Path) -> None:
    with pytest.raises(SchemaFout, match="kies uit"):
        run(bureau, tmp_path, jaar=1999)
    assert bureau.asked == []


def test_boundaries_in_degrees_on_disk_are_refused(tmp_path: Path) -> None:
    gpd.GeoDataFrame(geometry=thiessen().geometry.to_crs(4326)).to_file(
        tmp_path / "grenzen.gpkg", layer="gemeenten", driver="GPKG"
    )
    with pytest.raises(VerkeerdCRS):
        official_areas(tmp_path)
