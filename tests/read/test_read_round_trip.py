"""Whatever a batch holds, it reads back as it was written, in any order of columns, encoding and separator."""

import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.domain.cells import escape
from optimizer.domain.tables import TABLES, Column
from optimizer.read import read_batch
from optimizer.read.table.schema import schema

Frames = dict[str, pd.DataFrame]

GEMEENTEN = ("GM0363", "GM0193", "GM0344", "GM1900")
DTYPES = {"integer": "float64", "number": "float64", "date": "datetime64[s]"}
# Letters that both encodings have, and everything that makes a CSV or a spreadsheet stumble.
TEXTS = st.text("abcHP019éëü=+-@'\";, \n", min_size=1, max_size=8).map(str.strip).filter(bool)
#: The column that tells the rows apart in a table without a key.
APART = {"gronden": "huishouden_id", "bestuursovereenkomsten": "gemeente", "woningen": "gemeente"}
APART["verzoeken"] = "huishouden_id"
KEYS = st.lists(TEXTS, min_size=1, max_size=3, unique=True)


def _cells(column: Column) -> st.SearchStrategy[Any]:
    """Draw a cell that may stand in a column of a valid batch."""
    high = column.maximum or 900
    drawn: dict[str, st.SearchStrategy[Any]] = {
        "text": TEXTS,
        "choice": st.sampled_from(column.choices or ("",)),
        "flag": st.sampled_from(("ja", "nee")),
        "gemeente": st.sampled_from(GEMEENTEN),
        "gemeenten": st.lists(st.sampled_from(GEMEENTEN), unique=True, min_size=1).map(" ".join),
        "integer": st.integers(int(column.minimum or 0), 900),
        "number": st.integers(0, int(high) * 4).map(lambda quarter: quarter / 4),
        "date": st.dates(pd.Timestamp("2020-01-01").date(), pd.Timestamp("2026-12-31").date()),
        "halfjaar": st.just("2026-2"),
    }
    if column.required or column.default:
        return drawn[column.kind]
    return st.one_of(st.none(), drawn[column.kind])


@st.composite
def batches(draw: st.DrawFn) -> Frames:
    """Draw the tables of a valid batch."""
    keys = {name: draw(KEYS) for name in ("huishoudens", "personen", "werk")}
    keys["taakstelling"] = draw(st.lists(st.sampled_from(GEMEENTEN), min_size=1, unique=True))
    for name in ("bestuursovereenkomsten", "woningen", "capaciteit"):
        keys[name] = draw(st.lists(st.sampled_from(GEMEENTEN), max_size=3, unique=True))
    keys["gronden"] = draw(st.lists(st.sampled_from(keys["huishoudens"]), max_size=3))
    keys["verzoeken"] = draw(st.lists(st.sampled_from(keys["huishoudens"]), max_size=3, unique=True))
    empty: dict[str, dict[str, Any]] = {name: dict.fromkeys(t.names) for name, t in TABLES.items()}
    rows = {name: [empty[name].copy() for _ in keys[name]] for name in TABLES}
    for name, table in TABLES.items():
        for row, key in zip(rows[name], keys[name], strict=True):
            row.update({c.name: draw(_cells(c)) for c in table.columns if c.kind != "id"})
            row[table.key or APART[name]] = key
            if name == "bestuursovereenkomsten":
                row["tot_en_met"] = None
            if name == "verzoeken":
                row["toelichting_code"] = draw(st.none() | st.sampled_from(("W-12", "é7", "=1+1")))
            if name == "taakstelling":
                row["verschoonbaar"] = min(row["verschoonbaar"], row["achterstand"])
            if name == "personen":
                row["huishouden_id"] = draw(st.sampled_from(keys["huishoudens"]))
            if name == "werk":
                row["persoon_id"] = draw(st.sampled_from(keys["personen"]))
                row["contract_begin"] = row["werk_plaats"] = None
            if name == "huishoudens":
                day = draw(st.dates(pd.Timestamp("2026-01-01").date(), pd.Timestamp("2026-12-31").date()))
                row.update({"aantal_personen": 9, "vastgezet_gemeente": None, "vergunning_datum": day})
    return {name: _frame(name, rows[name]) for name in TABLES}


