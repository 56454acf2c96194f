"""Ctrl-C ends the search, not the program."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from optimizer.solve.run.budget import Budget


@contextmanager
def ended_by_ctrl_c(budget: Budget) -> Iterator[None]:
    """Let the first Ctrl-C end the search with the best answer so far; a second one interrupts as usual.

    A solver or a compiled loop that is under way comes to its end first. Signals reach the main thread only, and a
    program that handles them in its own way keeps doing so.
    """
    usual = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or usual is not signal.default_int_handler:
        yield
        return

    def end(_: int, __: FrameType | None) -> None:
        budget.interrupted = True
        signal.signal(signal.SIGINT, usual)

    signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
