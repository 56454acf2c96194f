"""Page and screen compare policies on jobs kept and undecided: linking fewer people never looks better."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.cli import main
from optimizer.cli.summary import comparison_summary
from optimizer.domain.uitvoer import ATTRIBUTIE, GEVOELIGHEID, VERLIESOORZAKEN, VERSCHILLEN
from optimizer.policy import load_beleid
from optimizer.report.figures import Policy, Range, best_of, policies_of, still_open
from optimizer.report.gain_parts import chain_of
from optimizer.report.kept_parts import bounds, comparison_parts, comparison_sentences, difference, kept_more_than
from optimizer.report.loss_parts import went_first
from optimizer.report.page_parts import is_ceiling, title_of, without_ceiling
from optimizer.report.receipt import Receipt
from optimizer.report.uncertainty_parts import uncertainty_parts
from tests.proefbatch import UTRECHT, ZWOLLE, baan, groep, huishouden, schrijf
from tests.report import report_builder as build
from tests.report.test_report_page import Page, compared, rendered

T = build.language("nl")
NAMES = ("handmatig", "blijf_in_regio", "gemeente", "straal50", "kansrijk", "zonder_opgave")
#: No bound of ``alleen_banen`` was worked out.
RECEIPT: Receipt = {"policies": {}, "parameters": {}}


def planted(kept: dict[str, int], undecided: dict[str, int], jobs: int = 35) -> pd.DataFrame:
    """A comparison in which each policy keeps and leaves undecided what is said, and loses the rest."""
    rows = []
    for name in kept:
        lost = jobs - kept[name] - undecided[name]
        row: dict[Any, Any] = dict(build.comparison(jobs).to_dict("records")[-1])
        row |= {"beleid": name, "banen": jobs, "al_buiten": 0, "loopt_af": 0}
        row |= {"behouden": kept[name], "onbeslist": undecided[name], "verloren_regel": lost}
        row |= {"personen_gekoppeld": 300 - undecided[name], "verwacht_behouden": kept[name], "verwacht_verloren": lost}
        row |= {"behouden_min": kept[name], "behouden_max": kept[name] + undecided[name]}
        row |= {f"verloren_{cause}": 0 for cause in VERLIESOORZAKEN} | {"verloren_beleid": lost}
        rows.append(row)
    return pd.DataFrame(rows)


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Any comparison: whatever each policy keeps and leaves undecided of 35 jobs."""
    kept = {name: draw(st.integers(0, 35)) for name in NAMES}
    return planted(kept, {name: draw(st.integers(0, 35 - kept[name])) for name in NAMES})


def sentences(table: pd.DataFrame) -> list[str]:
    policies = policies_of(table)
    return [str(s) for s in comparison_sentences(T, policies, policies[0], RECEIPT)]


def test_the_planted_month_is_ranked_by_what_is_kept_where_the_old_headline_ranked_it_wrongly() -> None:
    table = planted({"handmatig": 17, "kansrijk": 24}, {"handmatig": 13, "kansrijk": 0})
    table.loc[0, ["loopt_af", "verloren_regel"]] = 5, 0
    table.loc[1, ["loopt_af", "verloren_regel"]] = 9, 2
    assert table.sort_values("verloren_regel")["beleid"].iloc[0] == "handmatig", "lost alone ranks the wrong one first"
    base, most, unsure = sentences(table)
    assert (
        base == "Bij de basislijn (Met de hand) blijven 17 van de 35 banen (met wat onbeslist is: 17 tot 30) behouden."
    )
    assert most == "De meeste banen blijven behouden bij Optimale koppeling: 24 van de 35 banen."
    assert unsure == "Dit kan nog veranderen: bij 1 ander beleid is nog niet over elke baan beslist."


@pytest.mark.parametrize("other", ["gemeente", "straal50"])
def test_of_equals_the_default_is_named_whatever_it_expects_and_wherever_it_stands(other: str) -> None:
    for names in (["handmatig", other, "kansrijk"], ["handmatig", "kansrijk", other]):
        table = planted(dict.fromkeys(names, 20), dict.fromkeys(names, 0))
        table.loc[table["beleid"] == other, "verwacht_behouden"] = 25.0
        assert best_of(policies_of(table)).name == "kansrijk"


