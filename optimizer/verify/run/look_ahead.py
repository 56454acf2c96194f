"""``vooruitblik.csv`` and ``gesprekken.csv``: the look ahead worked out again, from the input and the written proposal.

Shortage is a matter of a flow: as much of what is expected as can be sent to municipalities near its ground. What then
is not sent, and whoever could make room for it by going elsewhere, is the set that lacks room; that set does not depend
on how the flow was found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd
from networkx.algorithms.flow import preflow_push

from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import bestaat
from optimizer.domain.lottery import ticket
from optimizer.domain.uitvoer import GESPREKKEN, VOORUITBLIK
from optimizer.verify.case import Case
from optimizer.verify.cells import Form
from optimizer.verify.grounds import longest_list
from optimizer.verify.households import NONE, Bools, Ints, gemeente_rows, no_taakstelling
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.room import persons_per_gemeente
from optimizer.verify.run.whole import rows_right

CODE = "vooruitblik_onjuist"
#: One person, and one chance, in the units in which expectations are counted.
WHOLE = 10_000
SOURCE, SINK = ("bron", 0), ("put", 0)
Places = frozenset[int]


@dataclass(frozen=True)
class Household:
    """One household in procedure: key, persons, months from that of the peildatum, chance, jobs, and where they bind.

    ``circles`` holds where each of its jobs lies within the radius, those that bind first; ``bound`` how many do.
    """

    key: str
    persons: int
    month: int
    chance: int
    circles: tuple[Places, ...]
    bound: int
    near: Places


def tables_vooruitblik(
    case: Case, people: pd.DataFrame, seed: int, written: Mapping[str, pd.DataFrame], form: Form
) -> list[Bevinding]:
    """Both tables say what follows from the people in procedure, the proposal and the rules.

    Parameters
    ----------
    people
        The file of people in procedure, as it was read.
    seed
        Of the lottery.
    written
        The tables as text, by name.
    """
    households = [_household(case, str(key), rows) for key, rows in people.groupby("huishouden_id")]
    room = np.maximum(0, case.households.opgave - persons_per_gemeente(case, case.links.linked))
    rooms = [room + n * _again(case) for n in _half_years(case, 1 + max((h.month for h in households), default=0))]
    months, short = _months(case, households, rooms)
    right = {
        VOORUITBLIK: pd.DataFrame(months, columns=VOORUITBLIK.names),
        GESPREKKEN: pd.DataFrame(_interviews(case, households, rooms, short, seed), columns=GESPREKKEN.names),
    }
    found = []
    for table, expected in right.items():
        if table.name in written:
            found += rows_right(written[table.name], expected, table, CODE, form, case.parameters)
    return found


def _household(case: Case, key: str, rows: pd.DataFrame) -> Household:
    p = case.parameters
    enough = rows[rows["uren_per_week"] >= p["werk/minimum_uren"]]
    places = gemeente_rows(enough["werk_gemeente"])
    hours = enough["uren_per_week"].tolist()
    order = sorted(range(len(places)), key=lambda i: (-hours[i], int(places[i])))
    alive = bestaat(p.peildatum)
    near = (case.km[:, places[order]] <= case.straal_km) & alive[:, None]
    binds = longest_list(near)
    first = [i for i in range(len(order)) if binds[i]] + [i for i in range(len(order)) if not binds[i]]
    circles = tuple(frozenset(np.flatnonzero(near[:, i]).tolist()) for i in first)
    bound = int(binds.sum())
    persons = rows["aantal_personen"].max()
    if pd.isna(persons):
        persons = max(rows["persoon_id"].nunique(), int(p["vooruitblik/personen"]))
    chance = rows["kans_vergunning"].max()
    chance = float(p["vooruitblik/kans_vergunning"]) if pd.isna(chance) else float(chance)
    permit = rows["verwachte_vergunning"].min()
    month = 12 * (permit.year - p.peildatum.year) + permit.month - p.peildatum.month
    together = frozenset.intersection(*circles[:bound]) if bound else frozenset()
    return Household(key, int(persons), max(0, month), round(WHOLE * chance), circles, bound, together)


def _months(
    case: Case, households: Sequence[Household], rooms: Sequence[Ints]
) -> tuple[list[tuple[object, ...]], dict[str, int]]:
    """Return the rows of ``vooruitblik``, and from which month on each household lacks room."""
    horizon = int(case.parameters["vooruitblik/maanden"])
    counted = [h for h in households if h.month < horizon and h.circles]
    around = _around(case)
    rows: list[tuple[object, ...]] = []
    short: dict[str, int] = {}
    for month in range(max((h.month for h in counted), default=-1) + 1):
        room = rooms[month]
        own: dict[Places, int] = {}
        here: dict[Places, list[Household]] = {}
        for h in (h for h in counted if h.month <= month):
            own[h.near] = own.get(h.near, 0) + h.chance * h.persons
            here.setdefault(h.near, []).append(h)
        others = _others(case, around, month)
        need = {places: own.get(places, 0) + others.get(places, 0) for places in {*own, *others}}
        unsent, lacking = _lacking(need, room)
        label = _month(case, month)
        everywhere = set().union(*(places for places, n in need.items() if n))
        amounts = (sum(own.values()), sum(others.values()), unsent)
        rows.append(_row(label, 0, "", room, everywhere, amounts, [h for some in here.values() for h in some]))
        for number, part in enumerate(_apart(lacking), start=1):
            where = set().union(*part)
            mine = [h for places in part for h in here.get(places, [])]
            for h in mine:
                short.setdefault(h.key, month)
            amounts = (sum(own.get(k, 0) for k in part), sum(others.get(k, 0) for k in part), 0)
            amounts = (*amounts[:2], sum(amounts) - WHOLE * int(room[sorted(where)].sum()))
            codes = " ".join(case.codes(np.array(sorted(where), dtype=np.int64)))
            rows.append(_row(label, number, codes, room, where, amounts, mine))
    return rows, short


def _row(
    label: str,
    number: int,
    codes: str,
    room: Ints,
    where: set[int],
    amounts: tuple[int, int, int],
    households: Sequence[Household],
) -> tuple[object, ...]:
    places, jobs = int(room[sorted(where)].sum()), sum(len(h.circles) for h in households)
    own, others, lacking = (amount / WHOLE for amount in amounts)
    return (label, number, codes, places, own, others, lacking, len(households), jobs)


def _around(case: Case) -> dict[int, Places]:
    """Return where each household of this round with a hard ground would be linked by the grounds that bind it."""
    found, alive = {}, bestaat(case.parameters.peildatum)
    for h in np.flatnonzero(case.grounds.has).tolist():
        mine = (case.grounds.household == h) & case.grounds.binding
        near: Bools = (case.grounds.km[:, mine] <= case.straal_km).all(axis=1) & alive
        found[h] = frozenset(np.flatnonzero(near).tolist())
    return found


def _others(case: Case, around: Mapping[int, Places], month: int) -> dict[Places, int]:
    """Return what others near their ground need: who waits now, and as many each coming month as in this round."""
    pace = round(WHOLE * float(case.parameters["vooruitblik/anderen_per_maand"]))
    need: dict[Places, int] = {}
    for h, places in around.items():
        persons = int(case.households.counted[h])
        waits = WHOLE * persons if case.links.gemeente[h] == NONE else 0
        need[places] = need.get(places, 0) + waits + pace * month * persons
    return need


def _lacking(need: Mapping[Places, int], room: Ints) -> tuple[int, list[Places]]:
    """Send as much as can be sent; return what is not, and the groups of the smallest set that lacks the most.

    These are the groups that can still be reached from the source when the flow is as large as can be.
    """
    groups = sorted(need, key=sorted)
    net = nx.DiGraph()
    net.add_nodes_from((SOURCE, SINK))
    for k, places in enumerate(groups):
        net.add_edge(SOURCE, ("groep", k), capacity=need[places])
        net.add_edges_from((("groep", k), ("gemeente", g)) for g in places)
        net.add_edges_from((("gemeente", g), SINK, {"capacity": WHOLE * int(room[g])}) for g in places)
    rest = preflow_push(net, SOURCE, SINK)
    open_arcs = nx.subgraph_view(rest, filter_edge=lambda a, b: rest[a][b]["flow"] < rest[a][b]["capacity"])
    reached = nx.descendants(open_arcs, SOURCE)
    short = [places for k, places in enumerate(groups) if ("groep", k) in reached]
    return sum(need.values()) - rest.graph["flow_value"], short


def _apart(groups: Sequence[Places]) -> list[list[Places]]:
    """Divide groups into those that share no municipality, by their first municipality."""
    parts: list[list[Places]] = []
    for places in (g for g in groups if g):
        touching = [part for part in parts if any(places & other for other in part)]
        parts = [part for part in parts if part not in touching]
        parts.append([places, *(other for part in touching for other in part)])
    return sorted(parts, key=lambda part: min(min(places) for places in part))


def _month(case: Case, month: int) -> str:
    months = 12 * case.parameters.peildatum.year + case.parameters.peildatum.month - 1 + month
    return f"{months // 12}-{months % 12 + 1:02d}"


def _half_years(case: Case, months: int) -> list[int]:
    """Return how many half-years have begun by each month after that of the peildatum."""
    first = case.parameters.peildatum.month - 1
    return [(first + m) // 6 - first // 6 for m in range(months)]


def _again(case: Case) -> Ints:
    """Return what a new half-year brings: a share of the present taakstelling, nought where none holds."""
    more = np.zeros(len(load_gemeenten()), dtype=np.int64)
    if not no_taakstelling(case.parameters):
        table, share = case.batch.taakstelling, float(case.parameters["vooruitblik/volgend_halfjaar"])
        for g, task in zip(gemeente_rows(table["gemeente"]).tolist(), table["taakstelling"].tolist(), strict=True):
            more[g] = int(share * task)
    return more


def _interviews(
    case: Case, households: Sequence[Household], rooms: Sequence[Ints], short: Mapping[str, int], seed: int
) -> list[tuple[object, ...]]:
    """Return the rows of ``gesprekken``: by jobs kept, then the month of the permit, then the lottery."""
    gain = {h.key: _gain(h, rooms[h.month]) for h in households}
    order = sorted(households, key=lambda h: (-gain[h.key], h.month, ticket("gesprek", seed, h.key)))
    codes = load_gemeenten().code
    rows: list[tuple[object, ...]] = []
    promised: list[tuple[int, int, int]] = []  # month, municipality, persons
    for rank, h in enumerate(order, start=1):
        month = _month(case, short[h.key]) if h.key in short else ""
        room = rooms[h.month]
        fits = any(room[g] >= h.persons for g in h.near)
        left = {g: _left(g, h.month, rooms, promised) for g in sorted(h.near)} if month else {}
        able = [g for g, n in left.items() if n >= h.persons]
        kept = ""
        if able:
            most = max(able, key=lambda g: (left[g], -g))
            promised.append((h.month, most, h.persons))
            kept = str(codes[most])
        why = "geen_grond" if not h.circles else "geen_plek" if not fits else "krap" if month else "bekend"
        near = int(room[sorted(h.near)].sum())
        first = (rank, h.key, _month(case, h.month), h.chance / WHOLE, h.persons, len(h.circles), near)
        rows.append((*first, gain[h.key] / WHOLE, month, kept, why))
    return rows


def _left(g: int, month: int, rooms: Sequence[Ints], promised: Sequence[tuple[int, int, int]]) -> int:
    """Return what is left of a municipality in the tightest month from one on, beside what is kept for others."""
    here = [(m, n) for m, where, n in promised if where == g]
    return min(int(rooms[m][g]) - sum(n for when, n in here if when <= m) for m in range(month, len(rooms)))


def _gain(h: Household, room: Ints) -> int:
    """Return the jobs within reach when known less those when not known, in whole units."""
    fits = {g for g in range(len(room)) if room[g] >= h.persons}
    if not fits & h.near:
        return 0
    whole = int(room[sorted(fits)].sum())
    missed = sum(whole - int(room[sorted(fits & circle)].sum()) for circle in h.circles[: h.bound])
    return h.chance * missed // whole
