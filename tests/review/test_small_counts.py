"""Small counts: nobody gets one out of the tables of a region or of a researcher, by sums or in time."""

import itertools
import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from geodata.gemeenten import load_gemeenten
from optimizer.domain.tables import SECTOREN
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import GESLOTEN, Ronde, Zaak
from optimizer.review.office import Office
from optimizer.review.rounds import groups, sectors
from optimizer.review.rounds.answers import Antwoord
from optimizer.review.rounds.groups import Groep, Verdeling, divisions
from optimizer.review.rounds.look import NietGevonden, cases
from optimizer.review.rounds.sectors import jobs_of
from optimizer.review.rounds.small import LEAST, enough, may_show
from optimizer.review.who.actor import Actor, Rol
from tests.review.conftest import Round
from tests.review.test_coa import COA, respond
from tests.review.web import Visitor

RESEARCHER = Actor("o", "", Rol.ONDERZOEKER)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=9))
def test_what_is_left_out_of_a_table_cannot_be_worked_out_from_its_total(sizes: list[int]) -> None:
    shown = may_show([(n,) for n in sizes], lambda row: enough(row[0]))
    out = [n for n, visible in zip(sizes, shown, strict=True) if not visible]
    assert all(enough(n) for n, visible in zip(sizes, shown, strict=True) if visible)
    if not out:
        return
    if any(shown):
        # the total tells what is left out together: that is a group of its own, of several rows, and large enough
        assert sum(out) >= LEAST
        assert sum(n > 0 for n in out) >= 2
    known = sum(out)
    for n in out:
        others = [m for m in out if m > 0]
        if n > 0 and any(shown):
            assert len(others) > 1, (sizes, n, known)  # so another split of the same sum fits as well


def _interval(
    tables: Sequence[Sequence[int | None]], sizes: Sequence[int], table: int, cell: int
) -> tuple[float, float]:
    """Return the least and the most that a count can be for who knows all that is shown and the number of all.

    The unknowns are the joint counts over all tables; what is shown are sums of them.
    """
    shape = [len(t) for t in tables]
    joint = list(itertools.product(*(range(n) for n in shape)))
    rows, values = [np.ones(len(joint))], [float(sum(sizes))]
    for at, told in enumerate(tables):
        for k, count in enumerate(told):
            if count is not None:
                rows.append(np.array([float(one[at] == k) for one in joint]))
                values.append(float(count))
    goal = np.array([float(one[table] == cell) for one in joint])
    ends = [linprog(sign * goal, A_eq=np.array(rows), b_eq=values, method="highs") for sign in (1.0, -1.0)]
    assert all(end.status == 0 for end in ends)
    return float(ends[0].fun or 0.0), -float(ends[1].fun or 0.0)


@pytest.mark.parametrize("seed", range(40))
def test_no_count_that_is_left_out_can_be_pinned_down_from_all_tables_together(seed: int) -> None:
    draw = np.random.default_rng(seed)
    people = [
        tuple(str(draw.choice(list(names))) for names in ("aaaabbc", "xxxxxy", "pqqqqqqrrr"))
        for _ in range(int(draw.integers(20, 70)))
    ]
    tables, counts = [], []
    for at in range(3):
        names = sorted({one[at] for one in people})
        sizes = [sum(one[at] == name for one in people) for name in names]
        visible = may_show([(n,) for n in sizes], lambda row: enough(row[0]))
        tables.append([n if v else None for n, v in zip(sizes, visible, strict=True)])
        counts.append(sizes)
    for at, told in enumerate(tables):
        for k, count in enumerate(told):
            if count is None and any(c is not None for c in told):
                least, most = _interval(tables, counts[0], at, k)
                assert most - least >= 1.0, (tables, counts, at, k)


