"""A run leaves the files that the contract names, and they agree with each other."""

import hashlib
import json
from pathlib import Path

import pytest

from optimizer.domain.uitvoer import OUTPUT_TABLES
from optimizer.publish import publish
from optimizer.report import Style, write_comparison, write_run
from tests.report import report_builder as build

README = Path(__file__).parents[2] / "outputs" / "README.md"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    b = build.batch()
    v = build.voorstel(b)

    def write(folder: Path) -> None:
        write_run(
            folder,
            v,
            b,
            build.parameters(),
            command=["koppelwijzer", "run"],
            policy={"titel": "x"},
            comparison=build.comparison(),
            style=Style(voor_gemeente=True),
        )

    return publish(tmp_path_factory.mktemp("runs") / "run", write)


def test_a_run_has_the_promised_files(run: Path) -> None:
    assert {p.name for p in run.iterdir()} == {
        "voorstel.csv",
        "voorstel.xlsx",
        "banen.csv",
        "taakstelling.csv",
        "niet_gekoppeld.csv",
        "uitzonderingen.csv",
        "werklijst.csv",
        "prognose.csv",
        "koppelregio.csv",
        "voorstel.parquet",
        "banen.parquet",
        "rapport.html",
        "wethouder.html",
        "run.json",
        "gemeenten",
        "provincies",
    }
    books = {p.stem[:6] for p in (run / "gemeenten").glob("GM*.xlsx")}
    assert len(books) > 1
    assert {p.stem for p in (run / "gemeenten").glob("GM*.html")} == books
    assert len(list((run / "provincies").glob("*.html"))) == 12


def test_the_receipt_and_the_page_hold_the_hash_of_the_answer_as_written(run: Path) -> None:
    sha = hashlib.sha256((run / "voorstel.csv").read_bytes()).hexdigest()
    assert json.loads((run / "run.json").read_text(encoding="utf-8"))["answer"]["sha256"] == sha
    assert sha in (run / "rapport.html").read_text(encoding="utf-8")


def test_each_csv_has_the_columns_of_its_table_in_order(run: Path) -> None:
    of_comparisons = {"beleidsvergelijking", "attributie", "verschillen", "gevoeligheid", "overeenkomsten"}
    of_comparisons |= {
        "afweging",
        "afweging_koppelingen",
        "afweging_voorstellen",
        "koppelingen",
        "winnaars",
        "eerlijkheid",
    }
    of_comparisons |= {
        "verzoeken",
        "voorspraak",
        "verzoeken_gevolgd",
        "verzoeken_verschuiving",
    }  # of an input that holds them
    of_comparisons |= {"vooruitblik", "gesprekken", "prijs"}  # of an option, or of a policy with a price
    of_comparisons |= {"besluiten", "eerder", "gewijzigd"}  # of a run that goes on from an earlier one
    for table in (t for t in OUTPUT_TABLES if t.name not in of_comparisons):
        header = (run / f"{table.name}.csv").read_text(encoding="utf-8-sig").splitlines()[0]
        assert header.split(";") == table.names


def test_a_comparison_has_table_page_and_receipt_and_english_files_have_points(tmp_path: Path) -> None:
    told = write_comparison(
        tmp_path,
        build.comparison(),
        build.batch(),
        build.parameters(),
        command=["koppelwijzer", "compare"],
        seed=0,
        policies={"loting": {}},
        bekend=1.0,
        baseline="handmatig",
        draws=200,
        reproducible=True,
        style=Style(lang="en", english_csv=True),
    )
    written = {"beleidsvergelijking.csv", "beleidsvergelijking.parquet", "rapport.html", "run.json"}
    assert {p.name for p in tmp_path.iterdir()} == written
    table = (tmp_path / "beleidsvergelijking.csv").read_bytes()
    assert table.decode("utf-8-sig").splitlines()[1].startswith("loting,loting,1.00,1500,3150,3021.00,")
    assert told["answer"]["sha256"] == hashlib.sha256(table).hexdigest()
    assert '<html lang="en">' in (tmp_path / "rapport.html").read_text(encoding="utf-8")


def test_the_guide_to_the_folder_names_every_file(run: Path) -> None:
    guide = README.read_text(encoding="utf-8")
    assert [p.name for p in run.iterdir() if f"`{p.name}" not in guide] == []
    assert [t.name for t in OUTPUT_TABLES if f"`{t.name}.csv`" not in guide] == []
