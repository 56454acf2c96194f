"""``winnaars.csv`` and ``eerlijkheid.csv``: who gains and who loses, worked out again from the links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import SupportsIndex

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.finished import FinishedRun, WrittenTable
from optimizer.domain.groepen import ALLE, BESCHERMD, GROEPEN, GROOTTEN, KENMERKEN, ONBEKEND
from optimizer.domain.maten import MATEN, MINDER_IS_BETER
from optimizer.domain.uitvoer import EERLIJKHEID, WINNAARS, OutputTable
from optimizer.rules.parameters import Parameters
from optimizer.verify.adults import Adults
from optimizer.verify.case import Case
from optimizer.verify.cells import Form
from optimizer.verify.codes import KOLOMMEN_WINNAARS
from optimizer.verify.findings import bevinding
from optimizer.verify.households import NONE, Bools, Floats, Ints, household_rows
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.outcomes import expected_kept
from optimizer.verify.run.layout import columns_right, unreadable
from optimizer.verify.run.suppressed import Group, suppressed
from optimizer.verify.tables import About, Table

KEY = ("beleid", "basislijn", "kenmerk", "groep", "maat")
#: Standard errors on either side of a mean that hold 95 % of a normal distribution.
NORMAL = 1.959964
#: What a difference of outcomes in whole units may miss by being a binary number.
NOUGHT = 1e-7


@dataclass(frozen=True)
class Links:
    """The links of one policy: its case, and one or more draws of them, int64 [draws, n]."""

    case: Case
    drawn: Ints


def tables_winnaars(
    run: FinishedRun, links: Mapping[str, Links], adults: Adults, groepen: pd.DataFrame | None, parameters: Parameters
) -> list[Bevinding]:
    """Judge both tables: every row that is due and no other, and every number that is shown.

    Parameters
    ----------
    links
        What each policy of the comparison does; the baseline among them.
    adults
        The chance of work, which is taken as it is.
    groepen
        Protected characteristics by ``persoon_id``; None: there are none.
    """
    baseline = str(run.receipt.get("baseline", ""))
    found: list[Bevinding] = []
    if baseline not in links or set(links) != set(run.receipt["policies"]):
        return found
    fates = {name: _fates(one, adults) for name, one in links.items()}
    case = links[baseline].case
    own = _labels(case)
    for table, labels in ((WINNAARS, own), (EERLIJKHEID, None if groepen is None else _protected(case, groepen))):
        written = run.table(table)
        if written is None or labels is None:
            if (written is None) != (labels is None):
                found.append(bevinding("winnaars_bestand_onjuist", parameters, bestand=f"{table.name}.csv"))
            continue
        wrong = unreadable(written, parameters) or columns_right(written, table.names, parameters)
        right = None if wrong else _expected(case, fates, baseline, labels, {} if labels is own else own)
        found += wrong if right is None else _compared(case, table, written, right)
    return found


def _compared(case: Case, table: OutputTable, written: WrittenTable, right: pd.DataFrame) -> list[Bevinding]:
    frame = written.frame
    due, stands = (_keys(right), _keys(frame))
    rows = pd.Index(due).get_indexer(pd.Index(stands)).astype(np.int64)

    def about(i: SupportsIndex) -> About:
        return {"baan": due[i]}

    def unknown(row: SupportsIndex) -> About:
        return {"baan": stands[row]}

    form: Form = "punt" if written.english else "komma"
    everything = np.ones(len(due), dtype=bool)
    judged = Table(case, table.name, frame, form, right, rows, everything, about, unknown)
    found = judged.findings(KOLOMMEN_WINNAARS)
    if not found and stands != due:
        out = next(i for i, (a, b) in enumerate(zip(stands, due, strict=True)) if a != b)
        said = {"gevonden": stands[out], "toegestaan": due[out], "bestand": written.file}
        found.append(bevinding("volgorde_onjuist", case.parameters, **said, rij=out + 2))
    return found


def _keys(frame: pd.DataFrame) -> list[str]:
    return [", ".join(map(str, cells)) for cells in frame[list(KEY)].itertuples(index=False)]


def _fates(links: Links, adults: Adults) -> tuple[Bools, dict[str, Floats]]:
    """Return who is linked in any draw, and the mean of each outcome over the draws in which they are."""
    case = links.case
    home = household_rows(case.batch.personen["huishouden_id"], case.households.ids)
    worker = pd.Index(case.batch.personen["persoon_id"]).get_indexer(pd.Index(case.batch.werk["persoon_id"]))
    region, reception = load_gemeenten().koppelregio, case.households.reception[home]
    seen: list[tuple[Bools, dict[str, Floats]]] = []
    for draw in links.drawn:
        moved, to = case.moved(draw), draw[home]
        kept = np.rint(1000 * np.nan_to_num(expected_kept(moved)))
        outcome = {
            "verwacht_behouden": np.bincount(worker, kept, len(home)) / 1000,
            "kans_werk": np.rint(10_000 * adults.chance[adults.row, to]) / 10_000,
            "in_koppelregio": np.equal(region[to], region[reception]).astype(np.float64),
            "afstand_km": np.rint(10 * case.km[to, reception]) / 10,
        }
        seen.append((to != NONE, outcome))
    times = np.sum([linked for linked, _ in seen], axis=0)
    total = {maat: np.sum([np.where(on, values[maat], 0.0) for on, values in seen], axis=0) for maat in MATEN}
    return times > 0, {maat: np.divide(total[maat], np.maximum(times, 1)) for maat in MATEN}


def _labels(case: Case) -> dict[str, Sequence[str]]:
    """Return the group of each adult by each characteristic of the input."""
    people = case.batch.personen
    home = household_rows(people["huishouden_id"], case.households.ids)
    persons = case.households.persons[home].tolist()
    return {
        ALLE: [ALLE] * len(people),
        "opvang_gemeente": case.codes(case.households.reception[home]),
        "opleiding": people["opleiding"].astype(str).tolist(),
        "taalniveau": people["taalniveau"].astype(str).tolist(),
        "huishoudgrootte": [str(n) if str(n) in GROOTTEN else GROOTTEN[-1] for n in persons],
    }


def _protected(case: Case, groepen: pd.DataFrame) -> dict[str, Sequence[str]]:
    """Return the protected group of each adult by each characteristic of which any is known."""
    found: dict[str, Sequence[str]] = {}
    for kind in BESCHERMD:
        told = dict(zip(groepen["persoon_id"], groepen[kind], strict=True))
        words = [str(told.get(person, "")) for person in case.batch.personen["persoon_id"]]
        if any(words):
            found[kind] = words
    return found


def _members(labels: Mapping[str, Sequence[str]]) -> dict[Group, Bools]:
    found = {}
    for kind in (kind for kind in (*KENMERKEN, *BESCHERMD) if kind in labels):
        words = np.array([word or ONBEKEND for word in labels[kind]], dtype=object)
        others = sorted(set(words.tolist()) - {ONBEKEND}) + ([ONBEKEND] if ONBEKEND in words.tolist() else [])
        for word in GROEPEN.get(kind, others):
            found[kind, word] = np.equal(words, word).astype(bool)
    return found


def _expected(
    case: Case,
    fates: Mapping[str, tuple[Bools, dict[str, Floats]]],
    baseline: str,
    labels: Mapping[str, Sequence[str]],
    beside: Mapping[str, Sequence[str]],
) -> pd.DataFrame:
    """Return the table that should stand there."""
    p, people = case.parameters, case.batch.personen
    least, smallest = int(p["winnaars/minste_groep"]), p["winnaars/minste_verschil"]
    home = household_rows(people["huishouden_id"], case.households.ids)
    worker = people["persoon_id"].isin(set(case.batch.werk["persoon_id"])).to_numpy(bool)
    groups, others = _members(labels), _members(beside)
    remembered: dict[bytes, set[Group]] = {}
    before, was = fates[baseline]
    rows = []
    for name, (after, becomes) in fates.items():
        if name == baseline:
            continue
        for maat in MATEN:
            about = worker if maat == "verwacht_behouden" else np.ones(len(people), dtype=bool)
            both = about & before & after
            if both.tobytes() not in remembered:
                remembered[both.tobytes()] = _hidden(groups, others, both, least)
            away = remembered[both.tobytes()]
            change = becomes[maat] - was[maat]
            for (kind, word), who in groups.items():
                row: dict[str, object] = dict(zip(KEY, (name, baseline, kind, word, maat), strict=True))
                row["onderdrukt"] = "ja" if (kind, word) in away else "nee"
                if (kind, word) not in away:
                    row["volwassenen"] = float((who & about).sum())
                    row["onbeslist"] = float((who & about & ~both).sum())
                    better = -1.0 if maat in MINDER_IS_BETER else 1.0
                    row |= _told(change[who & both], home[who & both], better, float(smallest[maat]))
                rows.append(row)
    return pd.DataFrame(rows, columns=WINNAARS.names)


def _hidden(groups: Mapping[Group, Bools], others: Mapping[Group, Bools], both: Bools, least: int) -> set[Group]:
    """Return what a table hides; those of the table beside it are hidden first, without a look at this one."""
    shown = {group: who & both for group, who in others.items()}
    for group in suppressed(shown, least, {}):
        del shown[group]
    return suppressed({group: who & both for group, who in groups.items()}, least, shown)


def _told(change: Floats, home: Ints, better: float, smallest: float) -> dict[str, float]:
    """Return the counts of a group and the mean difference with its interval, households taken as a whole."""
    gains, loses = better * change > smallest - NOUGHT, better * change < NOUGHT - smallest
    mean = float(np.mean(change))
    by_household = pd.Series(change - mean).groupby(home).sum().to_numpy(np.float64)
    m = len(by_household)
    error = np.sqrt(m / (m - 1) * np.sum(by_household**2)) / len(change) if m > 1 else np.nan
    return {
        "winnaars": float(gains.sum()),
        "gelijk": float(len(change) - gains.sum() - loses.sum()),
        "verliezers": float(loses.sum()),
        "verschil": mean,
        "laag": mean - NORMAL * error,
        "hoog": mean + NORMAL * error,
    }
