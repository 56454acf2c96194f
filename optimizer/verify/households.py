"""What the input says about households and municipalities, as arrays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import GemeenteOnbekend
from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.rules.parameters import Parameters

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Texts = NDArray[np.object_]
Days = NDArray[np.datetime64]

NONE = -1


@dataclass(frozen=True)
class Households:
    """The households of a batch, in input order; n of them.

    Municipalities are rows of ``geodata.gemeenten`` and `NONE` where there is none.

    Parameters
    ----------
    ids
        Keys, text [n].
    persons, counted
        Persons in the household and persons that count against the opgave, int64 [n]. They differ only where
        parameter ``nareis/telt_mee`` says that family members still to come count.
    reception, lock
        Municipality of reception, and the one that a person chose, int64 [n].
    excluded
        Pairs (household, municipality) that are not allowed, each as household x municipalities + municipality; sorted.
    days
        Days from the permit to the peildatum, int64 [n].
    moving_date
        When the household is expected to move, datetime64[D] [n].
    opgave, whole
        Persons that each municipality can still take, and the whole task that it had, int64 [municipalities].
    """

    ids: Texts
    persons: Ints
    counted: Ints
    reception: Ints
    lock: Ints
    excluded: Ints
    days: Ints
    moving_date: Days
    opgave: Ints
    whole: Ints

    def __len__(self) -> int:
        """Return the number of households."""
        return len(self.ids)

    def is_excluded(self, household: Ints, gemeente: Ints) -> Bools:
        """Tell for pairs of household and municipality (same shape) whether that pair is not allowed."""
        pairs = household * len(self.opgave) + gemeente
        return np.isin(pairs, self.excluded) & np.greater(gemeente, NONE)


def gemeente_rows(codes: Iterable[str]) -> Ints:
    """Return the row of each CBS code, int64; `NONE` for an empty cell.

    Raises
    ------
    GemeenteOnbekend
        For a text that is no present CBS code: a batch that was read holds none.
    """
    texts = pd.Index(list(codes), dtype=object)
    rows: Ints = _code_index().get_indexer(texts).astype(np.int64)
    wrong = texts[(rows == NONE) & (texts != "")]
    if len(wrong):
        raise GemeenteOnbekend(str(wrong[0]))
    return rows


@cache
def _code_index() -> "pd.Index[str]":
    index: pd.Index[str] = pd.Index(load_gemeenten().code.astype(object))
    return index


def household_rows(ids: Iterable[str], households: Texts) -> Ints:
    """Return the row of each household key, int64; `NONE` for a key that the batch lacks."""
    rows: Ints = pd.Index(households).get_indexer(pd.Index(list(ids), dtype=object)).astype(np.int64)
    return rows


def collect_households(batch: Batch, parameters: Parameters) -> Households:
    """Return what the input says about the households and the municipalities."""
    table = batch.huishoudens
    persons = table["aantal_personen"].to_numpy(np.int64)
    later = table["nareis_verwacht"].fillna(0).to_numpy(np.int64) if parameters["nareis/telt_mee"] else 0
    return Households(
        ids=table["huishouden_id"].to_numpy(object),
        persons=persons,
        counted=persons + later,
        reception=gemeente_rows(table["opvang_gemeente"]),
        lock=gemeente_rows(table["vastgezet_gemeente"]),
        excluded=_excluded(table["uitgesloten_gemeenten"]),
        days=_days_since(table["vergunning_datum"], parameters.peildatum),
        moving_date=moving_dates(table["verwachte_verhuisdatum"], parameters),
        opgave=_opgave(batch, parameters),
        whole=_whole(batch, parameters),
    )


def moving_dates(expected: pd.Series, parameters: Parameters) -> Days:
    """Return the expected moving date of each household: as given, else the peildatum plus the usual weeks."""
    given = expected.to_numpy("datetime64[D]")
    weeks = parameters["verhuizing/weken_na_koppeling"]
    usual = np.datetime64(parameters.peildatum, "D") + np.timedelta64(round(7 * weeks), "D")
    return np.where(np.isnat(given), usual, given)


def _days_since(permit: pd.Series, peildatum: date) -> Ints:
    return (np.datetime64(peildatum, "D") - permit.to_numpy("datetime64[D]")).astype(np.int64)


def _excluded(cells: pd.Series) -> Ints:
    named = cells.str.split(" ").explode()
    pairs = named[named != ""]
    return np.unique(pairs.index.to_numpy(np.int64) * len(load_gemeenten()) + gemeente_rows(pairs))


def no_taakstelling(parameters: Parameters) -> bool:
    """Tell whether no taakstelling holds on the peildatum: room then comes from ``capaciteit``."""
    return str(parameters["taakstelling/regime"]) == "capaciteit"


def _opgave(batch: Batch, parameters: Parameters) -> Ints:
    """Taakstelling plus arrears less surplus less who is linked or housed, never below nought; nought where not named.

    Each person stands in one of three stocks: linked and not housed yet, housed, or housed for the time being. Where no
    taakstelling holds: capaciteit less persons linked before.
    """
    if no_taakstelling(parameters):
        table = batch.capaciteit
        rest = table["capaciteit"] - table["gekoppeld"]
    else:
        table = batch.taakstelling
        taken = table["gekoppeld"] + table["gehuisvest"] + table["tijdelijk_gehuisvest"]
        rest = table["taakstelling"] + table["achterstand"] - table["voorsprong"] - taken
    opgave = np.zeros(len(load_gemeenten()), dtype=np.int64)
    opgave[gemeente_rows(table["gemeente"])] = np.maximum(0, rest.to_numpy(np.int64))
    return opgave


def _whole(batch: Batch, parameters: Parameters) -> Ints:
    """Taakstelling plus arrears, or where none holds the capaciteit; nought where not named."""
    table = batch.capaciteit if no_taakstelling(parameters) else batch.taakstelling
    task = table["capaciteit"] if no_taakstelling(parameters) else table["taakstelling"] + table["achterstand"]
    whole = np.zeros(len(load_gemeenten()), dtype=np.int64)
    whole[gemeente_rows(table["gemeente"])] = task.to_numpy(np.int64)
    return whole
