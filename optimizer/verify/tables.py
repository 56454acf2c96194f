"""The further tables of a run agree with the input and the proposal: jobs, opgaven, exceptions."""

from collections import Counter
from collections.abc import Sequence
from typing import SupportsIndex

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.uitvoer import OutputColumn
from optimizer.verify.case import Case
from optimizer.verify.cells import differs, shown, texts
from optimizer.verify.codes import KOLOMMEN_BANEN, KOLOMMEN_TAAKSTELLING
from optimizer.verify.findings import bevinding
from optimizer.verify.households import NONE, Ints, gemeente_rows, no_taakstelling
from optimizer.verify.links import UNREADABLE, resolve_rows
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.room import persons_per_gemeente

#: What is wrong in one column: place of the row among the right ones, what stands there, what should.
Wrong = list[tuple[int, str, str]]


def table_banen(case: Case, computed: pd.DataFrame, written: pd.DataFrame) -> list[Bevinding]:
    """Every job stands in the table once, and every column says what follows from the input and the link.

    Parameters
    ----------
    computed
        The table as the judge computed it (``outcomes.banen_table``).
    """
    keys, ours = texts(written["baan_id"]), texts(computed["baan_id"])
    place = pd.Index(ours).get_indexer(pd.Index(keys)).astype(np.int64)
    times = np.bincount(place[place != NONE], minlength=len(ours))

    def about(code: str, job: SupportsIndex, gevonden: str = "", toegestaan: str = "") -> Bevinding:
        return case.finding(code, case.jobs.household[job], gevonden, toegestaan, baan=str(ours[job]))

    return [
        *(about("baan_ontbreekt", i) for i in np.flatnonzero(times == 0)),
        *(about("baan_dubbel", i, str(times[i]), "1") for i in np.flatnonzero(times > 1)),
        *(bevinding("baan_onbekend", case.parameters, baan=str(key)) for key in keys[place == NONE]),
        *(
            about(f"baan_{column.name}_onjuist", job, gevonden, toegestaan)
            for column in _present(KOLOMMEN_BANEN, written)
            for job, gevonden, toegestaan in _wrong_cells(column, written, place, computed[column.name])
        ),
    ]


def table_taakstelling(case: Case, written: pd.DataFrame) -> list[Bevinding]:
    """Every municipality that has a taakstelling or gets people stands in the table once, with the right numbers."""
    names = texts(written["gemeente"])
    resolved = resolve_rows(names)
    place = np.where(resolved == UNREADABLE, NONE, resolved)
    times = np.bincount(place[place != NONE], minlength=len(load_gemeenten()))
    right = expected_taakstelling(case)
    due = (right["voorgesteld"] > 0).to_numpy(copy=True)
    room = case.batch.capaciteit if no_taakstelling(case.parameters) else case.batch.taakstelling
    due[gemeente_rows(room["gemeente"])] = True

    def about(code: str, row: SupportsIndex, gevonden: str = "", toegestaan: str = "") -> Bevinding:
        g = str(load_gemeenten().code[row])
        return bevinding(code, case.parameters, g=g, gevonden=gevonden, toegestaan=toegestaan)

    return [
        *(about("taakstelling_ontbreekt", row) for row in np.flatnonzero(due & (times == 0))),
        *(about("taakstelling_dubbel", row) for row in np.flatnonzero(times > 1)),
        *(bevinding("taakstelling_onbekend", case.parameters, gevonden=str(name)) for name in names[place == NONE]),
        *(
            about(f"taakstelling_{column.name}_onjuist", row, gevonden, toegestaan)
            for column in _present(KOLOMMEN_TAAKSTELLING, written)
            for row, gevonden, toegestaan in _wrong_cells(column, written, place, right[column.name])
        ),
    ]


def expected_taakstelling(case: Case) -> pd.DataFrame:
    """Return opgave, proposed persons and rest of every municipality of the country."""
    opgave, proposed = case.households.opgave, persons_per_gemeente(case, case.links.linked)
    names = load_gemeenten().naam.astype(object)
    return pd.DataFrame({"gemeente_naam": names, "opgave": opgave, "voorgesteld": proposed, "rest": opgave - proposed})


def table_uitzonderingen(case: Case, listed: Sequence[Bevinding], written: pd.DataFrame) -> list[Bevinding]:
    """The table names exactly the exceptions that the judge found, each once."""
    right = Counter((b.huishouden_id, b.code) for b in listed)
    stands = Counter(zip(texts(written["huishouden_id"]), texts(written["soort"]), strict=True))
    return [
        *(
            bevinding("uitzondering_ontbreekt", case.parameters, h=h, toegestaan=soort)
            for h, soort in (right - stands).elements()
        ),
        *(
            bevinding("uitzondering_onterecht", case.parameters, h=str(h), gevonden=str(soort))
            for h, soort in (stands - right).elements()
        ),
    ]


def _present(columns: Sequence[OutputColumn], written: pd.DataFrame) -> list[OutputColumn]:
    return [column for column in columns if column.name in written.columns]


def _wrong_cells(column: OutputColumn, written: pd.DataFrame, place: Ints, right: pd.Series) -> Wrong:
    """Compare one column with the right one; ``place`` is the row of ``right`` for each row written (`NONE`: none)."""
    cells, rows = texts(written[column.name])[place != NONE], place[place != NONE]
    allowed = right.to_numpy(object)[rows]
    wrong = np.flatnonzero(differs(cells, allowed, column.kind))
    return [(int(rows[i]), str(cells[i]), shown(allowed[i], column.kind)) for i in wrong]
