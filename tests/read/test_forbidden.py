"""Columns that may not be in a file are refused, whatever their spelling, and nothing in them is repeated."""

import csv
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.gemeenten import load_gemeenten
from optimizer.cli.options import measure_name
from optimizer.domain.tables import TABLES, Column, Table
from optimizer.domain.uitvoer import OUTPUT_TABLES
from optimizer.errors import OF_FILES_AND_HEADERS, ExitCode, InvoerOngeldig
from optimizer.read import read_batch, read_voorstel
from optimizer.read.omkoppeling import OMKOPPELING
from optimizer.read.postcodes import POSTCODES
from optimizer.read.run import refuse_forbidden, written_table
from optimizer.read.single import read_single
from optimizer.read.stand import STAND
from optimizer.read.table.columns import find_columns
from optimizer.read.table.forbidden import is_forbidden
from optimizer.read.table.raw import RawTable
from optimizer.read.texts import as_json, texts
from tests.proefbatch import check

GOED = Path(__file__).parents[1] / "broken" / "goed"
with (Path(__file__).parent / "koppen.csv").open(encoding="utf-8") as file:
    HEADINGS = [(row["kop"], row["verwacht"]) for row in csv.DictReader(file, delimiter=";")]


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


@pytest.mark.parametrize(("header", "expected"), HEADINGS, ids=[h for h, _ in HEADINGS])
def test_a_heading_is_refused_or_read_by_its_words(header: str, expected: str) -> None:
    assert is_forbidden(header) is (expected == "weigeren")


@pytest.mark.parametrize(
    ("header", "forbidden"), [("M", True), ("v.", True), ("m2", False), ("V 2", False), ("M.", True), ("", False)]
)
def test_a_single_letter_tells_where_it_is_the_whole_heading(header: str, forbidden: bool) -> None:
    assert is_forbidden(header) is forbidden


@given(
    header=st.sampled_from([h for h, expected in HEADINGS if expected == "weigeren"]),
    spelling=st.sampled_from([str, str.lower, str.upper]),
    sign=st.sampled_from(["_", "-", ".", " ", "  "]),
    before=st.sampled_from(["", "1. ", "* ", "\ufeff"]),
    behind=st.sampled_from(["", " 2", "_1", ":", " *", " (code)", "\u00a0"]),
)
@settings(max_examples=400)
def test_case_signs_and_numbers_never_let_a_forbidden_heading_through(
    header: str, spelling: Callable[[str], str], sign: str, before: str, behind: str
) -> None:
    assert is_forbidden(before + spelling(header.replace(" ", sign)) + behind)


@given(
    word=st.sampled_from(
        ["leeftijd", "geboortedatum", "nationaliteit", "geslacht", "achternaam", "moedertaal", "godsdienst"]
    ),
    at=st.integers(1, 30),
    slip=st.sampled_from(["drop", "double", "swap"]),
    behind=st.sampled_from(["", "sgroep", " bewoner"]),
)
@settings(max_examples=200)
def test_a_slip_of_the_keys_never_lets_a_long_word_through(word: str, at: int, slip: str, behind: str) -> None:
    i = 1 + at % (len(word) - 2)
    written = {
        "drop": word[:i] + word[i + 1 :],
        "double": word[:i] + word[i] + word[i:],
        "swap": word[:i] + word[i + 1] + word[i] + word[i + 2 :],
    }[slip]
    assert is_forbidden(written + behind)


def test_no_name_of_a_municipality_and_no_description_of_ours_is_a_forbidden_heading() -> None:
    described = [text for table in TABLES.values() for c in table.columns for text in (c.nl, c.en)]
    places = load_gemeenten().naam.tolist()
    assert [text for text in (*places, *described) if is_forbidden(text)] == []


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


def test_a_rename_of_a_forbidden_heading_is_refused_whether_or_not_a_table_has_it(tmp_path: Path) -> None:
    kolommen = tmp_path / "kolommen.toml"
    for pair in ('ervaring_jaren = "Lft"', '"Lft" = "ervaring_jaren"'):
        kolommen.write_text(f"[personen]\n{pair}\n", encoding="utf-8")
        (defect,) = check(GOED, kolommen=kolommen)
        assert (defect.code, defect.file, defect.column) == ("verboden_kolom", "kolommen.toml", "Lft")
        with pytest.raises(InvoerOngeldig) as raised:
            read_batch(GOED, kolommen=kolommen)
        assert raised.value.exit_code is ExitCode.REFUSED


@pytest.mark.parametrize("table", ["huishoudens", "personen", "werk", "gronden", "taakstelling"])
def test_beside_a_forbidden_column_no_cell_of_any_table_is_repeated(table: str, tmp_path: Path) -> None:
    shutil.copytree(GOED, tmp_path / "batch")
    for path in (tmp_path / "batch").glob("*.csv"):
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        head = f"naam;{head}" if path.stem == table else head
        cells = ";".join(f"geheim{i}" for i in range(head.count(";") + 1))
        path.write_text("\n".join([head, *rows, cells]), encoding="utf-8")
    (tmp_path / "batch" / "beleid.toml").write_text('policy = "geheim"\n', encoding="utf-8")
    found = check(tmp_path / "batch")
    assert "verboden_kolom" in {d.code for d in found}
    assert "geheim" not in json.dumps([as_json(found, lang) for lang in ("nl", "en")])