def _frame(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(TABLES[name].names))
    for column in TABLES[name].columns:
        dtype: Any = "int64" if column.kind == "integer" and column.required else DTYPES.get(column.kind, "str")
        cells = frame[column.name].astype(object)
        frame[column.name] = (cells.where(cells.notna(), "") if dtype == "str" else cells).astype(dtype)
    return frame


def _text(value: object, mark: str, day: str) -> str:
    if isinstance(value, str):
        return escape(value)
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, pd.Timestamp):
        return value.strftime(day)
    return f"{value:g}".replace(".", mark)


def _write(frames: Frames, folder: Path, encoding: str, separator: str, mark: str, day: str) -> None:
    for name, frame in frames.items():
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=separator)
        writer.writerow(frame.columns)
        writer.writerows([[_text(v, mark, day) for v in row] for row in frame.itertuples(index=False)])
        (folder / f"{name}.csv").write_bytes(out.getvalue().encode(encoding))


def _differ(frames: Frames, path: Path) -> list[str]:
    """Names of the tables that are not read as they were written."""
    batch = read_batch(path)
    return [name for name, frame in frames.items() if not getattr(batch, name).equals(frame)]


@settings(deadline=None, max_examples=50)
@given(
    frames=batches(),
    shuffle=st.randoms(use_true_random=False),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "cp1252")),
    separator=st.sampled_from(";,\t"),
    mark=st.sampled_from(".,"),
    day=st.sampled_from(("%Y-%m-%d", "%d-%m-%Y", "%Y-%m-%d %H:%M:%S")),
)
def test_a_batch_reads_back_as_it_was_written_in_any_order_of_columns(
    frames: Frames, shuffle: Any, encoding: str, separator: str, mark: str, day: str
) -> None:
    permuted = {name: frame[shuffle.sample(list(frame.columns), frame.shape[1])] for name, frame in frames.items()}
    with tempfile.TemporaryDirectory() as folder:
        _write(permuted, Path(folder), encoding, separator, mark, day)
        assert _differ(frames, Path(folder)) == []


def _write_workbook(frames: Frames, path: Path) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for name, frame in frames.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, frame.columns)
            for r, row in enumerate(frame.itertuples(index=False), start=1):
                for c, value in enumerate(row):
                    write: Callable[..., object] = sheet.write
                    if isinstance(value, pd.Timestamp):
                        sheet.write_datetime(r, c, value.to_pydatetime(), day)
                    elif not pd.isna(value):
                        write(r, c, escape(value) if isinstance(value, str) else value)


@settings(
    deadline=None, max_examples=20
)  # slow: each writes a workbook and reads it; the cells have a test of their own
@given(frames=batches())
def test_a_workbook_reads_the_same_as_a_folder(frames: Frames) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "batch.xlsx"
        _write_workbook(frames, path)
        assert _differ(frames, path) == []


@pytest.mark.parametrize("missing", [("personen", "werk", "gronden"), ("werk", "gronden"), ("gronden",)])
def test_a_batch_without_an_optional_table_has_that_table_empty(missing: tuple[str, ...], tmp_path: Path) -> None:
    for source in (Path(__file__).parents[1] / "broken" / "goed").glob("*.csv"):
        if source.stem not in missing:
            (tmp_path / source.name).write_bytes(source.read_bytes())
    batch = read_batch(tmp_path)
    for name in TABLES:
        absent = name in (*missing, "bestuursovereenkomsten", "woningen", "capaciteit", "verzoeken")
        assert len(getattr(batch, name)) == 0 if absent else len(getattr(batch, name)) > 0
        schema(name).validate(getattr(batch, name))
