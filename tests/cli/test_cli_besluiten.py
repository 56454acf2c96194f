"""run --from: people decide, in a file or in the workbooks of municipalities, and the proposal goes on."""

import csv
import html
import json
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from optimizer.cli import main
from optimizer.decide import decide
from optimizer.pipeline.again import reopen
from tests.proefbatch import AMERSFOORT, UTRECHT, ZWOLLE, baan, groep, grond, huishouden, schrijf

Capture = pytest.CaptureFixture[str]
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
GROEP = groep(
    [
        huishouden("H1"),
        huishouden("H2", aantal_personen=2),
        huishouden("H3", aantal_personen=2),
        huishouden("H4"),
        huishouden("H5"),
        huishouden("H6", aantal_personen=9),
    ],
    {UTRECHT: 3, AMERSFOORT: 4, ZWOLLE: 4},
    werk=[baan("H1", UTRECHT)],
    gronden=[grond("H2", "medisch", AMERSFOORT)],
)
#: A run that waits, when the judge has approved its files, until its standard input is closed.
WAITING = """
import sys
from optimizer.cli import main
from optimizer.pipeline import run
judged = run.approve
def approve(*given):
    verdict = judged(*given)
    print("poort", file=sys.stderr, flush=True)
    sys.stdin.read()
    return verdict
run.approve = approve
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an input, a run of it, decisions, a run that goes on, and one that goes on from that."""
    folder = tmp_path_factory.mktemp("maand")
    schrijf(GROEP, folder / "in")
    assert run(str(folder / "in"), "--out", str(folder / "een"), "--voor", "gemeente", "--seed", "5") == 4
    links = linked(folder / "een")
    decisions(folder / "een.csv", "H1;akkoord;;", "H2;bedenking;;GEHEIM1", f"H4;uitsluiten;{links['H4']};GEHEIM2")
    options = ["--from", str(folder / "een"), "--besluiten", str(folder / "een.csv"), "--voor", "gemeente"]
    assert run(*options, "--out", str(folder / "twee")) == 4
    elsewhere = next(g for g in (UTRECHT, AMERSFOORT, ZWOLLE) if g not in (links["H5"], linked(folder / "twee")["H5"]))
    decisions(folder / "twee.csv", f"H5;vastzetten;{elsewhere};GEHEIM3")
    options = ["--from", str(folder / "twee"), "--besluiten", str(folder / "twee.csv"), "--voor", "gemeente"]
    assert run(*options, "--out", str(folder / "drie")) == 4
    return folder


def run(*options: str) -> int:
    return main(["run", *options, "--draws", "2", "--policies", "loting"])


