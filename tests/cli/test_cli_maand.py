"""maand: the run of a month and the decisions on it become the next input, month after month, and nothing is lost."""

import csv
import hashlib
import json
import signal
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from optimizer.cli import main
from optimizer.read import read_batch

Capture = pytest.CaptureFixture[str]
#: A command that waits, when its files are written, until its standard input is closed.
WAITING = """
import sys
from optimizer.cli import main
from optimizer.pipeline import month
read_back = month._read_back
def waiting(*given):
    read_back(*given)
    print("poort", file=sys.stderr, flush=True)
    sys.stdin.read()
    return ()
month._read_back = waiting
sys.exit(main(sys.argv[1:]))
"""


def run(*options: str) -> int:
    return main(["run", *options, "--draws", "2", "--policies", "loting"])


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text, delimiter=";"))


def decided(run: Path, file: Path, month: int) -> Path:
    """Decide on a run: of every three households one is accepted, one is objected to or shut out, one waits."""
    lines = ["huishouden_id;besluit;gemeente;reden"]
    for i, row in enumerate(rows(run / "voorstel.csv")):
        if row["gemeente"] and i % 3 == 0:
            lines.append(f"{row['huishouden_id']};akkoord;;")
        elif row["gemeente"] and i % 3 == 1:
            kind = ("bezwaar", "uitsluiten")[i % 2]
            lines.append(f"{row['huishouden_id']};{kind};{row['gemeente']};GEHEIM maand {month}")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three months in a row: in0, run0, in1, run1, in2."""
    folder = tmp_path_factory.mktemp("jaar")
    assert main(["generate", str(folder / "in0"), "--huishoudens", "60", "--seed", "7", "--einde-halfjaar"]) == 0
    for month in range(2):
        assert run(str(folder / f"in{month}"), "--out", str(folder / f"run{month}")) in (0, 4)
        answers = decided(folder / f"run{month}", folder / f"b{month}.csv", month)
        options = ["--besluiten", str(answers), "--out", str(folder / f"in{month + 1}")]
        assert main(["maand", str(folder / f"run{month}"), *options]) == 0
    return folder


def test_persons_in_are_persons_linked_and_carried_month_after_month(year: Path) -> None:
    for month in range(2):
        before, after = read_batch(year / f"in{month}"), read_batch(year / f"in{month + 1}")
        accepted = {r["huishouden_id"] for r in rows(year / f"b{month}.csv") if r["besluit"] == "akkoord"}
        assert accepted
        sizes = before.huishoudens.set_index("huishouden_id")["aantal_personen"]
        assert after.personen_totaal + int(sizes[sorted(accepted)].sum()) == before.personen_totaal
        assert set(after.huishoudens["huishouden_id"]) == set(sizes.index) - accepted
        linked = {r["huishouden_id"]: r["gemeente"] for r in rows(year / f"run{month}" / "voorstel.csv")}
        more = (
            after.taakstelling.set_index("gemeente")["gekoppeld"]
            - before.taakstelling.set_index("gemeente")["gekoppeld"]
        )
        wanted: dict[str, int] = {}
        for h in accepted:
            wanted[linked[h]] = wanted.get(linked[h], 0) + int(sizes[h])
        assert {g: int(n) for g, n in more.items() if n} == wanted
        told = json.loads((year / f"in{month + 1}" / "herkomst.json").read_text("utf-8"))
        assert told["personen"]["in"] == told["personen"]["gekoppeld"] + told["personen"]["meegenomen"]
        assert told["personen"]["in"] == before.personen_totaal


def test_the_next_input_is_read_without_new_warnings_and_days_waited_go_on(year: Path) -> None:
    before, after = read_batch(year / "in0"), read_batch(year / "in2")
    codes = [{(d.code, d.file) for d in batch.waarschuwingen} for batch in (before, after)]
    assert codes[1] <= codes[0]
    dates = before.huishoudens.set_index("huishouden_id")["vergunning_datum"]
    carried = after.huishoudens.set_index("huishouden_id")["vergunning_datum"]
    assert (dates[carried.index] == carried).all()
    assert before.peildatum == after.peildatum


def test_any_month_is_traced_to_the_first_one(year: Path) -> None:
    receipts = [json.loads((year / f"run{m}" / "run.json").read_text("utf-8")) for m in range(2)]
    told = json.loads((year / "in2" / "herkomst.json").read_text("utf-8"))
    assert told["run"]["receipt"] == receipts[1]["receipt_sha256"]
    assert [link["run"]["receipt"] for link in told["keten"]] == [receipts[0]["receipt_sha256"]]
    assert told["keten"][0]["run"]["inputs"] == receipts[0]["inputs"]
    origin = hashlib.sha256((year / "in1" / "herkomst.json").read_bytes()).hexdigest()
    assert {"name": "herkomst.json", "sha256": origin} in receipts[1]["inputs"]
    assert main(["verify", str(year / "run1")]) in (0, 4)


def test_an_exclusion_lasts_and_a_bedenking_does_not(year: Path) -> None:
    for line in (year / "b0.csv").read_text("utf-8").splitlines()[1:]:
        h, kind, gemeente, _ = line.split(";")
        mine = [r for r in rows(year / "in1" / "huishoudens.csv") if r["huishouden_id"] == h]
        if kind == "akkoord":
            assert not mine
        else:
            assert (gemeente in mine[0]["uitgesloten_gemeenten"].split()) == (kind == "uitsluiten")


def test_the_same_month_gives_the_same_bytes_and_is_not_replaced_by_itself(year: Path, tmp_path: Path) -> None:
    options = ["maand", str(year / "run0"), "--besluiten", str(year / "b0.csv"), "--out"]
    assert main([*options, str(tmp_path / "weer")]) == 0
    one, two = ({f.name: f.read_bytes() for f in p.iterdir()} for p in (year / "in1", tmp_path / "weer"))
    assert one == two
    assert main([*options, str(tmp_path / "weer")]) == 7
    assert main([*options, str(tmp_path / "weer"), "--force"]) == 0
    assert {f.name: f.read_bytes() for f in (tmp_path / "weer").iterdir()} == one
    assert main([*options, str(year / "in0"), "--force"]) == 7
    assert main([*options, str(year / "run0"), "--force"]) == 7


def test_nothing_protected_and_no_reason_of_others_goes_along(year: Path) -> None:
    files = {f.name for f in (year / "in1").iterdir()}
    assert files == {
        *(
            "huishoudens.csv",
            "personen.csv",
            "werk.csv",
            "gronden.csv",
            "taakstelling.csv",
            "beleid.toml",
            "herkomst.json",
        )
    }
    for file in (year / "in1").iterdir():
        assert b"GEHEIM" not in file.read_bytes()
        assert b"sekse" not in file.read_bytes()


def test_a_proposal_without_an_answer_counts_where_the_user_says_so(
    year: Path, tmp_path: Path, capsys: Capture
) -> None:
    options = ["maand", str(year / "run0"), "--besluiten", str(year / "b0.csv"), "--json"]
    found = {}
    for zonder in ("meenemen", "akkoord"):
        capsys.readouterr()
        assert main([*options, "--zonder-antwoord", zonder, "--out", str(tmp_path / zonder)]) == 0
        found[zonder] = json.loads(capsys.readouterr().out)["huishoudens"]
    assert found["meenemen"]["geen_antwoord"] > 0
    assert found["akkoord"]["geen_antwoord"] == 0
    assert found["akkoord"]["gekoppeld"] == found["meenemen"]["gekoppeld"] + found["meenemen"]["geen_antwoord"]
    for counts in found.values():
        parts = sum(n for name, n in counts.items() if name not in ("in", "meegenomen"))
        assert counts["in"] == parts == counts["gekoppeld"] + counts["meegenomen"]


def test_another_peildatum_is_written_and_a_new_halfjaar_is_told(year: Path, tmp_path: Path, capsys: Capture) -> None:
    options = ["maand", str(year / "run0"), "--besluiten", str(year / "b0.csv"), "--out"]
    assert main([*options, str(tmp_path / "n"), "--peildatum", "1-6-2027"]) == 0
    assert "halfjaar" in capsys.readouterr().err
    assert "peildatum = 2027-06-01" in (tmp_path / "n" / "beleid.toml").read_text("utf-8")
    (one, two) = (read_batch(p) for p in (year / "in1", tmp_path / "n"))
    assert two.personen_totaal == one.personen_totaal
    assert int(two.taakstelling["gekoppeld"].sum()) == int(one.taakstelling["gekoppeld"].sum())


def test_the_month_of_a_workbook_goes_on_as_a_folder(year: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("huishoudens", "personen", "werk", "gronden", "taakstelling"):
        sheet = book.create_sheet(name)
        with (year / "in0" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as text:
            for row in csv.reader(text, delimiter=";"):
                sheet.append(row)
    del book["Sheet"]
    sheet = book.create_sheet("beleid")
    for row in (["naam", "waarde"], ["policy", "straal50"], ["peildatum", "2026-12-31"], ["bekend", "0.9"]):
        sheet.append(row)
    book.save(tmp_path / "in.xlsx")
    assert run(str(tmp_path / "in.xlsx"), "--out", str(tmp_path / "run")) in (0, 4)
    assert main(["maand", str(tmp_path / "run"), "--out", str(tmp_path / "n")]) == 0
    beleid = (tmp_path / "n" / "beleid.toml").read_text("utf-8")
    assert beleid == 'policy = "straal50"\nbekend = 0.9\npeildatum = 2026-12-31\n'
    assert read_batch(tmp_path / "n").personen_totaal == read_batch(tmp_path / "in.xlsx").personen_totaal


def test_everybody_linked_leaves_an_input_that_waits_for_new_households(
    year: Path, tmp_path: Path, capsys: Capture
) -> None:
    everybody = [f"{r['huishouden_id']};akkoord;;" for r in rows(year / "run1" / "voorstel.csv") if r["gemeente"]]
    assert len(everybody) > 3
    few = tmp_path / "in"
    few.mkdir()
    for name in ("personen", "werk", "gronden", "taakstelling"):
        (few / f"{name}.csv").write_bytes((year / "in0" / f"{name}.csv").read_bytes().splitlines(keepends=True)[0])
    (few / "taakstelling.csv").write_text("gemeente;taakstelling\nUtrecht;3\n", "utf-8")
    (few / "huishoudens.csv").write_text(
        "huishouden_id;aantal_personen;vergunning_datum;opvang_gemeente\nH1;2;2026-09-01;Zeist\n", "utf-8"
    )
    (few / "personen.csv").write_text("persoon_id;huishouden_id\nP1;H1\n", "utf-8")
    assert run(str(few), "--out", str(tmp_path / "run")) in (0, 4)
    (tmp_path / "b.csv").write_text("huishouden_id;besluit;gemeente;reden\nH1;akkoord;;\n", "utf-8")
    capsys.readouterr()
    assert (
        main(["maand", str(tmp_path / "run"), "--besluiten", str(tmp_path / "b.csv"), "--out", str(tmp_path / "n")])
        == 0
    )
    assert "Er gaat niemand mee" in capsys.readouterr().out
    with (tmp_path / "n" / "huishoudens.csv").open("a", encoding="utf-8") as file:
        columns = rows(tmp_path / "n" / "huishoudens.csv")
        assert columns == []
        head = (tmp_path / "n" / "huishoudens.csv").read_text("utf-8-sig").splitlines()[0].split(";")
        cells = {
            "huishouden_id": "H2",
            "aantal_personen": "1",
            "vergunning_datum": "2026-09-01",
            "opvang_gemeente": "GM0355",
        }
        file.write(";".join(cells.get(name, "") for name in head) + "\r\n")
    with (tmp_path / "n" / "personen.csv").open("a", encoding="utf-8") as file:
        head = (tmp_path / "n" / "personen.csv").read_text("utf-8-sig").splitlines()[0].split(";")
        file.write(";".join({"persoon_id": "P2", "huishouden_id": "H2"}.get(n, "") for n in head) + "\r\n")
    assert run(str(tmp_path / "n"), "--out", str(tmp_path / "run2")) in (0, 4)


def test_wrong_decisions_and_another_input_are_refused_and_nothing_is_written(
    year: Path, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "b.csv").write_text("huishouden_id;besluit;gemeente;reden\nHX;akkoord;;\nH0001;bezwaar;;\n", "utf-8")
    options = ["maand", str(year / "run0"), "--besluiten", str(tmp_path / "b.csv"), "--out", str(tmp_path / "n")]
    assert main(options) == 3
    told = capsys.readouterr().err
    assert "rij 2" in told
    assert "rij 3" in told
    assert main(["maand", str(year / "run0"), "--invoer", str(year / "in1"), "--out", str(tmp_path / "n")]) == 7
    assert not (tmp_path / "n").exists()


def test_a_month_that_is_killed_leaves_no_part_of_an_input(year: Path, tmp_path: Path) -> None:
    options = ["maand", str(year / "run0"), "--besluiten", str(year / "b0.csv"), "--out", str(tmp_path / "n")]
    command = [sys.executable, "-c", WAITING, *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert any("poort" in line for line in process.stderr)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not (tmp_path / "n").exists()
    assert main(options) == 0


def test_both_languages_say_what_became_of_everybody(year: Path, tmp_path: Path, capsys: Capture) -> None:
    options = ["maand", str(year / "run0"), "--besluiten", str(year / "b0.csv"), "--out"]
    for lang, says in (("nl", "Deze maand: 60 huishoudens"), ("en", "This month: 60 households")):
        capsys.readouterr()
        assert main([*options, str(tmp_path / lang), "--lang", lang]) == 0
        out = capsys.readouterr().out
        assert says in out
        assert "bedenking" in out
