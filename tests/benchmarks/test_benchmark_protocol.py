"""The protocol of the benchmarks on a tiny month: every method in its own process, one page, charts."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.cases import BY_NAME, CASES, OURS, Case, Trial, plan
from benchmarks.chart import log_chart
from benchmarks.methods import METHODS
from benchmarks.pictures import by_method, seconds_of
from benchmarks.record import Record
from benchmarks.runner import run_trial
from benchmarks.tables import best_bound, method_row, target_rows
from optimizer.solve import Status

TINY = BY_NAME["tiny"]
EXACT = (OURS, "highs", "cpsat", "cbc")


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    """One trial of every method on the tiny month."""
    return {trial.method: run_trial(TINY, 10, trial) for trial in TINY.trials}


def test_the_tiny_month_runs_every_method(records: dict[str, Record]) -> None:
    assert set(records) == set(METHODS)
    assert all(record.seconds is not None and record.peak_gb for record in records.values())


def test_every_exact_method_proves_the_same_value(records: dict[str, Record]) -> None:
    for name in EXACT:
        assert records[name].status == Status.PROVEN
        assert not records[name].faults
        assert records[name].values[0] == pytest.approx(records[OURS].values[0], rel=1e-6)


def test_the_relaxation_bounds_the_optimum_and_greedy_stays_below(records: dict[str, Record]) -> None:
    relaxed = records["flow"].bounds[0]
    assert relaxed is not None
    assert records["greedy"].values[0] <= records[OURS].values[0] <= relaxed
    assert records["greedy"].feasible


def test_slots_break_the_opgaven_and_the_row_says_by_how_much(records: dict[str, Record]) -> None:
    row = method_row(records["slots"], list(records.values()))
    assert row[-1] == "NOT ALLOWED: 9 persons over the opgaven"


def test_a_record_survives_its_way_out_of_the_process(records: dict[str, Record]) -> None:
    for record in records.values():
        assert Record.from_json(record.to_json()) == record


def test_a_method_that_does_not_take_the_problem_says_so() -> None:
    record = run_trial(BY_NAME["tiny-rows"], 10, Trial("flow", 5))
    assert (record.status, record.values) == ("takes the opgaven only", ())


def test_a_trial_that_fails_is_a_record_with_the_reason() -> None:
    record = run_trial(TINY, 10, Trial("no-such-method", 5))
    assert record.status.startswith("failed with code 1: KeyError")


def test_the_page_and_the_charts_are_written(tmp_path: Path) -> None:
    out = tmp_path / "page.md"
    main(["--only", "tiny", "--seeds", "10", "--at-most", "3", "--out", str(out), "--date", "2026-11-01"])
    text = out.read_text(encoding="utf-8")
    assert "Date: 2026-11-01" in text
    assert "**A part of the registry** (only tiny; seeds 10; every limit cut to 3 s)" in text
    for method in METHODS.values():
        assert f"| {method.title} | 3 |" in text
    for name in ("seconds.svg", "memory.svg"):
        assert f"(charts/{name})" in text
        ElementTree.parse(tmp_path / "charts" / name)  # noqa: S314


def result(**changes: object) -> Record:
    """A trial of our method on the national month at three seconds."""
    fields: dict[str, object] = {"values": (100.0,), "bounds": (100.05,), "seconds": 3.1, "names": ("value",)}
    return Record("national", 10, OURS, 3.0, "limit", **(fields | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("record", "verdict"),
    [
        (result(), "yes"),
        (result(bounds=(100.2,)), "not: gap × 2"),
        (result(values=(0.0,)), "not: gap × inf"),
        (result(seconds=6.0), "not: time × 2"),
        (result(faults=("1 persons over the opgaven",)), "not: gap"),
        (Record("national", 10, OURS, 3.0, "stopped after 64 s"), "not: gap, time"),
    ],
)
def test_a_target_is_reached_or_says_what_was_missed(record: Record, verdict: str) -> None:
    assert target_rows([record])[0][-1] == verdict


def test_a_bound_below_somebody_elses_answer_is_wrong_and_counts_for_nobody() -> None:
    good = result()
    wrong = Record("national", 10, "highs", 60.0, "limit", names=("value",), bounds=(99.0,))
    assert method_row(wrong, [good, wrong])[-1] == "WRONG BOUND"
    assert best_bound([good, wrong]) == 100.05


def test_every_target_has_the_trial_that_it_is_measured_in() -> None:
    for case in CASES:
        limits = {trial.limit_s for trial in case.trials if trial.method == OURS}
        assert {target.limit_s for target in case.targets} <= limits


def test_the_default_plan_leaves_out_what_is_hidden_or_full() -> None:
    def names(*, full: bool) -> set[str]:
        return {case.name for case, _, _ in plan([], full=full, seeds=[])}

    every: set[Case] = {case for case in CASES if not case.hidden}
    assert names(full=True) == {case.name for case in every}
    assert names(full=False) == {case.name for case in every if not case.full}


def test_a_trial_that_found_nothing_has_no_point_in_a_chart() -> None:
    nothing = Record("national", 10, "highs", 60.0, "limit", households=1500, seconds=60.0, bounds=(None,))
    found = result(households=1500)
    assert list(by_method([nothing, found], seconds_of)) == [METHODS[OURS].title]


def test_a_chart_places_powers_of_ten_evenly() -> None:
    svg = log_chart("t", "x", "y", {"a < b": [(10.0, 1.0), (100.0, 10.0), (1000.0, 100.0)]})
    root = ElementTree.fromstring(svg)  # noqa: S314
    at = [float(one.attrib["cx"]) for one in root.iter("{http://www.w3.org/2000/svg}circle")][:3]
    assert at[1] - at[0] == pytest.approx(at[2] - at[1], abs=0.2)
