"""Agreements, special dwellings and the regime without taakstelling, from the command line to the judge and back."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from optimizer.cli import main
from optimizer.domain.batch import Batch
from optimizer.policy import load_beleid, names
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
    schrijf,
)

Capture = pytest.CaptureFixture[str]
STAYS = {"gemeente": UTRECHT, "vanaf": "2026-01-01", "tot_en_met": "2026-12-31", "effect": "blijft", "bron": "brief 12"}
LARGE = "grote_woning"
NO_TASK = '[parameters]\n"taakstelling/regime" = "capaciteit"\n'


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def run(batch: Batch, folder: Path, policy: str = "kansrijk", toml: str = "") -> Path:
    """Run a batch from files, have the result judged by the command, and return the folder of the run."""
    source, out = str(schrijf(batch, folder / "in", toml)), folder / "uit"
    assert main(["run", source, "--policy", policy, "--policies", "handmatig", "--draws", "3", "--out", str(out)]) in {
        0,
        4,
    }
    assert main(["verify", source, str(out / "voorstel.csv"), "--policy", policy]) in {0, 4}
    return out


def links(out: Path) -> dict[str, str]:
    return {row["huishouden_id"]: row["gemeente"] for row in read(out / "voorstel.csv")}


def workers(**tables: Any) -> Batch:
    """Two workers in Utrecht, of whom one lives in reception there, and room for one of them in Utrecht."""
    people = [
        huishouden("H1"),
        huishouden("H2", opvang_gemeente=AMERSFOORT, vergunning_datum="2026-08-01"),
        huishouden("H3", opvang_gemeente=ZWOLLE),
    ]
    room = tables.pop("opgave", {UTRECHT: 1, AMERSFOORT: 1, ZWOLLE: 1})
    return groep(people, room, werk=[baan("H1", UTRECHT), baan("H2", UTRECHT)], **tables)


@pytest.mark.parametrize("policy", names())
def test_every_policy_keeps_who_works_and_lives_where_an_agreement_says_stays(policy: str, tmp_path: Path) -> None:
    out = run(workers(overeenkomsten=[STAYS]), tmp_path, policy)
    [first, *_] = read(out / "voorstel.csv")
    assert (first["gemeente"], first["status"]) == (UTRECHT, "vastgezet")
    assert first["reden"] == (
        "Het huishouden werkt en woont in Utrecht en blijft daar. "
        "Dat staat in de bestuursovereenkomst van 1 januari 2026 (brief 12)."
    )


@pytest.mark.parametrize("changes", [{"effect": "weegt_mee"}, {"tot_en_met": "2026-08-31"}, {"gemeente": ZWOLLE}])
def test_an_agreement_that_does_not_bind_changes_nothing(changes: dict[str, str], tmp_path: Path) -> None:
    """The peildatum is the latest permit date, 1 September 2026."""
    with_row = run(workers(overeenkomsten=[{**STAYS, **changes}]), tmp_path / "a")
    without = run(workers(), tmp_path / "b")
    for name in ("voorstel.csv", "banen.csv", "taakstelling.csv", "uitzonderingen.csv", "niet_gekoppeld.csv"):
        assert (with_row / name).read_bytes() == (without / name).read_bytes()
    assert (with_row / "overeenkomsten.csv").is_file() == ("gemeente" in changes)


def test_what_the_agreement_takes_from_others_is_counted_by_group(tmp_path: Path, capsys: Capture) -> None:
    """By hand the household that waited longest goes first: without the agreement it gets the place in Utrecht."""
    out = run(workers(overeenkomsten=[STAYS], opgave={UTRECHT: 1, GRONINGEN: 9}), tmp_path, "handmatig")
    rows = {(r["groep"], r["maat"]): r for r in read(out / "overeenkomsten.csv") if r["beleid"] == "handmatig"}
    assert links(out) == {"H1": UTRECHT, "H2": "", "H3": GRONINGEN}
    taken = rows["zonder_overeenkomst", "personen_gekoppeld"]
    assert (taken["huishoudens"], taken["zonder"], taken["met"], taken["verschil"]) == ("2", "2,00", "1,00", "-1,00")
    assert rows["zonder_overeenkomst", "gronden_gehonoreerd"]["verschil"] == "-1,00"
    assert rows["zonder_overeenkomst", "banen_binnen_50km"]["verschil"] == "-1,00"
    assert rows["blijft", "personen_gekoppeld"]["verschil"] == "1,00"
    assert rows["zelfde_gemeente", "personen_gekoppeld"]["huishoudens"] == "0"
    said = capsys.readouterr().out
    assert "Huishoudens die door een overeenkomst blijven: 1. " in said
    assert "personen gekoppeld -1, gronden gehonoreerd -1, banen binnen de straal -1." in said
    page = (out / "rapport.html").read_text(encoding="utf-8")
    assert "Overeenkomsten met gemeenten" in page
    assert "Huishoudens uit gemeenten zonder overeenkomst" in page


def test_jobs_that_are_lost_beside_an_agreement_are_counted_in_the_group_that_loses_them(tmp_path: Path) -> None:
    """By hand: H1 works 32 hours and takes the one place in Utrecht; H2 works 4 hours there and goes to Groningen."""
    people = [huishouden("H1"), huishouden("H2", opvang_gemeente=AMERSFOORT)]
    work = [baan("H1", UTRECHT), baan("H2", UTRECHT, uren_per_week=4.0)]
    out = run(groep(people, {UTRECHT: 1, GRONINGEN: 9}, werk=work, overeenkomsten=[STAYS]), tmp_path)
    assert links(out) == {"H1": UTRECHT, "H2": GRONINGEN}
    rows = {(r["groep"], r["maat"]): r for r in read(out / "overeenkomsten.csv") if r["beleid"] == "kansrijk"}
    for group, lost, within in (("blijft", "0,00", "1,00"), ("zonder_overeenkomst", "1,00", "0,00")):
        assert [rows[group, "verloren_regel"][k] for k in ("zonder", "met")] == [lost, lost]
        assert [rows[group, "banen_binnen_50km"][k] for k in ("zonder", "met")] == [within, within]


def test_compare_shows_the_effect_under_every_policy(tmp_path: Path) -> None:
    source = str(schrijf(workers(overeenkomsten=[STAYS]), tmp_path / "in"))
    out = tmp_path / "uit"
    assert main(["compare", source, "--policies", "loting,handmatig,kansrijk", "--draws", "5", "--out", str(out)]) == 0
    rows = read(out / "overeenkomsten.csv")
    assert list(dict.fromkeys(r["beleid"] for r in rows)) == ["loting", "handmatig", "kansrijk"]
    persons = [r for r in rows if r["maat"] == "personen_gekoppeld" and r["beleid"] == "kansrijk"]
    table = {r["beleid"]: r for r in read(out / "beleidsvergelijking.csv")}
    assert sum(float(r["met"].replace(",", ".")) for r in persons) == float(
        table["kansrijk"]["personen_gekoppeld"].replace(",", ".")
    )
    page = main(["compare", source, "--policies", "kansrijk", "--lang", "en", "--out", str(tmp_path / "en")])
    assert page == 0
    assert "Agreements with municipalities" in (tmp_path / "en" / "rapport.html").read_text(encoding="utf-8")


def test_who_stays_above_the_opgave_is_a_named_exception_and_nothing_is_left_for_others(tmp_path: Path) -> None:
    out = run(workers(overeenkomsten=[STAYS], opgave={UTRECHT: 0, ZWOLLE: 9}), tmp_path)
    assert links(out)["H1"] == UTRECHT
    named = {(r["huishouden_id"], r["soort"]): r["toelichting"] for r in read(out / "uitzonderingen.csv")}
    assert named["H1", "overeenkomst_boven_opgave"] == (
        "Het huishouden blijft hier door een overeenkomst. In Utrecht is 1 persoon vastgezet. De opgave is 0."
    )
    [room] = [r for r in read(out / "taakstelling.csv") if r["gemeente"] == UTRECHT]
    assert room["rest"] == "-1"


def test_a_proposal_of_another_that_ignores_the_agreement_is_refused(tmp_path: Path, capsys: Capture) -> None:
    source = str(schrijf(workers(overeenkomsten=[STAYS]), tmp_path / "in"))
    other = tmp_path / "ander.csv"
    other.write_text(f"huishouden_id;gemeente\nH1;{AMERSFOORT}\nH2;{UTRECHT}\nH3;{ZWOLLE}\n", encoding="utf-8")
    assert main(["verify", source, str(other)]) == 6
    assert "overtreding overeenkomst_niet_gevolgd" in capsys.readouterr().out


def families(large: dict[str, int], **tables: Any) -> Batch:
    """Three large families and one small one, all with family in Utrecht."""
    people = [huishouden(f"H{i}", aantal_personen=6, vergunning_datum=f"2026-0{i + 1}-01") for i in range(3)]
    dwellings = [{"gemeente": g, "soort": LARGE, "aantal": n} for g, n in large.items()]
    return groep(
        [*people, huishouden("H9", aantal_personen=2)],
        {UTRECHT: 30, AMERSFOORT: 30},
        gronden=[grond(f"H{i}", "gezin", UTRECHT) for i in (0, 1, 2, 9)],
        woningen=dwellings,
        **tables,
    )


@pytest.mark.parametrize("policy", [n for n in names() if load_beleid(n).opgave_geldt])
def test_no_policy_hands_out_more_large_dwellings_than_there_are(policy: str, tmp_path: Path) -> None:
    to = links(run(families({UTRECHT: 1, AMERSFOORT: 1}), tmp_path, policy))
    large = [to[f"H{i}"] for i in range(3)]
    assert sorted(filter(None, large)) == [AMERSFOORT, UTRECHT]
    assert to["H9"]


@pytest.mark.parametrize("policy", [n for n in names() if not load_beleid(n).opgave_geldt])
def test_a_bound_without_opgave_knows_no_scarce_dwellings(policy: str, tmp_path: Path) -> None:
    assert all(links(run(families({UTRECHT: 1}), tmp_path, policy)).values())


def test_a_shortage_of_dwellings_is_explained_with_numbers_and_what_would_help(tmp_path: Path) -> None:
    out = run(families({UTRECHT: 1, AMERSFOORT: 1}), tmp_path)
    [waits] = read(out / "niet_gekoppeld.csv")
    assert waits["oorzaak"] == "geen_woning"
    assert waits["toelichting"].startswith(
        "Binnen 50 km van Utrecht is geen grote woning vrij: 2 in deze ronde, 2 voor"
    )
    assert waits["voorstel_oplossing"] in {
        f"Er is plek als {name} nog een grote woning heeft." for name in ("Utrecht", "Amersfoort")
    }
    assert "Geen bijzondere woning" in (out / "rapport.html").read_text(encoding="utf-8")


def test_a_dwelling_where_there_is_no_room_is_told_apart(tmp_path: Path) -> None:
    batch = groep(
        [huishouden("H1", aantal_personen=6)],
        {UTRECHT: 5, AMERSFOORT: 9},
        woningen=[{"gemeente": UTRECHT, "soort": LARGE, "aantal": 3}],
    )
    [waits] = read(run(batch, tmp_path) / "niet_gekoppeld.csv")
    assert (
        waits["toelichting"]
        == "In de gemeenten die mogen: waar een grote woning vrij is (3), is geen plek voor 6 personen."
    )
    assert waits["voorstel_oplossing"] == "Er is plek als Amersfoort nog een grote woning heeft."


def test_without_a_table_of_dwellings_nobody_needs_one(tmp_path: Path) -> None:
    assert all(links(run(families({}), tmp_path)).values())


def test_an_accessible_dwelling_is_needed_where_the_input_says_so_and_the_report_keeps_it_private(
    tmp_path: Path,
) -> None:
    batch = groep(
        [huishouden("H1", woning_nodig="toegankelijke_woning"), huishouden("H2")],
        {UTRECHT: 9, ZWOLLE: 9},
        woningen=[{"gemeente": ZWOLLE, "soort": "toegankelijke_woning", "aantal": 0}],
    )
    out = run(batch, tmp_path)
    assert links(out)["H1"] == ""
    assert "toegankelijke woning" in read(out / "niet_gekoppeld.csv")[0]["toelichting"]
    assert "toegankelijk" not in (out / "rapport.html").read_text(encoding="utf-8")


def capacity(**tables: Any) -> Batch:
    return groep([huishouden("H1"), huishouden("H2")], tables.pop("opgave", {}), capaciteit={UTRECHT: 1, ZWOLLE: 5})


def test_without_taakstelling_the_capacity_of_a_file_is_the_room(tmp_path: Path) -> None:
    out = run(capacity(), tmp_path, toml=NO_TASK)
    assert sorted(links(out).values()) == [ZWOLLE, UTRECHT]
    assert {r["gemeente"]: r["opgave"] for r in read(out / "taakstelling.csv")} == {UTRECHT: "1", ZWOLLE: "5"}
    assert "capaciteit uit de invoer (geen taakstelling)" in (out / "rapport.html").read_text(encoding="utf-8")
    regime = json.loads((out / "run.json").read_text(encoding="utf-8"))["parameters"]["taakstelling/regime"]
    assert (regime["value"], regime["overridden"]) == ("capaciteit", True)


@pytest.mark.parametrize("policy", names())
def test_every_policy_works_without_taakstelling(policy: str, tmp_path: Path) -> None:
    assert all(links(run(capacity(), tmp_path, policy, NO_TASK)).values())


def test_a_law_of_a_later_day_switches_the_regime_on_that_day(tmp_path: Path, capsys: Capture) -> None:
    rules = tmp_path / "regels" / "taakstelling"
    rules.mkdir(parents=True)
    (rules / "regime.yaml").write_text(
        "description: a\ndescription_en: a\nunit: keuze\nlayer: wet\nvalues:\n"
        "  2016-01-01: {value: taakstelling, source: {title: Huisvestingswet 2014}}\n"
        "  2027-01-01: {value: capaciteit, source: {title: Wet van morgen}}\n",
        encoding="utf-8",
    )
    source = str(schrijf(capacity(opgave={GRONINGEN: 9}), tmp_path / "in"))
    own = ["--rules", str(tmp_path / "regels")]
    for day, places in (("2026-12-31", {GRONINGEN}), ("2027-01-01", {UTRECHT, ZWOLLE})):
        out = tmp_path / day
        main(["run", source, "--peildatum", day, *own, "--policies", "handmatig", "--out", str(out)])
        assert set(links(out).values()) == places
        assert main(["verify", source, str(out / "voorstel.csv"), "--policy", "kansrijk", *own]) in {0, 4}
    capsys.readouterr()
    assert main(["check", source, "--peildatum", "2027-01-01", *own]) == 0
    assert "regime capaciteit" in capsys.readouterr().out


def test_a_regime_without_its_table_is_refused_with_a_remedy(tmp_path: Path, capsys: Capture) -> None:
    source = str(schrijf(workers(), tmp_path / "in", NO_TASK))
    for command in (["run", source, "--out", str(tmp_path / "o")], ["check", source]):
        assert main(command) == 3
        said = "".join(capsys.readouterr())
        assert "capaciteit.csv: Op de peildatum geldt het regime capaciteit" in said
        assert "Voeg de tabel toe" in said


def test_everything_at_once_is_judged_and_the_labour_market_region_binds_under_every_regime(tmp_path: Path) -> None:
    people = [
        huishouden("H1", aantal_personen=6),
        huishouden("H2", aantal_personen=6, opvang_gemeente=AMSTERDAM),
        huishouden("H3", opvang_gemeente=AMSTERDAM),
        huishouden("H4", vastgezet_gemeente=ZWOLLE, vastgezet_reden="wens"),
    ]
    batch = groep(
        people,
        {GRONINGEN: 99},
        werk=[baan("H1", UTRECHT), baan("H2", UTRECHT), baan("H3", AMSTERDAM, uren_per_week=6.0)],
        overeenkomsten=[STAYS, {**STAYS, "gemeente": AMSTERDAM, "effect": "weegt_mee"}],
        woningen=[{"gemeente": g, "soort": LARGE, "aantal": 1} for g in (UTRECHT, AMERSFOORT, "GM0310")],
        capaciteit={UTRECHT: 12, AMSTERDAM: 4, AMERSFOORT: 12, "GM0310": 12, ZWOLLE: 1},
    )
    # H1 stays and has the large dwelling of Utrecht; De Bilt is in the same labour-market region, Amersfoort is not.
    expected = {"H1": UTRECHT, "H2": "GM0310", "H3": AMSTERDAM, "H4": ZWOLLE}
    assert links(run(batch, tmp_path, "arbeidsmarktregio", NO_TASK)) == expected


def test_the_order_of_the_rows_of_the_new_tables_does_not_matter(tmp_path: Path) -> None:
    batch = families({UTRECHT: 1, AMERSFOORT: 2}, overeenkomsten=[STAYS, {**STAYS, "gemeente": ZWOLLE}])
    turned = batch.replace(
        woningen=batch.woningen[::-1].reset_index(drop=True),
        bestuursovereenkomsten=batch.bestuursovereenkomsten[::-1].reset_index(drop=True),
    )
    one, other = run(batch, tmp_path / "a"), run(turned, tmp_path / "b")
    assert (one / "voorstel.csv").read_bytes() == (other / "voorstel.csv").read_bytes()


def test_a_workbook_holds_the_new_sheets_too(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "batch.xlsx"
    assert main(["sjabloon", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    for name in (
        "huishoudens",
        "personen",
        "werk",
        "gronden",
        "bestuursovereenkomsten",
        "woningen",
        "capaciteit",
        "verzoeken",
    ):
        book[name].delete_rows(2)  # the sample row
    book["taakstelling"].delete_rows(2, 400)
    book["huishoudens"].append(["H1", 6, "01-07-2026", "Utrecht"])
    book["personen"].append(["P1", "H1"])
    book["werk"].append(["P1", "Utrecht", 32, None, "ja", "ja"])
    book["taakstelling"].append(["Utrecht", 9])
    book["bestuursovereenkomsten"].append(["Utrecht", "01-01-2026", None, "blijft"])
    book["woningen"].append(["Utrecht", LARGE, 1])
    book.save(path)
    out = tmp_path / "o"
    assert main(["run", str(path), "--policies", "handmatig", "--out", str(out)]) == 0
    assert read(out / "voorstel.csv")[0]["status"] == "vastgezet"
    assert main(["verify", str(path), str(out / "voorstel.csv"), "--policy", "kansrijk"]) == 0


def test_the_scenario_that_ships_switches_the_taakstelling_off_for_run_check_and_verify(tmp_path: Path) -> None:
    scenario = ["--scenario", str(Path(__file__).parents[2] / "inputs" / "scenario" / "zonder_taakstelling.toml")]
    source, out = str(schrijf(capacity(), tmp_path / "in")), tmp_path / "uit"
    assert main(["check", source, *scenario]) == 0
    assert main(["check", source]) == 3  # the law asks for a taakstelling
    assert main(["run", source, *scenario, "--policies", "handmatig", "--out", str(out)]) in {0, 4}
    assert sorted(links(out).values()) == [ZWOLLE, UTRECHT]
    assert main(["verify", source, str(out / "voorstel.csv"), "--policy", "kansrijk"]) in {0, 4}


def test_a_shortage_without_taakstelling_speaks_of_capacity(tmp_path: Path) -> None:
    batch = groep([huishouden("H1", aantal_personen=9)], {}, capaciteit={UTRECHT: 4, ZWOLLE: 5})
    [waits] = read(run(batch, tmp_path, toml=NO_TASK) / "niet_gekoppeld.csv")
    assert waits["oorzaak"] == "te_groot"
    assert waits["voorstel_oplossing"] == "Er is plek als Zwolle 4 personen meer opneemt dan de capaciteit."


def test_a_household_locked_over_the_capacity_is_named_by_the_regime(tmp_path: Path, capsys: Capture) -> None:
    lock = {"vastgezet_gemeente": UTRECHT, "vastgezet_reden": "wens"}
    batch = groep([huishouden("H1", aantal_personen=3, **lock)], {}, capaciteit={UTRECHT: 1})
    out = run(batch, tmp_path, toml=NO_TASK)
    [found] = read(out / "uitzonderingen.csv")
    assert found["toelichting"] == "In Utrecht zijn 3 personen vastgezet. De capaciteit is 1."
    assert "vastgezet_boven_opgave" in capsys.readouterr().out


def test_of_two_agreements_in_turn_the_reason_names_the_one_that_holds(tmp_path: Path) -> None:
    later = {**STAYS, "vanaf": "2027-01-01", "tot_en_met": None, "bron": "brief 13"}
    out = run(workers(overeenkomsten=[STAYS, later]), tmp_path, "handmatig")
    assert read(out / "voorstel.csv")[0]["reden"].endswith("van 1 januari 2026 (brief 12).")
