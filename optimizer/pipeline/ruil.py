"""ruil: a finished run opened again, the best swaps of opgave found, and the month after them judged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from geodata.wording import Sentence
from optimizer.decide import Limits
from optimizer.decide.by_levels import by_levels
from optimizer.domain.batch import Batch
from optimizer.errors import ExitCode, Gebruiksfout
from optimizer.explain.told.ruil import Gevonden
from optimizer.explain.whynot.swaps import Worked, best_swaps
from optimizer.model import Case
from optimizer.model.facts import Ints
from optimizer.pipeline.again import reopen
from optimizer.pipeline.first_time import explain_the_wait
from optimizer.pipeline.judging import judged
from optimizer.pipeline.orders import Listener

_NO_LEVELS = Sentence(
    "Het beleid {name} zoekt niet naar het beste antwoord, dus ook niet naar de beste ruil. Neem een run met een "
    "beleid dat dat wel doet, zoals kansrijk.",
    "The policy {name} does not look for the best answer, nor for the best swap. Take a run under a policy that does, "
    "such as kansrijk.",
)
_NO_OPGAVE = Sentence(
    "Het beleid {name} kent geen opgave, dus er is niets te ruilen. Neem een run met een ander beleid.",
    "The policy {name} knows no opgave, so there is nothing to swap. Take a run under another policy.",
)


_NO_PACE = Sentence(
    "Een ruil gaat over de hele opgave. Wij rekenen hier zonder het tempo van een ronde, ook voor het voorstel zelf.",
    "A swap is about the whole opgave. The pace of a round does not count here, for the proposal itself neither.",
)


@dataclass(frozen=True)
class Swaps:
    """What was found, and the exit code of the command: 5 where it was not proven."""

    gevonden: Gevonden

    @property
    def code(self) -> ExitCode:
        """What the command ends with."""
        return ExitCode.DONE if self.gevonden.bewezen else ExitCode.LIMIT


def swap_run(
    folder: Path, most: int, listener: Listener, *, given: Mapping[str, Any] | None = None, limits: Limits | None = None
) -> Swaps:
    """Find the best swaps of a run; nothing is written and nothing is decided.

    Parameters
    ----------
    folder, listener, given
        As `optimizer.pipeline.uitleg.explain_run` takes them.
    most
        How many pairs of neighbours may swap.
    limits
        When the search stops.

    Raises
    ------
    Gebruiksfout
        When the policy of the run has no levels or no opgave.
    """
    reopened = reopen(folder, given)
    listener.hear(reopened.in_force)
    explain_the_wait(listener)
    case = reopened.case
    if case.beleid.methode != "optimaal":
        raise Gebruiksfout(*_NO_LEVELS.fill(name=case.beleid.naam))
    if not case.eisen.opgave_geldt:
        raise Gebruiksfout(*_NO_OPGAVE.fill(name=case.beleid.naam))
    if case.instance.tempo is not None:
        listener.say(_NO_PACE)
        case = without_pace(case, limits or Limits())
    worked = best_swaps(case, most, limits)
    judged(after_swaps(case, worked))
    return Swaps(worked.gevonden)


def without_pace(case: Case, limits: Limits) -> Case:
    """Return the case as it is when one round may take all: swaps are about the whole opgave, not about a round."""
    eisen = replace(case.eisen, tempo_gemeente=0.0, tempo_regio=0.0)
    problem = case.problem.replace(eisen=eisen, instance=case.instance.replace(tempo=None))
    answer = by_levels(problem.instance, case.facts.seed, limits, start=case.answer.gemeente)
    return Case(case.batch, problem, answer)


def after_swaps(case: Case, worked: Worked) -> Case:
    """Return the case as it would be after the swaps: every opgave as it is then, and the links that were found."""
    facts = case.facts.replace(opgave=worked.opgave)
    room = case.instance.opgave + worked.opgave - case.facts.opgave
    problem = case.problem.replace(facts=facts, instance=case.instance.replace(opgave=room))
    batch = with_opgave(case.batch, worked.opgave, case.parameters["taakstelling/regime"])
    return Case(batch, problem, replace(case.answer, gemeente=worked.gemeente))


def with_opgave(batch: Batch, opgave: Ints, regime: str) -> Batch:
    """Return a batch in which each municipality has some opgave (persons, int64 [G]) and nothing else counts."""
    kind, column = ("capaciteit", "capaciteit") if regime == "capaciteit" else ("taakstelling", "taakstelling")
    old: pd.DataFrame = getattr(batch, kind)
    rows = np.flatnonzero(opgave > 0)
    fresh = {
        name: pd.Series([0] * rows.size if pd.api.types.is_numeric_dtype(old[name]) else [""] * rows.size).astype(
            old[name].dtype
        )
        for name in old.columns
    }
    fresh["gemeente"] = pd.Series(load_gemeenten().code[rows].tolist()).astype(old["gemeente"].dtype)
    fresh[column] = pd.Series(opgave[rows]).astype(old[column].dtype)
    return batch.replace(**{kind: pd.DataFrame(fresh)})
