"""The same input gives the same bytes: in any order of rows, with any number of workers, whatever else runs."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from optimizer.cli import main
from optimizer.decide import Limits
from optimizer.domain.batch import Batch
from optimizer.domain.tables import TABLES
from optimizer.generate import generate
from optimizer.policy import load_beleid, names
from optimizer.read import read_batch
from tests.decide.maanden import G
from tests.proefbatch import UTRECHT, ZWOLLE, groep, huishouden, worked_out

POLICIES = ["kansrijk", "handmatig", "koppelregio", "loting", "blijf"]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty households with too few places."""
    return generate(tmp_path_factory.mktemp("maand") / "in", huishoudens=40, seed=7, tightness=0.9)


def answer(batch: Batch, policy: str, **choices: Any) -> dict[str, str]:
    case = worked_out(batch, policy, **choices)
    codes = np.append(G.code.astype(object), "")
    return dict(zip(case.facts.huishoudens.tolist(), codes[case.answer.gemeente].tolist(), strict=True))


def shuffled(batch: Batch, seed: int) -> Batch:
    rng = np.random.default_rng(seed)
    return batch.replace(
        **{name: getattr(batch, name).sample(frac=1, random_state=rng).reset_index(drop=True) for name in TABLES}
    )


@pytest.mark.parametrize("policy", POLICIES)
def test_shuffled_rows_give_the_same_answer_in_the_new_order(month: Path, policy: str) -> None:
    batch = read_batch(month)
    other = shuffled(batch, 1)
    assert other.huishoudens["huishouden_id"].tolist() != batch.huishoudens["huishouden_id"].tolist()
    found = answer(other, policy)
    assert list(found) == other.huishoudens["huishouden_id"].tolist()
    assert found == answer(batch, policy)


@pytest.mark.parametrize("policy", ["kansrijk", "straal50"])
def test_two_workers_give_the_answer_of_one(month: Path, policy: str) -> None:
    batch = read_batch(month)
    assert answer(batch, policy, limits=Limits(workers=2)) == answer(batch, policy, limits=Limits(workers=1))


def test_the_seed_changes_who_wins_a_tie_and_no_level(month: Path) -> None:
    batch = read_batch(month)
    levels = {seed: tuple(n.waarde for n in worked_out(batch, "kansrijk", seed=seed).answer.niveaus) for seed in (0, 1)}
    assert levels[0] == levels[1]
    twins = groep([huishouden("H1"), huishouden("H2")], {UTRECHT: 1, ZWOLLE: 1})
    winners = {answer(twins, "straal50", seed=seed)["H1"] for seed in range(12)}
    assert winners == {UTRECHT, ZWOLLE}


def test_new_names_for_the_households_change_no_level(month: Path) -> None:
    batch = read_batch(month)
    renamed = {name: f"X{len(batch.huishoudens) - i}" for i, name in enumerate(batch.huishoudens["huishouden_id"])}
    tables: dict[str, pd.DataFrame] = {}
    for name in ("huishoudens", "personen", "gronden"):
        frame: pd.DataFrame = getattr(batch, name)
        tables[name] = frame.assign(huishouden_id=frame["huishouden_id"].map(renamed).astype(str))
    first, second = worked_out(batch, "kansrijk"), worked_out(batch.replace(**tables), "kansrijk")
    assert [n.waarde for n in first.answer.niveaus] == [n.waarde for n in second.answer.niveaus]


def run(source: Path, out: Path, *options: str) -> dict[str, bytes]:
    assert main(["run", str(source), "--out", str(out), "--draws", "10", *options]) in {0, 4}
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_two_runs_write_the_same_bytes_but_for_seconds_and_command(month: Path, tmp_path: Path) -> None:
    first = run(month, tmp_path / "a", "--workers", "1")
    second = run(month, tmp_path / "b", "--workers", "2")
    tables = [name for name in first if name.endswith(".csv") or name.startswith("provincies/")]
    assert len([name for name in tables if name.endswith(".csv")]) == 8
    assert len(tables) > 8
    assert [name for name in tables if first[name] != second[name]] == []
    receipts = [json.loads(files["run.json"]) for files in (first, second)]
    for receipt in receipts:
        assert receipt.pop("seconds") is not None
        assert receipt.pop("command") is not None
        assert all("seconds" in level for level in receipt["levels"])
        receipt["levels"] = [{k: v for k, v in level.items() if k != "seconds"} for level in receipt["levels"]]
    assert receipts[0] == receipts[1]


def test_a_run_of_shuffled_files_writes_the_same_rows(month: Path, tmp_path: Path) -> None:
    other = tmp_path / "in"
    other.mkdir()
    for path in month.iterdir():
        head, *lines = path.read_bytes().splitlines(keepends=True)
        body = lines[::-1] if path.suffix == ".csv" else lines
        (other / path.name).write_bytes(b"".join([head, *body]))
    (first,), (second,) = (
        [run(source, tmp_path / name, "--policy", "handmatig")["voorstel.csv"].splitlines()]
        for source, name in ((month, "a"), (other, "b"))
    )
    assert second == [first[0], *first[:0:-1]]


def test_every_policy_is_among_the_tested_kinds() -> None:
    assert {load_beleid(n).methode for n in POLICIES} == {load_beleid(n).methode for n in names()}