def test_a_region_sees_jobs_by_sector_and_never_a_small_number(krap: Round) -> None:
    g = load_gemeenten()
    region_of = dict(zip(map(str, g.code), map(str, g.arbeidsmarktregio_naam), strict=True))
    werk = krap.read("werk.csv")
    banen = krap.read("banen.csv")
    werk["baan_id"] = werk["baan_id"] if "baan_id" in werk else [str(k) for k in range(1, len(werk) + 1)]
    table = banen.merge(werk[["baan_id", "sector"]], on="baan_id")
    table["regio"] = table["werk_gemeente"].map(region_of)
    most = str(table["regio"].value_counts().index[0])
    actor = Actor("r", "", Rol.REGIO, most)
    known = krap.office.rounds.known(krap.ronde)
    found = jobs_of(krap.office.engine, actor, krap.ronde, known)
    mine = table[table["regio"] == most]
    assert [one.sector for one in found] == [*SECTOREN, "onbekend"]
    shown = 0
    for one in found:
        own = mine[mine["sector"].where(mine["sector"].isin(SECTOREN), "onbekend") == one.sector]
        kept = int((own["uitkomst"] == "binnen_50km").sum())
        if one.banen is not None:
            assert one.banen == len(own)
            assert enough(one.banen)
            shown += 1
        if one.behouden is not None:
            assert one.behouden == kept
            assert enough(kept)
            assert enough(len(own) - kept)
    left = len(mine) - sum(one.banen or 0 for one in found)
    if any(one.banen is None for one in found) and shown:
        assert left >= LEAST
    page = Visitor(krap.office).sign_in(Rol.REGIO, most).get("/banen")
    assert page.status_code == 200
    assert "H0" not in page.text
    with pytest.raises(NietGevonden):
        jobs_of(krap.office.engine, COA, krap.ronde, known)


def test_a_row_of_few_lost_jobs_does_not_show_how_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = {"a": (40, 38), "b": (30, 15), "c": (25, 12), "d": (4, 4), "e": (12, 0)}
    monkeypatch.setattr(sectors, "_counted", lambda *_: counted)
    found = {one.sector: (one.banen, one.behouden) for one in jobs_of(None, Actor("r", "", Rol.REGIO, "x"), "", None)}  # type: ignore[arg-type]
    assert found["d"] == (None, None)
    assert found["a"][1] is None  # two jobs are lost there
    hidden = [name for name, (jobs, _) in found.items() if jobs is None]
    assert sum(counted[name][0] for name in hidden) >= LEAST
    parts = [name for name, (_, kept) in found.items() if kept is None]
    together = [sum(counted[name][k] for name in parts) for k in (0, 1)]
    assert enough(together[1])
    assert enough(together[0] - together[1])


def _answered(office: Office, ronde: str, seed: int) -> None:
    draw = np.random.default_rng(seed)
    with reading(office.engine) as session:
        names = [z.inhoud.huishouden for z in cases(session, office.sealer, COA, ronde) if z.inhoud]
    said = {
        name: Antwoord("akkoord") if draw.random() < 0.55 else Antwoord("bedenking", "geen_woning") for name in names
    }
    respond(office, ronde, said)


def test_a_researcher_sees_answers_of_groups_only_when_they_can_change_no_more(krap: Round) -> None:
    visitor = Visitor(krap.office).sign_in(Rol.ONDERZOEKER)
    _answered(krap.office, krap.ronde, 3)
    before = visitor.get("/onderzoek").text
    assert "als de ronde is gesloten" in before
    assert all(g.akkoord is None and g.bedenking is None for one in _told(krap) for g in one.groepen)
    with writing(krap.office.engine) as session:
        session.get_one(Ronde, krap.ronde).staat = GESLOTEN
    told = _told(krap)
    _hold(krap, told)
    assert any(g.akkoord is not None for one in told for g in one.groepen)
    page = visitor.get("/onderzoek")
    assert page.status_code == 200
    assert not re.search(r"H\d{4}", page.text)
    with pytest.raises(NietGevonden), reading(krap.office.engine) as session:
        divisions(session, krap.office.sealer, COA, session.get_one(Ronde, krap.ronde), 0)


