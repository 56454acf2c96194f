"""What may go wrong while a run is made: the place holds no run, the old run or the new run, never a part of one."""

import json
import os
import resource
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from optimizer.cli import main
from optimizer.domain.finished import FinishedRun
from optimizer.read.run import read_finished
from tests.proefbatch import (
    GRONINGEN,
    UTRECHT,
    ZWOLLE,
    baan,
    groep,
    grond,
    huishouden,
    schrijf,
)

KLEIN = Path(__file__).parents[2] / "inputs" / "klein"
#: A run that waits, when the judge has approved its files, until its standard input is closed.
WAITING = """
import sys
from optimizer.cli import main
from optimizer.pipeline import run
judged = run.approve
def approve(*given):
    verdict = judged(*given)
    print("poort", file=sys.stderr, flush=True)
    sys.stdin.read()
    return verdict
run.approve = approve
sys.exit(main(sys.argv[1:]))
"""
ONE = groep([huishouden("H1")], {UTRECHT: 1})


def start(
    out: Path, *options: str, largest_file: int | None = None, program: tuple[str, ...] = ("-m", "optimizer.cli")
) -> "subprocess.Popen[str]":
    """Start a run in a process of its own."""

    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    command = [sys.executable, *program, "run", str(KLEIN), "--out", str(out), "--draws", "2", *options]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        cwd=KLEIN.parents[1],
        preexec_fn=limit,
    )


def wait_for(process: "subprocess.Popen[str]", words: str) -> None:
    """Read until a line holds the words and no further: what comes later is for ``communicate``."""
    assert process.stderr is not None
    assert any(words in line for line in iter(process.stderr.readline, ""))


def test_a_run_that_is_killed_leaves_no_run_and_the_next_one_cleans_up(tmp_path: Path) -> None:
    process = start(tmp_path / "o")
    wait_for(process, "keuren")
    process.kill()
    process.communicate()
    if not (tmp_path / "o").exists():  # it had not been renamed yet
        assert [p.name[:9] for p in tmp_path.iterdir()] == [".o.bezig-"]
        assert main(["run", str(KLEIN), "--out", str(tmp_path / "o"), "--policy", "handmatig"]) == 0
    assert [p.name for p in tmp_path.iterdir()] == ["o"]
    assert (tmp_path / "o" / "run.json").is_file()


def test_ctrl_c_says_that_nothing_was_written(tmp_path: Path) -> None:
    process = start(tmp_path / "o", "--lang", "nl")
    wait_for(process, "uitkomst schrijven")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert (process.returncode, err.splitlines()[-1]) == (1, "Onderbroken. Er is niets geschreven.")
    assert list(tmp_path.iterdir()) == []


def test_of_two_runs_into_one_place_one_is_refused_and_one_is_whole(tmp_path: Path) -> None:
    both = [start(tmp_path / "o", program=("-c", WAITING)) for _ in range(2)]
    for process in both:
        wait_for(process, "poort")  # both have passed the first look at the place, and have their files ready
    assert [p.name[:9] for p in tmp_path.iterdir()] == [".o.bezig-"] * 2
    said = [process.communicate()[1] for process in both]
    assert sorted((p.returncode, "bestaat al" in text) for p, text in zip(both, said, strict=True)) == [
        (0, False),
        (7, True),
    ]
    assert [p.name for p in tmp_path.iterdir()] == ["o"]
    assert len(list((tmp_path / "o").iterdir())) == 17


def test_a_full_disk_is_told_and_nothing_is_left_behind(tmp_path: Path) -> None:
    process = start(tmp_path / "o", largest_file=50_000)
    _, err = process.communicate()
    assert process.returncode == 2
    assert "kan niet worden geschreven" in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_hold_a_run_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bestand").write_text("x", encoding="utf-8")
    assert main(["run", str(KLEIN), "--policy", "handmatig", "--out", str(tmp_path / "bestand" / "o")]) == 2
    assert "een deel van het pad is een bestand" in capsys.readouterr().err


def test_an_answer_that_the_judge_rejects_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("optimizer.pipeline.judging.read_finished", _with_a_lie)
    assert main(["run", str(KLEIN), "--policy", "handmatig", "--out", str(tmp_path / "o")]) == 6
    assert "De rechter keurt het voorstel af" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def _with_a_lie(folder: Path) -> FinishedRun:
    found = read_finished(folder)
    voorstel = found.tables["voorstel"]
    banen = voorstel.header.index("banen")
    rows = [["7" if i == banen else cell for i, cell in enumerate(row)] for row in voorstel.rows]
    return replace(found, tables={**found.tables, "voorstel": replace(voorstel, rows=rows)})


