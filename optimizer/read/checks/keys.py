"""Keys: each once, and none that refers to nothing or may be a BSN."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from optimizer.errors import Defect
from optimizer.read.checks.lookalikes import look_alikes, without_zeros
from optimizer.read.table.bsn import passes_eleven_test
from optimizer.read.table.typed import Tables, TypedTable


def unique_key(name: str, tables: Tables) -> list[Defect]:
    """Refuse a key that stands in more than one row, and say where it stood first."""
    table = tables[name]
    keys = table.frame[table.table.key]
    double = (keys.duplicated() & (keys != "")).to_numpy()
    first = dict(zip(keys[::-1], table.rows[::-1].tolist(), strict=True)) if double.any() else {}
    details = {i: {"eerste": str(first[keys.iat[i]])} for i in np.flatnonzero(double).tolist()}
    return table.defects("dubbele_sleutel", double, table.table.key, details)


def known_reference(name: str, column: str, target: str, code: str, tables: Tables) -> list[Defect]:
    """Refuse a row that refers to a household or person that is not there."""
    table, other = tables[name], tables[target]
    if column not in other.given:
        missing = len(table.rows) > 0 and not other.given and other.whole and not other.table.required
        return [Defect("bestand_ontbreekt", other.file, details={"voor": table.file})] if missing else []
    if not other.whole:
        return []
    values, known = table.frame[column], other.frame[column]
    texts: list[str] = values.tolist()
    unknown = (~values.isin(known) & (values != "")).to_numpy(dtype=bool)
    if not unknown.any():
        return []
    alike = look_alikes({texts[i] for i in np.flatnonzero(unknown)}, known.tolist())
    meant = {i: alike.get(texts[i], "") for i in np.flatnonzero(unknown).tolist()}
    zeros = np.array(
        [bool(meant.get(i)) and without_zeros(meant[i]) == without_zeros(text) for i, text in enumerate(texts)],
        dtype=bool,
    )
    lost = _zeros_lost(table, column, zeros, {i: meant[i] for i in np.flatnonzero(zeros).tolist()})
    details = {i: {"bedoeld": name} for i, name in meant.items() if name and _may_be_said(name)}
    return [*lost, *table.defects(code, unknown & ~zeros, column, details)]


def _zeros_lost(table: TypedTable, column: str, where: NDArray[np.bool_], meant: Mapping[int, str]) -> list[Defect]:
    """Say once that keys lost the zeros in front of their number, as a spreadsheet does with 0002."""
    if not where.any():
        return []
    first = int(where.argmax())
    (shown,) = table.defects("voorloopnullen", where & (np.arange(len(where)) == first), column)
    said = meant[first] if _may_be_said(meant[first]) else ""
    return [replace(shown, details={"bedoeld": said, "aantal": str(int(where.sum()))})]


def _may_be_said(key: str) -> bool:
    return not passes_eleven_test(key)


def keys_are_no_bsn(tables: Tables) -> list[Defect]:
    """Warn, once per column, of keys that may be a BSN; the keys are not repeated."""
    found = []
    for table in tables.values():
        for column in (c.name for c in table.table.columns if c.kind == "id" and c.name in table.given):
            hits = table.frame[column].map(passes_eleven_test).to_numpy(dtype=bool)
            if hits.any():
                row, details = int(table.rows[hits.argmax()]), {"aantal": str(int(hits.sum()))}
                found.append(Defect("mogelijk_bsn", table.file, row, column, details=details, warning=True))
    return found