def _told(krap: Round) -> tuple[Verdeling, ...]:
    with reading(krap.office.engine) as session:
        ronde = session.get_one(Ronde, krap.ronde)
        return divisions(session, krap.office.sealer, RESEARCHER, ronde, ronde.peildatum.toordinal())


def _hold(krap: Round, told: Sequence[Verdeling]) -> None:
    """Hold every table against the cases, and what it leaves out against what the totals tell."""
    with reading(krap.office.engine) as session:
        rows = list(session.query(Zaak).where(Zaak.ronde_id == krap.ronde))
    total = len(rows)
    agreed, against = (sum(z.antwoord == said for z in rows) for said in ("akkoord", "bedenking"))
    for one in told:
        for g in one.groepen:
            assert g.huishoudens is None or enough(g.huishoudens)
            assert g.akkoord is None or g.akkoord >= LEAST or not g.huishoudens
            assert g.bedenking is None or g.bedenking >= LEAST or not g.huishoudens
            if g.akkoord is not None and g.bedenking is not None and g.huishoudens is not None:
                assert enough(g.huishoudens - g.akkoord - g.bedenking)
        for name, whole in (("huishoudens", total), ("akkoord", agreed), ("bedenking", against)):
            counts = [_count(g, name) for g in one.groepen]
            hidden = whole - sum(c or 0 for c in counts)
            assert hidden >= 0
            if None in counts and any(counts):
                assert hidden >= LEAST
                assert counts.count(None) >= 2
            if None not in counts:
                assert hidden == 0


def _count(groep: Groep, name: str) -> int | None:
    found: int | None = getattr(groep, name)
    return found


def test_groups_of_a_few_households_stay_hidden_whatever_they_answered() -> None:
    class _Zaak:
        def __init__(self, antwoord: str) -> None:
            self.antwoord = antwoord

    class _Case:
        def __init__(self, antwoord: str) -> None:
            self.zaak = _Zaak(antwoord)

    for a, b, o in itertools.product((0, 3, 10, 25), repeat=3):
        groups_of = {0: (40, 30, 20), 1: (a, b, o), 2: (33, 12, 11), 3: (15, 11, 0)}
        found = [
            ((_Case(said)), at)
            for at, counts in groups_of.items()
            for said, n in zip(("akkoord", "bedenking", ""), counts, strict=True)
            for _ in range(n)
        ]
        names = [groups._YES] * len(groups_of)
        told = groups._divided(groups._SIZE, names, found, lambda one: one[1], answered=True)  # type: ignore[arg-type, return-value]
        cells = told.groepen
        hidden = [k for k, g in enumerate(cells) if g.akkoord is None]
        if a + b + o and not (a >= LEAST and b >= LEAST and enough(o)):
            assert 1 in hidden
        if hidden and len(hidden) < len(groups_of):
            for column in range(3):
                left = sum(groups_of[k][column] for k in hidden)
                assert left >= LEAST or (column == 2 and left == 0)


def test_a_province_sees_its_own_municipalities_and_no_household(krap: Round) -> None:
    with reading(krap.office.engine) as session:
        rows = list(session.query(Zaak).where(Zaak.ronde_id == krap.ronde))
    province = rows[0].provincie
    names = {z.gemeente for z in rows if z.provincie == province}
    g = load_gemeenten()
    page = Visitor(krap.office).sign_in(Rol.PROVINCIE, province).get("/voortgang")
    assert page.status_code == 200
    assert not re.search(r"H\d{4}", page.text)
    shown = set(re.findall(r'<th[^>]*scope="row"[^>]*>([^<]+)</th>', page.text))
    assert shown == {str(g.naam[g.index[code]]).replace("'", "&#39;") for code in names}
    other = next(p for p in map(str, g.provincie) if p not in {z.provincie for z in rows} or p != province)
    elsewhere = Visitor(krap.office).sign_in(Rol.PROVINCIE, other).get("/voortgang").text
    assert not {str(g.naam[g.index[code]]) for code in names} & set(
        re.findall(r'<th[^>]*scope="row"[^>]*>([^<]+)</th>', elsewhere)
    )
