"""brieven: letters on disk, as pages and as tagged PDFs, in both languages, judged from the command line."""

import csv
import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from optimizer.cli import main
from optimizer.report import letters

KLEIN = Path("inputs/klein")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brieven") / "run"
    assert main(["run", str(KLEIN), "--out", str(folder)]) in {0, 4}
    return folder


def test_every_household_gets_a_page_and_a_tagged_pdf_in_its_language(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not letters.can_pdf():
        pytest.skip("needs Debian package libpango-1.0-0")
    pypdf = pytest.importorskip("pypdf")
    out = tmp_path / "b"
    words = [
        "--out",
        str(out),
        "--huishouden",
        "H0002",
        "--afzender",
        "COA <Zwolle>",
        "--contact",
        "088 1",
        "--lang",
        "en",
    ]
    assert main(["brieven", str(run), *words]) == 0
    assert "Every letter is there as HTML and as PDF." in capsys.readouterr().out
    told = json.loads((out / "brieven.json").read_text())
    pages = [row["bestand"] for row in told["brieven"]]
    assert pages[0] == "huishoudens/H0002.html"
    for name in pages:
        page = (out / name).read_text()
        assert '<html lang="en">' in page
        assert "COA &lt;Zwolle&gt;" in page
        root = pypdf.PdfReader(out / name.replace(".html", ".pdf")).trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/StructTreeRoot"]["/K"]
        assert root["/Lang"] == "en"
        assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert main(["verify", str(run), "--brieven", str(out)]) in {0, 4}
    (out / pages[0].replace(".html", ".pdf")).write_bytes((out / pages[-1].replace(".html", ".pdf")).read_bytes())
    capsys.readouterr()
    assert main(["verify", str(run), "--brieven", str(out)]) == (6 if len(pages) > 1 else 0)


def test_a_changed_letter_is_a_violation_with_the_words_that_must_stand_there(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "b"
    assert main(["brieven", str(run), "--out", str(out), "--zonder-pdf"]) == 0
    assert "Met --afzender en --contact" in capsys.readouterr().out
    assert main(["verify", str(run), "--brieven", str(out)]) in {0, 4}
    page = sorted((out / "huishoudens").iterdir())[0]
    page.write_text(page.read_text().replace("Een mens beslist erover.", "U moet daarheen."))
    capsys.readouterr()
    assert main(["verify", str(run), "--brieven", str(out), "--lang", "en"]) == 6
    assert "It should say: 'Dit is een voorstel. Een mens beslist erover.'" in capsys.readouterr().out


@pytest.mark.parametrize("policy", ["handmatig", "loting", "kansrijk_zonder_verliezers"])
def test_letters_of_other_policies_and_of_odd_keys_are_judged_right(policy: str, tmp_path: Path) -> None:
    """Keys that are no name of a file, a lock, grounds that no municipality honours together."""
    batch, made = tmp_path / "batch", tmp_path / "made"
    assert main(["generate", str(made), "--huishoudens", "12", "--seed", "5", "--einde-halfjaar"]) == 0
    batch.mkdir()
    for path in made.iterdir():
        (batch / path.name).write_bytes(path.read_bytes())
    ids = {f"H{n:04d}": name for n, name in enumerate(("<b>é'", "a/b", "CON", "x1", "X1"), 1)}
    for table in ("huishoudens", "personen", "gronden"):
        with (batch / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
            names = list(rows[0])
        for row in rows:
            row["huishouden_id"] = ids.get(row["huishouden_id"], row["huishouden_id"])
        if table == "huishoudens":
            rows[2] |= {"vastgezet_gemeente": "Groningen", "vastgezet_reden": "notitie", "uitgesloten_gemeenten": ""}
        if table == "gronden":
            for kind, where in (("medisch", "Groningen"), ("gezin", "Maastricht")):
                rows.append(
                    dict.fromkeys(names, "") | {"grond": kind, "gemeente": where, "huishouden_id": "x1", "bewijs": "ja"}
                )
        with (batch / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(
                file, list(dict.fromkeys([*names, *rows[-1], *rows[min(2, len(rows) - 1)]])), delimiter=";"
            )
            writer.writeheader()
            writer.writerows(rows)
    run, out = tmp_path / "run", tmp_path / "b"
    assert main(["run", str(batch), "--policy", policy, "--out", str(run)]) in {0, 4, 5}
    assert main(["brieven", str(run), "--out", str(out), "--zonder-pdf"]) == 0
    assert main(["verify", str(run), "--brieven", str(out)]) in {0, 4, 5}
    told = json.loads((out / "brieven.json").read_text())
    places = [row["bestand"] for row in told["brieven"]]
    assert len({place.lower() for place in places}) == len(places)
    every = "".join((out / place).read_text() for place in places)
    assert "notitie" not in every
    assert "Geen gemeente ligt binnen 50 km van al uw gronden tegelijk." in every
    assert "Een medewerker koos Groningen voor u." in every


def test_without_pango_there_are_pages_alone_and_a_sentence_that_names_the_package(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("optimizer.pipeline.brieven.can_pdf", lambda: False)
    assert main(["brieven", str(run), "--out", str(tmp_path / "b")]) == 0
    assert "libpango-1.0-0" in capsys.readouterr().out
    assert not list((tmp_path / "b").rglob("*.pdf"))
    assert find_spec("weasyprint") is not None


def test_what_cannot_be_done_is_refused(run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brieven", str(run), "--out", str(tmp_path / "b"), "--huishouden", "H9999", "--zonder-pdf"]) == 2
    assert "Huishouden 'H9999' staat niet in deze run." in capsys.readouterr().err
    assert main(["brieven", str(KLEIN), "--out", str(tmp_path / "b")]) == 2
    assert main(["verify", str(run), "--brieven", str(tmp_path)]) == 7
    assert "geen map met brieven" in capsys.readouterr().err
    assert main(["verify", str(KLEIN), "--brieven", str(tmp_path)]) == 2
    assert main(["brieven", str(run), "--out", str(tmp_path / "b"), "--zonder-pdf"]) == 0
    assert main(["brieven", str(run), "--out", str(tmp_path / "b"), "--zonder-pdf"]) == 7
    assert main(["brieven", str(run), "--out", str(tmp_path / "b"), "--zonder-pdf", "--force"]) == 0
