"""A round opened again: its files on disk for as long as they are needed, and what was in force."""

import datetime
import json
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine

from optimizer.domain.batch import Batch
from optimizer.domain.besluiten import Besluit
from optimizer.domain.finished import FinishedRun, RunFolder
from optimizer.domain.uitvoer import BESLUITEN, EERDER, VOORSTEL
from optimizer.month.decisions import decided, from_table
from optimizer.month.differences import links
from optimizer.read.run import read_finished, read_run
from optimizer.review.data.engine import reading
from optimizer.review.data.tables import Bestand
from optimizer.review.rounds.packed import packed, unpack
from optimizer.settle import InForce, Wish, settle

#: Names of the packed files of a round.
RUN, INVOER, BIJ = "run.zip", "invoer.zip", "bij.zip"
#: In ``bij.zip``: what else the wish names, and the wish itself.
_WISH = "wens.json"
#: Rounds that a process remembers.
_KEPT = 4
_FILE = "file:"


@dataclass(frozen=True)
class Known:
    """What was in force in a round, and what its run says of who decided.

    Attributes
    ----------
    in_force
        What was settled when the run was made, the decisions of earlier rounds included.
    as_read
        The input as people wrote it, without those decisions.
    earlier
        Municipality of each household in the proposal, "" where it is not linked, in order.
    besluiten
        Decisions that were in force in the run.
    """

    in_force: InForce
    as_read: Batch
    earlier: Mapping[str, str]
    besluiten: tuple[Besluit, ...]


@dataclass(frozen=True)
class Opened:
    """A round on disk, for as long as it is open.

    Attributes
    ----------
    run, invoer
        The folder of the run, and its input.
    known
        What was in force when the run was made.
    wish
        What the run was asked, with the places where its files stand here.
    """

    run: Path
    invoer: Path
    known: Known
    wish: Wish

    @property
    def given(self) -> dict[str, Any]:
        """What goes before the places that the receipt of the run names, as `pipeline.again.reopen` takes it."""
        wish = self.wish
        files = {"source": wish.source, "kolommen": wish.kolommen, "pc4": wish.pc4, "measure": wish.measure}
        return {**files, "rules": list(wish.rules) or None, "scenarios": list(wish.scenarios) or None}


