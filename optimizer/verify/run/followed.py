"""What following requests would do, and how those who ask fare: worked out again from the written moves.

Each variant of ``verzoeken_verschuiving.csv`` is a month of its own: the proposal with these moves. The judge puts it
to every rule, with the followed requests as choices of a person, and counts it. That no fewer others could move is the
word of the solver.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from optimizer.domain.uitvoer import (
    GEVOLGD,
    VERSCHUIVING,
    VERZOEKGROEPEN,
    VERZOEKMATEN,
    VERZOEKVARIANTEN,
    VOORSPRAAK,
)
from optimizer.verify.case import Case, open_case
from optimizer.verify.cells import Form, texts
from optimizer.verify.findings import bevinding
from optimizer.verify.households import NONE, Bools, Ints, gemeente_rows, household_rows
from optimizer.verify.judge import REQUIREMENTS
from optimizer.verify.links import code_rows
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.outcomes import banen_table, count
from optimizer.verify.room import persons_per_gemeente
from optimizer.verify.run.requests import expected_requests
from optimizer.verify.run.whole import rows_right

CODE = "gevolgd_onjuist"
#: Outcomes of the solver's search that a written row may name.
STATUSES = ("proven", "gap", "limit", "not_optimised")


def tables_gevolgd(
    case: Case, written: Mapping[str, pd.DataFrame], form: Form, bekend: float, seed: int
) -> list[Bevinding]:
    """Every table about those who ask says what follows from the requests, the proposal and the moves written down.

    Parameters
    ----------
    written
        The tables as text, by name.
    bekend, seed
        Share of the jobs known in time, and the seed of that draw.
    """
    requests = expected_requests(case)
    found = []
    if VOORSPRAAK.name in written:
        right = _by_group(case, requests)
        found += rows_right(written[VOORSPRAAK.name], right, VOORSPRAAK, CODE, form, case.parameters)
    if VERSCHUIVING.name not in written or GEVOLGD.name not in written:
        return found
    moves, rows = written[VERSCHUIVING.name], []
    for name in VERZOEKVARIANTEN:
        followed, left = _followed(case, requests, name)
        mine = moves[texts(moves["variant"]) == name]
        after, wrong = _after(case, mine, requests, followed)
        found += wrong
        if wrong:
            continue
        month = _month(case, requests, followed, after, bekend, seed)
        found += [_wrong(case, f"{name}: {b.toelichting}", "-") for rule in REQUIREMENTS for b in rule(month)]
        rows += _counts(case, month, name, requests, followed, left)
    if not found:
        right = pd.DataFrame(rows, columns=[n for n in GEVOLGD.names if n != "status"])
        found += rows_right(written[GEVOLGD.name], right, GEVOLGD, CODE, form, case.parameters)
        status = set(texts(written[GEVOLGD.name]["status"]).tolist()) - set(STATUSES)
        found += [_wrong(case, said, " ".join(STATUSES), GEVOLGD.name) for said in sorted(status)]
        known = [name for name in VERZOEKVARIANTEN for _ in range(int((texts(moves["variant"]) == name).sum()))]
        if texts(moves["variant"]).tolist() != known:
            found.append(_wrong(case, " ".join(dict.fromkeys(texts(moves["variant"]))), " ".join(VERZOEKVARIANTEN)))
    return found


def _followed(case: Case, requests: pd.DataFrame, variant: str) -> tuple[list[int], int]:
    """Return the rows of the requests that a variant follows, and how many of its kind it does not."""
    kind = {
        "mag_overwogen": requests["oordeel"] == "mag_overwogen",
        "voorspraak": requests["verzoeker"].isin(["werkgever", "bestuurder"]),
    }[variant].to_numpy(bool)
    household = household_rows(requests["huishouden_id"], case.households.ids)
    there = gemeente_rows(requests["gemeente"])
    rows, seen = [], set()
    for r in np.flatnonzero(kind).tolist():
        h, g = int(household[r]), int(there[r])
        fixed = case.households.lock[h] != NONE or case.stays[h] != NONE
        excluded = bool(case.households.is_excluded(np.array([h]), np.array([g]))[0])
        if h not in seen and not fixed and not excluded:
            seen.add(h)
            rows.append(r)
    return rows, int(kind.sum()) - len(rows)


def _after(
    case: Case, moves: pd.DataFrame, requests: pd.DataFrame, followed: list[int]
) -> tuple[Ints, list[Bevinding]]:
    """Return the month with the moves made, and what is wrong with their rows."""
    household = household_rows(texts(moves["huishouden_id"]), case.households.ids)
    to, codes = code_rows(texts(moves["naar"])), np.append(np.array(case.codes(case.links.gemeente), dtype=object), "")
    asked = {
        int(household_rows([requests["huishouden_id"].iloc[r]], case.households.ids)[0]): str(
            requests["gemeente"].iloc[r]
        )
        for r in followed
    }
    after = case.links.gemeente.copy()
    found, last = [], -1
    for i, h in enumerate(household.tolist()):
        why = "verzoek" if h in asked else "gevolg"
        right = (codes[h], why) if h != NONE else ("", "")
        stands = (str(moves["van"].iloc[i]), str(moves["reden"].iloc[i]))
        if h <= last or stands != right or to[i] < NONE or to[i] == case.links.gemeente[h]:
            found.append(_wrong(case, " ".join([*map(str, moves.iloc[i])]), " ".join(right)))
            continue
        last = h
        after[h] = to[i]
    index = gemeente_rows(asked.values())
    for h, g in zip(asked, index.tolist(), strict=True):
        if not found and after[h] != g:
            found.append(_wrong(case, str(case.households.ids[h]), asked[h]))
    return after, found


def _month(case: Case, requests: pd.DataFrame, followed: list[int], after: Ints, bekend: float, seed: int) -> Case:
    """Open the month in which the followed requests are choices of a person, with everybody where the moves say."""
    table = case.batch.huishoudens
    mine = requests.iloc[followed]
    asked = dict(zip(mine["huishouden_id"], mine["gemeente"], strict=True))
    was = zip(table["huishouden_id"], table["vastgezet_gemeente"], strict=True)
    lock = pd.Series([str(asked.get(h, g)) for h, g in was], index=table.index, dtype="str")
    batch = case.batch.replace(huishoudens=table.assign(vastgezet_gemeente=lock))
    links = pd.DataFrame({"huishouden_id": case.households.ids, "gemeente": case.codes(after)}, dtype=str)
    return open_case(batch, links, case.parameters, case.eisen, bekend, seed)


def _counts(
    case: Case, month: Case, name: str, requests: pd.DataFrame, followed: list[int], left: int
) -> list[tuple[object, ...]]:
    was, now = (count(c, banen_table(c), None) for c in (case, month))
    own = household_rows(requests["huishouden_id"].iloc[followed], case.households.ids)
    others: Bools = np.ones(len(case.households), dtype=bool)
    others[own] = False
    before, after = case.links.gemeente, month.links.gemeente
    moved = others & (before != after)
    amounts = {
        "gevolgd": (0, len(followed)),
        "niet_gevolgd": (0, left),
        "verhuizen_ook": (0, int(moved.sum())),
        "plek_kwijt": (0, int((moved & (after == NONE)).sum())),
        "boven_opgave": (_above(case), _above(month)),
    }
    rows: list[tuple[object, ...]] = []
    for maat in VERZOEKMATEN:
        one, other = amounts.get(maat) or (was[maat], now[maat])
        rows.append((name, maat, float(one), float(other), float(other) - float(one)))
    return rows


def _above(case: Case) -> int:
    used = persons_per_gemeente(case, case.links.linked)
    return int(np.maximum(0, used - case.households.opgave).sum())


def _by_group(case: Case, requests: pd.DataFrame) -> pd.DataFrame:
    who = requests["verzoeker"]
    owner = household_rows(requests["huishouden_id"], case.households.ids)
    link, grounds = case.links.gemeente, case.grounds
    job_km = case.workplaces.km[link[case.jobs.household], np.arange(len(case.jobs.household))]
    near = (link[case.jobs.household] != NONE) & (job_km <= case.straal_km)
    honoured = grounds.has & case.links.linked & ~case.too_far
    rows = []
    for group in VERZOEKGROEPEN:
        asks = {
            "met_voorspreker": who.isin(["werkgever", "bestuurder"]),
            "zonder_voorspreker": who == "bewoner",
        }.get(group, who == group)
        mine = requests[asks]
        inside: Bools = np.isin(np.arange(len(case.households)), owner[asks.to_numpy(bool)])
        if group == "zonder_verzoek":
            inside = ~np.isin(np.arange(len(case.households)), owner)
        jobs = inside[case.jobs.household]
        verdicts = [int((mine["oordeel"] == v).sum()) for v in ("mag_overwogen", "niet_aangetoond", "nee")]
        beside = [int((mine["uitkomst"] == u).sum()) for u in ("gelijk", "binnen_50km")]
        households = [inside, inside & ~case.links.linked, inside & grounds.has, inside & honoured, jobs, jobs & near]
        rows.append((group, len(mine), *verdicts, *beside, *(int(some.sum()) for some in households)))
    return pd.DataFrame(rows, columns=VOORSPRAAK.names)


def _wrong(case: Case, found: str, right: str, table: str = VERSCHUIVING.name) -> Bevinding:
    return bevinding(CODE, case.parameters, gevonden=found, toegestaan=right, bestand=f"{table}.csv")
