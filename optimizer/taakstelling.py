"""The input file ``taakstelling`` of a half-year, from the law, the national number and the state of municipalities."""

import datetime
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import bestaat, into
from geodata.wording import Sentence
from optimizer.domain.tables import STOCKS, TAAKSTELLING
from optimizer.errors import ExitCode, Gebruiksfout, KoppelwijzerFout
from optimizer.rules.huisvesting import housed, own_arrears, still_to_house
from optimizer.rules.opgave import merged, remaining, swapped
from optimizer.rules.parameters import DatedValue, Parameters, load
from optimizer.rules.taakstelling import taakstelling

Int = npt.NDArray[np.int64]
STATE = ("achterstand", "voorsprong", "gekoppeld", *(c.name for c in STOCKS), "amv_in_groep", "ruil")


class RuilFout(KoppelwijzerFout):
    """Swaps of the state file that the law does not allow."""

    exit_code = ExitCode.INPUT_INVALID


class GeenLandelijkGetal(Gebruiksfout):
    """No national number was set for a half-year, and none was given."""


class VerschoonbaarFout(KoppelwijzerFout):
    """More arrears excused in the state file than there are."""

    exit_code = ExitCode.INPUT_INVALID


def first_day(halfjaar: str) -> datetime.date:
    """Return the day on which a half-year begins.

    Raises
    ------
    Gebruiksfout
        For a text that names no half-year.

    Examples
    --------
    >>> first_day("2026-2")
    datetime.date(2026, 7, 1)
    """
    year, _, half = halfjaar.partition("-")
    if not (len(year) == 4 and year.isascii() and year.isdigit() and half in {"1", "2"}):
        raise Gebruiksfout(
            f"'{halfjaar}' is geen halfjaar. Schrijf bijvoorbeeld 2026-1.",
            f"'{halfjaar}' is no half-year. Write for example 2026-1.",
        )
    return datetime.date(int(year), 1 if half == "1" else 7, 1)


def national_number(parameters: Parameters) -> DatedValue:
    """Return the national number that was set for the half-year that begins on the peildatum, with its source.

    Raises
    ------
    GeenLandelijkGetal
        When no number is known for that very half-year; one of an earlier half-year does not count.
    """
    dated = parameters.catalogue["taakstelling/landelijk"].at(parameters.peildatum)
    if dated is None or dated.since != parameters.peildatum:
        raise GeenLandelijkGetal(
            f"Voor het halfjaar vanaf {parameters.peildatum} is geen landelijk getal bekend. Geef het met --landelijk.",
            f"No national number is known for the half-year from {parameters.peildatum}. Give it with --landelijk.",
        )
    return dated


def of_half_year(halfjaar: str, landelijk: int | None = None) -> tuple[pd.DataFrame, DatedValue | None]:
    """Return the municipalities of a half-year with their taakstelling, for whoever fills in the rest.

    Parameters
    ----------
    halfjaar
        Such as ``2026-1``.
    landelijk
        National number of persons; None: the one that was set.

    Returns
    -------
    Columns ``gemeente``, ``taakstelling`` and ``halfjaar``, and the number that was set with its source. Where none
    is known and none is given, the column ``taakstelling`` is not there.
    """
    dated = None
    if landelijk is None:
        try:
            dated = national_number(load(first_day(halfjaar)))
        except GeenLandelijkGetal:
            return make_taakstelling(halfjaar, 0)[["gemeente", "halfjaar"]], None
        landelijk = int(dated.value)
    return make_taakstelling(halfjaar, landelijk)[["gemeente", "taakstelling", "halfjaar"]], dated


