"""The comparison of policies: counts as the judge counts, differences with the baseline, and the band of practice."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from optimizer.decide import lottery_draws
from optimizer.domain import uitvoer
from optimizer.domain.lottery import known_draws
from optimizer.errors import VoorstelAfgekeurd
from optimizer.measure import BASELINE, Comparison, count, practice_band
from optimizer.pipeline.policies import compare
from optimizer.policy import load_beleid, names
from optimizer.verify import judge
from tests.decide.maanden import Maand, maanden
from tests.proefbatch import (
    AMERSFOORT,
    AMSTERDAM,
    GRONINGEN,
    UTRECHT,
    ZWOLLE,
    baan,
    groep,
    grond,
    huishouden,
    in_force,
    parameters,
    worked_out,
)

BAND = practice_band(parameters())
OUTCOMES = ["binnen_50km", "verloren_regel", "al_buiten", "loopt_af", "banen_niet_gekoppeld"]
PEOPLE = [huishouden(f"H{i}", aantal_personen=1 + i % 3, opvang_gemeente=[UTRECHT, ZWOLLE][i % 2]) for i in range(9)]
JOBS = [baan(f"H{i}", [UTRECHT, GRONINGEN, AMSTERDAM][i % 3], uren_per_week=[6.0, 32.0][i % 2]) for i in range(8)]
BATCH = groep(
    [*PEOPLE, huishouden("HL", vastgezet_gemeente=GRONINGEN, vastgezet_reden="wens")],
    {UTRECHT: 5, AMERSFOORT: 3, ZWOLLE: 3, GRONINGEN: 4},
    werk=[*JOBS, baan("H0", UTRECHT, contract_einde="2026-11-01")],
    gronden=[grond("H8", "gezin", ZWOLLE), grond("H1", "netwerk", UTRECHT)],
)


def every(*policies: str, **choices: object) -> Comparison:
    chosen = tuple(load_beleid(n) for n in policies)
    return compare(in_force(BATCH), chosen, draws=40, **choices)  # type: ignore[arg-type]


@cache
def table() -> pd.DataFrame:
    """All policies, by name."""
    return every(*names()).tabel.set_index("beleid", drop=False)


def number(row: str, column: str) -> float:
    return float(table()[column].to_dict()[row])


def test_there_is_a_row_for_each_policy_in_order_and_then_the_band_of_practice() -> None:
    assert table()["beleid"].tolist() == [*names(), "handmatig@0.3", "handmatig@0.6"]
    assert table().columns.tolist() == uitvoer.BELEIDSVERGELIJKING.names
    assert [number(f"handmatig@{share}", "bekend") for share in BAND] == list(BAND)
    assert number(BASELINE, "bekend") == 1.0


def test_the_five_outcomes_of_every_row_add_up_to_all_jobs() -> None:
    np.testing.assert_allclose(table()[OUTCOMES].sum(axis=1), len(BATCH.werk))
    assert set(table()["banen"]) == {len(BATCH.werk)}
    assert set(table()["huishoudens"]) == {10}
    assert set(table()["personen"]) == {BATCH.personen_totaal}


@pytest.mark.parametrize("policy", [n for n in names() if n != "loting"])
def test_every_count_is_what_the_judge_counts(policy: str) -> None:
    case = worked_out(BATCH, policy)
    codes = np.append(case.facts.gemeenten.code.astype(object), "")
    proposal = pd.DataFrame(
        {"huishouden_id": case.facts.huishoudens, "gemeente": codes[case.answer.gemeente]}, dtype=str
    )
    chance = np.where(case.answer.gemeente >= 0, case.kans[np.arange(10), case.answer.gemeente] / 10_000, np.nan)
    told = judge(BATCH, proposal, parameters=parameters(), kans_werk=chance).tellingen
    ours = {name: number(policy, name) for name in told if name in uitvoer.BELEIDSVERGELIJKING.names}
    assert len(ours) > 30
    assert ours == pytest.approx({name: told[name] for name in ours}, nan_ok=True)


def test_differences_are_taken_against_the_baseline() -> None:
    for name in ("verloren_regel", "verwacht_verloren"):
        np.testing.assert_allclose(table()[f"verschil_{name}"], table()[name] - number(BASELINE, name))
    other = every("kansrijk", "loting", baseline="kansrijk").tabel.set_index("beleid")
    assert other["verschil_verloren_regel"].to_dict()["kansrijk"] == 0
    assert "handmatig@0.3" not in other.index


def test_the_expected_loss_lies_between_its_variants() -> None:
    assert (table()["verwacht_verloren_laag"] <= table()["verwacht_verloren"]).all()
    assert (table()["verwacht_verloren"] <= table()["verwacht_verloren_hoog"]).all()


def test_the_lottery_is_the_mean_over_its_draws_with_its_spread() -> None:
    case = worked_out(BATCH, "loting")
    draws = lottery_draws(case.problem, 40)
    one_by_one = [count(case, draw) for draw in draws]
    for column in ("verloren_regel", "personen_gekoppeld", "verwacht_verloren", "gemiddelde_afstand_km", "kans_werk"):
        assert number("loting", column) == pytest.approx(np.mean([c[column] for c in one_by_one]))
    lost = [float(c["verloren_regel"]) for c in one_by_one]
    assert number("loting", "verloren_regel_p05") == pytest.approx(np.percentile(lost, 5))
    assert number("loting", "verloren_regel_p95") == pytest.approx(np.percentile(lost, 95))
    assert number("loting", "verloren_regel_p05") < number("loting", "verloren_regel_p95")


def test_only_what_is_drawn_has_a_spread() -> None:
    others = table().drop(index=["loting", *(f"handmatig@{share}" for share in BAND)])
    assert others[["verloren_regel_p05", "verloren_regel_p95", "behouden_p05", "behouden_p95"]].isna().all(axis=None)


def test_rows_of_the_band_are_means_over_draws_of_who_is_known_in_time() -> None:
    ids = [str(h) for h in BATCH.huishoudens["huishouden_id"]]
    for share in BAND:
        kept = []
        for known in known_draws(0, ids, share, 40):
            # By brute force: each draw is the baseline on a batch without the jobs that are not known, counted on all.
            unknown = {h for h, yes in zip(ids, known, strict=True) if not yes}
            owner = BATCH.werk["persoon_id"].str.removeprefix("P")
            without = BATCH.replace(werk=BATCH.werk[~owner.isin(unknown)].reset_index(drop=True))
            links = worked_out(without, BASELINE).answer.gemeente
            kept.append(float(count(worked_out(BATCH, BASELINE), links)["behouden"]))
        assert number(f"handmatig@{share}", "behouden") == pytest.approx(np.mean(kept))
        assert number(f"handmatig@{share}", "behouden_p05") == pytest.approx(np.percentile(kept, 5))


def test_a_case_that_was_worked_out_already_is_used_and_not_solved_again() -> None:
    case = worked_out(BATCH, "kansrijk")
    told: list[str] = []
    again = compare(in_force(BATCH), [load_beleid("handmatig"), case.beleid], given=[case], progress=told.append)
    assert again.niveaus["kansrijk"] is case.answer.niveaus
    assert told == ["handmatig", "kansrijk", "handmatig@0.3", "handmatig@0.6"]


def test_levels_and_statuses_are_kept_for_the_receipt() -> None:
    found = every("handmatig", "kansrijk")
    assert set(found.niveaus) == {"kansrijk"}
    assert (found.statussen["kansrijk"], found.statussen["handmatig"]) == ("proven", "not_optimised")
    assert found.reproducible


def test_a_mean_over_no_jobs_is_unknown_and_the_counts_are_nought() -> None:
    batch = groep([huishouden("H1")], {UTRECHT: 1}, personen=[])
    row = compare(in_force(batch), [load_beleid(n) for n in ("loting", "handmatig")], draws=3).tabel
    assert row["gemiddelde_afstand_km"].isna().all()
    assert (row[["banen", *OUTCOMES, "verwacht_verloren", "kans_werk"]] == 0).all(axis=None)


def test_wages_are_counted_by_outcome_where_they_are_known() -> None:
    """By hand: H1 keeps 32 hours at 2,500.50 in Utrecht; H2 and H3 lose 4 hours at 400 and at an unknown wage."""
    people = [huishouden("H1"), huishouden("H2"), huishouden("H3")]
    work = [
        baan("H1", UTRECHT, maandloon_eur=2500.5),
        baan("H2", UTRECHT, uren_per_week=4.0, maandloon_eur=400.0),
        baan("H3", UTRECHT, uren_per_week=4.0),
    ]
    batch = groep(people, {UTRECHT: 1, GRONINGEN: 9}, werk=work)
    table = compare(in_force(batch), [load_beleid(n) for n in ("kansrijk", BASELINE)], draws=3).tabel
    [row] = table[table["beleid"] == "kansrijk"].to_dict("records")
    assert (row["behouden"], row["verloren_regel"]) == (1, 2)
    assert (row["loon_behouden_eur"], row["loon_verloren_eur"]) == (2500.5, 400.0)


def test_an_answer_that_the_judge_rejects_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    case = worked_out(BATCH, "handmatig")
    everybody_to_utrecht = np.full(10, case.facts.gemeenten.index[UTRECHT])
    monkeypatch.setattr("optimizer.decide.method.in_order", lambda *_: everybody_to_utrecht)
    with pytest.raises(VoorstelAfgekeurd, match="handmatig"):
        every("handmatig")


def test_counts_that_the_judge_does_not_share_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.measure.counts._not_honoured", lambda *_: np.int64(99))
    with pytest.raises(VoorstelAfgekeurd, match="gronden_niet_gehonoreerd"):
        every("handmatig")


@settings(max_examples=5)
@given(month=maanden())
def test_no_policy_keeps_more_than_the_bound_without_opgave(month: Maand) -> None:
    """Kept = over known jobs that outlast the move; with everybody linked, less loss and more kept are one thing."""
    found = compare(
        in_force(month.batch),
        [load_beleid(n) for n in ("zonder_opgave", "kansrijk", "straal50", "handmatig")],
    ).niveaus
    bound = {n.naam: n.waarde for n in found["zonder_opgave"]}
    for policy in ("kansrijk", "straal50"):
        kept = {n.naam: n.waarde for n in found[policy]}
        assert kept["verwacht_behouden"] <= bound["verwacht_behouden"] + 1e-9


def test_the_baseline_knows_every_job_whatever_the_others_know() -> None:
    table = compare(
        in_force(groep([huishouden("H1")], {UTRECHT: 1}, personen=[]), bekend=0.6),
        [load_beleid(n) for n in ("koppelregio", "handmatig")],
    ).tabel.set_index("beleid")
    assert table["bekend"].to_dict() == {
        "koppelregio": 0.6,
        "handmatig": 1.0,
        "handmatig@0.3": 0.3,
        "handmatig@0.6": 0.6,
    }


def test_the_band_of_practice_is_a_dated_parameter() -> None:
    assert practice_band(parameters()) == (0.3, 0.6)
    assert practice_band(parameters(screening__praktijk_laag=0.9)) == (0.6, 0.9)
    assert practice_band(parameters(screening__praktijk_laag=0.6)) == (0.6,)
    assert practice_band(parameters(screening__praktijk_hoog=1.0)) == (0.3,)


@pytest.mark.parametrize("bekend", [0.0, 0.5])
def test_no_policy_keeps_more_than_the_bound_also_when_it_knows_a_part_of_the_jobs(bekend: float) -> None:
    with_opgave = [load_beleid(n) for n in names() if load_beleid(n).opgave_geldt]
    rows = compare(in_force(BATCH, bekend=bekend), with_opgave, draws=5).tabel.set_index("beleid")
    assert rows["behouden"].max() == rows["behouden"]["alleen_banen"]
    assert rows["bekend"][["alleen_banen", "kansrijk"]].tolist() == [1.0, bekend]
