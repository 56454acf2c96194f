"""The same question has the same answer, whatever the order of the rows, the number of workers or the limits."""

import numpy as np
import numpy.typing as npt
import pytest

from optimizer.solve import Answer, Level, Status, assign, solve_levels

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def tight_month(seed: int, households: int = 40, gemeenten: int = 10) -> tuple[Floats, Ints, Ints]:
    rng = np.random.default_rng(seed)
    persons = rng.choice(np.arange(1, 7), size=households, p=[0.45, 0.2, 0.12, 0.1, 0.08, 0.05])
    share = rng.dirichlet(np.full(gemeenten, 2.0))
    opgave = np.floor(share * persons.sum() * 1.05).astype(np.int64) + 1
    return rng.normal(0.5, 0.1, (households, gemeenten)), persons, opgave


def judge(answer: Answer, benefit: Floats, persons: Ints, opgave: Ints) -> None:
    linked = np.flatnonzero(answer.gemeente >= 0)
    load = np.bincount(answer.gemeente[linked], weights=persons[linked], minlength=opgave.size)
    assert (load <= opgave).all()
    assert answer.value == pytest.approx(benefit[linked, answer.gemeente[linked]].sum())
    assert answer.bound >= answer.value
    assert (answer.prices >= 0).all()


@pytest.mark.parametrize("seed", [1, 2])
def test_two_workers_give_the_answer_of_one(seed: int) -> None:
    benefit, persons, opgave = tight_month(seed)
    one, two = (assign(benefit, persons, opgave, workers=workers, work_limit=40) for workers in (1, 2))
    assert one.gemeente.tolist() == two.gemeente.tolist()
    assert (one.value, one.bound, one.work) == (two.value, two.bound, two.work)
    assert one.reproducible


def test_permuting_the_rows_with_their_tickets_permutes_the_answer() -> None:
    benefit, persons, opgave = tight_month(3)
    # Whole tenths: many answers are equal, so that the lottery has work to do.
    benefit = np.round(benefit, 1)
    lot = np.random.default_rng(9).integers(0, 2**63, persons.size).astype(np.uint64)
    order = np.random.default_rng(10).permutation(persons.size)
    straight = assign(benefit, persons, opgave, lot=lot)
    shuffled = assign(benefit[order], persons[order], opgave, lot=lot[order])
    assert shuffled.gemeente.tolist() == straight.gemeente[order].tolist()


def test_the_lottery_and_nothing_else_decides_between_equal_answers() -> None:
    persons, opgave = np.ones(6, dtype=np.int64), np.ones(3, dtype=np.int64)
    benefit = np.full((6, 3), 0.5)
    lot = np.arange(6, dtype=np.uint64) * np.uint64(7919)
    answers = {tuple(assign(benefit, persons, opgave, lot=lot, seed=seed).gemeente.tolist()) for seed in range(4)}
    other = assign(benefit, persons, opgave, lot=lot + np.uint64(12345))
    assert len(answers) == 1
    assert tuple(other.gemeente.tolist()) not in answers


def test_a_work_limit_returns_a_feasible_answer_with_its_true_gap() -> None:
    benefit, persons, opgave = tight_month(4, 120, 30)
    answer = assign(benefit, persons, opgave, work_limit=1)
    judge(answer, benefit, persons, opgave)
    assert answer.status is Status.LIMIT
    assert answer.reproducible


def test_a_stop_by_the_clock_is_not_called_reproducible() -> None:
    benefit, persons, opgave = tight_month(5, 120, 30)
    answer = assign(benefit, persons, opgave, time_limit_s=1e-6)
    judge(answer, benefit, persons, opgave)
    assert answer.status is Status.LIMIT
    assert not answer.reproducible


def test_a_gap_that_was_asked_for_ends_the_search() -> None:
    benefit, persons, opgave = tight_month(6)
    answer = assign(benefit, persons, opgave, gap=0.5)
    judge(answer, benefit, persons, opgave)
    assert answer.status is Status.PROVEN
    assert answer.gap <= 0.5


def test_progress_hears_values_that_never_pass_their_bounds() -> None:
    heard: list[tuple[str, float, float]] = []
    benefit, persons, opgave = tight_month(7)
    assign(benefit, persons, opgave, progress=lambda name, value, bound: heard.append((name, value, bound)))
    assert "value" in {name for name, _, _ in heard}
    assert all(value <= bound + 1e-9 * abs(bound) for _, value, bound in heard)


@pytest.mark.parametrize(
    ("seed", "households", "gemeenten", "limit"), [(2, 120, 30, 100), (4, 120, 30, 400), (6, 60, 20, 100)]
)
def test_what_each_level_is_said_to_reach_is_what_the_answer_reaches(
    seed: int, households: int, gemeenten: int, limit: int
) -> None:
    """In these months a later level betters an earlier one that the limit stopped with a gap."""
    rng = np.random.default_rng(seed)
    persons = rng.integers(1, 6, households)
    opgave = rng.multinomial(int(persons.sum() * 0.8), np.ones(gemeenten) / gemeenten)
    admissible = rng.random((households, gemeenten)) < 0.3
    jobs = rng.integers(0, 1000, (households, gemeenten)) * (rng.random((households, 1)) < 0.2)
    levels = [
        Level("personen", np.repeat(persons[:, None], gemeenten, axis=1)),
        Level("banen", jobs),
        Level("kans", rng.integers(0, 1000, (households, gemeenten))),
    ]
    answer = solve_levels(levels, persons, opgave, admissible, work_limit=limit)
    linked = np.flatnonzero(answer.gemeente >= 0)
    for level, result in zip(levels, answer.levels, strict=False):
        assert result.value == level.value[linked, answer.gemeente[linked]].sum()
        assert result.value <= result.bound
        assert (result.status is Status.PROVEN) == (result.gap == 0)
