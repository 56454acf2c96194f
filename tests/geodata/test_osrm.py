from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from geodata.network import NetwerkFout, fetch
from geodata.osrm import cached_osrm, centre_degrees, measured
from tests.geodata.tests_bureau import Bureau

get = partial(fetch, pause=lambda _seconds: None)


def test_a_server_fills_a_matrix_that_serves_as_a_measure(bureau: Bureau, tmp_path: Path) -> None:
    path = cached_osrm(bureau.address, tmp_path, get=get)
    points = centre_degrees()
    expected = np.abs(points[:, None] - points[None]).sum(axis=2) * 100
    np.testing.assert_allclose(matrix(f"bestand:{path}"), expected, atol=0.01)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_server_is_asked_once_and_another_server_anew(bureau: Bureau, tmp_path: Path) -> None:
    first = cached_osrm(bureau.address, tmp_path, get=get)
    asked = len(bureau.asked)
    assert cached_osrm(bureau.address, tmp_path, get=get) == first
    assert len(bureau.asked) == asked
    assert cached_osrm(bureau.address + "/", tmp_path, get=get) != first


def test_from_a_merger_on_the_server_is_asked_about_the_new_centre(bureau: Bureau, tmp_path: Path) -> None:
    after, index = date(2027, 1, 1), load_gemeenten().index
    before, file = (measured(f"osrm:{bureau.address}", tmp_path, day, get) for day in (date(2026, 12, 31), after))
    assert before != file
    assert measured(f"osrm:{bureau.address}", tmp_path, after, get) == file
    assert (measured("straight", tmp_path), measured(before, tmp_path, after)) == ("straight", before)
    points = centre_degrees(after)
    old, new, other = index["GM1696"], index["GM0402"], index["GM0344"]
    assert (points[old] == points[new]).all()
    assert (np.delete(points, [old, new], axis=0) == np.delete(centre_degrees(), [old, new], axis=0)).all()
    inside = zip(centre_degrees()[old], points[new], centre_degrees()[new], strict=True)
    assert all(min(a, c) < b < max(a, c) for a, b, c in inside)
    assert matrix(file, after)[new, other] == pytest.approx(np.abs(points[new] - points[other]).sum() * 100, abs=0.01)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"code": "InvalidQuery"}, "geen OSRM-tabel"),
        (["?"], "geen OSRM-tabel"),
        ({"distances": [[0, 1]]}, "vorm"),
        ({"distances": [[None] * 50] * 50}, "geen route"),
    ],
)
def test_another_answer_is_refused_and_nothing_is_kept(
    bureau: Bureau, tmp_path: Path, answer: Any, reason: str
) -> None:
    bureau.change = lambda _path, _answer: answer
    with pytest.raises(NetwerkFout, match=reason):
        cached_osrm(bureau.address, tmp_path, get=get)
    assert list(tmp_path.iterdir()) == []


def test_two_runs_at_once_leave_one_whole_matrix(bureau: Bureau, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: cached_osrm(bureau.address, tmp_path, get=get), range(2))
    assert first == second
    assert [p.name for p in tmp_path.iterdir()] == [first.name]
    assert matrix(f"bestand:{first}").shape == (342, 342)
