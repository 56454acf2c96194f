"""A matrix of distances or travel times that the user brings: read, checked, hashed.

The file is a table: one row per municipality where people live, one column per municipality of
the ground or job, in any order, with codes or names. The name of the first column tells what the
cells are: ``km``, or ``min 07:00-09:00`` for minutes with the departure window that they hold for.
"""

import csv
import hashlib
import importlib
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from geodata.codes import resolve
from geodata.errors import GemeenteOnbekend, GeoFout
from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import Opvolgers
from geodata.wording import Sentence

Float = NDArray[np.float64]
MAX_PROBLEMS = 20
# "gemeente" heads the files that ``write_matrix`` makes, which are in km.
_KM = {"km", "gemeente"}
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"
_MINUTES = re.compile(rf"min\s+({_TIME}-{_TIME})")
_NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?(?:[eE][-+]?[0-9]+)?")
#: No two places in the Netherlands are so far apart: such a number is in metres, or in seconds.
MOST = {"km": 2_000.0, "min": 2_880.0}


class MatrixFout(GeoFout):
    """A user's matrix cannot be used; ``problemen`` lists everything that is wrong with it."""

    def __init__(self, bestand: str, problemen: tuple[Sentence, ...]) -> None:
        super().__init__(bestand, problemen)
        self.bestand = bestand
        self.problemen = problemen

    @property
    def sentence(self) -> Sentence:
        """The refusal in both languages."""
        return Sentence(
            f"{self.bestand} is niet bruikbaar:\n" + "\n".join(f"- {p.nl}" for p in self.problemen),
            f"{self.bestand} cannot be used:\n" + "\n".join(f"- {p.en}" for p in self.problemen),
        )


@dataclass(frozen=True, eq=False)
class Reisafstanden:
    """A checked matrix with what the receipt must say about it.

    Attributes
    ----------
    waarden
        float64, shape [342, 342], read-only, zero on the diagonal; rows are where people live,
        columns where the ground or job is; in order of ``Gemeenten.code``.
    eenheid
        ``km`` or ``min``.
    vertrekvenster
        Departure window of travel times (``07:00-09:00``); empty for km.
    sha256
        Hash of the bytes of the file.
    """

    waarden: Float
    eenheid: Literal["km", "min"]
    vertrekvenster: str
    sha256: str


def read_matrix(path: Path, merged: Opvolgers = ()) -> Reisafstanden:
    """Read and check a user's matrix, CSV (``;`` or ``,``, decimal comma or point) or Parquet.

    Parameters
    ----------
    path
        The file.
    merged
        Municipalities that have merged: the one that ended need not be in the file.

    Raises
    ------
    MatrixFout
        With everything that is wrong: no such file, unknown unit, codes that are unknown, missing
        or double, cells that are no number or negative, a diagonal that is not zero.
    """
    try:
        content = path.read_bytes()
    except OSError as fout:
        raise MatrixFout(
            str(path),
            (
                Sentence(
                    f"het bestand kan niet worden gelezen ({fout.strerror})",
                    f"the file cannot be read ({fout.strerror})",
                ),
            ),
        ) from None
    parquet = content[:4] == b"PAR1"
    rows = _parquet_rows(path, content) if parquet else _csv_rows(path, content)
    eenheid, venster = _unit(path, rows[0][0] if rows and rows[0] else "")
    waarden = _checked(path, rows, merged)
    _possible(path, waarden, eenheid)
    waarden.flags.writeable = False
    return Reisafstanden(waarden, eenheid, venster, hashlib.sha256(content).hexdigest())


def write_rows(path: Path, km: Float, *, english: bool = True) -> None:
    """Write a matrix in km so that :func:`read_matrix` reads it back, in order of ``Gemeenten.code``.

    Three decimals (metres). ``english``: comma-separated with a decimal point; else as a Dutch Excel opens it: ``;``,
    decimal comma, UTF-8 with BOM, CRLF.
    """
    codes = load_gemeenten().code.tolist()
    separator, end, encoding = (",", "\n", "utf-8") if english else (";", "\r\n", "utf-8-sig")
    with path.open("w", encoding=encoding, newline="") as bestand:
        bestand.write(separator.join(["gemeente", *codes]) + end)
        for code, row in zip(codes, km, strict=True):
            cells = [f"{value:.3f}" if english else f"{value:.3f}".replace(".", ",") for value in row]
            bestand.write(separator.join([code, *cells]) + end)


def _csv_rows(path: Path, content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    header = text.partition("\n")[0]
    separator = ";" if ";" in header else ","
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if any(row)]
    if len(rows) < 2:
        raise MatrixFout(str(path), (Sentence("het bestand is leeg", "the file is empty"),))
    return [[cell.strip() for cell in row] for row in rows]


def _parquet_rows(path: Path, content: bytes) -> list[list[str]]:
    """Read Parquet; the index that pandas adds to the columns counts as the first one."""
    # Loaded only where somebody has such a file: every command that knows municipalities would wait for it.
    parquet: Any = importlib.import_module("pyarrow.parquet")
    try:
        table = parquet.read_table(io.BytesIO(content))
    except (ValueError, OSError) as fout:
        reden = str(fout).partition("\n")[0]
        raise MatrixFout(
            str(path),
            (Sentence(f"het is geen leesbaar Parquet-bestand ({reden})", f"it is no readable Parquet file ({reden})"),),
        ) from None
    names = _index_first(table)
    columns = [["" if v is None else str(v) for v in table.column(name).to_pylist()] for name in names]
    if not table.num_rows:
        raise MatrixFout(str(path), (Sentence("het bestand is leeg", "the file is empty"),))
    return [names, *map(list, zip(*columns, strict=True))]