def make_taakstelling(
    halfjaar: str, landelijk: int, stand: pd.DataFrame | None = None, *, minors_count: bool = True
) -> pd.DataFrame:
    """Divide the national number over the municipalities of the half-year and put their state beside it.

    Parameters
    ----------
    halfjaar
        Such as ``2026-1``; mergers count from the day on which they begin.
    landelijk
        National number of persons, >= 0.
    stand
        Table with ``gemeente`` and the columns of `STATE` (see ``optimizer.read.stand``); None: everything nought.
    minors_count
        Whether minors in groups count as housed (parameter ``taakstelling/amv_in_groep_telt``).

    Returns
    -------
    One row per municipality that exists on the first day of the half-year, in order of code: the columns of the
    input table ``taakstelling``.

    Raises
    ------
    RuilFout
        When swaps do not add up to nought, or a municipality hands over more than it has.
    VerschoonbaarFout
        When a municipality has more excused than its arrears.
    """
    day = first_day(halfjaar)
    gemeenten, rows = load_gemeenten(), into(day)
    state = {name: merged(values, rows) for name, values in _state(stand).items()}
    share = taakstelling(merged(gemeenten.inwoners, rows), landelijk)
    _check_excused(state["achterstand"], state["verschoonbaar"])
    state["gehuisvest"] = housed(state["gehuisvest"], state.pop("amv_in_groep"), minors_count)
    ruil = state.pop("ruil")
    try:
        share = swapped(share, ruil)
    except ValueError as error:
        raise RuilFout(*_why_not(share, ruil)) from error
    columns = {"gemeente": gemeenten.code.astype(object), "taakstelling": share, **state}
    table = pd.DataFrame({name: values[bestaat(day)] for name, values in columns.items()})
    return table.assign(halfjaar=halfjaar).reindex(columns=list(TAAKSTELLING.names))


def _check_excused(achterstand: Int, verschoonbaar: Int) -> None:
    """Refuse more excusable arrears than arrears, by name of the first municipality."""
    over = np.flatnonzero(verschoonbaar > achterstand)
    if over.size:
        g = over[0]
        raise VerschoonbaarFout(
            f"Van de achterstand van {load_gemeenten().naam[g]} zijn {verschoonbaar[g]} personen verschoonbaar, maar "
            f"de achterstand is {achterstand[g]}. Verbeter de kolom verschoonbaar of achterstand.",
            f"Of the arrears of {load_gemeenten().naam[g]}, {verschoonbaar[g]} persons are excusable, but the arrears "
            f"are {achterstand[g]}. Correct the column verschoonbaar or achterstand.",
        )


def _why_not(share: Int, ruil: Int) -> Sentence:
    """Say which swap is impossible."""
    if ruil.sum() != 0:
        return Sentence(
            "De kolom ruil telt op tot {sum}. Dat moet 0 zijn: wat de een overneemt, draagt een ander over.",
            "The column ruil adds up to {sum}. It must be 0: what one municipality takes over, another hands over.",
        ).fill(sum=int(ruil.sum()))
    worst = int(np.argmin(share + ruil))
    return Sentence(
        "{name} draagt {over} {over:persoon|personen} over en heeft een taakstelling van {share}. Verklein de ruil.",
        "{name} hands over {over} {over:person|persons} and has a taakstelling of {share}. Make the swap smaller.",
    ).fill(name=str(load_gemeenten().naam[worst]), over=int(-ruil[worst]), share=int(share[worst]))


def total_opgave(table: pd.DataFrame) -> int:
    """Return the persons that all municipalities together can still take."""
    names = ("taakstelling", "achterstand", "voorsprong", "gekoppeld", "gehuisvest", "tijdelijk_gehuisvest")
    return int(remaining(*(table[name].to_numpy(np.int64) for name in names)).sum())


def total_to_house(table: pd.DataFrame, temporary_counts: bool) -> int:
    """Return the persons that all municipalities together must still house."""
    names = ("taakstelling", "achterstand", "voorsprong", "gehuisvest", "tijdelijk_gehuisvest")
    return int(
        still_to_house(*(table[name].to_numpy(np.int64) for name in names), temporary_counts=temporary_counts).sum()
    )


def total_own_arrears(table: pd.DataFrame) -> int:
    """Return the persons of all arrears that the municipalities caused themselves."""
    return int(own_arrears(*(table[name].to_numpy(np.int64) for name in ("achterstand", "verschoonbaar"))).sum())


def _state(stand: pd.DataFrame | None) -> Mapping[str, Int]:
    """Return the columns of the state for every municipality that ships, int64 [gemeenten] each."""
    gemeenten = load_gemeenten()
    out = {name: np.zeros(len(gemeenten), dtype=np.int64) for name in STATE}
    if stand is not None:
        rows = gemeenten.rows(stand["gemeente"].tolist())
        for name in STATE:
            out[name][rows] = stand[name].to_numpy(np.int64)
    return out