def rows(run: Path, name: str) -> list[dict[str, str]]:
    with (run / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def linked(run: Path) -> dict[str, str]:
    return {row["huishouden_id"]: row["gemeente"] for row in rows(run, "voorstel")}


def decisions(file: Path, *lines: str) -> Path:
    file.write_text("\n".join(["huishouden_id;besluit;gemeente;reden", *lines]) + "\n", encoding="utf-8")
    return file


def receipt(run: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((run / "run.json").read_text(encoding="utf-8"))
    return found


def test_decisions_are_followed_and_carried_along(place: Path) -> None:
    one, two, three = (linked(place / name) for name in ("een", "twee", "drie"))
    assert two["H1"] == one["H1"] == three["H1"]
    assert two["H2"] != one["H2"]
    assert one["H4"] not in (two["H4"], three["H4"])
    assert three["H5"] not in (one["H5"], two["H5"])
    carried = [(r["huishouden_id"], r["besluit"], r["nieuw"]) for r in rows(place / "drie", "besluiten")]
    assert carried == [("H1", "akkoord", "nee"), ("H4", "uitsluiten", "nee"), ("H5", "vastzetten", "ja")]


def test_what_changed_is_named_with_its_reason(place: Path) -> None:
    for before, after, decided in (("een", "twee", {"H1", "H2", "H4"}), ("twee", "drie", {"H5"})):
        was, now = linked(place / before), linked(place / after)
        wanted = [[h, was[h], now[h], "besluit" if h in decided else "gevolg"] for h in now if was[h] != now[h]]
        assert [list(row.values()) for row in rows(place / after, "gewijzigd")] == wanted
        assert {r["huishouden_id"]: r["gemeente"] for r in rows(place / after, "eerder")} == was


def test_the_receipt_traces_a_run_to_the_first_one(place: Path) -> None:
    one, two, three = (receipt(place / name) for name in ("een", "twee", "drie"))
    assert "vorige" not in one
    hashes = [{"answer": r["answer"]["sha256"], "receipt": r["receipt_sha256"]} for r in (one, two)]  # type: ignore[index]
    assert three["vorige"]["keten"] == hashes[:1]  # type: ignore[index]
    assert {k: three["vorige"][k] for k in ("answer", "receipt")} == hashes[1]  # type: ignore[index]
    assert [b["name"] for b in two["vorige"]["besluiten"]] == ["een.csv"]  # type: ignore[index]
    assert (three["seed"], three["input"]["path"]) == (5, one["input"]["path"])  # type: ignore[index]


def test_the_judge_accepts_the_run_and_a_run_that_goes_on_opens_again_as_what_it_answered(place: Path) -> None:
    for name in ("twee", "drie"):
        assert main(["verify", str(place / name)]) == 4
        opened = reopen(place / name)
        assert np.array_equal(decide(opened.problem).gemeente, opened.answer.gemeente)
        assert opened.answer.niveaus[0].naam == "ongewijzigd"


def cells(page: str, caption: str) -> list[list[str]]:
    """The cells of a table of a page, by the id of its caption."""
    body = page.split(f'id="{caption}"', 1)[1].split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    return [
        [html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


def test_the_page_says_what_changed_for_whom_and_why(place: Path) -> None:
    page = (place / "twee" / "rapport.html").read_text(encoding="utf-8")
    names = {row["gemeente"]: row["gemeente_naam"] for run in ("een", "twee") for row in rows(place / run, "voorstel")}
    names[""] = "geen gemeente"
    changed = rows(place / "twee", "gewijzigd")
    assert [row[:3] for row in cells(page, "tabel-gewijzigd")] == [
        [r["huishouden_id"], names[r["van"]], names[r["naar"]]] for r in changed
    ]
    why = {row[0]: row[3] for row in cells(page, "tabel-gewijzigd")}
    assert (why["H2"], why["H4"]) == ("Besluit: bedenking", "Besluit: uitgesloten")
    counts = {row[0]: row[1:] for row in cells(page, "tabel-besluiten")}
    assert counts == {
        k: [n, n] for k, n in (("akkoord", "1"), ("bedenking", "1"), ("vastgezet", "0"), ("uitgesloten", "1"))
    }
    reasons = [r["reden"] for r in changed]
    assert {row[0]: int(row[2]) for row in cells(page, "tabel-veranderingen")} == {
        name.capitalize(): reasons.count(name) for name in ("besluit", "gevolg", "nieuw", "vervallen")
    }
    assert "Minder kan niet met deze besluiten. Dat is bewezen." in page
    assert 'id="gewijzigd"' not in (place / "een" / "rapport.html").read_text(encoding="utf-8")
    guide = (Path(__file__).parents[2] / "docs" / "rapport.md").read_text(encoding="utf-8")
    assert "## Wat is er gewijzigd?\n" in guide


def test_reasons_of_people_stand_in_no_file_for_others(place: Path) -> None:
    others = [place / "twee" / "rapport.html", place / "drie" / "rapport.html"]
    others += [f for run in ("twee", "drie") for f in (place / run).rglob("*.parquet")]
    others += [f for run in ("twee", "drie") for f in (place / run).glob("*/*.html")]
    assert len(others) > 8
    for file in others:
        assert b"GEHEIM" not in file.read_bytes()
    books = [f for run in ("twee", "drie") for f in (place / run / "gemeenten").glob("*.xlsx")]
    assert len(books) > 3
    for book in books:
        cells = [str(c.value) for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for c in row]
        assert not any("GEHEIM" in cell for cell in cells)
    assert {r["reden"] for r in rows(place / "drie", "besluiten")} == {"", "GEHEIM2", "GEHEIM3"}


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("gewijzigd.csv", ";besluit\r\n", ";gevolg\r\n", "wijziging_onjuist"),
        ("gewijzigd.csv", "H2;", "H5;", "wijziging_onjuist"),
        ("eerder.csv", "H3;GM", "H3;\r\nHX;GM", "eerder_onjuist"),
        ("besluiten.csv", "bezwaar", "akkoord", "vaste_keuze_niet_gevolgd"),
        ("besluiten.csv", "uitsluiten", "afwachten", "besluit_onbekend"),
        ("besluiten.csv", "nieuw", "anders", "kolommen_onjuist"),
    ],
)
def test_the_judge_notices_an_edit(
    file: str, old: str, new: str, code: str, place: Path, tmp_path: Path, capsys: Capture
) -> None:
    shutil.copytree(place / "twee", tmp_path / "twee")
    text = (tmp_path / "twee" / file).read_bytes().decode("utf-8-sig")
    text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    assert old in text
    (tmp_path / "twee" / file).write_bytes(text.replace(old, new, 1).encode("utf-8-sig"))
    assert main(["verify", str(tmp_path / "twee"), "--invoer", str(place / "in"), "--json"]) == 6
    found = json.loads(capsys.readouterr().out)
    assert code in {f["code"] for f in found["overtredingen"]}


def test_an_earlier_run_that_is_gone_or_another_is_told(place: Path, tmp_path: Path, capsys: Capture) -> None:
    for name in ("in", "een", "twee"):
        shutil.copytree(place / name, tmp_path / name)
    text = json.loads((tmp_path / "twee" / "run.json").read_text("utf-8"))
    text["input"] = {"path": "in", "vorige": "een"}
    (tmp_path / "twee" / "run.json").write_text(json.dumps(text), "utf-8")
    assert main(["verify", str(tmp_path / "twee")]) == 4
    shutil.rmtree(tmp_path / "een")
    assert main(["verify", str(tmp_path / "twee")]) == 4
    assert "is er niet meer" in capsys.readouterr().err
    shutil.copytree(place / "drie", tmp_path / "een")
    assert main(["verify", str(tmp_path / "twee")]) == 6
    assert "vorige_run_anders" in capsys.readouterr().out


def test_another_input_is_refused_unless_the_user_wants_it(place: Path, tmp_path: Path, capsys: Capture) -> None:
    more = GROEP.huishoudens.iloc[[0]].assign(huishouden_id="H7")
    people = GROEP.personen.iloc[[0]].assign(huishouden_id="H7", persoon_id="PH7")
    import pandas as pd

    batch = GROEP.replace(
        huishoudens=pd.concat([GROEP.huishoudens.iloc[1:], more], ignore_index=True),
        personen=pd.concat([GROEP.personen.iloc[1:], people], ignore_index=True),
        werk=GROEP.werk.iloc[:0],
    )
    schrijf(batch, tmp_path / "nieuw")
    options = [str(tmp_path / "nieuw"), "--from", str(place / "twee"), "--out", str(tmp_path / "uit")]
    assert run(*options) == 7
    assert "--nieuwe-invoer" in capsys.readouterr().err
    assert run(*options, "--nieuwe-invoer") == 4
    changed = {r["huishouden_id"]: (r["van"], r["reden"]) for r in rows(tmp_path / "uit", "gewijzigd")}
    assert changed["H7"] == ("", "nieuw")
    assert changed["H1"] == (linked(place / "twee")["H1"], "vervallen")
    assert "H1" not in {r["huishouden_id"] for r in rows(tmp_path / "uit", "besluiten")}
    assert main(["verify", str(tmp_path / "uit")]) == 4


def test_wrong_decisions_are_all_told_and_nothing_is_written(place: Path, tmp_path: Path, capsys: Capture) -> None:
    wrong = decisions(tmp_path / "b.csv", "H9;akkoord;;", "H1;bezwaar;;", "H2;hm;;x", "H3;akkoord;Groningen;")
    options = ["--from", str(place / "een"), "--besluiten", str(wrong), "--out", str(tmp_path / "uit")]
    assert run(*options, "--lang", "en") == 3
    told = capsys.readouterr().err
    assert all(f"b.csv, row {n}, column" in told for n in (2, 3, 4, 5))
    assert not (tmp_path / "uit").exists()


def test_options_that_do_not_belong_together_and_places_that_are_taken_are_refused(
    place: Path, capsys: Capture
) -> None:
    assert run(str(place / "in"), "--besluiten", str(place / "een.csv")) == 2
    assert run() == 2
    assert run("--from", str(place / "in")) == 2
    assert run("--from", str(place / "een"), "--out", str(place / "twee")) == 7
    assert run("--from", str(place / "een"), "--out", str(place / "een"), "--force") == 7
    assert "Geef ook invoer" in capsys.readouterr().err


def answered(run: Path, folder: Path) -> None:
    """Fill in the workbooks of a run as municipalities do: one agrees, one objects, the others stay silent."""
    folder.mkdir()
    shown = linked(run)
    for file in sorted((run / "gemeenten").glob("*.xlsx")):
        book = openpyxl.load_workbook(file)
        sheet = book["antwoord"]
        heads = [str(c.value) for c in sheet[1]]
        besluit, reden = heads.index("besluit") + 1, heads.index("reden") + 1
        for row in range(2, sheet.max_row + 1):
            h = str(sheet.cell(row, 1).value)
            if h in ("H1", "H3"):
                sheet.cell(row, besluit, "akkoord" if h == "H1" else "bezwaar")
                sheet.cell(row, reden, "" if h == "H1" else f"Geen plek in {shown[h]}")
        book.save(folder / file.name)


def as_given(place: Path) -> list[tuple[str, ...]]:
    """What was answered, as a run writes it."""
    was = linked(place / "een")
    return [("H1", "akkoord", was["H1"], "", "ja"), ("H3", "bezwaar", was["H3"], f"Geen plek in {was['H3']}", "ja")]


def as_read_back(place: Path, folder: Path, out: Path) -> list[tuple[str, ...]]:
    """Go on with the answers in a folder; return the decisions that the run then writes."""
    assert run("--from", str(place / "een"), "--besluiten", str(folder), "--out", str(out)) == 4
    return [tuple(r.values()) for r in rows(out, "besluiten")]


def test_the_answers_in_the_workbooks_of_municipalities_are_read_back(place: Path, tmp_path: Path) -> None:
    answered(place / "een", tmp_path / "terug")
    assert as_read_back(place, tmp_path / "terug", tmp_path / "uit") == as_given(place)
    assert linked(tmp_path / "uit")["H3"] != linked(place / "een")["H3"]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed (package libreoffice-calc)")
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_answers_are_read_back_when_libreoffice_saved_them(kind: str, place: Path, tmp_path: Path) -> None:
    answered(place / "een", tmp_path / "terug")
    files = [str(f) for f in (tmp_path / "terug").iterdir()]
    profile = f"-env:UserInstallation=file://{tmp_path}/profiel"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "lo"), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    assert as_read_back(place, tmp_path / "lo", tmp_path / "uit") == as_given(place)
    assert linked(tmp_path / "uit")["H3"] != linked(place / "een")["H3"]


def change(file: Path, household: str, **cells: str | None) -> int:
    """Change cells of the answer about a household, by the heading of their column, and return its row."""
    book = openpyxl.load_workbook(file)
    sheet = book["antwoord"]
    heads = [str(c.value) for c in sheet[1]]
    row = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 1).value == household)
    for name, value in cells.items():
        sheet.cell(row, heads.index(name) + 1).value = value
    book.save(file)
    return row


