"""A look ahead: where room near work will be short, whom to interview first, which room could be kept; equation (41).

People in procedure are no part of the batch and change nothing in a proposal. What is kept for them is a proposal to
people, never a promise: who comes first by the rules goes first.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from optimizer.domain.lottery import ticket
from optimizer.domain.uitvoer import GESPREKKEN, VOORUITBLIK, OutputTable
from optimizer.explain.told.hall import Groups, cut
from optimizer.model import Case
from optimizer.model.admissible import honoured
from optimizer.rules.gronden import reachable, within_radius

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
#: Chances and expected persons and jobs are counted in whole units of 0.0001.
UNITS = 10_000


@dataclass(frozen=True)
class Expected:
    """Households in procedure, in order of their key.

    Attributes
    ----------
    ids
        Keys, object [E].
    personen, maand, kans
        Persons; months from that of the peildatum; chance of a permit in 0.0001, int64 [E].
    owner, werk
        Household and municipality (row) of each job with enough hours to be a ground, int64 [jobs].
    near
        Where the household would be linked by its jobs: within the radius of all of them, or of as many as go
        together, bool [E, G].
    within, kept
        Where a job is within the radius, bool [jobs, G], and whether it is one of those that bind, bool [jobs].
    """

    ids: npt.NDArray[np.object_]
    personen: Ints
    maand: Ints
    kans: Ints
    owner: Ints
    werk: Ints
    near: Bools
    within: Bools
    kept: Bools

    @property
    def banen(self) -> Ints:
        """Jobs with enough hours of each household, int64 [E]."""
        return np.bincount(self.owner, minlength=len(self.ids)).astype(np.int64)


@dataclass(frozen=True)
class LookAhead:
    """The tables of a look ahead: where room is short in which month, and the households in order of interviewing."""

    vooruitblik: pd.DataFrame
    gesprekken: pd.DataFrame

    @property
    def tables(self) -> dict[OutputTable, pd.DataFrame]:
        """The same by table."""
        return {VOORUITBLIK: self.vooruitblik, GESPREKKEN: self.gesprekken}


def look_ahead(case: Case, table: pd.DataFrame) -> LookAhead:
    """Look ahead from a finished proposal.

    Parameters
    ----------
    case
        The proposal; what it leaves of each opgave is the room.
    table
        The columns of ``domain.vooruitblik.VOORUITBLIK``.

    Returns
    -------
    The tables ``domain.uitvoer.VOORUITBLIK`` and ``GESPREKKEN``.
    """
    expected = expected_households(case, table)
    rooms = room_by_month(case, 1 + int(expected.maand.max(initial=0)))
    horizon = int(case.parameters["vooruitblik/maanden"])
    rows, short_from = [], np.full(len(expected.ids), -1, dtype=np.int64)
    counted = (expected.maand < horizon) & (expected.banen > 0)
    for month in range(int(expected.maand[counted].max(initial=-1)) + 1):
        now, room = counted & (expected.maand <= month), rooms[month]
        groups, which, own = _demand(case, expected, now, month, room)
        unsent, short = cut(groups)
        here = np.flatnonzero(now)[short[which]]
        short_from[here] = np.where(short_from[here] < 0, month, short_from[here])
        of_group = np.bincount(which, minlength=len(own)).astype(np.int64)
        jobs = np.bincount(which, weights=expected.banen[now], minlength=len(own)).astype(np.int64)
        everywhere = np.ones(len(own), dtype=np.bool_)
        label, counts = _label(case, month), (own, groups.need - own, of_group, jobs)
        rows.append(_row(label, 0, "", room, groups, everywhere, counts, int(unsent.sum())))
        for number, part in enumerate(_parts(groups.open, short), start=1):
            where = groups.open[part].any(axis=0)
            codes = " ".join(case.facts.gemeenten.code[where].tolist())
            lacking = int(groups.need[part].sum()) - UNITS * int(room[where].sum())
            rows.append(_row(label, number, codes, room, groups, part, counts, lacking))
    frame = pd.DataFrame(rows, columns=VOORUITBLIK.names)
    return LookAhead(frame, _interviews(case, expected, rooms, short_from))


def expected_households(case: Case, table: pd.DataFrame) -> Expected:
    """Return the households of a file of people in procedure, with where their jobs would bind them."""
    p, facts = case.parameters, case.facts
    ids = np.array(sorted(set(table["huishouden_id"])), dtype=object)
    row = pd.Index(ids).get_indexer(pd.Index(table["huishouden_id"])).astype(np.int64)
    by = table.assign(row=row).groupby("row")
    adults = by["persoon_id"].nunique().to_numpy(np.int64)
    given = by["aantal_personen"].max().to_numpy(np.float64)
    usual = np.maximum(adults, int(p["vooruitblik/personen"]))
    chance = by["kans_vergunning"].max().fillna(float(p["vooruitblik/kans_vergunning"])).to_numpy(np.float64)
    first = by["verwachte_vergunning"].min().to_numpy("datetime64[M]").astype(np.int64)
    today = int(np.datetime64(p.peildatum, "M").astype(np.int64))
    there = facts.gemeenten.rows(table["werk_gemeente"].tolist())
    hours = table["uren_per_week"].to_numpy(np.float64)
    enough = np.flatnonzero(hours >= p["werk/minimum_uren"])
    order = enough[np.lexsort((there[enough], -hours[enough], row[enough]))]
    within = within_radius(facts.km[:, there[order]].T, p["gronden/straal_km"]) & facts.bestaat
    near, kept = reachable(row[order], within, len(ids))
    return Expected(
        ids=ids,
        personen=np.where(np.isnan(given), usual, np.nan_to_num(given)).astype(np.int64),
        maand=np.maximum(0, first - today),
        kans=np.rint(UNITS * chance).astype(np.int64),
        owner=row[order],
        werk=there[order],
        near=near & facts.bestaat,
        within=within,
        kept=kept,
    )


def room_after(case: Case) -> Ints:
    """Return what a proposal leaves of each opgave, never below nought, int64 [G]."""
    to = case.answer.gemeente
    linked = to >= 0
    used = np.bincount(to[linked], weights=case.facts.personen[linked], minlength=case.facts.opgave.size)
    return np.maximum(0, case.facts.opgave - used.astype(np.int64))


def room_by_month(case: Case, months: int) -> Ints:
    """Return the room of each month from that of the peildatum on, int64 [months, G].

    It is what the proposal leaves, and with every half-year that begins a share of the present taakstelling (aanname).
    """
    table, day = case.batch.taakstelling, case.parameters.peildatum
    again = np.zeros(case.facts.opgave.size, dtype=np.int64)
    if case.parameters["taakstelling/regime"] != "capaciteit":
        share = float(case.parameters["vooruitblik/volgend_halfjaar"])
        rows = case.facts.gemeenten.rows(table["gemeente"].tolist())
        again[rows] = np.floor(share * table["taakstelling"].to_numpy(np.float64)).astype(np.int64)
    begun = ((day.month - 1) % 6 + np.arange(months)) // 6
    return room_after(case)[None, :] + begun[:, None] * again[None, :]


def _demand(case: Case, expected: Expected, now: Bools, month: int, room: Ints) -> tuple[Groups, Ints, Ints]:
    """Group everybody who needs room near a ground by where that is.

    Returns the groups, the group of each household of the file that counts now, and what those need, int64 [groups].
    """
    facts, to = case.facts, case.answer.gemeente
    near = honoured(facts, case.parameters)[0] & facts.bestaat
    waiting = np.flatnonzero((to < 0) & facts.heeft_grond)
    coming = np.flatnonzero(facts.heeft_grond)
    pace = round(UNITS * float(case.parameters["vooruitblik/anderen_per_maand"]))
    masks = np.vstack([expected.near[now], near[waiting], near[coming]])
    mine = expected.kans[now] * expected.personen[now]
    others = np.r_[UNITS * facts.personen[waiting], pace * month * facts.personen[coming]]
    _, first, which = np.unique(np.packbits(masks, axis=1), axis=0, return_index=True, return_inverse=True)
    which = which.reshape(-1).astype(np.int64)
    own, need = (np.zeros(first.size, dtype=np.int64) for _ in range(2))
    np.add.at(own, which[: mine.size], mine)
    np.add.at(need, which, np.r_[mine, others])
    sent = np.zeros((first.size, room.size), dtype=np.int64)
    return Groups(masks[first], need, sent, UNITS * room), which[: mine.size], own


def _parts(open_to: Bools, short: Bools) -> Iterator[Bools]:
    """Divide the groups that are short into those that share no municipality, by their first municipality."""
    left = [k for k in np.flatnonzero(short).tolist() if open_to[k].any()]
    found = []
    while left:
        part = [left.pop(0)]
        reach = open_to[part[0]].copy()
        while more := [k for k in left if (open_to[k] & reach).any()]:
            part += more
            left = [k for k in left if k not in more]
            reach = reach | open_to[more].any(axis=0)
        found.append((int(np.argmax(reach)), part))
    for _, part in sorted(found):
        chosen = np.zeros(len(open_to), dtype=np.bool_)
        chosen[part] = True
        yield chosen


def _row(
    label: str,
    number: int,
    codes: str,
    room: Ints,
    groups: Groups,
    part: Bools,
    counts: tuple[Ints, Ints, Ints, Ints],
    lacking: int,
) -> tuple[object, ...]:
    """Return one row of ``vooruitblik``; room and what is lacking in persons."""
    own, others, households, jobs = (int(c[part].sum()) for c in counts)
    where = groups.open[part & (groups.need > 0)].any(axis=0)
    places = int(room[where].sum())
    return (label, number, codes, places, own / UNITS, others / UNITS, lacking / UNITS, households, jobs)


def _label(case: Case, month: int) -> str:
    return str(np.datetime64(case.parameters.peildatum, "M") + np.timedelta64(month, "M"))


def _interviews(case: Case, expected: Expected, rooms: Ints, short_from: Ints) -> pd.DataFrame:
    """Put the households in order: the most jobs by one interview first, then the earliest permit, then the lottery."""
    gain = [_gain(expected, e, rooms[expected.maand[e]]) for e in range(len(expected.ids))]
    draw = [ticket("gesprek", case.facts.seed, str(h)) for h in expected.ids]
    order = sorted(range(len(gain)), key=lambda e: (-gain[e], int(expected.maand[e]), draw[e]))
    left, rows, codes = rooms.copy(), [], case.facts.gemeenten.code
    for rank, e in enumerate(order, start=1):
        size, when, bound = int(expected.personen[e]), int(expected.maand[e]), bool(expected.banen[e])
        near = expected.near[e] if bound else np.zeros_like(expected.near[e])
        fits = near & (rooms[when] >= size)
        month = _label(case, int(short_from[e])) if short_from[e] >= 0 else ""
        kept = _kept_for(near, left[when:].min(axis=0), size) if month and fits.any() else -1
        if kept >= 0:
            left[when:, kept] -= size
        why = "krap" if month else "bekend"
        why = why if fits.any() else "geen_plek" if bound else "geen_grond"
        rows.append(
            (
                rank,
                expected.ids[e],
                _label(case, when),
                expected.kans[e] / UNITS,
                size,
                int(expected.banen[e]),
                int(rooms[when][near].sum()),
                gain[e] / UNITS,
                month,
                str(codes[kept]) if kept >= 0 else "",
                why,
            )
        )
    return pd.DataFrame(rows, columns=GESPREKKEN.names)


def _gain(expected: Expected, e: int, room: Ints) -> int:
    """Return the jobs that stay within reach because they are known in time, in 0.0001 of a job.

    Known: where the jobs bind the household there is room for it. Not known: the household goes to a municipality by
    chance, in proportion to what is left where it fits, as in the lottery (21).
    """
    fits = room >= expected.personen[e]
    if not (expected.near[e] & fits).any() or not expected.banen[e]:
        return 0
    whole = int(room[fits].sum())
    jobs = np.flatnonzero((expected.owner == e) & expected.kept)
    missed = sum(whole - int(room[fits & expected.within[j]].sum()) for j in jobs.tolist())
    return int(expected.kans[e]) * missed // whole


def _kept_for(near: Bools, left: Ints, size: int) -> int:
    """Return the municipality near the jobs with most room left, the lowest code among equals; -1 for none."""
    free = np.where(near & (left >= size), left, -1)
    return int(free.argmax()) if free.max(initial=-1) >= size else -1