def test_a_real_tight_month_in_which_leaving_people_unlinked_loses_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By hand: H1 takes Utrecht, G1 a place in Zwolle; H2 and H3 wait and H4 (3 persons) does not fit: none lost.

    The whole batch at once: H2 and H3 to Utrecht, H4 (4 hours in Utrecht, no ground) to Zwolle: two kept, one lost.
    """
    source = schrijf(
        groep(
            [
                huishouden("H1", opvang_gemeente=UTRECHT, aantal_personen=2, vergunning_datum="2026-06-01"),
                huishouden("H2", opvang_gemeente=UTRECHT, vergunning_datum="2026-07-01"),
                huishouden("H3", opvang_gemeente=UTRECHT, vergunning_datum="2026-07-02"),
                huishouden("H4", opvang_gemeente=UTRECHT, aantal_personen=3, vergunning_datum="2026-07-03"),
                huishouden("G1", opvang_gemeente=ZWOLLE, vergunning_datum="2026-06-02"),
            ],
            {UTRECHT: 2, ZWOLLE: 3},
            werk=[baan("H2", UTRECHT), baan("H3", UTRECHT), baan("H4", UTRECHT, uren_per_week=4.0)],
        ),
        tmp_path / "in",
    )
    out = tmp_path / "uit"
    command = ["compare", str(source), "--policies", "handmatig,kansrijk", "--draws", "2", "--out", str(out)]
    assert main(command) == 0
    screen = capsys.readouterr().out
    hand, best = (
        next(li.split() for li in screen.splitlines() if li.split()[:1] == [n]) for n in ("handmatig", "kansrijk")
    )
    assert hand[1:5] == ["0", "3", "0-3", "0"]
    assert best[1:5] == ["2", "0", "2", "1"]
    text = Page((out / "rapport.html").read_text("utf-8")).text
    assert "De meeste banen blijven behouden bij Optimale koppeling: 2 van de 3 banen." in text


@given(tables())
@settings(max_examples=60, deadline=None)
def test_whichever_policy_is_called_best_keeps_most_and_the_sentence_gives_its_bounds(table: pd.DataFrame) -> None:
    policies = policies_of(table)
    able = [p for p in policies if not is_ceiling(p.name)]
    said = next(s for s in sentences(table) if s.startswith("De meeste"))
    named = [p for p in able if f"bij {title_of(p.name, T)}:" in said]
    assert [p.jobs.kept for p in named] == [max(p.jobs.kept for p in able)]
    if named[0].jobs.undecided:
        assert f"{named[0].jobs.kept:.0f} tot {named[0].jobs.most:.0f}" in said
    unsure = any("kan nog veranderen" in s for s in sentences(table))
    assert unsure == any(p.jobs.most > named[0].jobs.kept and p.jobs.undecided for p in able if p is not named[0])


@given(tables(), st.integers(0, len(NAMES) - 1), st.integers(1, 35))
@settings(max_examples=60, deadline=None)
def test_a_policy_that_links_fewer_people_never_looks_better(table: pd.DataFrame, at: int, n: int) -> None:
    """Move jobs of one policy from lost, and then from kept, to undecided: no sentence, bar or difference rises."""
    before, rows = policies_of(table), table.to_dict("records")
    row = {str(k): v for k, v in rows[at].items()}
    from_lost, from_kept = (min(n, int(row[k])) for k in ("verloren_regel", "behouden"))
    rows[at] |= {
        "verloren_regel": row["verloren_regel"] - from_lost,
        "behouden": row["behouden"] - from_kept,
        "onbeslist": row["onbeslist"] + from_lost + from_kept,
        "personen_gekoppeld": row["personen_gekoppeld"] - from_lost - from_kept,
    }
    after = policies_of(pd.DataFrame(rows))
    name = NAMES[at]
    if best_of(without_ceiling(before)).name != name:
        assert best_of(without_ceiling(after)).name != name
    charts = [comparison_parts(T, ps, "kansrijk", "handmatig", 36.0)["kept_chart"] for ps in (before, after)]
    old, new = ({bar.label: bar.length for bar in chart.bars}[title_of(name, T)] for chart in charts)
    assert new <= old
    assert after[at].jobs.least <= before[at].jobs.least


@given(tables())
@settings(max_examples=60, deadline=None)
def test_no_sentence_that_names_a_policy_hangs_on_what_is_lost(table: pd.DataFrame) -> None:
    """The same jobs kept and undecided, all that was lost ending on its own instead: every sentence stays the same."""
    moved = table.assign(loopt_af=table["verloren_regel"], verloren_regel=0.0)
    assert sentences(table) == sentences(moved)
    assert not [s for s in sentences(table) if re.search("verlor|verlies|kost", s)]


@given(tables())
@settings(max_examples=60, deadline=None)
def test_wherever_a_number_kept_stands_its_bounds_or_its_undecided_stand_beside_it(table: pd.DataFrame) -> None:
    policies = policies_of(table)
    parts = comparison_parts(T, policies, "kansrijk", "handmatig", 36.0)
    for bar, row in zip(parts["kept_chart"].bars, parts["compared"], strict=True):
        undecided = row.policy.jobs.undecided
        assert (f"+{undecided:.0f} onbeslist" in bar.text) == (undecided > 0)
        assert bar.length + bar.added <= parts["kept_chart"].width + 0.2
    screen = comparison_summary(table.assign(behouden_p05=np.nan), "nl")
    for p in policies:
        cells = next(line.split() for line in screen.splitlines() if line.split()[:1] == [p.name])
        wanted = f"{p.jobs.least:.0f}-{p.jobs.most:.0f}" if p.jobs.undecided else f"{p.jobs.kept:.0f}"
        assert cells[1:4] == [f"{p.jobs.kept:.0f}", f"{p.jobs.undecided:.0f}", wanted]


@given(tables())
@settings(max_examples=60, deadline=None)
def test_a_difference_gives_the_widest_bounds_that_undecided_jobs_allow(table: pd.DataFrame) -> None:
    a, b = policies_of(table)[:2]
    said = difference(T, a.jobs, b.jobs)
    numbers = [int(n.replace("\u2212", "-")) for n in re.findall("[+\u2212]?\\d+", said)]
    if a.jobs.undecided or b.jobs.undecided:
        low, high = a.jobs.least - b.jobs.most, a.jobs.most - b.jobs.least
        assert numbers == [a.jobs.kept - b.jobs.kept, low, high]
    else:
        assert numbers == [a.jobs.kept - b.jobs.kept]


def test_the_five_outcomes_stand_in_every_row_of_the_policies_and_add_up() -> None:
    for p in policies_of(build.comparison()):
        assert p.jobs.kept + p.jobs.undecided + p.jobs.lost + p.jobs.ended + p.jobs.beyond == pytest.approx(
            p.jobs.total
        )


def test_what_is_counted_stands_above_every_table_of_policies() -> None:
    html = compared(build.batch(40))
    captions = re.findall(r"<caption id=\"([\w-]+)\">(.*?)</caption>", html, re.DOTALL)
    of_policies = {"tabel-beleid", "tabel-uren", "tabel-verwacht", "tabel-oorzaken-beleid"}
    assert of_policies <= {name for name, _ in captions}
    for name, caption in captions:
        if name in of_policies:
            assert "op 1 oktober 2026, onder elk beleid dezelfde" in caption
            assert "binnen 50 km" in caption
            assert "Basislijn: Met de hand" in caption
            assert "12 weken na de koppeling" in caption


def test_the_causes_of_a_proposal_add_up_and_each_lost_job_is_named_by_place() -> None:
    batch = build.batch(400)
    v = build.voorstel(batch)
    lost = v.banen[v.banen["uitkomst"] == "verloren_regel"]
    assert 0 < len(lost) <= 25
    page = Page(rendered(batch, v, build.comparison()))
    assert any(row.startswith(f"Samen|{len(lost)}|") for row in page.rows)
    named = {
        job for job in lost["baan_id"] for row in page.rows if f"|{job}|" in row and "Iets anders ging voor: " in row
    }
    assert named == set(lost["baan_id"])


def test_a_lost_job_of_a_locked_household_says_that_a_person_decided() -> None:
    batch = build.batch(400)
    v = build.voorstel(batch)
    job = v.banen[v.banen["uitkomst"] == "verloren_regel"].iloc[0]
    mine = v.voorstel["huishouden_id"] == job["huishouden_id"]
    locked = replace(v, voorstel=v.voorstel.assign(status=v.voorstel["status"].mask(mine, "vastgezet")))
    (row,) = [r for r in Page(rendered(batch, locked)).rows if f"|{job['baan_id']}|" in r]
    assert "een vaste keuze van een mens" in row


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ({"methode": "loting"}, "het lot"),
        ({"methode": "volgorde"}, "de koppelregio van de opvang"),
        ({"methode": "volgorde", "let_op_opvang": True}, "dicht bij de opvang"),
        ({"methode": "volgorde", "let_op_gronden": True}, "wie eerder aan de beurt was"),
        ({"methode": "optimaal", "arbeidsmarktregio_bindt": True}, "de arbeidsmarktregio"),
        ({"methode": "optimaal", "eisen": {"koppelregio": "binden"}}, "de regel over de koppelregio"),
        ({"methode": "optimaal", "niveaus": ["personen_gekoppeld", "verwacht_behouden"]}, "Gekoppelde personen"),
        ({"methode": "optimaal", "niveaus": ["banen_behouden", "personen_gekoppeld"]}, "andere banen in de groep"),
    ],
)
def test_what_went_before_a_job_is_named_by_level_or_region_rule(policy: dict[str, object], said: str) -> None:
    assert said in went_first(T, policy)


def test_the_chain_of_a_run_adds_up_to_the_whole_difference_with_the_interval_of_the_draws() -> None:
    policies = policies_of(build.comparison())
    steps = chain_of(policies, "kansrijk")
    assert steps is not None
    by_name = {p.name: p for p in policies}
    whole = by_name["kansrijk"].kept.value - by_name["handmatig@0.3"].kept.value
    assert steps["verschil_behouden"].sum() == pytest.approx(whole)
    assert steps["stap"].tolist() == ["bekend", "elke_baan", "hele_groep", "kans_op_werk"]
    assert (steps["laag"].iloc[0], steps["hoog"].iloc[0]) == (13.0, 31.0)
    assert steps["laag"].notna().sum() == 1


def test_practice_itself_has_no_chain() -> None:
    assert chain_of(policies_of(build.comparison()), "handmatig") is None


def test_the_workbook_says_in_words_why_a_job_is_lost(tmp_path: Path) -> None:
    source = schrijf(
        groep(
            [huishouden("H1", opvang_gemeente=UTRECHT, vastgezet_gemeente=ZWOLLE, vastgezet_reden="wens")],
            {UTRECHT: 2, ZWOLLE: 3},
            werk=[baan("H1", UTRECHT)],
        ),
        tmp_path / "in",
    )
    assert main(["run", str(source), "--draws", "2", "--out", str(tmp_path / "uit")]) in {0, 4}
    heads, row = openpyxl.load_workbook(tmp_path / "uit" / "voorstel.xlsx")["banen"].iter_rows(values_only=True)
    told = dict(zip(heads, row, strict=True))
    assert told["Waarom verloren"] == "Iets anders ging voor"
    assert told["Naar verwachting behouden (kans)"] is not None


def test_bounds_are_one_number_when_nothing_is_undecided() -> None:
    sure, unsure = policies_of(planted({"handmatig": 17, "kansrijk": 24}, {"handmatig": 0, "kansrijk": 3}))
    assert (bounds(T, sure.jobs), bounds(T, unsure.jobs)) == ("17", "24–27")


def test_policies_without_undecided_jobs_leave_nothing_open() -> None:
    policies: tuple[Policy, ...] = policies_of(planted(dict.fromkeys(NAMES, 9), dict.fromkeys(NAMES, 0)))
    assert still_open(policies, best_of(policies)) == []


def test_hours_full_time_equivalents_and_wages_stand_beside_the_jobs_of_each_outcome() -> None:
    batch = build.batch(40)
    v = build.voorstel(batch)
    kept = v.banen[v.banen["uitkomst"] == "binnen_50km"]
    first = batch.werk["baan_id"] == kept["baan_id"].iloc[0]
    wages = batch.werk.assign(maandloon_eur=np.where(first, 1500.0, np.nan))
    (row,) = [r for r in Page(rendered(batch.replace(werk=wages), v)).rows if r.startswith("Behouden|")]
    hours = kept["uren_per_week"].sum()
    assert row.split("|")[6:9] == [T.trimmed(hours, 1), T.number(hours / 36, 1), "1.500"]
    (without,) = [r for r in Page(rendered(batch, v)).rows if r.startswith("Behouden|")]
    assert without.rstrip("|").endswith(T.number(hours / 36, 1))


def test_other_months_and_other_assumptions_stand_in_tables_of_their_own() -> None:
    months = pd.DataFrame(
        [
            {"beleid": "kansrijk", "basislijn": "handmatig", "maat": maat, "verschil": 3.04, "laag": -1.0, "hoog": 7.0}
            for maat in ("behouden", "verwacht_behouden", "onbeslist")
        ]
    ).assign(maanden=24)
    assumed = pd.DataFrame(
        [
            {"aanname": name, "waarde": value, "beleid": beleid, "behouden": kept, "keert_om": turns}
            for name, value, beleid, kept, turns in (
                ("zoals_het_is", "", "handmatig", 17.0, "nee"),
                ("zoals_het_is", "", "kansrijk", 24.0, "nee"),
                ("straal_km", "40", "handmatig", 12.0, "nee"),
                ("straal_km", "40", "kansrijk", 11.0, "ja"),
            )
        ]
    ).assign(onbeslist=[0.0, 0.0, 0.0, 2.0])
    parts = uncertainty_parts(T, {VERSCHILLEN: months, GEVOELIGHEID: assumed})
    assert parts["month_rows"] == [("Optimale koppeling", ["+3,0 (\u22121,0 tot +7,0)"] * 3)]
    assert parts["assumed_policies"] == ["Met de hand", "Optimale koppeling"]
    assert parts["assumed_rows"][1] == ("Straal in km", "40", [("12", False), ("11 tot 13", True)])
    page = Page(compared(build.batch(40), further={VERSCHILLEN: months, GEVOELIGHEID: assumed}))
    assert any(row.startswith("Straal in km|40|12|11 tot 13") and "\u21c4" in row for row in page.rows)
    assert "24 maanden" in page.text
    # By hand: 24 - 17 = 7 now, 11 - 12 = -1 within 40 km; the range holds both, and nought lies inside.
    chart = parts["assumed_chart"]
    (row,) = chart.rows
    assert (row.label, row.text, row.turns) == ("Straal in km", "\u22121 tot +7", True)
    assert row.low < chart.nought < chart.now == row.high


def test_a_comparison_shows_the_value_over_every_order_beside_each_step() -> None:
    steps = pd.DataFrame(
        [
            {"stap": "bekend", "van": "handmatig@0.3", "naar": "handmatig", "verschil_behouden": 22.0, "shapley": 15.25}
            | {"laag": 13.0, "hoog": 31.0, "verschil_verwacht_behouden": 19.8},
            {
                "stap": "elke_baan",
                "van": "handmatig",
                "naar": "een_voor_een",
                "verschil_behouden": 12.0,
                "shapley": 18.75,
            }
            | {"laag": np.nan, "hoog": np.nan, "verschil_verwacht_behouden": 10.8},
        ]
    )
    page = Page(compared(build.batch(40), further={ATTRIBUTIE: steps}))
    assert any("|+22|+13 tot +31|+15,2|+19,8|" in row for row in page.rows)
    assert any(row.startswith("Samen|") and "+34" in row for row in page.rows)
    assert "(Shapley)" in page.text


@pytest.mark.parametrize(
    "change", [{"gronden_binden": True}, {"arbeidsmarktregio_bindt": True}, {"niveaus": ["personen_gekoppeld"]}]
)
def test_a_bound_is_told_only_of_the_policy_as_it_ships(change: dict[str, Any]) -> None:
    policies = policies_of(planted({"handmatig": 17, "kansrijk": 24}, {"handmatig": 0, "kansrijk": 0}))
    shipped = load_beleid("alleen_banen").model_dump(mode="json")
    for told, expected in ((shipped, 1), (shipped | change, 0)):
        policy = {**told, "levels": [{"naam": "banen_behouden", "grens": 29.0}]}
        receipt: Receipt = {"policies": {"alleen_banen": policy}, "parameters": {}}
        said = [str(s) for s in comparison_sentences(T, policies, policies[0], receipt)]
        assert sum("29 banen" in s for s in said) == expected


def test_a_policy_that_expects_more_jobs_by_passing_grounds_by_says_what_that_costs() -> None:
    mine, other, ceiling = policies_of(build.comparison())[:3]
    mine = replace(mine, name="kansrijk", expected=Range(69.6), grounds_not_honoured=6.0)
    far = replace(other, name="blijf_in_regio", expected=Range(72.5), grounds_not_honoured=144.0)
    bound = replace(ceiling, name="zonder_opgave", expected=Range(99.0), grounds_not_honoured=300.0)
    fair = replace(other, name="gemeente", expected=Range(70.0), grounds_not_honoured=6.0)
    said = kept_more_than(T, [mine, far, bound, fair], "kansrijk")
    assert [str(sentence) for sentence in said] == [
        "Bij Blijf in de regio blijven naar verwachting 72,5 banen behouden, meer dan de 69,6 bij Optimale koppeling. "
        "Daar staat iets tegenover: Blijf in de regio zet 144 huishoudens verder dan 50 km van een harde grond. Bij "
        "Optimale koppeling zijn dat er 6."
    ]
    assert kept_more_than(T, [replace(far, expected=Range(60.0)), mine], "kansrijk") == []
    assert kept_more_than(T, [far], "kansrijk") == []
