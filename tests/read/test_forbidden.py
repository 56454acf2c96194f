"""Columns that may not be in a file are refused, whatever their spelling, and nothing in them is repeated."""

import shutil
from pathlib import Path

import pytest

from optimizer.domain.tables import TABLES
from optimizer.domain.uitvoer import OUTPUT_TABLES
from optimizer.errors import ExitCode, InvoerOngeldig
from optimizer.read import read_batch, read_voorstel
from optimizer.read.table.forbidden import is_forbidden
from optimizer.read.texts import as_json
from tests.proefbatch import check

GOED = Path(__file__).parents[1] / "broken" / "goed"


@pytest.mark.parametrize(
    "header",
    [
        *("naam", "Voornaam", "ACHTER-NAAM", "achternaam partner", "voorletters", "name", "First name", "last_name"),
        *("BSN", "bsn-nummer", "Burgerservicenummer", "V-nummer", "v_nummer", "vnummer hoofdpersoon", "V number"),
        *("geboortedatum", "Geboorte datum", "geboortejaar", "date of birth", "birth_year", "DOB", "leeftijd", "Age"),
        *("leeftijdsgroep", "nationaliteit", "Nationaliteit_1", "nationality", "land van herkomst", "herkomstland"),
        *("country_of_origin", "etniciteit", "Ethnicity", "etnische achtergrond", "moedertaal", "native language"),
        *("Mother tongue", "religie", "geloof", "religion", "sekse", "Geslacht", "sex", "gender", "géslacht"),
    ],
)
def test_a_forbidden_header_is_recognised_in_any_spelling(header: str) -> None:
    assert is_forbidden(header)


def test_no_column_of_our_own_is_forbidden() -> None:
    ours = {name for table in TABLES.values() for name in table.names}
    ours |= {name for table in OUTPUT_TABLES for name in table.names}
    ours |= {"huidige_gemeente", "aanvraag_datum", "aangevraagd_door", "woonruimte_aangeboden", "huishoudtype"}
    assert [name for name in sorted(ours) if is_forbidden(name)] == []


@pytest.mark.parametrize("header", ["gemeentenaam", "naam_gemeente", "landelijk", "Percentage", "taal", "toelichting"])
def test_a_harmless_header_is_not_refused(header: str) -> None:
    assert not is_forbidden(header)


def _with_column(folder: Path, header: str, cell: str) -> Path:
    shutil.copytree(GOED, folder)
    path = folder / "personen.csv"
    first, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([f"{first};{header}", *(f"{row};{cell}" for row in rest)]), encoding="utf-8")
    return folder


def test_a_forbidden_column_ends_with_refused_and_no_cell_of_it_is_repeated(tmp_path: Path) -> None:
    batch = _with_column(tmp_path / "batch", "Nationaliteit", "Syrische")
    with pytest.raises(InvoerOngeldig) as raised:
        read_batch(batch)
    assert raised.value.exit_code is ExitCode.REFUSED
    assert "Syrische" not in str(as_json(raised.value.defects))


def test_renaming_does_not_let_a_forbidden_column_in(tmp_path: Path) -> None:
    batch = _with_column(tmp_path / "batch", "Moedertaal", "Arabisch")
    kolommen = tmp_path / "kolommen.toml"
    kolommen.write_text('[personen]\nervaring_sector = "Moedertaal"\n', encoding="utf-8")
    (defect,) = check(batch, kolommen=kolommen)
    assert (defect.code, defect.column, defect.value) == ("verboden_kolom", "Moedertaal", "")


def test_a_proposal_with_a_forbidden_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "voorstel.csv"
    path.write_text("huishouden_id;gemeente;Leeftijd\nH1;GM0193;31\n", encoding="utf-8")
    with pytest.raises(InvoerOngeldig) as raised:
        read_voorstel(path)
    assert raised.value.exit_code is ExitCode.REFUSED


def test_a_forbidden_column_in_the_requests_beside_a_batch_is_refused(tmp_path: Path) -> None:
    shutil.copytree(GOED, tmp_path / "batch")
    requests = tmp_path / "batch" / "omkoppeling.csv"
    requests.write_text("huishouden_id;huidige_gemeente;Geboortedatum\nH1;Utrecht;1990-01-01\n", encoding="utf-8")
    with pytest.raises(InvoerOngeldig) as raised:
        read_batch(tmp_path / "batch")
    assert raised.value.exit_code is ExitCode.REFUSED
    assert "1990" not in str(as_json(raised.value.defects))


def test_the_groups_are_not_opened(tmp_path: Path) -> None:
    shutil.copytree(GOED, tmp_path / "batch")
    (tmp_path / "batch" / "groepen.csv").write_text("persoon_id;sekse;leeftijdsgroep\nP1;v;25-34\n", encoding="utf-8")
    batch = read_batch(tmp_path / "batch")
    assert batch.waarschuwingen == ()
    assert "groepen.csv" not in {bron.naam for bron in batch.bronnen}


def test_a_key_that_may_be_a_bsn_is_never_repeated(tmp_path: Path) -> None:
    shutil.copytree(GOED, tmp_path / "batch")
    path = tmp_path / "batch" / "gronden.csv"
    path.write_text("huishouden_id;grond;gemeente\n111222333;gezin;Utrecht\n", encoding="utf-8")
    found = check(tmp_path / "batch")
    assert {d.code for d in found} == {"huishouden_onbekend", "mogelijk_bsn"}
    assert "111222333" not in str(as_json(found, "nl")) + str(as_json(found, "en"))