LOCK = {"vastgezet_gemeente": UTRECHT, "vastgezet_reden": "wens"}
EDGES = {
    "one household": (ONE, 0),
    "larger than every opgave": (groep([huishouden("H1", aantal_personen=99)], {UTRECHT: 1}), 4),
    "no opgave anywhere": (groep([huishouden("H1"), huishouden("H2")], {UTRECHT: 0, ZWOLLE: 0}), 4),
    "all locked, over the opgave": (groep([huishouden("H1", **LOCK), huishouden("H2", **LOCK)], {UTRECHT: 1}), 4),
    "lock outside the radius": (
        groep([huishouden("H1", **LOCK)], {UTRECHT: 1}, gronden=[grond("H1", "gezin", GRONINGEN)]),
        4,
    ),
    "no adults, jobs or grounds": (groep([huishouden("H1"), huishouden("H2")], {UTRECHT: 5}, personen=[]), 0),
    "nobody has a place but one": (groep([huishouden("H1"), huishouden("H2")], {UTRECHT: 1}), 4),
    "all grounds too far apart": (
        groep(
            [huishouden("H1")],
            {UTRECHT: 1},
            werk=[baan("H1", UTRECHT), baan("H1", GRONINGEN)],
            gronden=[grond("H1", "medisch", "GM0935")],
        ),
        4,
    ),
}


@pytest.mark.parametrize("policy", ["kansrijk", "loting"])
@pytest.mark.parametrize("case", EDGES)
def test_an_odd_batch_ends_in_an_answer_that_the_judge_accepts(case: str, policy: str, tmp_path: Path) -> None:
    batch, code = EDGES[case]
    source = str(schrijf(batch, tmp_path / "in"))
    out = tmp_path / "o"
    policies = ["--policies", "handmatig", "--draws", "2"]
    assert main(["run", source, "--policy", policy, *policies, "--out", str(out)]) in {code, 4}
    assert main(["verify", source, str(out / "voorstel.csv"), "--policy", policy]) in {0, 4}


@pytest.mark.parametrize(
    "parameters",
    [
        '"nareis/telt_mee" = true',
        '"gronden/straal_km" = 30',
        '"gronden/maat" = "border"',
        '"koppelregio/binding" = "binden"',
        '"gronden/bij_tekort" = "uitzondering"',
    ],
)
def test_a_parameter_of_beleid_toml_counts_for_the_run_and_for_the_judge(parameters: str, tmp_path: Path) -> None:
    people = [huishouden(f"H{i}", nareis_verwacht=i % 3, opvang_gemeente=[UTRECHT, GRONINGEN][i % 2]) for i in range(6)]
    jobs = [baan(f"H{i}", [UTRECHT, GRONINGEN][i % 2]) for i in range(4)]
    batch = groep(people, {UTRECHT: 3, "GM0307": 2, GRONINGEN: 2}, werk=jobs)
    source = str(schrijf(batch, tmp_path / "in", f"[parameters]\n{parameters}\n"))
    out = str(tmp_path / "o")
    assert main(["run", source, "--policies", "handmatig", "--out", out]) in {0, 4}
    assert main(["verify", source, f"{out}/voorstel.csv", "--policy", "kansrijk"]) in {0, 4}


def test_the_share_known_follows_the_flag_then_beleid_toml_then_early_screening(tmp_path: Path) -> None:
    batch = groep([huishouden("H1")], {UTRECHT: 1}, werk=[baan("H1", UTRECHT)])
    screened = '"screening/bekend" = 0.0\n'
    given = {
        "a": (f"[parameters]\n{screened}", [], 0.0),
        "b": (f"bekend = 0.5\n[parameters]\n{screened}", [], 0.5),
        "c": (f"bekend = 0.5\n[parameters]\n{screened}", ["--bekend", "0.7"], 0.7),
        "d": ("", [], 1.0),
    }
    for name, (toml, flags, share) in given.items():
        source, out = str(schrijf(batch, tmp_path / name, toml)), tmp_path / f"{name}-uit"
        main(["run", source, "--policy", "handmatig", "--policies", "handmatig", "--out", str(out), *flags])
        assert json.loads((out / "run.json").read_text(encoding="utf-8"))["policy"]["bekend"] == share
        assert main(["verify", source, str(out / "voorstel.csv"), "--policy", "handmatig"]) == 0
