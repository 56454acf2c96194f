"""Independent tasks on one core or two, with the same results in the same order."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def side_by_side(tasks: list[Callable[[], T]], workers: int) -> list[T]:
    """Run independent tasks; the results come in the order of the tasks, whatever the number of workers."""
    if workers == 1 or len(tasks) < 2:
        return [task() for task in tasks]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda task: task(), tasks))