class Rounds:
    """What was in force in the rounds that this process looked at last; a round never changes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._turn = threading.Lock()

    def in_force(self, ronde_id: str) -> InForce:
        """Return what was in force in a round.

        Raises
        ------
        KeyError
            When there is no such round.
        """
        return self.known(ronde_id).in_force

    def known(self, ronde_id: str) -> Known:
        """Return what was in force in a round, and what its run says of who decided.

        Raises
        ------
        KeyError
            When there is no such round.
        """
        with self._turn:
            if ronde_id not in self._known:
                with open_round(self._engine, ronde_id) as opened:
                    self._known[ronde_id] = opened.known
            self._known.move_to_end(ronde_id)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
            return self._known[ronde_id]


@contextmanager
def open_round(engine: Engine, ronde_id: str) -> Iterator[Opened]:
    """Write the files of a round into a folder that goes with the block, and settle what was in force.

    Raises
    ------
    KeyError
        When there is no such round.
    """
    with TemporaryDirectory(prefix="koppelwijzer-ronde-") as place:
        folder = Path(place)
        with reading(engine) as session:
            for name in (RUN, INVOER, BIJ):
                kept = session.get(Bestand, (ronde_id, name))
                if kept is None:
                    raise KeyError(ronde_id)
                (folder / name).with_suffix("").mkdir()
                unpack(kept.inhoud, (folder / name).with_suffix(""))
        run, invoer = folder / "run", as_given(folder / "invoer")
        wish = _kept_wish(folder / "bij", invoer)
        yield Opened(run, invoer, _known(run, settle(wish)), wish)


def finished_of(engine: Engine, ronde_id: str) -> FinishedRun:
    """Read the run of a round as it is written.

    Raises
    ------
    KeyError
        When there is no such round.
    """
    with _unpacked(engine, ronde_id) as folder:
        return read_finished(folder)


def tables_of(engine: Engine, ronde_id: str) -> RunFolder:
    """Read the tables of the run of a round as numbers and words.

    Raises
    ------
    KeyError
        When there is no such round.
    """
    with _unpacked(engine, ronde_id) as folder:
        return read_run(folder)


@contextmanager
def _unpacked(engine: Engine, ronde_id: str) -> Iterator[Path]:
    with TemporaryDirectory(prefix="koppelwijzer-run-") as place:
        with reading(engine) as session:
            kept = session.get(Bestand, (ronde_id, RUN))
            if kept is None:
                raise KeyError(ronde_id)
            unpack(kept.inhoud, Path(place))
        yield Path(place)


def besluiten_of(run: FinishedRun) -> tuple[Besluit, ...]:
    """Return the decisions that were in force in a run; none where it went on from none."""
    written = run.table(BESLUITEN)
    return () if written is None or written.wrong else from_table(written.frame)


def as_given(folder: Path) -> Path:
    """Return the input in a folder: its one workbook, where it holds nothing else, or the folder itself."""
    inside = list(folder.iterdir())
    one = len(inside) == 1 and inside[0].suffix.casefold() in (".xlsx", ".ods")
    return inside[0] if one else folder


def kept(wish: Wish, folder: Path) -> bytes:
    """Return what a wish names besides the input, and the wish itself, as one packed file.

    Parameters
    ----------
    wish
        The wish.
    folder
        An empty folder to put it together in.
    """
    told: dict[str, Any] = {
        "policy": wish.policy,
        "peildatum": None if wish.peildatum is None else wish.peildatum.isoformat(),
        "seed": wish.seed,
        "bekend": wish.bekend,
        "measure": wish.measure,
        "kolommen": _copied(wish.kolommen, folder, "kolommen"),
        "pc4": _copied(wish.pc4, folder, "pc4"),
        "rules": [_copied(path, folder, f"regels-{k}") for k, path in enumerate(wish.rules)],
        "scenarios": [_copied(path, folder, f"scenario-{k}") for k, path in enumerate(wish.scenarios)],
    }
    if wish.measure is not None and wish.measure.startswith(_FILE):
        told["measure"] = f"{_FILE}{_copied(Path(wish.measure.removeprefix(_FILE)), folder, 'afstanden')}"
    (folder / _WISH).write_text(json.dumps(told), encoding="utf-8")
    return packed(folder)


def _kept_wish(folder: Path, invoer: Path) -> Wish:
    told = json.loads((folder / _WISH).read_text(encoding="utf-8"))
    measure = told["measure"]
    return Wish(
        source=invoer,
        policy=told["policy"],
        peildatum=None if told["peildatum"] is None else datetime.date.fromisoformat(told["peildatum"]),
        seed=told["seed"],
        bekend=told["bekend"],
        kolommen=None if told["kolommen"] is None else folder / told["kolommen"],
        pc4=None if told["pc4"] is None else folder / told["pc4"],
        measure=f"{_FILE}{folder / measure.removeprefix(_FILE)}" if (measure or "").startswith(_FILE) else measure,
        rules=[folder / name for name in told["rules"]],
        scenarios=[folder / name for name in told["scenarios"]],
    )


def _copied(path: Path | None, folder: Path, name: str) -> str | None:
    if path is None:
        return None
    unpacked = folder / f"{name}{path.suffix if path.is_file() else ''}"
    if path.is_dir():
        unpacked.mkdir()
        unpack(packed(path), unpacked)
    else:
        unpacked.write_bytes(path.read_bytes())
    return unpacked.name


def _known(run: Path, in_force: InForce) -> Known:
    """Return what was in force in a run, also in one that itself went on from an earlier one."""
    finished, as_read = read_finished(run), in_force.batch
    besluiten, eerder = besluiten_of(finished), finished.table(EERDER)
    if eerder is not None:
        before = dict(zip(eerder.frame["huishouden_id"], eerder.frame["gemeente"], strict=True))
        in_force = replace(in_force, batch=decided(as_read, besluiten, before))
    return Known(in_force, as_read, links(finished.tables[VOORSTEL.name].frame), besluiten)
