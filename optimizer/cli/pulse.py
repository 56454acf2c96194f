"""Progress on stderr that is never silent for long: after some seconds without news, what goes on is said again."""

import threading
import time
from types import TracebackType
from typing import ClassVar, Self

from geodata.wording import Lang, Sentence
from optimizer.cli import options as o

#: Seconds without a word after which people wonder.
SILENCE_S = 5.0
_STILL = Sentence("nog bezig ({n} s): {told}", "still at work ({n} s): {told}")


class Pulse:
    """Tells what a command is doing, and that it still does so when nothing else is said.

    Nothing of it reaches an answer: it looks at the clock for people alone. Of pulses within each other only the
    innermost speaks.

    Parameters
    ----------
    lang
        Language of what is said.
    silence_s
        Seconds of silence after which something is said; None: `SILENCE_S`.
    doing
        What is said to go on before anything was told; empty: nothing.
    """

    _innermost: ClassVar["Pulse | None"] = None

    def __init__(self, lang: Lang, silence_s: float | None = None, doing: str = "") -> None:
        self._lang, self._silence_s = lang, SILENCE_S if silence_s is None else silence_s
        self._began = self._last = time.monotonic()
        self._told, self._spoken = doing, False
        self._around: Pulse | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._around, Pulse._innermost = Pulse._innermost, self
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        Pulse._innermost = self._around
        if self._around is not None:
            self._around._last = time.monotonic()
        if self._spoken:
            o.hush()

    def __call__(self, message: str) -> None:
        """Tell what the command is doing now."""
        self._told, self._last = message, time.monotonic()
        self._say(message)

    def _say(self, message: str) -> None:
        self._spoken = True
        o.say(message)

    def _watch(self) -> None:
        while not self._over.wait(self._silence_s / 5):
            now = time.monotonic()
            if Pulse._innermost is self and self._told and now - self._last >= self._silence_s:
                self._last = now
                self._say(_STILL.fill(n=round(now - self._began), told=self._told).said(self._lang))
