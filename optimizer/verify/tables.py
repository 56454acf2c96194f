"""The further tables of a run agree with the input and the proposal: every row, every cell."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import SupportsIndex

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.uitvoer import OutputColumn
from optimizer.verify.case import Case
from optimizer.verify.cells import Form, differs, shown, texts
from optimizer.verify.codes import KOLOMMEN_BANEN, KOLOMMEN_TAAKSTELLING
from optimizer.verify.findings import bevinding, place
from optimizer.verify.households import NONE, Bools, Ints, gemeente_rows, no_taakstelling
from optimizer.verify.links import UNREADABLE, code_rows, resolve_rows
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.room import persons_per_gemeente

#: What a finding is about besides: household, municipality, job, what was found.
About = dict[str, str]


@dataclass(frozen=True)
class Table:
    """A table beside the table that should stand there.

    Parameters
    ----------
    case
        The case.
    prefix
        What the codes of its findings begin with.
    written, form
        What stands there, as text, and how strictly numbers are read.
    right
        What should, one row for each thing that the table is about.
    stands
        Row of ``right`` that each row written is about, int64; `NONE` for what does not exist.
    due
        Rows of ``right`` that must stand there, bool.
    about
        What a finding about a row of ``right`` says; a job or a household in the sentence.
    unknown
        What a finding about a row says that is about nothing that exists.
    """

    case: Case
    prefix: str
    written: pd.DataFrame
    form: Form
    right: pd.DataFrame
    stands: Ints
    due: Bools
    about: Callable[[SupportsIndex], About]
    unknown: Callable[[SupportsIndex], About]

    def findings(self, columns: Sequence[OutputColumn]) -> list[Bevinding]:
        """Judge the rows, then the cells of some columns as far as they are there."""
        present = [column for column in columns if column.name in self.written.columns]
        return [*self._rows(), *(found for column in present for found in self._cells(column))]

    def finding(self, what: str, row: SupportsIndex | None, said: About) -> Bevinding:
        """Return a finding about a row written (None: about one that is not there)."""
        bestand, rij = place(self.written, row)
        return bevinding(f"{self.prefix}_{what}", self.case.parameters, **said, bestand=bestand, rij=rij)

    def _rows(self) -> list[Bevinding]:
        known = np.flatnonzero(self.stands != NONE)
        times = np.bincount(self.stands[known], minlength=len(self.right))
        last = dict(zip(self.stands[known].tolist(), known.tolist(), strict=True))
        double = {i: {"gevonden": str(times[i]), "toegestaan": "1"} for i in np.flatnonzero(times > 1).tolist()}
        return [
            *(self.finding("ontbreekt", None, self.about(i)) for i in np.flatnonzero(self.due & (times == 0))),
            *(self.finding("dubbel", last[i], {**self.about(i), **count}) for i, count in double.items()),
            *(self.finding("onbekend", i, self.unknown(i)) for i in np.flatnonzero(self.stands == NONE)),
        ]

    def _cells(self, column: OutputColumn) -> list[Bevinding]:
        rows = np.flatnonzero(self.stands != NONE)
        cells = texts(self.written[column.name])[rows]
        allowed = self.right[column.name].to_numpy(object)[self.stands[rows]]
        wrong = np.flatnonzero(differs(cells, allowed, column.kind, form=self.form))
        found = []
        for i in wrong:
            said = {**self.about(self.stands[rows[i]]), "gevonden": str(cells[i])}
            said["toegestaan"] = shown(allowed[i], column.kind)
            found.append(self.finding(f"{column.name}_onjuist", rows[i], said))
        return found


def table_banen(case: Case, computed: pd.DataFrame, written: pd.DataFrame, form: Form = "vrij") -> list[Bevinding]:
    """Every job stands in the table once, and every column says what follows from the input and the link.

    Parameters
    ----------
    computed
        The table as the judge computed it (``outcomes.banen_table``).
    """
    keys, ours = texts(written["baan_id"]), texts(computed["baan_id"])
    stands = pd.Index(ours).get_indexer(pd.Index(keys)).astype(np.int64)
    codes = case.codes(case.links.gemeente[case.jobs.household])
    owners = case.households.ids[case.jobs.household]

    def about(job: SupportsIndex) -> About:
        return {"h": str(owners[job]), "g": codes[job], "baan": str(ours[job])}

    def unknown(row: SupportsIndex) -> About:
        return {"baan": str(keys[row])}

    due = np.ones(len(ours), dtype=bool)
    return Table(case, "baan", written, form, computed, stands, due, about, unknown).findings(KOLOMMEN_BANEN)


def table_taakstelling(case: Case, written: pd.DataFrame, form: Form = "vrij") -> list[Bevinding]:
    """Every municipality that has a taakstelling or gets people stands in the table once, with the right numbers."""
    names = texts(written["gemeente"])
    resolved = resolve_rows(names) if form == "vrij" else code_rows(names)
    stands = np.where(np.isin(resolved, (NONE, UNREADABLE)), NONE, resolved)
    right = expected_taakstelling(case)

    def about(row: SupportsIndex) -> About:
        return {"g": str(load_gemeenten().code[row])}

    def unknown(row: SupportsIndex) -> About:
        return {"gevonden": str(names[row])}

    table = Table(case, "taakstelling", written, form, right, stands, expected_gemeenten(case), about, unknown)
    return table.findings(KOLOMMEN_TAAKSTELLING)


def expected_gemeenten(case: Case) -> Bools:
    """Tell which municipalities the table must hold: those of the input, and those that get people."""
    due: Bools = persons_per_gemeente(case, case.links.linked) > 0
    room = case.batch.capaciteit if no_taakstelling(case.parameters) else case.batch.taakstelling
    due[gemeente_rows(room["gemeente"])] = True
    return due


def expected_taakstelling(case: Case) -> pd.DataFrame:
    """Return opgave, proposed persons and rest of every municipality of the country."""
    opgave, proposed = case.households.opgave, persons_per_gemeente(case, case.links.linked)
    names = load_gemeenten().naam.astype(object)
    return pd.DataFrame({"gemeente_naam": names, "opgave": opgave, "voorgesteld": proposed, "rest": opgave - proposed})


def table_uitzonderingen(case: Case, listed: Sequence[Bevinding], written: pd.DataFrame) -> list[Bevinding]:
    """The table names exactly the exceptions that the judge found, each once."""
    left = Counter((b.huishouden_id, b.code) for b in listed)
    wrong = []
    for row, (h, soort) in enumerate(zip(texts(written["huishouden_id"]), texts(written["soort"]), strict=True)):
        if left[h, soort] > 0:
            left[h, soort] -= 1
        else:
            bestand, rij = place(written, row)
            said = {"h": str(h), "gevonden": str(soort), "bestand": bestand}
            wrong.append(bevinding("uitzondering_onterecht", case.parameters, **said, rij=rij))
    missing, file = left.elements(), place(written)[0]
    return [
        *(bevinding("uitzondering_ontbreekt", case.parameters, h=h, toegestaan=s, bestand=file) for h, s in missing),
        *wrong,
    ]