def of(folder: Path, household: str, place: Path) -> Path:
    """The workbook in which a household stands."""
    (file,) = folder.glob(f"{linked(place / 'een')[household]}_*.xlsx")
    return file


@pytest.mark.parametrize(
    "saved", [False, pytest.param(True, marks=pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice"))]
)
def test_a_yes_under_a_condition_is_told_and_moves_nobody(
    saved: bool, place: Path, tmp_path: Path, capsys: Capture
) -> None:
    folder = tmp_path / "terug"
    answered(place / "een", folder)
    row = change(of(folder, "H3", place), "H3", besluit="ja mits", reden="Een woning in MAART")
    if saved:
        profile = f"-env:UserInstallation=file://{tmp_path}/profiel"
        command = [str(SOFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "lo")]
        subprocess.run([*command, *map(str, folder.iterdir())], check=True, capture_output=True, timeout=300)
        folder = tmp_path / "lo"
    assert run("--from", str(place / "een"), "--besluiten", str(folder), "--out", str(tmp_path / "uit")) == 4
    said = capsys.readouterr().err
    assert f"{of(folder, 'H3', place).name}!antwoord, rij {row}" in said
    assert "ja, mits. Dat is nog geen akkoord." in said
    assert "MAART" not in said
    assert [r["huishouden_id"] for r in rows(tmp_path / "uit", "besluiten")] == ["H1"]
    assert linked(tmp_path / "uit")["H3"] == linked(place / "een")["H3"]
    assert main(["verify", str(tmp_path / "uit")]) == 4
    month = ["maand", str(place / "een"), "--besluiten", str(folder), "--zonder-antwoord", "akkoord", "--json"]
    capsys.readouterr()
    assert main([*month, "--out", str(tmp_path / "volgende")]) == 0
    assert json.loads(capsys.readouterr().out)["huishoudens"]["voorwaarde"] == 1


def test_a_row_that_was_deleted_is_no_answer(place: Path, tmp_path: Path) -> None:
    answered(place / "een", tmp_path / "terug")
    file = of(tmp_path / "terug", "H1", place)
    book = openpyxl.load_workbook(file)
    sheet = book["antwoord"]
    sheet.delete_rows(next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 1).value == "H1"))
    book.save(file)
    out = tmp_path / "uit"
    assert run("--from", str(place / "een"), "--besluiten", str(tmp_path / "terug"), "--out", str(out)) == 4
    assert [r["huishouden_id"] for r in rows(out, "besluiten")] == ["H3"]


