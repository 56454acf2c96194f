"""Progress on stderr that is never silent for long: after some seconds without news, what goes on is said again."""

import threading
import time
from types import TracebackType
from typing import Self

from geodata.wording import Lang, Sentence
from optimizer.cli import options as o

#: Seconds without a word after which people wonder.
SILENCE_S = 5.0
_STILL = Sentence("nog bezig ({n} s): {told}", "still at work ({n} s): {told}")


class Pulse:
    """Tells what a command is doing, and that it still does so when nothing else is said.

    Nothing of it reaches an answer: it looks at the clock for people alone.
    """

    def __init__(self, lang: Lang, silence_s: float = SILENCE_S) -> None:
        self._lang, self._silence_s = lang, silence_s
        self._began = self._last = time.monotonic()
        self._told = ""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        o.hush()

    def __call__(self, message: str) -> None:
        """Tell what the command is doing now."""
        self._told, self._last = message, time.monotonic()
        o.say(message)

    def _watch(self) -> None:
        while not self._over.wait(self._silence_s / 5):
            now = time.monotonic()
            if self._told and now - self._last >= self._silence_s:
                self._last = now
                o.say(_STILL.fill(n=round(now - self._began), told=self._told).said(self._lang))
