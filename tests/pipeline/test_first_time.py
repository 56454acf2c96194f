"""Who runs the program for the first time is told why it takes longer, and only then."""

from typing import Any

import numba
import numpy as np

from geodata.wording import Sentence
from optimizer.pipeline.first_time import explain_the_wait
from optimizer.pipeline.orders import Listener
from optimizer.solve.run.compiled import tell_when_compiling


def fresh() -> None:
    """Compile a loop that nobody compiled before, and call it twice."""

    def double(values: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
        return int(values[0]) * 2

    fast: Any = numba.njit(double)
    assert [fast(np.array([n])) for n in (3, 4)] == [6, 8]


def test_a_loop_that_is_compiled_is_told_once() -> None:
    told: list[Sentence] = []
    explain_the_wait(Listener(say=told.append))
    assert told == []
    fresh()
    fresh()
    assert [sentence.en.split(".")[0] for sentence in told] == [
        "The first time the program prepares its calculating loops"
    ]


def test_a_loop_that_was_compiled_before_is_not_told() -> None:
    def double(values: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
        return int(values[0]) * 2

    fast: Any = numba.njit(double)
    fast(np.array([3]))
    told: list[Sentence] = []
    explain_the_wait(Listener(say=told.append))
    fast(np.array([4]))
    tell_when_compiling(lambda: None)
    assert told == []
