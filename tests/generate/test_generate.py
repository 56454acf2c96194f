"""Synthetic batches: the same seed gives the same bytes, and what is drawn looks like the facts it was drawn from."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from optimizer.domain.tables import TABLES
from optimizer.errors import Gebruiksfout, Geweigerd, KoppelwijzerFout
from optimizer.generate import draw_tables, generate
from optimizer.generate.draw import near, pick
from optimizer.read import read_batch
from optimizer.retention import contract_end
from optimizer.rules.parameters import load

PEILDATUM = date(2026, 10, 1)
P = load(PEILDATUM)


@pytest.fixture(scope="module")
def month() -> dict[str, pd.DataFrame]:
    return draw_tables(6000, 7, P)


# What a municipality agrees or counts by itself is not drawn.
STOCKS = {"gehuisvest", "tijdelijk_gehuisvest", "verschoonbaar"}
NOT_DRAWN = {"bestuursovereenkomsten", "capaciteit", "verzoeken", "woningen", "woning_nodig", "voorkeur_grond"} | STOCKS


def km_to_work(tables: dict[str, pd.DataFrame]) -> np.ndarray:
    home = (
        tables["personen"].merge(tables["huishoudens"], on="huishouden_id").set_index("persoon_id")["opvang_gemeente"]
    )
    rows = load_gemeenten().rows
    werk = tables["werk"]
    return matrix("straight")[rows(home[werk["persoon_id"]].tolist()), rows(werk["werk_gemeente"].tolist())]


def test_every_table_has_its_columns(month: dict[str, pd.DataFrame]) -> None:
    drawn = {n: [c for c in t.names if c not in NOT_DRAWN] for n, t in TABLES.items() if n not in NOT_DRAWN}
    assert {name: list(t.columns) for name, t in month.items()} == drawn


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        generate(tmp_path / name, huishoudens=60, seed=seed)
    a, b, c = ({f.name: f.read_bytes() for f in (tmp_path / n).iterdir()} for n in "abc")
    assert a == b
    assert set(a) == {*(f"{t}.csv" for t in TABLES if t not in NOT_DRAWN), "beleid.toml"}
    assert [n for n in sorted(a) if a[n] == c[n]] == ["beleid.toml"]


def test_nothing_is_left_beside_the_folder_and_an_existing_one_is_refused(tmp_path: Path) -> None:
    generate(tmp_path / "nieuw" / "a", huishoudens=5, seed=0)
    assert [f.name for f in (tmp_path / "nieuw").iterdir()] == ["a"]
    with pytest.raises(Geweigerd, match="bestaat al"):
        generate(tmp_path / "nieuw" / "a", huishoudens=5, seed=0)


def test_force_replaces_a_batch_but_never_another_folder(tmp_path: Path) -> None:
    generate(tmp_path / "a", huishoudens=5, seed=0)
    generate(tmp_path / "a", huishoudens=9, seed=0, force=True)
    assert len((tmp_path / "a" / "huishoudens.csv").read_text("utf-8").splitlines()) == 10
    (tmp_path / "a" / "mijn_verslag.txt").touch()
    with pytest.raises(Geweigerd):
        generate(tmp_path / "a", huishoudens=9, seed=0, force=True)
    assert [f.name for f in tmp_path.iterdir()] == ["a"]


def test_an_empty_folder_is_filled_and_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    generate(tmp_path / "leeg", huishoudens=5, seed=0)
    (tmp_path / "bestand").touch()
    with pytest.raises(Geweigerd):
        generate(tmp_path / "bestand", huishoudens=5, seed=0, force=True)


def test_a_failure_while_writing_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("optimizer.generate.files.write_folder", full_disk)
    with pytest.raises(KoppelwijzerFout, match=r"kan niet worden geschreven .*de schijf is vol"):
        generate(tmp_path / "a", huishoudens=5, seed=0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("n", "seed", "tightness"), [(0, 0, None), (5, -1, None), (5, 0, -0.1), (5, 0, float("nan"))])
def test_numbers_that_make_no_sense_are_refused(n: int, seed: int, tightness: float | None) -> None:
    with pytest.raises(Gebruiksfout, match="tightness van 0 of hoger"):
        draw_tables(n, seed, P, tightness=tightness)


def test_keys_are_unique_and_every_row_belongs_to_something(month: dict[str, pd.DataFrame]) -> None:
    assert all(month[t.name][t.key].is_unique for t in TABLES.values() if t.key and t.name not in NOT_DRAWN)
    assert set(month["personen"]["huishouden_id"]) == set(month["huishoudens"]["huishouden_id"])
    assert set(month["werk"]["persoon_id"]) <= set(month["personen"]["persoon_id"])
    assert set(month["gronden"]["huishouden_id"]) <= set(month["huishoudens"]["huishouden_id"])


def test_no_household_has_more_adults_than_persons(month: dict[str, pd.DataFrame]) -> None:
    adults = month["personen"].groupby("huishouden_id").size()
    assert (adults <= month["huishoudens"].set_index("huishouden_id")["aantal_personen"]).all()


def test_most_households_are_singles_and_a_quarter_of_the_persons_are_children(month: dict[str, pd.DataFrame]) -> None:
    persons = month["huishoudens"]["aantal_personen"]
    assert 0.6 < (persons == 1).mean() < 0.64
    assert 0.2 < 1 - len(month["personen"]) / persons.sum() < 0.4


def test_most_permits_came_in_the_month_before_the_peildatum_and_some_people_wait_longer(
    month: dict[str, pd.DataFrame],
) -> None:
    days = (pd.Timestamp(PEILDATUM) - month["huishoudens"]["vergunning_datum"]).dt.days
    assert days.min() == 0
    assert 0.13 < (days >= 30).mean() < 0.17
    assert 80 < days[days >= 30].mean() < 100


def test_from_the_link_to_the_move_takes_as_long_as_the_stock_and_the_flow_say(month: dict[str, pd.DataFrame]) -> None:
    """18,420 people wait and 30,210 leave in a year: 32 weeks from the permit, of which 4 have passed."""
    term = P["verhuizing/weken_na_koppeling"]
    weeks = (month["huishoudens"]["verwachte_verhuisdatum"] - pd.Timestamp(PEILDATUM)).dt.days / 7
    assert weeks.min() > term
    assert 0.61 < weeks.notna().mean() < 0.67
    assert weeks.fillna(term).mean() == pytest.approx(18_420 / (30_210 / 52) - 4, abs=1)


def test_contracts_are_nearly_always_temporary_and_mostly_part_time(month: dict[str, pd.DataFrame]) -> None:
    werk = month["werk"]
    assert 0.92 < (werk["contract_einde"].notna() | werk["contract_maanden"].notna()).mean() < 0.98
    assert 0.8 < (werk["uren_per_week"] < 35).mean() < 0.9


def test_nobody_worked_before_it_was_allowed(month: dict[str, pd.DataFrame]) -> None:
    days = (pd.Timestamp(PEILDATUM) - month["werk"]["contract_begin"]).dt.days
    assert 0 <= days.min() <= days.max() <= 300


def test_places_of_work_lead_in_the_regions_that_uwv_names(month: dict[str, pd.DataFrame]) -> None:
    gemeenten = load_gemeenten()
    regions = gemeenten.arbeidsmarktregio_naam[gemeenten.rows(month["werk"]["werk_gemeente"].tolist())]
    assert set(pd.Series(regions).value_counts().index[:3]) == {"Groot Amsterdam", "Midden-Utrecht", "Rijnmond"}


def test_a_lock_has_a_reason_and_never_an_exclusion(month: dict[str, pd.DataFrame]) -> None:
    h = month["huishoudens"]
    locked = h["vastgezet_gemeente"] != ""
    assert locked.any()
    assert ((h["vastgezet_reden"] != "") == locked).all()
    assert not (locked & (h["uitgesloten_gemeenten"] != "")).any()


def test_one_household_in_ten_to_seven_has_a_job(month: dict[str, pd.DataFrame]) -> None:
    holders = month["personen"].set_index("persoon_id")["huishouden_id"][month["werk"]["persoon_id"].unique()]
    assert 0.1 <= holders.nunique() / len(month["huishoudens"]) <= 0.15


def test_jobs_lie_about_twenty_kilometres_away_by_road_with_a_tail(month: dict[str, pd.DataFrame]) -> None:
    km = km_to_work(month)
    near_by = km[km < 80]
    assert 13 < near_by.mean() < 19
    assert 0.02 < (km > 50).mean() < 0.12


def test_the_hard_cases_all_occur(month: dict[str, pd.DataFrame]) -> None:
    werk = month["werk"]
    end = contract_end(werk, PEILDATUM)
    moving = np.datetime64("2026-12-24")
    by_person = werk.groupby("persoon_id").size()
    by_household = werk["persoon_id"].map(month["personen"].set_index("persoon_id")["huishouden_id"])
    family = month["gronden"].query("grond == 'gezin'")["huishouden_id"]
    assert ((werk["uren_per_week"] < 8).mean()) > 0.05
    assert ((werk["loonstrook_gezien"] != "ja").mean()) > 0.1
    assert (werk["via_uitzendbureau"] == "ja").mean() > 0.4
    assert 0.2 < (end < moving).mean() < 0.5
    assert (by_person > 1).any()
    assert by_household.duplicated().sum() > (by_person > 1).sum()
    assert by_household.isin(family).any()
    assert (end[~np.isnat(end)] >= np.datetime64(PEILDATUM)).all()


def test_jobs_follow_the_split_of_work_permits(month: dict[str, pd.DataFrame]) -> None:
    shares = month["werk"]["werksoort"].value_counts(normalize=True)
    assert 0.15 < shares["schoonmaak"] < 0.25
    assert 0.06 < shares["productie"] < 0.14


def test_who_has_a_job_wants_to_work(month: dict[str, pd.DataFrame]) -> None:
    willing = month["personen"].set_index("persoon_id")["wil_werken"]
    assert (willing[month["werk"]["persoon_id"]] == "ja").all()
    assert (willing == "nee").any()


def test_the_half_year_follows_the_law_and_the_state_of_the_municipalities(month: dict[str, pd.DataFrame]) -> None:
    t = month["taakstelling"]
    assert t["taakstelling"].sum() == P["taakstelling/landelijk"]
    assert set(t["halfjaar"]) == {"2026-2"}
    assert not ((t["achterstand"] > 0) & (t["voorsprong"] > 0)).any()
    assert 215 < (t["achterstand"] > 0).sum() < 270
    assert (t["gekoppeld"] <= t["taakstelling"]).all()
    assert (t[["taakstelling", "achterstand", "voorsprong", "gekoppeld"]] >= 0).all(axis=None)


@pytest.mark.parametrize("tightness", [0.0, 0.9, 1.05])
def test_tightness_fixes_the_sum_of_the_opgaven(tightness: float) -> None:
    tables = draw_tables(300, 1, P, tightness=tightness)
    t = tables["taakstelling"]
    opgave = t["taakstelling"] + t["achterstand"] - t["voorsprong"] - t["gekoppeld"]
    assert opgave.sum() == round(tightness * tables["huishoudens"]["aantal_personen"].sum())


def test_people_do_not_change_with_the_tightness() -> None:
    loose, tight = draw_tables(50, 1, P), draw_tables(50, 1, P, tightness=1.0)
    assert all(loose[n].equals(tight[n]) for n in loose if n != "taakstelling")


def test_shares_leave_the_rest_empty() -> None:
    words = pick(np.random.default_rng(0), {"ja": 0.5, "nee": 0.2}, 5000)
    assert np.mean(words == "ja") == pytest.approx(0.5, abs=0.03)
    assert np.mean(words == "") == pytest.approx(0.3, abs=0.03)


def test_without_decay_the_whole_country_counts_by_inhabitants() -> None:
    gemeenten = load_gemeenten()
    everybody = gemeenten.inwoners.astype(np.float64)
    rows = near(np.random.default_rng(0), np.zeros(40_000, dtype=np.int64), everybody, np.inf)
    amsterdam = gemeenten.index["GM0363"]
    expected = gemeenten.inwoners[amsterdam] / gemeenten.inwoners.sum()
    assert np.mean(rows == amsterdam) == pytest.approx(expected, abs=0.004)


def test_force_is_named_only_where_it_would_help(tmp_path: Path) -> None:
    generate(tmp_path / "van_ons", huishoudens=5, seed=1)
    with pytest.raises(Geweigerd, match="--force"):
        generate(tmp_path / "van_ons", huishoudens=5, seed=1)
    for force in (False, True):
        with pytest.raises(Geweigerd, match="haal het eerst weg") as told:
            generate(tmp_path, huishoudens=5, seed=1, force=force)
        assert "--force" not in str(told.value)


def test_what_lies_beside_a_batch_changes_nothing_in_it_and_reads_without_a_problem(tmp_path: Path) -> None:
    plain = generate(tmp_path / "kaal", huishoudens=30, seed=5)
    more = generate(tmp_path / "meer", huishoudens=30, seed=5, verzoeken=12, vooruitblik=20)
    same = {p.name: p.read_bytes() for p in plain.iterdir()}
    assert {p.name: p.read_bytes() for p in more.iterdir() if p.name in same} == same
    assert {p.name for p in more.iterdir()} - set(same) == {"verzoeken.csv", "vooruitblik.csv"}
    again = generate(tmp_path / "weer", huishoudens=30, seed=5, verzoeken=12, vooruitblik=20)
    assert {p.name: p.read_bytes() for p in again.iterdir()} == {p.name: p.read_bytes() for p in more.iterdir()}
    batch = read_batch(more, vooruitblik=more)
    assert len(batch.verzoeken) == 12
    assert batch.vooruitblik is not None
    assert len(batch.vooruitblik) == 20
    known = {d.code for d in read_batch(plain).waarschuwingen}
    assert {d.code for d in batch.waarschuwingen} <= known
