"""What the proposal writes beside each link agrees with the input: sizes, words, distances, counts, chances."""

from collections.abc import Mapping

import numpy as np

from geodata.gemeenten import load_gemeenten
from optimizer.domain.uitvoer import OutputColumn
from optimizer.verify.case import Case
from optimizer.verify.cells import Form, differs, shown, texts
from optimizer.verify.codes import KOLOMMEN_VOORSTEL
from optimizer.verify.households import NONE, Bools, Floats, Ints, Texts
from optimizer.verify.links import resolve_rows
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.outcomes import expected_kept, km_after

#: Sums over nothing where a household is not linked: an empty cell and a nought say the same.
SUMS = frozenset({"banen_binnen_50km", "verwacht_behouden", "kans_werk"})


def written_columns(case: Case, kans_werk: Floats | None, form: Form = "vrij") -> list[Bevinding]:
    """Every cell that the proposal has in a column of ours equals what the input gives, rounded as the files round.

    Parameters
    ----------
    kans_werk
        Chance of work of each row of the proposal at its municipality, float64 [r]; NaN where it is not linked.
        None: that column is not judged.
    form
        How strictly a cell is read; a form of ours demands codes and names as our files write them.
    """
    expected: dict[str, Texts | Floats] = {**expected_words(case), **expected_numbers(case)}
    if kans_werk is not None:
        expected["kans_werk"] = np.where(case.links.linked, np.append(kans_werk, np.nan)[case.links.row], np.nan)
    columns = [c for c in KOLOMMEN_VOORSTEL if c.name in case.voorstel.columns and c.name in expected]
    return [found for column in columns for found in _judge_column(case, column, expected, form)]


def expected_words(case: Case) -> dict[str, Texts]:
    """Return what the columns of words should say, text [n] each."""
    gemeenten, linked = load_gemeenten(), case.links.gemeente
    has, is_linked = case.grounds.has, case.links.linked
    honoured = np.where(is_linked, np.where(case.too_far, "nee", "ja"), "wacht")
    status = np.where(case.locked, "vastgezet", np.where(is_linked, "voorgesteld", "niet_gekoppeld"))
    return {
        "gemeente_naam": np.append(gemeenten.naam.astype(object), "")[linked],
        "arbeidsmarktregio": np.append(gemeenten.arbeidsmarktregio_naam.astype(object), "")[linked],
        "status": status.astype(object),
        "grond": case.grounds.kinds(),
        "grond_gehonoreerd": np.where(has, honoured, "nvt").astype(object),
        "opvang_gemeente": gemeenten.code.astype(object)[case.households.reception],
    }


def expected_numbers(case: Case) -> dict[str, Floats]:
    """Return what the columns of numbers should say, float64 [n] each; NaN for an empty cell."""
    jobs, within = case.jobs, km_after(case) <= case.straal_km

    def per_household(weights: Floats | Bools) -> Floats:
        return np.bincount(jobs.household, weights=weights, minlength=len(case.households)).astype(np.float64)

    def where_linked(values: Floats) -> Floats:
        return np.where(case.links.linked, values, np.nan)

    return {
        "aantal_personen": case.households.persons.astype(np.float64),
        "afstand_km": case.farthest,
        "banen": per_household(np.ones(len(within))),
        "banen_binnen_50km": where_linked(per_household(within)),
        "verwacht_behouden": where_linked(per_household(np.nan_to_num(expected_kept(case)))),
        "dagen_sinds_vergunning": case.households.days.astype(np.float64),
    }


def _judge_column(
    case: Case, column: OutputColumn, expected: Mapping[str, Texts | Floats], form: Form
) -> list[Bevinding]:
    """Compare one column for every household that stands in the proposal with a municipality that can be read."""
    judged = np.flatnonzero(case.links.readable)
    written = texts(case.voorstel[column.name])[case.links.row[judged]]
    allowed = expected[column.name][judged]
    if column.name == "grond":
        wrong = differs(_sorted_kinds(written), _sorted_kinds(allowed), column.kind, form=form)
    else:
        wrong = differs(written, allowed, column.kind, empty_is_nought=column.name in SUMS, form=form)
    if column.name == "opvang_gemeente" and form == "vrij":
        wrong &= np.not_equal(resolve_rows(written), case.households.reception[judged])
    if column.name == "gemeente_naam" and form == "vrij":
        wrong &= _other_gemeente(written, case.links.gemeente[judged])
    return [
        case.finding(f"{column.name}_onjuist", judged[i], str(written[i]), shown(allowed[i], column.kind))
        for i in np.flatnonzero(wrong)
    ]


def _other_gemeente(written: Texts, linked: Ints) -> Bools:
    """Tell where a name is no spelling of the linked municipality; anything is wrong where there is none."""
    return np.not_equal(resolve_rows(written), linked) | np.equal(linked, NONE)


def _sorted_kinds(joined: Texts | Floats) -> Texts:
    """Put joined kinds in one order: the order says nothing, and another's proposal may use its own."""
    return np.array(["+".join(sorted(str(text).split("+"))) for text in joined], dtype=object)