def test_what_is_still_said_beside_a_forbidden_column_has_no_place_for_a_cell() -> None:
    places = [
        "voor",
        "ander",
        "aantal",
        "koppen",
        "column",
        "rij",
        "cel",
        "cellen",
        "meer",
        "bestanden",
        "naam",
        "grens",
    ]
    for code in OF_FILES_AND_HEADERS:
        assert set(re.findall(r"\{(\w+)\}", str(texts()[code]))) <= {*places}, code


def test_a_comma_in_a_name_moves_no_value_into_a_message(tmp_path: Path) -> None:
    shutil.copytree(GOED, tmp_path / "batch")
    (tmp_path / "batch" / "huishoudens.csv").write_text(
        "huishouden_id,naam,aantal_personen,vergunning_datum,opvang_gemeente\nH1,Geheim, Jan,1,01-07-2026,GM0363\n",
        encoding="utf-8",
    )
    found = check(tmp_path / "batch")
    assert [(d.code, d.value) for d in found] == [("verboden_kolom", ""), ("te_veel_cellen", "")]
    assert "Jan" not in str(as_json(found))


@pytest.mark.parametrize(
    ("table", "content"),
    [
        (STAND, "gemeente;achterstand;Leeftijd\nUtrecht;geheim;31\n"),
        (POSTCODES, "postcode4;gemeente;x_rd;y_rd;Naam bewoner\ngeheim;Utrecht;1;2;Jan\n"),
        (OMKOPPELING, "huishouden_id;huidige_gemeente;aanvraag_datum;Nat.\nH1;geheim;01-07-2026;SY\n"),
    ],
    ids=["stand", "postcodes", "omkoppeling"],
)
def test_every_table_on_its_own_is_refused_for_a_forbidden_column(table: Table, content: str, tmp_path: Path) -> None:
    path = tmp_path / f"{table.name}.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InvoerOngeldig) as raised:
        read_single(path, table)
    assert raised.value.exit_code is ExitCode.REFUSED
    assert "geheim" not in str(as_json(raised.value.defects))


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_table_of_distances_is_refused_for_a_forbidden_column(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"afstanden.{suffix}"
    frame = pd.DataFrame({"km": ["GM0363"], "GM0363": [0.0], "Date of birth": ["geheim"]})
    if suffix == "csv":
        frame.to_csv(path, sep=";", index=False)
    else:
        frame.to_parquet(path, index=False)
    with pytest.raises(InvoerOngeldig) as raised:
        measure_name(None, path, None)
    assert raised.value.exit_code is ExitCode.REFUSED
    assert [d.column for d in raised.value.defects] == ["Date of birth"]
    assert "geheim" not in str(as_json(raised.value.defects))


@pytest.mark.parametrize("content", [b"", b"PAR1 broken", b"\x00\x01", b"km;GM0363\nGM0363;0\n"])
def test_a_table_of_distances_without_forbidden_headers_is_left_to_its_own_reader(
    content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "afstanden.csv"
    path.write_bytes(content)
    assert measure_name(None, path, None) == f"bestand:{path.as_posix()}"


def test_a_column_put_into_a_table_of_a_run_is_refused_without_its_cells() -> None:
    table = written_table("banen.csv", b"baan_id;Nationaliteit\nB1;geheim\n")
    with pytest.raises(InvoerOngeldig) as raised:
        refuse_forbidden([written_table("voorstel.csv", b"huishouden_id;gemeente\nH1;GM0193\n"), table])
    assert raised.value.exit_code is ExitCode.REFUSED
    assert [(d.file, d.column, d.value) for d in raised.value.defects] == [("banen.csv", "Nationaliteit", "")]


def test_what_a_table_is_made_for_may_stand_in_that_table_alone() -> None:
    groepen = Table(
        "groepen",
        "persoon_id",
        False,
        tuple(Column(n, "text", "", "") for n in ("persoon_id", "sekse", "leeftijdsgroep")),
    )
    for table, refused in ((groepen, ["Naam"]), (TABLES["personen"], ["Sekse", "Leeftijdsgroep", "Naam"])):
        header = ("persoon_id", "Sekse", "Leeftijdsgroep", "Naam")
        raw = RawTable(
            table.name, "x.csv", header, 1, tuple(np.array(["geheim"], dtype=object) for _ in header), np.array([2])
        )
        columns, defects = find_columns(raw, table, {})
        assert [d.column for d in defects if d.code == "verboden_kolom"] == refused
        assert not {"naam"} & columns.keys()


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


@pytest.mark.parametrize("bsn", ["111.222.333", "111 222 333", "0111222333", "BSN111222333", "111-222-333", "12345672"])
def test_a_bsn_is_noticed_however_it_is_written(bsn: str, tmp_path: Path) -> None:
    shutil.copytree(GOED, tmp_path / "batch")
    path = tmp_path / "batch" / "gronden.csv"
    path.write_text(f"huishouden_id;grond;gemeente\n{bsn};gezin;Utrecht\n", encoding="utf-8")
    found = check(tmp_path / "batch")
    assert {d.code for d in found} == {"huishouden_onbekend", "mogelijk_bsn"}
    assert bsn not in str(as_json(found, "nl")) + str(as_json(found, "en"))


def test_a_key_that_may_be_a_bsn_is_never_repeated(tmp_path: Path) -> None:
    shutil.copytree(GOED, tmp_path / "batch")
    path = tmp_path / "batch" / "gronden.csv"
    path.write_text("huishouden_id;grond;gemeente\n111222333;gezin;Utrecht\n", encoding="utf-8")
    found = check(tmp_path / "batch")
    assert {d.code for d in found} == {"huishouden_onbekend", "mogelijk_bsn"}
    assert "111222333" not in str(as_json(found, "nl")) + str(as_json(found, "en"))
