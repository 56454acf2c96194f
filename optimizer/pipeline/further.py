"""Other months and other assumptions, beside the comparison of one batch."""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from optimizer import __version__
from optimizer.domain.uitvoer import GEVOELIGHEID, VERSCHILLEN, OutputTable
from optimizer.pipeline import months as other_months
from optimizer.pipeline import sensitivity
from optimizer.pipeline.orders import Listener, Order
from optimizer.pipeline.pieces import Piece, cleared, worked, workplace
from optimizer.pipeline.progress import stages, with_time_left
from optimizer.policy import Beleid, present_name
from optimizer.settle import InForce


@dataclass(frozen=True)
class Found:
    """What was worked out besides.

    Attributes
    ----------
    tables
        Further tables by what they are.
    months
        One row a month and policy; None where no months were asked for.
    places
        Folders with finished pieces, to be removed when the outcome stands.
    """

    tables: Mapping[OutputTable, pd.DataFrame] = field(default_factory=dict)
    months: pd.DataFrame | None = None
    places: tuple[Path, ...] = ()

    def clear(self) -> None:
        """Remove the finished pieces."""
        for place in self.places:
            cleared(place)


def worked_further(order: Order, in_force: InForce, listener: Listener) -> Found:
    """Work out the months and assumptions that a comparison asks for; what was finished before is not done again."""
    further, baseline = order.further, present_name(order.baseline)
    tables: dict[OutputTable, pd.DataFrame] = {}
    every, places = None, []
    if further.months or further.months_from:
        pieces = other_months.months(
            in_force,
            _policies(order, in_force, other_months.POLICIES),
            baseline=baseline,
            draws=order.draws,
            limits=order.limits,
            number=further.months,
            first_seed=further.first_seed,
            folder=further.months_from,
        )
        done, place = _worked(order, in_force, "maanden", pieces, listener)
        every, tables[VERSCHILLEN] = other_months.over_months(done, baseline, further.first_seed)
        places.append(place)
    if further.sensitivity:
        policies = _policies(order, in_force, sensitivity.POLICIES)
        pieces = sensitivity.assumptions(
            order.wish, in_force, policies, baseline=baseline, draws=order.draws, limits=order.limits
        )
        done, place = _worked(order, in_force, "aannames", pieces, listener)
        tables[GEVOELIGHEID] = sensitivity.sensitivity(done, baseline)
        places.append(place)
    return Found(tables, every, tuple(places))


def _policies(order: Order, in_force: InForce, usual: tuple[str, ...]) -> tuple[Beleid, ...]:
    """Return the policies that a user names, or the usual ones; the baseline among them."""
    asked = usual if tuple(order.policies) == ("all",) else order.named_policies()
    return tuple(in_force.policy(naam) for naam in dict.fromkeys([*asked, present_name(order.baseline)]))


def _worked(
    order: Order, in_force: InForce, what: str, pieces: list[Piece], listener: Listener
) -> tuple[list[pd.DataFrame], Path]:
    inputs = [(b.naam, b.sha256) for b in in_force.batch.bronnen]
    rules = [(name, str(in_force.parameters[name])) for name in in_force.parameters]
    policies = [in_force.policy(naam).model_dump() for naam in order.named_policies()]
    asked = (policies, order.baseline, order.draws, order.limits, order.further.first_seed)
    months = _hashes(order.further.months_from)
    identity = repr(
        (__version__, inputs, rules, in_force.seed, in_force.bekend, [p.name for p in pieces], asked, months)
    )
    place = workplace(order.output.place, what, identity)
    lang = order.output.style.lang
    say, before, since = stages(lang)[what], 0, time.monotonic()

    def tell(done: int, of: int) -> None:
        nonlocal before
        before = before or done  # what an earlier run finished took no time now
        told = say.format(done, of)
        listener.progress(with_time_left(told, done - before, of - before, since, lang))

    return worked(pieces, place, order.further.jobs, tell), place


def _hashes(folder: Path | None) -> list[tuple[str, str]]:
    """Return every file below a folder with the SHA-256 of its bytes, in order of name."""
    files = [] if folder is None else sorted(p for p in folder.rglob("*") if p.is_file())
    return [(str(p), hashlib.sha256(p.read_bytes()).hexdigest()) for p in files]
