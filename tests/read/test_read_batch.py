"""A batch as a whole: the peildatum, the policy file, renamed headers, hashes, and what an empty cell means."""

import datetime
import hashlib
import shutil
from pathlib import Path

import pytest

from optimizer.errors import InvoerOngeldig
from optimizer.read import read_batch
from tests.proefbatch import check

GOED = Path(__file__).parents[1] / "broken" / "goed"


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """Copy the good batch, to be changed."""
    shutil.copytree(GOED, tmp_path / "batch")
    return tmp_path / "batch"


def _beleid(batch: Path, text: str) -> None:
    (batch / "beleid.toml").write_text(text, encoding="utf-8")


def test_the_peildatum_is_the_argument_else_the_policy_file_else_the_latest_permit(batch: Path) -> None:
    assert read_batch(batch).peildatum == datetime.date(2026, 7, 6)
    _beleid(batch, 'peildatum = "31-07-2026"\n')
    assert read_batch(batch).peildatum == datetime.date(2026, 7, 31)
    assert read_batch(batch, peildatum=datetime.date(2026, 9, 1)).peildatum == datetime.date(2026, 9, 1)


def test_a_permit_after_the_peildatum_is_a_warning(batch: Path) -> None:
    found = check(batch, peildatum=datetime.date(2026, 7, 3))
    assert [(d.code, d.row, d.warning) for d in found] == [("vergunning_na_peildatum", 3, True)]


@pytest.mark.parametrize(
    "text", ["seed = -1", "seed = 1.5", "seed = true", 'policy = ""', "parameters = 3", "levels = []", "bekend = true"]
)
def test_a_setting_of_the_wrong_kind_is_refused(batch: Path, text: str) -> None:
    _beleid(batch, text)
    assert [(d.code, d.column) for d in check(batch)] == [("beleid_waarde_fout", text.split(" ", maxsplit=1)[0])]


@pytest.mark.parametrize(
    "pairs",
    [
        '[huishoudens]\nhuishouden_id = "Dossier nr."\naantal_personen = "Grootte"\n',
        '[huishoudens]\n"Dossier nr." = "huishouden_id"\nGrootte = "aantal_personen"\n',
        '"dossiernr" = "huishouden_id"\naantal_personen = "GROOTTE"\n',
    ],
)
def test_headers_of_another_system_are_renamed(batch: Path, pairs: str, tmp_path: Path) -> None:
    path = batch / "huishoudens.csv"
    text = (
        path.read_text(encoding="utf-8").replace("huishouden_id", "Dossier nr.").replace("aantal_personen", "Grootte")
    )
    path.write_text(text, encoding="utf-8")
    kolommen = tmp_path / "coa.toml"
    kolommen.write_text(pairs, encoding="utf-8")
    read = read_batch(batch, kolommen=kolommen)
    assert read.huishoudens["huishouden_id"].tolist() == ["H1", "H2"]
    assert "coa.toml" in {bron.naam for bron in read.bronnen}


def test_the_hash_of_every_file_that_was_read_is_kept(batch: Path) -> None:
    _beleid(batch, "seed = 3\n")
    (batch / "README.md").write_text("geen invoer", encoding="utf-8")
    hashes = {bron.naam: bron.sha256 for bron in read_batch(batch).bronnen}
    names = ["beleid.toml", "gronden.csv", "huishoudens.csv", "personen.csv", "taakstelling.csv", "werk.csv"]
    assert sorted(hashes) == names
    assert hashes["werk.csv"] == hashlib.sha256((batch / "werk.csv").read_bytes()).hexdigest()


def test_evidence_counts_as_shown_without_the_column_and_not_where_the_cell_is_empty(batch: Path) -> None:
    path = batch / "gronden.csv"
    path.write_text("huishouden_id;grond;gemeente\nH2;gezin;Utrecht\n", encoding="utf-8")
    assert read_batch(batch).gronden["bewijs"].tolist() == ["ja"]
    path.write_text("huishouden_id;grond;gemeente;bewijs\nH2;gezin;Utrecht;\n", encoding="utf-8")
    assert read_batch(batch).gronden["bewijs"].tolist() == [""]


def test_a_job_without_key_gets_the_number_of_its_row_which_must_be_free(batch: Path) -> None:
    path = batch / "werk.csv"
    path.write_text("baan_id;persoon_id;werk_gemeente;uren_per_week\n;P1;Zwolle;8\n;P3;Zwolle;9\n", encoding="utf-8")
    assert read_batch(batch).werk["baan_id"].tolist() == ["1", "2"]
    path.write_text("baan_id;persoon_id;werk_gemeente;uren_per_week\n2;P1;Zwolle;8\n;P3;Zwolle;9\n", encoding="utf-8")
    assert [(d.code, d.row) for d in check(batch)] == [("dubbele_sleutel", 3)]


def test_the_same_municipality_by_name_and_by_code_is_one_key(batch: Path) -> None:
    with (batch / "taakstelling.csv").open("a", encoding="utf-8") as table:
        table.write("Den Haag;5;2026-2\r\n")
    (defect,) = check(batch)
    assert (defect.code, defect.value, defect.row) == ("dubbele_sleutel", "GM0518", 344)


def test_headers_and_file_names_in_other_letters_are_recognised(batch: Path) -> None:
    (batch / "gronden.csv").rename(batch / "Gronden.CSV")
    path = batch / "personen.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("persoon_id", "Persoon ID"), encoding="utf-8")
    read = read_batch(batch)
    assert (len(read.gronden), len(read.personen), read.waarschuwingen) == (1, 3, ())


def test_rows_that_lack_their_last_empty_cells_are_read(batch: Path) -> None:
    path = batch / "personen.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("P2;H1;;;", "P2;H1"), encoding="utf-8")
    read = read_batch(batch)
    assert read.personen["wil_werken"].tolist() == ["ja", "ja", "ja"]


def test_jobs_without_a_table_of_persons_are_one_problem(batch: Path) -> None:
    (batch / "personen.csv").unlink()
    assert [(d.code, d.file, d.details.get("voor")) for d in check(batch) if not d.warning] == [
        ("bestand_ontbreekt", "personen.csv", "werk.csv")
    ]


def test_an_empty_folder_asks_for_the_files_that_are_needed(tmp_path: Path) -> None:
    with pytest.raises(InvoerOngeldig) as raised:
        read_batch(tmp_path)
    assert [d.file for d in raised.value.defects] == ["huishoudens.csv", "taakstelling.csv"]
    assert {d.code for d in raised.value.defects} == {"bestand_ontbreekt"}


def test_a_path_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    (defect,) = check(tmp_path / "weg")
    assert (defect.code, defect.file) == ("bestand_ontbreekt", "weg")
