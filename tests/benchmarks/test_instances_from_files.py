"""Instances of others: read from a file, solved and judged like our own."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.__main__ import main
from benchmarks.cases import case_of, plan
from benchmarks.file import read
from benchmarks.shapes import by_highs, by_us, draw_shape, judgement


def written(folder: Path) -> Path:
    rng = np.random.default_rng(0)
    file = folder / "ander.npz"
    np.savez(file, persons=rng.integers(1, 4, 12), opgave=np.full(4, 7), value=rng.random((12, 4)))
    return file


def test_a_file_becomes_a_case_with_peers(tmp_path: Path) -> None:
    file = written(tmp_path)
    problem = case_of(f"file:{file}").make(0)
    assert problem.names == ("value",)
    assert problem.admissible.all()
    assert {trial.method for _, _, trial in plan([f"file:{file}"], full=False, seeds=[])} >= {"koppelwijzer", "highs"}


def test_levels_resources_and_ceilings_come_from_the_file(tmp_path: Path) -> None:
    file = tmp_path / "niveaus.npz"
    one = np.ones((3, 2), dtype=int)
    np.savez(
        file,
        persons=[1, 2, 3],
        opgave=[3, 3],
        level_0=one,
        level_1=2 * one,
        use=[[1], [0], [1]],
        capacity=[[1], [1]],
        region=[0, -1],
        ceiling=[2],
    )
    problem = read(file)
    assert problem.names == ("level_0", "level_1")
    assert problem.resources is not None
    assert problem.regions is not None


def test_a_file_without_persons_is_refused_by_name(tmp_path: Path) -> None:
    np.savez(tmp_path / "leeg.npz", value=np.ones((2, 2)))
    with pytest.raises(ValueError, match="lacks persons, opgave"):
        read(tmp_path / "leeg.npz")


def test_the_page_says_which_files_were_run(tmp_path: Path) -> None:
    file = written(tmp_path)
    main(["--file", str(file), "--at-most", "5", "--out", str(tmp_path / "page.md")])
    page = (tmp_path / "page.md").read_text()
    assert "only ander.npz" in page
    assert "read from ander.npz" in page


@pytest.mark.parametrize("seed", [0, 3, 5, 9])
def test_a_shape_has_the_same_optimum_on_both_sides(seed: int) -> None:
    drawn = draw_shape(seed, 40, 12)
    ours, theirs = by_us(drawn, 20.0), by_highs(drawn, 20.0)
    assert ours.proven
    assert theirs.proven
    assert ours.value == pytest.approx(theirs.value, abs=1e-6)
    assert judgement(ours, theirs) in ("fine", "LATER")
