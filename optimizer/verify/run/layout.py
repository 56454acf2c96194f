"""The tables of a run look as our files do: they can be read, and have our columns and the order of the input."""

from collections.abc import Sequence

from optimizer.domain.finished import WrittenTable
from optimizer.domain.uitvoer import UITZONDERING, OutputTable
from optimizer.rules.parameters import Parameters
from optimizer.verify.findings import bevinding
from optimizer.verify.oordeel import Bevinding

#: What a row is about, as it stands in the columns of the key.
Key = tuple[str, ...]


def key_columns(table: OutputTable) -> tuple[str, ...]:
    """Return the columns that tell rows apart, always the first ones."""
    return tuple(table.names[:2] if table == UITZONDERING else table.names[:1])


def unreadable(written: WrittenTable, parameters: Parameters) -> list[Bevinding]:
    """A table that stands in the folder can be read."""
    said = {"gevonden": written.wrong, "bestand": written.file}
    return [bevinding("tabel_onleesbaar", parameters, **said, rij=written.wrong_row)] if written.wrong else []


def columns_right(written: WrittenTable, names: Sequence[str], parameters: Parameters) -> list[Bevinding]:
    """The header holds our columns in our order."""
    if list(written.header) == list(names):
        return []
    said = {"gevonden": " ".join(written.header), "toegestaan": " ".join(names), "bestand": written.file}
    return [bevinding("kolommen_onjuist", parameters, **said, rij=1)]


def order_right(
    written: WrittenTable, table: OutputTable, order: Sequence[Key], parameters: Parameters
) -> list[Bevinding]:
    """Rows about what exists stand in the order of the input; the first one that does not is named."""
    at = {key: i for i, key in enumerate(order)}
    columns = [written.header.index(name) for name in key_columns(table)]
    last = -1
    for number, row in enumerate(written.rows, start=2):
        key = tuple(row[c] for c in columns)
        if at.get(key, last) < last:
            said = {"gevonden": " ".join(key), "toegestaan": " ".join(order[last]), "bestand": written.file}
            return [bevinding("volgorde_onjuist", parameters, **said, rij=number)]
        last = at.get(key, last)
    return []
