"""Parquet beside the tables: the same rows and numbers as the CSV, typed, with units, and no private ground."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer.cli import main
from optimizer.domain.uitvoer import (
    ATTRIBUTIE,
    BANEN,
    BELEIDSVERGELIJKING,
    GEVOELIGHEID,
    VERSCHILLEN,
    OutputColumn,
    OutputTable,
)
from optimizer.domain.units import MAANDEN, unit
from optimizer.report.tidy import TIDY_VOORSTEL, to_bytes
from tests.proefbatch import UTRECHT, ZWOLLE, baan, groep, grond, huishouden, schrijf

DOCS = Path(__file__).parents[2] / "docs" / "bestanden.md"
TABLES = (TIDY_VOORSTEL, BANEN, BELEIDSVERGELIJKING, ATTRIBUTIE, VERSCHILLEN, GEVOELIGHEID, MAANDEN)
#: Decimals of a CSV, by kind of column: half of the last one is the most that Parquet differs from it.
ROUNDING = {"count": 0.0, "km": 0.05, "kans": 0.00005, "mean": 0.005, "uren": 0.0000005}
ARROW = {"id": "string", "text": "string", "count": "int64"}

MONTH = groep(
    [huishouden("H0", opvang_gemeente=UTRECHT), huishouden("H1", opvang_gemeente=ZWOLLE), huishouden("H2")],
    {UTRECHT: 1, ZWOLLE: 1},
    werk=[baan("H0", UTRECHT), baan("H1", UTRECHT, uren_per_week=6.5)],
    gronden=[grond("H0", "medisch", UTRECHT), grond("H1", "gezin", ZWOLLE), grond("H1", "studie", ZWOLLE)],
)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Run and compare one small month with everything that writes a table; the run twice."""
    root = tmp_path_factory.mktemp("tidy")
    source = str(schrijf(MONTH, root / "in"))
    few = ["--policies", "handmatig,kansrijk", "--draws", "3"]
    for name in ("run", "again"):
        assert main(["run", source, *few, "--out", str(root / name)]) == 4
    asked = ["compare", source, *few, "--maanden", "2", "--gevoeligheid", "--out", str(root / "compare")]
    assert main(asked) == 0
    return {name: root / name for name in ("run", "again", "compare")}


def place(folders: Mapping[str, Path], table: OutputTable) -> Path:
    return folders["run" if table in (TIDY_VOORSTEL, BANEN) else "compare"] / f"{table.name}.parquet"


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_column_is_typed_and_says_what_it_is_and_its_unit(
    table: OutputTable, folders: Mapping[str, Path]
) -> None:
    schema = pq.read_schema(place(folders, table))
    assert schema.names == table.names
    assert schema.metadata == {b"tabel": table.name.encode()}
    for column in table.columns:
        field = schema.field(column.name)
        assert str(field.type) == ARROW.get(column.kind, "double")
        told = {key.decode(): value.decode() for key, value in field.metadata.items()}
        assert told == {"nl": column.nl, "en": column.en, "eenheid": unit(table, column)}
        assert bool(told["eenheid"]) == (column.kind not in ("id", "text"))


@pytest.mark.parametrize("table", [t for t in TABLES if t is not MAANDEN], ids=lambda t: t.name)
def test_parquet_holds_the_rows_and_numbers_of_the_csv(table: OutputTable, folders: Mapping[str, Path]) -> None:
    tidy = pd.read_parquet(place(folders, table))
    words = {c.name: str for c in table.columns if c.kind in ("id", "text")}
    path = place(folders, table).with_suffix(".csv")
    written = pd.read_csv(path, sep=";", decimal=",", encoding="utf-8-sig", dtype=words, keep_default_na=True)
    assert len(tidy) == len(written) > 0
    for column in table.columns:
        ours, csv = tidy[column.name], written[column.name]
        if column.kind in ("id", "text"):
            if column.name != "grond":
                assert ours.fillna("").tolist() == csv.fillna("").tolist(), column.name
        else:
            np.testing.assert_allclose(ours, csv.astype(float), rtol=0, atol=ROUNDING[column.kind] + 1e-9)


def test_the_proposal_for_researchers_hides_medical_and_family_grounds(folders: Mapping[str, Path]) -> None:
    path = folders["run"] / "voorstel.parquet"
    assert pd.read_parquet(path)["grond"].fillna("").tolist() == ["persoonlijk+werk", "persoonlijk+studie", ""]
    assert "medisch" in (folders["run"] / "voorstel.csv").read_text(encoding="utf-8-sig")  # the advisor's own file
    assert not any(word in path.read_bytes() for word in (b"medisch", b"gezin", b"alternatief", b"reden"))


def test_the_same_run_gives_the_same_parquet(folders: Mapping[str, Path]) -> None:
    for name in ("voorstel.parquet", "banen.parquet"):
        assert (folders["run"] / name).read_bytes() == (folders["again"] / name).read_bytes()


def test_the_judge_notices_a_parquet_file_that_was_changed(
    folders: Mapping[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(folders["again"])]) == 4  # one household waits
    path = folders["again"] / "banen.parquet"
    path.write_bytes(path.read_bytes() + b"x")
    assert main(["verify", str(folders["again"])]) == 6
    assert "banen.parquet" in capsys.readouterr().out


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8")),
            st.one_of(st.none(), st.integers(-(2**52), 2**52)),
            st.one_of(st.none(), st.floats(allow_nan=False)),
        ),
        max_size=8,
    )
)
def test_what_is_written_is_read_back_exactly(rows: list[tuple[str, int | None, float | None]]) -> None:
    columns: list[Any] = [list(c) for c in zip(*rows, strict=True)] or [[], [], []]
    kinds = {"werk_gemeente": "id", "banen": "count", "verwacht_behouden": "kans"}
    table = OutputTable("proef", tuple(OutputColumn(n, k, "", "") for n, k in kinds.items()))  # type: ignore[arg-type]
    frame = pd.DataFrame({n: pd.Series(c, dtype=object) for n, c in zip(kinds, columns, strict=True)})
    data = to_bytes(frame, table)
    assert data == to_bytes(frame.copy(), table)
    back = pq.read_table(BytesIO(data)).to_pydict()
    assert back["werk_gemeente"] == [text or None for text in columns[0]]
    assert back["banen"] == columns[1]
    assert back["verwacht_behouden"] == columns[2]


def test_the_document_lists_every_unit_with_its_columns() -> None:
    section = DOCS.read_text(encoding="utf-8").split("\n### Parquet")[1].split("\n##")[0]
    rows = [
        line for line in section.splitlines() if line.startswith("| ") and not line.startswith(("| ---", "| eenheid"))
    ]
    wanted: dict[tuple[str, str], list[str]] = {}
    for table in TABLES:
        for c in table.columns:
            kind = "tekst" if c.kind in ("id", "text") else "geheel getal" if c.kind == "count" else "getal"
            names = wanted.setdefault((unit(table, c) or "-", kind), [])
            if c.name not in names:
                names.append(c.name)
    assert rows == [f"| {u} | {kind} | {', '.join(f'`{n}`' for n in names)} |" for (u, kind), names in wanted.items()]
