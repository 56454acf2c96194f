"""What a search may spend: counted steps, the clock, and parts of both, by hand and with a clock of our own."""

import pytest

from optimizer.solve.run.budget import DEFAULT_STEPS, Budget
from optimizer.solve.run.workers import side_by_side


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("optimizer.solve.run.budget.time.monotonic", clock.monotonic)
    return clock


def test_work_is_counted_in_whole_steps_as_the_documentation_says() -> None:
    budget = Budget()
    budget.spend(2_500, 3)  # 2.5 thousand columns times four: ten steps, and one for the call
    assert budget.work == 11
    budget.spend_pairs(29_999)  # a step per ten thousand visits
    assert budget.work == 11 + 3
    budget.spend_iterations(11)  # a step per four iterations
    assert budget.work == 14 + 3
    budget.spend_program(1_000, 20)  # the root as 300 nodes
    assert budget.work == 17 + 321
    budget.spend_patterns(1_000, 2)  # the root as 30, each node as 15
    assert budget.work == 338 + 61


def test_without_any_limit_the_default_number_of_steps_holds_and_a_clock_alone_leaves_the_work_open() -> None:
    default = Budget.of(None, None, None)
    assert (default.work_limit, default.given) == (DEFAULT_STEPS, False)
    assert (Budget.of(None, 5.0, None).work_limit, Budget.of(None, 5.0, None).given) == (None, True)
    assert (Budget.of(7, None, None).work_limit, Budget.of(7, None, None).given) == (7, True)


def test_the_last_step_ends_the_search_and_the_name_of_the_limit_is_told() -> None:
    for budget, name in ((Budget(3), "work_limit"), (Budget(3, given=False), "default")):
        budget.work = 2
        assert not budget.exhausted
        assert budget.ended_by == ""
        budget.work = 3
        assert budget.exhausted
        assert budget.ended_by == name
        assert not budget.stopped_by_clock


def test_the_clock_ends_the_search_a_reserve_before_its_limit(clock: Clock) -> None:
    budget = Budget(None, 10.0, reserve_s=2.0, started=clock.now)
    clock.now += 7.5
    assert budget.left_s == 0.5
    assert not budget.exhausted
    assert not budget.stopped_by_clock
    clock.now += 0.5
    assert budget.left_s == 0.01  # a solver takes no limit of nought
    assert budget.exhausted
    assert budget.ended_by == "time_limit"
    clock.now -= 5.0
    assert budget.stopped_by_clock  # what the clock decided once stays decided


def test_ctrl_c_ends_the_search_whatever_is_left() -> None:
    budget = Budget()
    assert budget.left_s is None
    assert not budget.exhausted
    budget.interrupted = True
    assert budget.exhausted
    assert budget.ended_by == "interrupt"


def test_work_that_nothing_can_interrupt_is_begun_only_where_the_clock_leaves_it(clock: Clock) -> None:
    budget = Budget(None, 4.0, started=clock.now)
    clock.now += 1.0
    assert budget.affords(29, 0.1)
    assert not budget.stopped_by_clock
    assert not budget.affords(30, 0.1)  # three seconds are left, and it would take all of them
    assert budget.stopped_by_clock
    assert Budget().affords(10**15)


def test_a_program_with_patterns_is_begun_where_its_root_is_within_the_steps() -> None:
    budget = Budget(40)
    budget.work = 10
    assert budget.leaves_patterns(1_000)  # thirty steps, and thirty are left
    assert not budget.leaves_patterns(1_034)
    assert Budget().leaves_patterns(10**12)


def test_a_part_of_what_is_left_is_a_part_of_the_steps_and_of_the_seconds(clock: Clock) -> None:
    budget = Budget(110, 60.0, reserve_s=20.0, started=clock.now)
    budget.work = 10
    clock.now += 20.0
    with budget.share(0.5):
        assert budget.work_limit == 60
        assert budget.left_s == 10.0
        budget.work = 60
        assert budget.exhausted
        with budget.share(0.5):
            assert budget.work_limit == 60
    assert (budget.work_limit, budget.time_limit_s) == (110, 60.0)
    assert budget.left_s == 20.0
    over = Budget(5)
    over.work = 9
    with over.share(0.5):
        assert over.work_limit == 9  # nothing is left, and not less than nothing


def test_so_many_steps_at_most_and_no_more_than_were_left() -> None:
    budget = Budget(50)
    budget.work = 30
    with budget.at_most(10):
        assert budget.work_limit == 40
    with budget.at_most(100):
        assert budget.work_limit == 50
    assert budget.work_limit == 50
    free = Budget()
    free.work = 5
    with free.at_most(10):
        assert free.work_limit == 15
    assert free.work_limit is None


def test_the_pace_of_the_turns_made_says_how_many_more_there_is_time_for(clock: Clock) -> None:
    budget = Budget(None, 10.0, started=clock.now)
    affordable = budget.pace()
    assert affordable(100, 500) == 500  # machine code is loaded: the first turns say nothing
    clock.now += 1.0
    assert affordable(100, 500) == 500  # a hundred in a second, nine are left
    clock.now += 4.0
    assert affordable(100, 500) == 125  # a hundred in four seconds, five are left
    assert budget.stopped_by_clock
    unhurried = Budget()
    assert unhurried.pace()(1, 500) == 500
    assert not unhurried.stopped_by_clock


def test_seconds_are_added_up_by_phase(clock: Clock) -> None:
    budget = Budget()
    with budget.phase("a"):
        clock.now += 2.0
    with budget.phase("b"):
        clock.now += 1.0
    with budget.phase("a"):
        clock.now += 0.5
    assert budget.seconds == {"a": 2.5, "b": 1.0}


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_results_come_in_the_order_of_the_tasks(workers: int) -> None:
    assert side_by_side([lambda k=k: k * k for k in range(9)], workers) == [k * k for k in range(9)]  # type: ignore[misc]
    assert side_by_side([], workers) == []
