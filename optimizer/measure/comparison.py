"""Policies side by side: a row each, differences with a baseline, the band of practice.

Definitions in docs/method.md, "Jobs lost".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from optimizer.domain import uitvoer
from optimizer.domain.eisen import Eisen
from optimizer.domain.voorstel import Niveau
from optimizer.measure.counts import Counts
from optimizer.measure.fates import Fates
from optimizer.model import Case
from optimizer.rules.parameters import Parameters

#: The policy that stands for practice.
BASELINE = "handmatig"


@dataclass(frozen=True)
class Counted:
    """A case under the name of its row, with what was counted of it."""

    label: str
    case: Case
    counts: Counts


@dataclass(frozen=True)
class Comparison:
    """Policies side by side.

    Attributes
    ----------
    tabel
        One row per policy with the columns of ``uitvoer.BELEIDSVERGELIJKING``.
    niveaus
        Per policy that optimises, what each level reached.
    statussen
        Per policy ``proven``, ``gap``, ``limit`` or ``not_optimised``.
    attributie
        The gain split by step, with the columns of ``uitvoer.ATTRIBUTIE``; None where it was not asked for.
    overeenkomsten
        What agreements that let people stay do, with the columns of ``uitvoer.OVEREENKOMSTEN``; None without any.
    lot
        What becomes of every adult under each policy; empty where that was not asked for.
    eisen
        What each policy bound, with how far its pace yielded.
    """

    tabel: pd.DataFrame
    niveaus: Mapping[str, tuple[Niveau, ...]]
    statussen: Mapping[str, str]
    reproducible: bool
    attributie: pd.DataFrame | None = None
    overeenkomsten: pd.DataFrame | None = None
    lot: Mapping[str, Fates] = field(default_factory=dict)
    eisen: Mapping[str, Eisen] = field(default_factory=dict)


def side_by_side(counted: Sequence[Counted], baseline: str, effects: Sequence[pd.DataFrame] = ()) -> Comparison:
    """Put counted cases side by side.

    Parameters
    ----------
    counted
        One for each row, in order; the baseline among them.
    baseline
        Label of the row against which differences are taken.
    effects
        What agreements do, by policy.
    """
    answers = {c.label: c.case.answer for c in counted}
    return Comparison(
        _with_differences(pd.DataFrame([_row(c) for c in counted]), baseline),
        {label: a.niveaus for label, a in answers.items() if a.niveaus},
        {label: a.status for label, a in answers.items()},
        all(a.reproducible for a in answers.values()),
        overeenkomsten=pd.concat(effects, ignore_index=True) if effects else None,
        eisen={c.label: c.case.eisen for c in counted},
    )


def practice_band(parameters: Parameters) -> tuple[float, ...]:
    """Return the shares of jobs known in time for which the baseline is shown besides 1.0, lowest first."""
    shares = {float(parameters["screening/praktijk_laag"]), float(parameters["screening/praktijk_hoog"])}
    return tuple(sorted(shares - {1.0}))


def _row(counted: Counted) -> dict[str, object]:
    facts = counted.case.facts
    sizes = {"huishoudens": facts.personen.size, "personen": int(facts.personen.sum())}
    numbers = {name: float(value) for name, value in counted.counts.items()}
    told = {"beleid": counted.label, "methode": counted.case.beleid.methode, "bekend": facts.bekend}
    return {**told, **sizes, **numbers}


def _with_differences(frame: pd.DataFrame, baseline: str) -> pd.DataFrame:
    base = frame[frame["beleid"] == baseline]
    for name in ("verloren_regel", "verwacht_verloren", "behouden", "verwacht_behouden"):
        frame[f"verschil_{name}"] = frame[name] - base[name].to_numpy()[0]
    return frame.reindex(columns=uitvoer.BELEIDSVERGELIJKING.names)
