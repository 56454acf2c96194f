"""Much work in pieces: on several cores, each finished piece kept on disk, so that a stopped command goes on later."""

import hashlib
import multiprocessing
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pandas as pd


class Work(Protocol):
    """What a piece does; it must be picklable and depend on nothing but itself."""

    def __call__(self) -> pd.DataFrame:
        """Work the piece out."""


@dataclass(frozen=True)
class Piece:
    """One piece of work.

    Attributes
    ----------
    name
        Name of its file, such as ``maand-0001``.
    work
        What makes its table.
    """

    name: str
    work: Work


def workplace(out: Path, what: str, identity: str) -> Path:
    """Return the hidden folder beside an outcome where pieces are kept; another identity has another folder."""
    digest = hashlib.sha256(identity.encode()).hexdigest()[:16]
    place = out.resolve()
    return place.parent / f".{place.name}.{what}-{digest}"


def worked(
    pieces: Sequence[Piece], place: Path, jobs: int, progress: Callable[[int, int], None] = lambda *_: None
) -> list[pd.DataFrame]:
    """Return the tables of all pieces, in order; what was finished before is read, the rest is worked out.

    Parameters
    ----------
    pieces
        The work; the order of finishing does not matter.
    place
        Folder for finished pieces; made when needed, and removed by `cleared`.
    jobs
        Processes, at least 1; they cannot change a table.
    progress
        Told how many pieces are finished, and of how many.
    """
    place.mkdir(parents=True, exist_ok=True)
    waiting = [piece for piece in pieces if not _file(place, piece).is_file()]
    progress(len(pieces) - len(waiting), len(pieces))
    if jobs == 1 or len(waiting) < 2:
        for done, piece in enumerate(waiting, len(pieces) - len(waiting) + 1):
            _keep(piece, place)
            progress(done, len(pieces))
    else:
        _in_processes(waiting, place, jobs, lambda done: progress(len(pieces) - len(waiting) + done, len(pieces)))
    return [pd.read_parquet(_file(place, piece)) for piece in pieces]


def cleared(place: Path) -> None:
    """Remove finished pieces when they are no longer needed."""
    shutil.rmtree(place, ignore_errors=True)


def _in_processes(waiting: Sequence[Piece], place: Path, jobs: int, progress: Callable[[int], None]) -> None:
    pool = ProcessPoolExecutor(min(jobs, len(waiting)), mp_context=multiprocessing.get_context("spawn"))
    try:
        futures: list[Future[None]] = [pool.submit(_keep, piece, place) for piece in waiting]
        for done, future in enumerate(as_completed(futures), 1):
            future.result()
            progress(done)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _keep(piece: Piece, place: Path) -> None:
    """Work a piece out and put its table under its name when it is whole."""
    file = _file(place, piece)
    beside = file.with_suffix(f".{multiprocessing.current_process().pid}")
    piece.work().to_parquet(beside, index=False)
    beside.replace(file)


def _file(place: Path, piece: Piece) -> Path:
    return place / f"{piece.name}.parquet"
