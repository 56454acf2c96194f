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

from optimizer.domain.uitvoer import BESLUITEN, EERDER
from optimizer.month.decisions import decided, from_table
from optimizer.read.run import read_finished
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
class Opened:
    """A round on disk, for as long as it is open.

    Attributes
    ----------
    run, invoer
        The folder of the run, and its input.
    in_force
        What was settled when the run was made, the decisions of earlier rounds included.
    wish
        What the run was asked, with the places where its files stand here.
    """

    run: Path
    invoer: Path
    in_force: InForce
    wish: Wish


class Rounds:
    """What was in force in the rounds that this process looked at last; a round never changes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: OrderedDict[str, InForce] = OrderedDict()
        self._turn = threading.Lock()

    def in_force(self, ronde_id: str) -> InForce:
        """Return what was in force in a round.

        Raises
        ------
        KeyError
            When there is no such round.
        """
        with self._turn:
            if ronde_id not in self._known:
                with open_round(self._engine, ronde_id) as opened:
                    self._known[ronde_id] = opened.in_force
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
        yield Opened(run, invoer, _as_it_was(run, settle(wish)), wish)


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


def _as_it_was(run: Path, in_force: InForce) -> InForce:
    """Return what was in force in a run that itself went on from an earlier one."""
    finished = read_finished(run)
    eerder, written = finished.table(EERDER), finished.table(BESLUITEN)
    if eerder is None:
        return in_force
    before: Mapping[str, str] = dict(zip(eerder.frame["huishouden_id"], eerder.frame["gemeente"], strict=True))
    besluiten = () if written is None else from_table(written.frame)
    return replace(in_force, batch=decided(in_force.batch, besluiten, before))
