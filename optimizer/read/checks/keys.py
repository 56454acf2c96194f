"""Keys: each once, and none that refers to nothing or may be a BSN."""

import numpy as np

from optimizer.errors import Defect
from optimizer.read.table.bsn import passes_eleven_test
from optimizer.read.table.typed import Tables


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
        missing = len(table.rows) > 0 and not other.given and not other.table.required
        return [Defect("bestand_ontbreekt", other.file, details={"voor": table.file})] if missing else []
    values = table.frame[column]
    return table.defects(code, (~values.isin(other.frame[column]) & (values != "")).to_numpy(), column)


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
