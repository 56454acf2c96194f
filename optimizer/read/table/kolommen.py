"""The headers of another system, renamed by a TOML file (``--kolommen``)."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from optimizer.domain.tables import TABLES
from optimizer.errors import FORBIDDEN, Defect
from optimizer.read.files.places import read_file
from optimizer.read.files.toml import read_toml
from optimizer.read.table.forbidden import is_forbidden
from optimizer.read.table.headings import normalise

#: Table -> normalised header of the file -> name of our column.
Renames = Mapping[str, Mapping[str, str]]


def read_kolommen(file: str, data: bytes) -> tuple[Renames, list[Defect]]:
    """Read a file of renames: ``[huishoudens]`` and then ``huishouden_id = "Dossiernummer"`` per column.

    A pair may also stand the other way round, where only one side is a column of ours. Pairs outside a table
    apply to every table.

    Returns
    -------
    The renames, and a defect per pair that names no column of ours, or that would let a forbidden column in.
    """
    raw, wrong = read_toml(data)
    if wrong:
        return {}, [Defect("kolommen_onleesbaar", file, details={"fout": wrong})]
    defects = [
        Defect("kolommen_ongeldig", file, column=key)
        for key, value in raw.items()
        if not isinstance(value, str) and not (key in TABLES and isinstance(value, dict))
    ]
    general = {key: value for key, value in raw.items() if isinstance(value, str)}
    renames: dict[str, dict[str, str]] = {name: {} for name in TABLES}
    for name, table in TABLES.items():
        named = raw.get(name)
        pairs: Mapping[str, Any] = named if isinstance(named, dict) else {}
        for left, right in {**general, **pairs}.items():
            pair = _pair(left, right, table.names)
            if pair and is_forbidden(pair[0]):
                defects.append(Defect(FORBIDDEN, file, column=pair[0]))
            elif pair:
                renames[name][normalise(pair[0])] = pair[1]
            elif left in pairs:
                defects.append(Defect("kolommen_ongeldig", file, column=left))
    columns = {column for table in TABLES.values() for column in table.names}
    defects += [Defect("kolommen_ongeldig", file, column=k) for k, v in general.items() if not columns & {k, v}]
    return renames, defects


def read_kolommen_file(path: Path | None) -> tuple[Renames, list[Defect], bytes | None]:
    """Read the file of renames that the user named; without one nothing is renamed.

    Returns
    -------
    The renames, the defects, and the bytes of the file (None where there are none).
    """
    if path is None:
        return {}, [], None
    data, defects = read_file(path)
    if defects:
        return {}, defects, None
    renames, defects = read_kolommen(path.name, data)
    return renames, defects, data


def not_said_yet(renaming: Sequence[Defect], defects: Sequence[Defect]) -> list[Defect]:
    """Leave out the forbidden headings of a file of renames that stand in a table too, where they were refused."""
    said = {normalise(d.column) for d in defects if d.code == FORBIDDEN}
    return [d for d in renaming if d.code != FORBIDDEN or normalise(d.column) not in said]


def _pair(left: str, right: object, columns: tuple[str, ...]) -> tuple[str, str] | None:
    """Return (header of the file, our column), or None where neither side is a column of the table."""
    if not isinstance(right, str):
        return None
    if left in columns:
        return right, left
    return (left, right) if right in columns else None
