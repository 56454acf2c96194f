"""prognose.csv: what is done of each opgave by the days on which somebody looks; worked out by hand, and judged."""

import csv
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from optimizer.cli import main
from tests.proefbatch import AMERSFOORT, UTRECHT, ZWOLLE, groep, huishouden, schrijf

Rows = list[list[str]]
#: Three households that a person fixed, so that nothing is left to choose: 2 and 3 persons to Utrecht, 4 to Zwolle.
HUISHOUDENS = [
    huishouden("H1", aantal_personen=2, vastgezet_gemeente=UTRECHT, vastgezet_reden="afspraak"),
    huishouden(
        "H2",
        aantal_personen=3,
        vastgezet_gemeente=UTRECHT,
        vastgezet_reden="afspraak",
        verwachte_verhuisdatum="2027-03-01",
    ),
    huishouden("H3", aantal_personen=4, vastgezet_gemeente=ZWOLLE, vastgezet_reden="afspraak"),
]
TAAKSTELLING = (
    "gemeente;taakstelling;achterstand;voorsprong;gekoppeld;gehuisvest;tijdelijk_gehuisvest;verschoonbaar;halfjaar\n"
    f"{UTRECHT};20;5;1;6;3;2;4;2026-2\n"
    f"{ZWOLLE};6;0;0;0;3;0;0;2026-2\n"
    f"{AMERSFOORT};8;0;0;0;1;1;0;2026-2\n"
)
OPTIONS = ["--policy", "handmatig", "--policies", "handmatig", "--draws", "2"]


def make(folder: Path, *options: str) -> Path:
    """Run the month by hand; return the folder of the run, with the input beside it."""
    schrijf(groep(HUISHOUDENS, {UTRECHT: 9}), folder / "in")
    (folder / "in" / "taakstelling.csv").write_text(TAAKSTELLING, encoding="utf-8")
    assert main(["run", str(folder / "in"), "--out", str(folder / "uit"), *OPTIONS, *options]) in (0, 4)
    return folder / "uit"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("prognose"), "--peildatum", "2026-09-01")