def _index_first(table: Any) -> list[str]:
    """Names of the columns; a named index of pandas, which Parquet keeps last, comes first."""
    names: list[str] = list(table.column_names)
    meta = json.loads((table.schema.metadata or {}).get(b"pandas", b"{}"))
    index = [name for name in meta.get("index_columns", []) if name in names]
    return [*index, *(name for name in names if name not in index)]


def _unit(path: Path, head: str) -> tuple[Literal["km", "min"], str]:
    if head.lower() in _KM:
        return "km", ""
    minutes = _MINUTES.fullmatch(head.lower())
    if minutes and minutes[1][:5] < minutes[1][6:]:
        return "min", minutes[1]
    raise MatrixFout(
        str(path),
        (
            Sentence(
                f"de eerste kolom heet '{head}'; noem haar 'km', of 'min 07:00-09:00' met het vertrekvenster",
                f"the first column is called '{head}'; call it 'km', or 'min 07:00-09:00' with the departure window",
            ),
        ),
    )


def _checked(path: Path, rows: list[list[str]], merged: Opvolgers) -> Float:
    problems: list[Sentence] = []
    needed = set(range(len(load_gemeenten()))) - {old for old, _ in merged}
    columns = _rows_of(rows[0][1:], Sentence("kolom", "column"), needed, problems)
    lines = _rows_of([row[0] for row in rows[1:]], Sentence("rij", "row"), needed, problems)
    ragged = [str(i) for i, row in enumerate(rows, start=1) if len(row) != len(rows[0])]
    if ragged:
        some = ", ".join(ragged[:5])
        problems.append(
            Sentence(
                f"niet elke rij heeft {len(rows[0])} cellen: rij {some}",
                f"not every row has {len(rows[0])} cells: row {some}",
            )
        )
    if problems:
        raise MatrixFout(str(path), tuple(problems[:MAX_PROBLEMS]))
    cells = np.array([[_number(cell) for cell in row[1:]] for row in rows[1:]])
    values = np.full((len(load_gemeenten()),) * 2, np.nan)
    values[np.ix_(lines, columns)] = cells
    for old, new in merged:
        if old not in lines:
            values[old, :] = values[new, :]
        if old not in columns:
            values[:, old] = values[:, new]
        values[old, old] = values[new, new]
    problems += _faulty_values(values)
    if problems:
        raise MatrixFout(str(path), tuple(problems[:MAX_PROBLEMS]))
    return values


def _rows_of(names: Sequence[str], what: Sentence, needed: set[int], problems: list[Sentence]) -> list[int]:
    """Give the row of each municipality, and add what is wrong with the names to ``problems``."""
    gemeenten = load_gemeenten()
    found: list[int] = []
    for place, name in enumerate(names, start=2):
        try:
            found.append(gemeenten.index[resolve(name)])
        except GemeenteOnbekend as fout:
            problems.append(Sentence(f"{what.nl} {place}: {fout}", f"{what.en} {place}: {fout.en}"))
    double = ", ".join(str(gemeenten.code[i]) for i in sorted({i for i in found if found.count(i) > 1}))
    if double:
        problems.append(Sentence(f"dubbele {what.nl}: {double}", f"double {what.en}: {double}"))
    absent = [str(gemeenten.code[i]) for i in sorted(needed - set(found))]
    if absent:
        some = f"{', '.join(absent[:5])} ..."
        problems.append(
            Sentence(
                f"{len(absent)} gemeenten zonder {what.nl}: {some}",
                f"{len(absent)} municipalities without {what.en}: {some}",
            )
        )
    return found


def _number(cell: str) -> float:
    """Read a number; what a person would not read as one is none (``1_0``, ``1e3.5``, ``inf``)."""
    return float(cell.replace(",", ".")) if _NUMBER.fullmatch(cell) else float("nan")


def _possible(path: Path, values: Float, unit: Literal["km", "min"]) -> None:
    """Refuse a matrix in another unit than it says, and one that is empty but for noughts.

    Raises
    ------
    MatrixFout
        Where a value is larger than the country allows, or no two municipalities are apart.
    """
    code = load_gemeenten().code
    if values.max() > MOST[unit]:
        a, b = np.unravel_index(values.argmax(), values.shape)
        meant = Sentence("meters", "metres") if unit == "km" else Sentence("seconden", "seconds")
        raise MatrixFout(
            str(path),
            (
                Sentence(
                    "{a} naar {b} is {value} {unit}; zo ver is niets in Nederland. Staan de cellen in {meant}?",
                    "{a} to {b} is {value} {unit}; nothing in the Netherlands is so far. Are the cells in {meant}?",
                ).fill(a=str(code[a]), b=str(code[b]), value=float(values[a, b]), unit=unit, meant=meant),
            ),
        )
    if not values.any():
        raise MatrixFout(str(path), (Sentence("alle afstanden zijn 0", "all distances are 0"),))


def _faulty_values(values: Float) -> list[Sentence]:
    code = load_gemeenten().code
    diagonal = np.zeros_like(values, dtype=bool)
    np.fill_diagonal(diagonal, values.diagonal() != 0)
    checks = {
        Sentence("geen getal", "no number"): ~np.isfinite(values),
        Sentence("negatief", "negative"): values < 0,
        Sentence(
            "de afstand van een gemeente tot zichzelf is niet 0", "the distance of a municipality to itself is not 0"
        ): diagonal & np.isfinite(values),
    }
    found = []
    for what, faulty in checks.items():
        if faulty.any():
            a, b = np.argwhere(faulty)[0]
            count = int(faulty.sum())
            found.append(
                Sentence(
                    f"{what.nl}: {count} cellen, te beginnen met {code[a]} naar {code[b]}",
                    f"{what.en}: {count} cells, beginning with {code[a]} to {code[b]}",
                )
            )
    return found
