"""What a command writes as an input reads back, and writing it again gives the same bytes."""

import math
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.cli import main
from optimizer.domain.cells import decimal, rounded
from optimizer.domain.csvs import table_bytes
from optimizer.domain.tables import TABLES, Column
from optimizer.read import read_batch
from optimizer.read.table.cells import parse_cell
from tests.read.test_read_round_trip import Frames, batches

GOED = Path(__file__).parents[1] / "broken" / "goed"
NUMBERS = st.floats(0, 1e9, allow_subnormal=True)


def _written_again(folder: Path) -> dict[str, bytes]:
    """Read a folder as a batch and return what its tables look like written."""
    batch = read_batch(folder)
    return {name: table_bytes(getattr(batch, name)) for name in TABLES if (folder / f"{name}.csv").is_file()}


def _is_the_same_again(folder: Path) -> bool:
    again = _written_again(folder)
    return again == {name: (folder / f"{name}.csv").read_bytes() for name in again} and bool(again)


@settings(deadline=None, max_examples=50)
@given(batches())
def test_every_batch_writes_the_bytes_that_it_was_read_from(frames: Frames) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, frame in frames.items():
            (Path(folder) / f"{name}.csv").write_bytes(table_bytes(frame))
        assert _is_the_same_again(Path(folder))


@given(NUMBERS)
def test_every_number_reads_back_as_it_was_written_to_six_decimals(number: float) -> None:
    column = Column("maandloon_eur", "number", "", "")
    text = decimal(number)
    if text[-4:-3] == ",":
        text += "0"  # three decimals may be thousands; the test of the batch has what the file does
    read = parse_cell(column, text)
    assert read == rounded(number)
    assert isinstance(read, float)
    assert math.isclose(read, number, abs_tol=5e-7)
    assert "e" not in text


@pytest.mark.parametrize(
    ("number", "text"),
    [(12345.67, "12345,67"), (123456.78, "123456,78"), (1234567.0, "1234567"), (0.1 + 0.2, "0,3"), (1e-9, "0")],
)
def test_a_number_keeps_its_digits(number: float, text: str) -> None:
    assert decimal(number) == text


def test_a_generated_batch_is_the_same_when_written_again(tmp_path: Path) -> None:
    assert main(["generate", str(tmp_path / "g"), "--huishoudens", "40", "--seed", "3"]) == 0
    batch = read_batch(tmp_path / "g")
    for name in TABLES:
        file = tmp_path / "g" / f"{name}.csv"
        if file.is_file():
            columns = file.read_text(encoding="utf-8-sig").splitlines()[0].split(";")
            assert table_bytes(getattr(batch, name)[columns]) == file.read_bytes(), name


WILD: dict[str, dict[str, Any]] = {
    "huishoudens": {"huishouden_id": ["=1+1", "H2"], "vastgezet_gemeente": ["GM0193", ""]},
    "personen": {"persoon_id": ["P1", "@P2", "'=P3"]},
    "werk": {"maandloon_eur": [1234567.0, 12345.67], "uren_per_week": [0.125, 7.9999999999999982]},
}


def test_a_re_link_writes_an_input_that_is_the_same_when_written_again(tmp_path: Path) -> None:
    invoer, nieuw = tmp_path / "invoer", tmp_path / "nieuw"
    shutil.copytree(GOED, invoer)
    batch = read_batch(GOED)
    names = dict(zip(("H1", "H2"), WILD["huishoudens"]["huishouden_id"], strict=True))
    people = dict(zip(("P1", "P2", "P3"), WILD["personen"]["persoon_id"], strict=True))
    frames = {name: getattr(batch, name) for name in ("huishoudens", "personen", "werk", "gronden")}
    frames["huishoudens"] = frames["huishoudens"].assign(
        vastgezet_gemeente=["GM0193", ""], vastgezet_reden=["=2+2", ""]
    )
    for name, frame in frames.items():
        changed = frame.assign(**(WILD["werk"] if name == "werk" else {})).replace({**names, **people})
        (invoer / f"{name}.csv").write_bytes(table_bytes(changed))
    asks = pd.DataFrame({"huishouden_id": ["=1+1"], "huidige_gemeente": "GM0193", "aanvraag_datum": "2026-07-01"})
    (invoer / "omkoppeling.csv").write_bytes(table_bytes(asks))
    assert main(["omkoppeling", str(invoer), "--out", str(nieuw)]) in (0, 4)
    assert _is_the_same_again(nieuw)
    before, after = read_batch(invoer).werk, read_batch(nieuw).werk  # a household that may not move is left out
    kept = before[before["baan_id"].isin(after["baan_id"])].reset_index(drop=True)
    assert after.equals(kept)
    assert after["maandloon_eur"].tolist()[-1:] == [12345.67]
    assert after["uren_per_week"].tolist()[-1:] == [8.0]
    for file in nieuw.glob("*.csv"):
        for line in file.read_text(encoding="utf-8-sig").splitlines():
            assert not [cell for cell in line.split(";") if cell.startswith(("=", "+", "-", "@"))]


def test_the_taakstelling_of_a_half_year_is_the_same_when_written_again(tmp_path: Path) -> None:
    shutil.copytree(GOED, tmp_path / "batch")
    file = tmp_path / "batch" / "taakstelling.csv"
    file.unlink()
    assert main(["taakstelling", "--halfjaar", "2026-2", "--landelijk", "15000", "--out", str(file)]) == 0
    batch = read_batch(tmp_path / "batch")
    columns = file.read_text(encoding="utf-8-sig").splitlines()[0].split(";")
    assert table_bytes(batch.taakstelling[columns]) == file.read_bytes()
    assert np.int64(batch.taakstelling["taakstelling"].sum()) == 15_000
