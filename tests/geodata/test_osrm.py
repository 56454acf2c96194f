from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geodata.distance import matrix
from geodata.network import NetwerkFout, fetch
from geodata.osrm import cached_osrm, centre_degrees
from tests.geodata.tests_bureau import Bureau

get = partial(fetch, pause=lambda _seconds: None)


def test_a_server_fills_a_matrix_that_serves_as_a_measure(bureau: Bureau, tmp_path: Path) -> None:
    path = cached_osrm(bureau.address, tmp_path, get)
    points = centre_degrees()
    expected = np.abs(points[:, None] - points[None]).sum(axis=2) * 100
    np.testing.assert_allclose(matrix(f"bestand:{path}"), expected, atol=0.01)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_server_is_asked_once_and_another_server_anew(bureau: Bureau, tmp_path: Path) -> None:
    first = cached_osrm(bureau.address, tmp_path, get)
    asked = len(bureau.asked)
    assert cached_osrm(bureau.address, tmp_path, get) == first
    assert len(bureau.asked) == asked
    assert cached_osrm(bureau.address + "/", tmp_path, get) != first


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
        cached_osrm(bureau.address, tmp_path, get)
    assert list(tmp_path.iterdir()) == []


def test_two_runs_at_once_leave_one_whole_matrix(bureau: Bureau, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: cached_osrm(bureau.address, tmp_path, get), range(2))
    assert first == second
    assert [p.name for p in tmp_path.iterdir()] == [first.name]
    assert matrix(f"bestand:{first}").shape == (342, 342)