def read(run: Path) -> Rows:
    with (run / "prognose.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def on_paper(run: Path) -> Mapping[tuple[str, str], list[int]]:
    """The numbers of each area and day, up to the last one that the next arithmetic is about."""
    return {(row[1], row[3]): [int(cell) for cell in row[5:]] for row in read(run)[1:]}


def test_the_forecast_is_the_one_on_paper(run: Path) -> None:
    found = on_paper(run)
    # Utrecht must do 20 + 5 - 1 = 24. On 1 October the COA looks: 6 + 3 + 2 = 11 are linked; the proposal (2 + 3) is
    # settled two weeks after 1 September. 24 - 16 = 8 are still to be linked.
    assert found[UTRECHT, "2026-10-01"] == [24, 11, 0, 5, 16, 8, 8, 0, 0, 0, 1, 0]
    # On 1 January the province looks: 3 are housed. The 6 linked before are, twelve weeks after 1 September, and so are
    # the 2 of H1; H2 moves in March. 24 - 11 = 13 carry over, of which the COA caused at least the 8 that it linked too
    # few, more than the 4 of old.
    assert found[UTRECHT, "2027-01-01"] == [24, 3, 6, 2, 11, 13, 13, 13, 8, 0, 1, 0]
    assert found[UTRECHT, "2027-04-01"] == [24, 11, 0, 5, 16, 8, 8, 0, 0, 0, 1, 0]
    # In July H2 is housed too; the half-year is over, so nothing is said to carry over then.
    assert found[UTRECHT, "2027-07-01"] == [24, 3, 6, 5, 14, 10, 10, 0, 0, 0, 1, 0]
    # Zwolle must do 6 and has 3; with the 4 of H3 that is one too many: a surplus.
    assert found[ZWOLLE, "2027-01-01"] == [6, 3, 0, 4, 7, 0, 0, 0, 0, 1, 1, 1]
    # Amersfoort gets nobody. Who is housed for the time being is linked, and not housed.
    assert found[AMERSFOORT, "2026-10-01"] == [8, 2, 0, 0, 2, 6, 6, 0, 0, 0, 1, 0]
    assert found[AMERSFOORT, "2027-01-01"] == [8, 1, 0, 0, 1, 7, 7, 7, 6, 0, 1, 0]


def test_a_province_is_the_sum_of_its_municipalities_and_a_surplus_makes_up_for_nothing(run: Path) -> None:
    found = on_paper(run)
    assert found["Utrecht", "2027-01-01"] == [32, 4, 6, 2, 12, 20, 20, 20, 14, 0, 2, 0]
    assert found["Overijssel", "2027-01-01"] == found[ZWOLLE, "2027-01-01"]
    assert found["NL", "2027-01-01"] == [38, 7, 6, 6, 19, 20, 20, 20, 14, 1, 3, 1]


def test_rows_stand_by_kind_of_area_and_by_day(run: Path) -> None:
    days = ["2026-10-01", "2027-01-01", "2027-04-01", "2027-07-01"]
    rows = [tuple(row[:2]) for row in read(run)[1:]]
    areas = [("gemeente", ZWOLLE), ("gemeente", AMERSFOORT), ("gemeente", UTRECHT)]
    areas += [("provincie", "Overijssel"), ("provincie", "Utrecht"), ("land", "NL")]
    assert rows == [area for area in areas for _ in days]
    assert [row[3] for row in read(run)[1:5]] == days
    assert [row[4] for row in read(run)[1:5]] == ["gekoppeld", "gehuisvest"] * 2


def test_late_in_the_half_year_nobody_is_housed_in_time_and_the_least_is_said(tmp_path: Path) -> None:
    # On 1 December twelve weeks end in February. The day of the COA is over: only the input tells what it caused.
    found = on_paper(make(tmp_path, "--peildatum", "2026-12-01"))
    assert found[UTRECHT, "2027-01-01"] == [24, 3, 0, 0, 3, 21, 15, 21, 4, 0, 1, 0]
    assert found[UTRECHT, "2027-04-01"] == [24, 11, 0, 5, 16, 8, 8, 0, 0, 0, 1, 0]


def test_on_the_day_itself_a_proposal_is_not_settled_yet(tmp_path: Path) -> None:
    found = on_paper(make(tmp_path, "--peildatum", "2026-10-01"))
    assert found[UTRECHT, "2026-10-01"] == [24, 11, 0, 0, 11, 13, 13, 0, 0, 0, 1, 0]
    assert found[UTRECHT, "2027-01-01"][8] == 13


def test_dated_parameters_move_the_days_and_the_terms(tmp_path: Path) -> None:
    rules = {
        "prognose/antwoord_weken": "5",
        "verhuizing/weken_na_koppeling": "30",
        "taakstelling/tijdelijk_telt": "true",
        "taakstelling/maanden_koppeling": "[11, 5]",
    }
    text = "[parameters]\n" + "".join(f'"{name}" = {value}\n' for name, value in rules.items())
    (tmp_path / "s.toml").write_text(text, encoding="utf-8")
    found = on_paper(make(tmp_path, "--peildatum", "2026-10-01", "--scenario", str(tmp_path / "s.toml")))
    assert [day for area, day in found if area == UTRECHT] == ["2026-11-01", "2027-01-01", "2027-05-01", "2027-07-01"]
    # Five weeks after 1 October is 5 November: too late for the COA, and housed for the time being counts.
    assert found[UTRECHT, "2026-11-01"][3:6] == [0, 11, 13]
    assert found[UTRECHT, "2027-01-01"] == [24, 5, 0, 0, 5, 19, 13, 19, 13, 0, 1, 0]
    assert found[UTRECHT, "2027-07-01"] == [24, 5, 6, 5, 16, 8, 8, 0, 0, 0, 1, 0]


def test_without_a_half_year_in_the_input_it_is_that_of_the_peildatum(tmp_path: Path) -> None:
    schrijf(groep(HUISHOUDENS, {UTRECHT: 9, ZWOLLE: 4}), tmp_path / "in")
    options = [*OPTIONS, "--peildatum", "2026-03-02"]
    assert main(["run", str(tmp_path / "in"), "--out", str(tmp_path / "uit"), *options]) in (0, 4)
    found = on_paper(tmp_path / "uit")
    # On 2 March of the first half-year: the opgave ends on 1 July. H2 (3 persons) moves in 2027.
    assert found[UTRECHT, "2026-07-01"][5:10] == [7, 7, 7, 4, 0]
    assert found[UTRECHT, "2026-04-01"][5] == 4
    assert found[UTRECHT, "2027-01-01"][7] == 0


def test_where_no_taakstelling_holds_nobody_looks(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('[parameters]\n"taakstelling/regime" = "capaciteit"\n', encoding="utf-8")
    schrijf(groep(HUISHOUDENS, {}, capaciteit={UTRECHT: 9, ZWOLLE: 4}), tmp_path / "in")
    options = [*OPTIONS, "--peildatum", "2026-10-01", "--scenario", str(tmp_path / "s.toml")]
    assert main(["run", str(tmp_path / "in"), "--out", str(tmp_path / "uit"), *options]) in (0, 4)
    assert len(read(tmp_path / "uit")) == 1


EDITS: Mapping[str, tuple[Callable[[Rows], Rows], str]] = {
    "a number": (lambda rows: [rows[0], [*rows[1][:9], "99", *rows[1][10:]], *rows[2:]], "prognose_onjuist"),
    "arrears": (lambda rows: [*rows[:2], [*rows[2][:12], "1", *rows[2][13:]], *rows[3:]], "prognose_onjuist"),
    "a name": (lambda rows: [rows[0], [*rows[1][:2], "Gouda", *rows[1][3:]], *rows[2:]], "prognose_onjuist"),
    "another day": (lambda rows: [rows[0], [*rows[1][:3], "2026-10-02", *rows[1][4:]], *rows[2:]], "prognose_onjuist"),
    "a row gone": (lambda rows: rows[:-1], "prognose_onjuist"),
    "a row twice": (lambda rows: [*rows, rows[-1]], "prognose_onjuist"),
    "another order": (lambda rows: [rows[0], rows[2], rows[1], *rows[3:]], "volgorde_onjuist"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_the_judge_notices(edit: str, run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change, code = EDITS[edit]
    folder = Path(shutil.copytree(run, tmp_path / "uit"))
    rows = change(read(run))
    with (folder / "prognose.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(rows)
    assert main(["verify", str(folder), "--invoer", str(run.parent / "in")]) == 6
    said = capsys.readouterr().out
    assert code in said
    assert main(["verify", str(folder), "--invoer", str(run.parent / "in"), "--lang", "en"]) == 6
    assert "it says" in capsys.readouterr().out


def test_the_judge_accepts_what_was_written(run: Path) -> None:
    assert main(["verify", str(run), "--invoer", str(run.parent / "in")]) in (0, 4)


@pytest.mark.parametrize(("edit", "code"), [("another number", "bestand_veranderd"), ("gone", "bestand_weg")])
def test_a_page_of_a_province_is_judged_by_its_hash(
    edit: str, code: str, run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(run, tmp_path / "uit"))
    page = folder / "provincies" / "Utrecht.html"
    assert "Provincie Utrecht" in page.read_text(encoding="utf-8")
    if edit == "gone":
        page.unlink()
    else:
        page.write_text(page.read_text(encoding="utf-8").replace("<b>", "<b>1", 1), encoding="utf-8")
    assert main(["verify", str(folder), "--invoer", str(run.parent / "in")]) == 6
    said = capsys.readouterr().out
    assert code in said
    assert "provincies/Utrecht.html" in said
