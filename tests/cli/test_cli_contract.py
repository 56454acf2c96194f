"""The commands as formats promises them: files, columns, numbers, exit codes, streams and languages."""

import csv
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import pytest

from optimizer.cli import main
from optimizer.domain import uitvoer
from optimizer.policy import names as policy_names
from tests.proefbatch import (
    GRONINGEN,
    UTRECHT,
    ZWOLLE,
    baan,
    groep,
    huishouden,
    schrijf,
)

#: The quickest run: one policy, compared with nothing else.
ONLY = ["--policy", "handmatig", "--policies", "handmatig"]
KLEIN = Path(__file__).parents[2] / "inputs" / "klein"
TABLES = (
    "voorstel",
    "banen",
    "taakstelling",
    "niet_gekoppeld",
    "uitzonderingen",
    "werklijst",
    "prognose",
    "koppelregio",
)
RUN_FILES = {f"{t}.csv" for t in TABLES} | {
    "voorstel.xlsx",
    "voorstel.parquet",
    "banen.parquet",
    "rapport.html",
    "wethouder.html",
    "run.json",
    "kennis.json",
    "provincies",
}
COLUMNS: Mapping[str, str] = {
    "voorstel": "huishouden_id aantal_personen gemeente gemeente_naam arbeidsmarktregio status grond grond_gehonoreerd "
    "afstand_km banen banen_binnen_50km verwacht_behouden kans_werk dagen_sinds_vergunning reden alternatief_1 "
    "alternatief_2 alternatief_3",
    "banen": "baan_id persoon_id huishouden_id werk_gemeente uren_per_week hard bekend afstand_nu_km gemeente "
    "afstand_km binnen_50km uitkomst verwacht_verloren verwacht_behouden oorzaak",
    "taakstelling": "gemeente gemeente_naam opgave voorgesteld rest schaduwprijs",
    "niet_gekoppeld": "huishouden_id aantal_personen oorzaak toelichting voorstel_oplossing bewijs bewijs_gemeenten "
    "bewijs_plekken bewijs_huishoudens bewijs_nodig bewijs_uitleg meer_plekken meer_plekken_minst ruil grotere_straal "
    "oplossingen",
    "uitzonderingen": "huishouden_id soort toelichting",
    "werklijst": "huishouden_id termijn dagen wacht_op",
    "prognose": "soort gebied omschrijving dag maat opgave gedaan eerder_gekoppeld uit_voorstel verwacht nog_te_doen "
    "nog_te_doen_minst achterstand verschoonbaar voorsprong gemeenten gemeenten_gehaald",
    "koppelregio": "huishouden_id van naar reden",
    "beleidsvergelijking": "beleid methode bekend huishoudens personen personen_gekoppeld niet_gekoppeld banen "
    "banen_hard binnen_50km verloren_regel verloren_regel_hard al_buiten loopt_af banen_niet_gekoppeld "
    "verwacht_verloren verwacht_verloren_laag verwacht_verloren_hoog verloren_regel_p05 verloren_regel_p95 "
    "verschil_verloren_regel verschil_verwacht_verloren kans_werk gemiddelde_afstand_km gronden_niet_gehonoreerd "
    "buiten_koppelregio behouden onbeslist behouden_min behouden_max behouden_p05 behouden_p95 verschil_behouden "
    "verwacht_behouden verschil_verwacht_behouden behouden_hard behouden_niet_aangetoond behouden_te_weinig_uren "
    "uren_behouden uren_verloren loon_behouden_eur loon_verloren_eur verloren_eigen_gronden verloren_geen_plek "
    "verloren_niet_bekend "
    "verloren_geen_harde_grond verloren_beleid in_koppelregio",
    "attributie": "stap van naar verschil_behouden verschil_verwacht_behouden laag hoog shapley",
    "koppelingen": "beleid huishouden_id gemeente",
    "winnaars": "beleid basislijn kenmerk groep maat onderdrukt volwassenen onbeslist winnaars gelijk verliezers "
    "verschil laag hoog",
}
NUMBER = {"count": r"-?\d+", "km": r"\d+,\d", "kans": r"-?\d+,\d{4}", "mean": r"-?\d+,\d\d", "uren": r"\d+(,\d+)?"}


def table(path: Path, delimiter: str = ";") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=delimiter))


def assert_written_as_promised(path: Path) -> None:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    known = next(t for t in uitvoer.OUTPUT_TABLES if t.name == path.stem)
    header = raw.decode("utf-8-sig").split("\r\n")[0].split(";")
    promised = COLUMNS[path.stem].split()
    assert header[: len(promised)] == promised  # columns may be added
    for row in table(path):
        for column in known.columns:
            if column.kind in NUMBER and row[column.name]:
                assert re.fullmatch(NUMBER[column.kind], row[column.name]), (path.name, column.name, row[column.name])


