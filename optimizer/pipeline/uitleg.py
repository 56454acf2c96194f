"""explain: a finished run opened again, one household explained, and every what-if worked out and judged."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import into
from geodata.wording import Sentence
from optimizer.decide import Limits
from optimizer.errors import ExitCode, Gebruiksfout
from optimizer.explain.told.uitleg import Uitleg, explain_household
from optimizer.explain.told.whatif import WatAls
from optimizer.explain.whynot import what_if
from optimizer.fit import parts
from optimizer.model import Case
from optimizer.pipeline.again import Reopened, reopen
from optimizer.pipeline.first_time import explain_the_wait
from optimizer.pipeline.judging import judged
from optimizer.pipeline.orders import Listener
from optimizer.read.checks.herindeling import ended_in
from optimizer.report.privacy import shield_ground, shield_text
from optimizer.rules.parameters import Parameters

_UNKNOWN = Sentence("Huishouden '{id}' staat niet in deze run.{meant}", "This run has no household '{id}'.{meant}")
_MEANT = Sentence(" Bedoelt u {names}?", " Did you mean {names}?")


@dataclass(frozen=True)
class Explained:
    """What was asked of a run: the parts of one household and of each what-if, and the rules in force."""

    uitleg: Uitleg
    wat_als: tuple[WatAls, ...]
    parameters: Parameters

    @property
    def code(self) -> ExitCode:
        """What the command ends with: a what-if that was not proven is said by code 5."""
        return ExitCode.DONE if all(what.bewezen for what in self.wat_als) else ExitCode.LIMIT


def explain_run(
    folder: Path,
    huishouden: str,
    why_not: Sequence[str],
    listener: Listener,
    *,
    given: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
    shield: bool = False,
) -> Explained:
    """Explain one household of a run; nothing is written and nothing is decided.

    Parameters
    ----------
    folder
        The folder of the run.
    huishouden
        Key of the household.
    why_not
        CBS codes of the municipalities asked for.
    listener
        Who is told warnings.
    given
        As `optimizer.pipeline.again.reopen` takes it.
    limits
        When the solver stops, for each what-if.
    shield
        Whether private grounds must not be readable.

    Raises
    ------
    Gebruiksfout
        When the run has no such household.
    Geweigerd
        As `reopen` raises it.
    """
    reopened = reopen(folder, given)
    listener.hear(reopened.in_force)
    explain_the_wait(listener)
    case, day = reopened.case, reopened.in_force.parameters.peildatum
    row = _row(reopened, huishouden)
    listener.warn(ended_in(day, "--why-not", "", pd.Series(list(why_not), dtype=object)))
    adults = case.batch.personen
    mine = adults[adults["huishouden_id"] == huishouden]
    uitleg = explain_household(case, row, parts(mine, case.parameters))
    today = into(day)
    asked = [int(today[load_gemeenten().index[code]]) for code in why_not]
    found = tuple(_checked(case, row, g, limits) for g in dict.fromkeys(asked))
    if shield:
        uitleg, found = _shielded(uitleg, found)
    return Explained(uitleg, found, case.parameters)


def _row(reopened: Reopened, huishouden: str) -> int:
    ids = [str(h) for h in reopened.problem.facts.huishoudens]
    if huishouden in ids:
        return ids.index(huishouden)
    near = difflib.get_close_matches(huishouden, ids, 3, cutoff=0.5)
    meant = _MEANT.fill(names=", ".join(near)) if near else ""
    raise Gebruiksfout(*_UNKNOWN.fill(id=huishouden, meant=meant))


def _checked(case: Case, row: int, gemeente: int, limits: Limits | None) -> WatAls:
    """Work one what-if out; the judge looks at the answer behind it before anybody is told."""
    worked = what_if(case, row, gemeente, limits)
    if worked.gemeente is not None:
        judged(replace(case, answer=replace(case.answer, gemeente=worked.gemeente)))
    return worked.wat_als


def _shielded(uitleg: Uitleg, found: tuple[WatAls, ...]) -> tuple[Uitleg, tuple[WatAls, ...]]:
    return uitleg.shielded(shield_ground, shield_text), tuple(what.shielded(shield_text) for what in found)