def test_an_answer_that_is_misspelt_is_refused_with_what_may_stand_there(
    place: Path, tmp_path: Path, capsys: Capture
) -> None:
    answered(place / "een", tmp_path / "terug")
    file = of(tmp_path / "terug", "H1", place)
    row = change(file, "H1", besluit="accoort")
    assert run("--from", str(place / "een"), "--besluiten", str(tmp_path / "terug"), "--out", str(tmp_path / "u")) == 3
    said = capsys.readouterr().err
    assert f"{file.name}!antwoord, rij {row}, kolom besluit" in said
    assert "'accoort' is geen waarde die hier mag staan" in said
    assert "akkoord" in said
    assert not (tmp_path / "u").exists()


@pytest.mark.parametrize("other", ["bezwaar", "ja mits"])
def test_two_workbooks_that_contradict_each_other_are_refused(
    other: str, place: Path, tmp_path: Path, capsys: Capture
) -> None:
    answered(place / "een", tmp_path / "terug")
    file = of(tmp_path / "terug", "H1", place)
    shutil.copy(file, file.with_stem(f"{file.stem} (2)"))
    change(file.with_stem(f"{file.stem} (2)"), "H1", besluit=other, reden="Toch anders")
    assert run("--from", str(place / "een"), "--besluiten", str(tmp_path / "terug"), "--out", str(tmp_path / "u")) == 3
    assert "kan niet samen met het besluit over hetzelfde huishouden" in capsys.readouterr().err


