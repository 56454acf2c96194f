import hashlib
from datetime import date
from importlib.resources import files

import pytest

from geodata.tables import PROVENANCE, Table, tables

DATA = files("geodata") / "data"


def test_every_shipped_table_names_its_provenance_and_none_is_missing() -> None:
    shipped = {path.name for path in DATA.iterdir()} - {PROVENANCE}
    assert {table.name for table in tables()} == shipped


@pytest.mark.parametrize("table", tables(), ids=lambda table: str(table.name))
def test_a_table_has_source_licence_date_and_the_hash_of_its_bytes(table: Table) -> None:
    assert table.sha256 == hashlib.sha256((DATA / table.name).read_bytes()).hexdigest()
    assert len(table.source) > 20
    assert table.licence
    assert date(2020, 1, 1) <= date.fromisoformat(table.date)
