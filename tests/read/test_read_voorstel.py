"""A proposal of ours or of somebody else."""

from pathlib import Path

import pytest

from optimizer.domain.cells import escape
from optimizer.errors import InvoerOngeldig
from optimizer.read import read_voorstel


@pytest.mark.parametrize(
    "text",
    [
        "huishouden_id;gemeente;afstand_km\r\nH1;GM0193;12,5\r\nH2;;\r\n",
        '\ufeffgemeente,Huishouden ID,afstand_km\nGM0193,H1,"12,5"\n,H2,\n',
    ],
)
def test_any_proposal_becomes_cells_of_text(text: str, tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_bytes(text.encode())
    frame = read_voorstel(tmp_path / "v.csv")
    assert frame[["huishouden_id", "gemeente", "afstand_km"]].values.tolist() == [
        ["H1", "GM0193", "12,5"],
        ["H2", "", ""],
    ]
    assert set(frame.dtypes.astype(str)) == {"str"}


@pytest.mark.parametrize("key", ["=1+1", "@sum", "-5", "+31", "'=x", "'s-Hertogenbosch", "''-"])
def test_a_cell_that_was_made_harmless_reads_back_as_it_was(key: str, tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text(f"huishouden_id;gemeente\n{escape(key)};GM0193\n", encoding="utf-8")
    assert read_voorstel(tmp_path / "v.csv")["huishouden_id"].tolist() == [key]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["leeg_bestand"]),
        ("huishouden_id;plaats\nH1;Zwolle\n", ["kolom_ontbreekt"]),
        ("huishouden_id;gemeente;Gemeente\nH1;GM0193;GM0363\n", ["kolom_dubbel"]),
        ("huishouden_id;gemeente\nH1;GM0193;extra\n", ["te_veel_cellen"]),
        ("huishouden_id;gemeente\n\0;GM0193\n", ["nul_teken"]),
    ],
)
def test_a_proposal_that_cannot_be_read_is_refused(text: str, codes: list[str], tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InvoerOngeldig) as raised:
        read_voorstel(tmp_path / "v.csv")
    assert [d.code for d in raised.value.defects] == codes


def test_a_proposal_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvoerOngeldig) as raised:
        read_voorstel(tmp_path / "weg.csv")
    assert [d.code for d in raised.value.defects] == ["bestand_onleesbaar"]


def test_a_proposal_without_rows_is_an_empty_table(tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text("huishouden_id;gemeente\n", encoding="utf-8")
    assert read_voorstel(tmp_path / "v.csv").shape == (0, 2)