@pytest.fixture(scope="module")
def klein(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("klein") / "run"
    assert main(["run", str(KLEIN), "--out", str(out), "--draws", "5"]) == 0
    return out


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("klein") / "compare"
    assert main(["compare", str(KLEIN), "--out", str(out), "--draws", "5"]) == 0
    return out


def test_a_run_writes_its_files_and_no_more(klein: Path) -> None:
    assert {p.name for p in klein.iterdir()} == RUN_FILES | {"bewijs.json.gz"}
    for path in klein.glob("*.csv"):
        assert_written_as_promised(path)


def test_the_proposal_of_klein_is_the_one_on_paper(klein: Path) -> None:
    rows = table(klein / "voorstel.csv")
    assert [r["gemeente_naam"] for r in rows] == ["Amersfoort", "Zwolle", "Zwolle", "Utrecht"]
    assert [r["verwacht_behouden"] for r in rows] == ["1,0000", "0,0000", "0,0064", "1,0000"]
    assert [(r["grond"], r["grond_gehonoreerd"], r["afstand_km"]) for r in rows] == [
        ("werk", "ja", "20,6"),
        *[("", "nvt", "")] * 3,
    ]
    assert [r["dagen_sinds_vergunning"] for r in rows] == ["17", "13", "24", "10"]
    jobs = table(klein / "banen.csv")
    assert [j["uitkomst"] for j in jobs] == ["binnen_50km", "loopt_af", "al_buiten", "binnen_50km"]


def test_a_comparison_writes_its_files_and_every_policy(compared: Path) -> None:
    tables = {"beleidsvergelijking.csv", "attributie.csv", "koppelingen.csv", "winnaars.csv"}
    assert {p.name for p in compared.iterdir()} == {
        *tables,
        *(name.replace(".csv", ".parquet") for name in tables),
        "rapport.html",
        "run.json",
    }
    for name in tables:
        assert_written_as_promised(compared / name)
    rows = {r["beleid"]: r for r in table(compared / "beleidsvergelijking.csv")}
    assert [*rows] == [*policy_names(), "handmatig@0.3", "handmatig@0.6"]
    assert len(rows) == 15 + 2
    assert rows["handmatig"]["verschil_verloren_regel"] == "0,00"
    assert rows["kansrijk"]["verloren_regel"] == "0,00"
    assert rows["handmatig"]["verwacht_verloren"] == "0,9997"  # B0004: 1 - 0,0003, in the README of klein


def test_english_csv_has_commas_and_points(tmp_path: Path) -> None:
    assert main(["run", str(KLEIN), *ONLY, "--csv-en", "--out", str(tmp_path / "o")]) == 0
    rows = table(tmp_path / "o" / "voorstel.csv", ",")
    assert rows[1]["kans_werk"] == "0.5651"
    assert main(["verify", str(KLEIN), str(tmp_path / "o" / "voorstel.csv"), "--policy", "handmatig"]) == 0


@pytest.mark.parametrize("policy", ["loting", "koppelregio", "handmatig", "straal50", "zonder_opgave"])
def test_the_judge_finds_nothing_wrong_with_our_own_file(
    policy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(
        [
            "run",
            str(KLEIN),
            "--policy",
            policy,
            "--policies",
            "handmatig",
            "--bekend",
            "0.5",
            "--seed",
            "3",
            "--out",
            str(tmp_path / "o"),
        ]
    ) in {0, 4}
    capsys.readouterr()
    assert main(["verify", str(KLEIN), str(tmp_path / "o" / "voorstel.csv"), "--policy", policy, "--json"]) in {0, 4}
    assert json.loads(capsys.readouterr().out)["overtredingen"] == []


def proposal(folder: Path, *links: str) -> str:
    path = folder / "van_een_ander.csv"
    path.write_text(
        "huishouden_id;gemeente\n" + "".join(f"H{i + 1};{g}\n" for i, g in enumerate(links)), encoding="utf-8"
    )
    return str(path)


@pytest.fixture
def drie(tmp_path: Path) -> str:
    """Three persons, one of whom works in Utrecht; two places there and five in Groningen."""
    people = [huishouden(f"H{i}", opvang_gemeente=GRONINGEN if i == 2 else UTRECHT) for i in (1, 2, 3)]
    return str(schrijf(groep(people, {UTRECHT: 2, GRONINGEN: 5}, werk=[baan("H1", UTRECHT)]), tmp_path / "in"))


@pytest.mark.parametrize(
    ("links", "policy", "code"),
    [
        (("Utrecht", "Groningen", "Utrecht"), [], 0),
        (("Utrecht", GRONINGEN, ""), [], 4),  # one household without a municipality
        (("", "", ""), ["--policy", "kansrijk"], 4),
        ((GRONINGEN, GRONINGEN, UTRECHT), [], 4),  # a ground passed by is an exception without a policy
        ((GRONINGEN, GRONINGEN, UTRECHT), ["--policy", "straal50"], 6),
        ((GRONINGEN, GRONINGEN, UTRECHT), ["--policy", "blijf"], 4),
        ((UTRECHT, UTRECHT, UTRECHT), [], 6),  # one person too many
        ((UTRECHT, ZWOLLE, UTRECHT), [], 6),  # no opgave there
        ((UTRECHT, GRONINGEN), [], 6),  # a household is missing
        ((UTRECHT, GRONINGEN, UTRECHT, UTRECHT), [], 6),  # one that nobody knows
        ((UTRECHT, "Nergenshuizen", UTRECHT), [], 6),
    ],
)
def test_the_proposal_of_another_is_judged_by_two_columns(
    drie: str, tmp_path: Path, links: tuple[str, ...], policy: list[str], code: int
) -> None:
    assert main(["verify", drie, proposal(tmp_path, *links), *policy]) == code


def test_verify_refuses_what_it_cannot_read(drie: str, tmp_path: Path) -> None:
    assert main(["verify", drie, str(tmp_path / "niets.csv")]) == 3
    assert main(["verify", str(tmp_path / "niets"), proposal(tmp_path)]) == 2
    assert main(["verify", drie, proposal(tmp_path), "--policy", "onzin"]) == 2
    (tmp_path / "naam.csv").write_text("huishouden_id;gemeente;achternaam\nH1;Utrecht;x\n", encoding="utf-8")
    assert main(["verify", drie, str(tmp_path / "naam.csv")]) == 7


def test_exit_codes_follow_their_precedence(tmp_path: Path, klein: Path) -> None:
    taken = ["--out", str(klein)]
    forbidden = schrijf(groep([huishouden("H1")], {UTRECHT: 1}), tmp_path / "verboden")
    path = forbidden / "huishoudens.csv"
    path.write_text("huishouden_id;aantal_personen;vergunning_datum;opvang_gemeente;naam\nH1;x;2026-09-01;Utrecht;y\n")
    assert main(["run", str(forbidden), "--out", str(tmp_path / "o")]) == 7  # 7 before 3
    assert main(["run", str(KLEIN), *taken]) == 7
    assert main(["run", str(KLEIN), "--policy", "onzin", *taken]) == 2  # 2 before 7
    assert main(["run", str(KLEIN), "--policies", "onzin", *taken]) == 2
    assert main(["compare", str(KLEIN), "--baseline", "onzin", *taken]) == 2
    assert main(["compare", str(KLEIN), "--policies", ",", "--out", str(tmp_path / "o")]) == 2
    assert main(["run", str(KLEIN), "--bekend", "2"]) == 2
    assert main(["run", str(KLEIN), "--peildatum", "gisteren"]) == 2
    assert main(["run", str(tmp_path / "niets")]) == 2
    assert main(["onzin"]) == 2
    assert not (tmp_path / "o").exists()


def test_done_and_proven_without_exceptions_is_nought(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = str(schrijf(groep([huishouden("H1")], {UTRECHT: 1}), tmp_path / "in"))
    assert main(["run", source, "--out", str(tmp_path / "a")]) == 0
    assert "Klaar en bewezen" in capsys.readouterr().out
    assert main(["run", source, *ONLY, "--out", str(tmp_path / "b")]) == 0
    assert "bewezen" not in capsys.readouterr().out  # nothing was optimised


def test_force_replaces_a_run_and_never_an_input(tmp_path: Path) -> None:
    source = schrijf(groep([huishouden("H1")], {UTRECHT: 1}), tmp_path / "in")
    out = [*ONLY, "--out", str(tmp_path / "o")]
    assert [main(["run", str(source), *out]) for _ in range(2)] == [0, 7]
    assert main(["run", str(source), *out, "--force"]) == 0
    before = {p.name: p.read_bytes() for p in source.iterdir()}
    assert main(["run", str(source), "--out", str(source), "--force"]) == 7
    assert {p.name: p.read_bytes() for p in source.iterdir()} == before


def test_a_limit_that_leaves_a_gap_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    month = tmp_path / "in"
    assert main(["generate", str(month), "--huishoudens", "60", "--seed", "4", "--tightness", "0.8"]) == 0
    code = main(["run", str(month), "--out", str(tmp_path / "o"), "--work-limit", "1", "--draws", "2"])
    receipt = json.loads((tmp_path / "o" / "run.json").read_text(encoding="utf-8"))
    gap = any(level["gap"] > 1e-6 for level in receipt["levels"])
    assert code == (5 if gap else 4)
    assert ("code 5" in capsys.readouterr().out) == gap


def test_data_goes_to_stdout_and_progress_to_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", str(KLEIN), *ONLY, "--out", str(tmp_path / "o")])
    out, err = capsys.readouterr()
    assert "rapport.html" in out
    assert "invoer lezen" not in out
    assert err.splitlines()[0] == "invoer lezen"
    assert "\x1b" not in out + err


@pytest.mark.parametrize(
    "command",
    [
        ["check", str(KLEIN), "--json"],
        ["rules", "--json"],
        ["geo", "gemeente", "Den Bosch", "--json"],
        ["geo", "distance", "Utrecht", "Zwolle", "--json"],
    ],
)
def test_json_on_stdout_can_be_read_by_a_machine(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command) == 0
    assert json.loads(capsys.readouterr().out)


def test_english_is_english_from_the_first_line_to_the_last(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["--out", str(tmp_path / "o"), "--lang", "en"]
    assert main(["run", str(KLEIN), *out, "--draws", "2"]) == 0
    said = "\n".join(capsys.readouterr()).replace("beleid.toml or the sheet beleid", "")  # names of a file and a sheet
    assert "4 of 4 households linked" in said
    assert "2.006 jobs (proven)" in said  # level 2 in the README of klein
    assert not re.search(r"\b(invoer|beleid|bewezen|uitkomst|vergelijken|keuren|personen|kans|huishoudens)\b", said)
    assert main(["run", str(KLEIN), *out]) == 7
    assert "exists" in capsys.readouterr().err
    assert main(["compare", str(KLEIN), "--lang=en", "--policies", "onzin", "--out", str(tmp_path / "p")]) == 2
    assert "There is no policy 'onzin'" in capsys.readouterr().err
    assert main(["check", str(tmp_path / "niets"), "--lang", "en"]) == 2
    assert "does not exist" in capsys.readouterr().err
    empty = tmp_path / "leeg"
    empty.mkdir()
    assert main(["run", str(empty), "--lang", "en", "--out", str(tmp_path / "q")]) == 3
    assert "This" in capsys.readouterr().err


def test_levels_of_beleid_toml_count_in_run_and_in_compare(tmp_path: Path) -> None:
    levels = '["personen_gekoppeld", "kans_werk", "verwacht_behouden"]'
    for path in KLEIN.glob("*.csv"):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / path.name).write_bytes(path.read_bytes())
    (tmp_path / "in" / "beleid.toml").write_text(
        f"levels = {levels}\nspeelruimte = {{ kans_werk = 0 }}\n", encoding="utf-8"
    )
    assert main(["run", str(tmp_path / "in"), "--out", str(tmp_path / "r"), "--draws", "2"]) == 0
    assert main(["compare", str(tmp_path / "in"), "--policies", "kansrijk", "--out", str(tmp_path / "c")]) == 0
    ran, told = (json.loads((tmp_path / d / "run.json").read_text(encoding="utf-8")) for d in "rc")
    assert [n["name"] for n in ran["levels"]] == ["personen_gekoppeld", "kans_werk", "verwacht_behouden"]
    assert told["policies"]["kansrijk"]["niveaus"] == [n["name"] for n in ran["levels"]]
    assert ran["levels"][1]["value"] == pytest.approx(1.9478)  # the third line of the table in the README of klein


def test_names_that_a_spreadsheet_would_run_survive_the_round_trip(tmp_path: Path) -> None:
    names = ["=1+1", "'s-Hertogenbosch", "été ☃", "-x", '@a;b"c']
    source = schrijf(groep([huishouden(n) for n in names], {UTRECHT: 9}), tmp_path / "in")
    assert main(["run", str(source), *ONLY, "--out", str(tmp_path / "o")]) == 0
    written = tmp_path / "o" / "voorstel.csv"
    assert [r["huishouden_id"][0] for r in table(written)] == ["'", "'", "é", "'", "'"]
    assert main(["verify", str(source), str(written), "--policy", "handmatig"]) == 0


def test_every_command_of_this_step_helps_and_no_later_one_exists() -> None:
    for command in ("sjabloon", "check", "run", "compare", "verify", "generate", "rules", "geo"):
        assert main([command, "--help"]) == 0
    for later in ("fit", "simulate", "review", "verantwoording", "wis"):
        assert main([later]) == 2


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys; from optimizer.cli import main; main(['--help']);"
        "print([m for m in ('pandas', 'numpy', 'ortools', 'geopandas', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