def test_a_reason_without_an_answer_is_told(place: Path, tmp_path: Path, capsys: Capture) -> None:
    answered(place / "een", tmp_path / "terug")
    file = next(iter(sorted((tmp_path / "terug").iterdir())))
    book = openpyxl.load_workbook(file)
    sheet = book["antwoord"]
    heads = [str(c.value) for c in sheet[1]]
    sheet.cell(2, heads.index("besluit") + 1).value = None
    sheet.cell(2, heads.index("reden") + 1).value = "Toch niet"
    book.save(file)
    assert run("--from", str(place / "een"), "--besluiten", str(file), "--out", str(tmp_path / "uit")) == 3
    assert f"{file.name}!antwoord, rij 2, kolom besluit" in capsys.readouterr().err


def test_a_run_that_is_killed_leaves_the_earlier_run_and_no_part_of_a_new_one(place: Path, tmp_path: Path) -> None:
    before = {f: f.read_bytes() for f in (place / "een").rglob("*") if f.is_file()}
    options = ["--from", str(place / "een"), "--besluiten", str(place / "een.csv"), "--out", str(tmp_path / "uit")]
    command = [sys.executable, "-c", WAITING, "run", *options, "--draws", "2", "--policies", "loting"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert any("poort" in line for line in process.stderr)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not (tmp_path / "uit").exists()
    assert {f: f.read_bytes() for f in (place / "een").rglob("*") if f.is_file()} == before
    assert run(*options) == 4
