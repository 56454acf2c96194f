"""The judge's recipe: open the case, put every requirement to it, and return the verdict."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.rules.parameters import Parameters
from optimizer.verify.alternatives import alternatives
from optimizer.verify.bindings import arbeidsmarktregio_left, ground_out_of_reach, koppelregio_left
from optimizer.verify.case import Case, open_case
from optimizer.verify.cells import Form
from optimizer.verify.choices import agreement_not_followed, gemeente_excluded, lock_not_followed
from optimizer.verify.columns import written_columns
from optimizer.verify.dwellings import dwellings_exceeded, fixed_above_dwellings
from optimizer.verify.exceptions import free_beyond_radius, grounds_incompatible, locked_beyond_radius
from optimizer.verify.households import Floats
from optimizer.verify.levels import Kansen
from optimizer.verify.oordeel import Bevinding, Oordeel
from optimizer.verify.outcomes import banen_table, count
from optimizer.verify.presence import (
    gemeente_unknown,
    household_double,
    household_missing,
    household_unknown,
    not_linked,
)
from optimizer.verify.room import locked_above_opgave, opgave_exceeded
from optimizer.verify.tables import table_banen, table_taakstelling, table_uitzonderingen
from optimizer.verify.tempo import pace_exceeded, pace_not_kept

Requirement = Callable[[Case], list[Bevinding]]

#: What a proposal must keep to.
REQUIREMENTS: tuple[Requirement, ...] = (
    household_missing,
    household_double,
    household_unknown,
    gemeente_unknown,
    opgave_exceeded,
    dwellings_exceeded,
    gemeente_excluded,
    lock_not_followed,
    agreement_not_followed,
    ground_out_of_reach,
    koppelregio_left,
    arbeidsmarktregio_left,
    pace_exceeded,
)
#: What a proposal may do and must say.
EXCEPTIONS: tuple[Requirement, ...] = (
    locked_beyond_radius,
    locked_above_opgave,
    fixed_above_dwellings,
    grounds_incompatible,
    free_beyond_radius,
    pace_not_kept,
)


def judge(
    batch: Batch,
    voorstel: pd.DataFrame,
    *,
    parameters: Parameters,
    eisen: Eisen | None = None,
    bekend: float = 1.0,
    seed: int = 0,
    kans_werk: NDArray[np.float64] | None = None,
    chances: Kansen | None = None,
    niveaus: Sequence[str] = (),
    banen: pd.DataFrame | None = None,
    taakstelling: pd.DataFrame | None = None,
    uitzonderingen: pd.DataFrame | None = None,
) -> Oordeel:
    """Judge any proposal for a batch by the rules in force, without looking at how it was made.

    Parameters
    ----------
    batch
        The input.
    voorstel
        Text cells, one row per household, with at least ``huishouden_id`` and ``gemeente`` (code or name; empty =
        not linked). Other columns of ``voorstel.csv`` are judged where present.
    parameters
        The rules in force; their peildatum is that of the proposal.
    eisen
        What the named policy binds besides. None: a hard ground out of reach is an exception, no violation.
    bekend, seed
        Share of the jobs that was known in time, and the seed of that draw.
    kans_werk
        Chance of work of each row of ``voorstel`` at its municipality, float64 [rows]; NaN where it is not linked.
        None: the column is not judged.
    chances
        Chance of work of every household in every municipality by level, for the alternatives.
    niveaus
        Levels of the policy, most important first, for the alternatives; empty: their order is not judged.
    banen, taakstelling, uitzonderingen
        Further tables of the same run, text or typed, with columns of ``domain.uitvoer``. None: not judged.

    Raises
    ------
    ParameterFout
        When a parameter that the rules need is not in force on the peildatum.
    geodata.errors.MaatOnbekend
        When the parameter of the measure names none that exists.
    """
    case = open_case(batch, voorstel, parameters, eisen, bekend, seed)
    beside = {"banen": banen, "taakstelling": taakstelling, "uitzonderingen": uitzonderingen}
    tables = {name: table for name, table in beside.items() if table is not None}
    return judge_case(case, kans_werk, chances or {}, niveaus, tables)


def judge_case(
    case: Case,
    kans_werk: Floats | None,
    chances: Kansen,
    niveaus: Sequence[str],
    tables: Mapping[str, pd.DataFrame],
    form: Form = "vrij",
) -> Oordeel:
    """Put every requirement to a case that is open.

    Parameters
    ----------
    tables
        Further tables of the same run by name.
    form
        How strictly cells are read.
    """
    computed = banen_table(case)
    violations = [found for requirement in REQUIREMENTS for found in requirement(case)]
    exceptions = [found for exception in EXCEPTIONS for found in exception(case)]
    violations += alternatives(case, chances, niveaus)
    violations += written_columns(case, kans_werk, form)
    if "banen" in tables:
        violations += table_banen(case, computed, tables["banen"], form)
    if "taakstelling" in tables:
        violations += table_taakstelling(case, tables["taakstelling"], form)
    if "uitzonderingen" in tables:
        violations += table_uitzonderingen(case, exceptions, tables["uitzonderingen"])
    waiting = tuple(not_linked(case))
    return Oordeel(tuple(violations), tuple(exceptions), waiting, computed, count(case, computed, kans_werk))
