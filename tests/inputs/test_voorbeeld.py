"""The example that ships: made by the generator, byte for byte, and read without a remark."""

from pathlib import Path

import numpy as np
import pytest

from optimizer.domain.tables import TABLES
from optimizer.generate import generate
from optimizer.read import read_batch

INPUTS = Path(__file__).parents[2] / "inputs"


def test_the_example_is_what_the_generator_makes_with_seed_one(tmp_path: Path) -> None:
    fresh = generate(tmp_path / "voorbeeld", huishoudens=1500, seed=1)
    names = sorted(f.name for f in fresh.iterdir())
    assert names == sorted(f.name for f in (INPUTS / "voorbeeld").iterdir())
    assert [n for n in names if (fresh / n).read_bytes() != (INPUTS / "voorbeeld" / n).read_bytes()] == []


def test_the_example_reads_without_a_warning_and_has_room_for_everybody() -> None:
    batch = read_batch(INPUTS / "voorbeeld")
    assert batch.waarschuwingen == ()
    assert len(batch.huishoudens) == 1500
    assert batch.opgave.sum() > 2 * batch.personen_totaal
    assert batch.beleid["policy"] == "kansrijk"


def test_a_tight_batch_reads_without_a_warning(tmp_path: Path) -> None:
    batch = read_batch(generate(tmp_path / "krap", huishoudens=1500, seed=5, tightness=1.05))
    assert batch.waarschuwingen == ()
    assert batch.opgave.sum() == round(1.05 * batch.personen_totaal)


#: Tables and columns of which no example is drawn: few batches have them.
STOCKS = {"gehuisvest", "tijdelijk_gehuisvest", "verschoonbaar"}
NOT_DRAWN = {"bestuursovereenkomsten", "woningen", "capaciteit", "woning_nodig", "voorkeur_grond"} | STOCKS


@pytest.mark.parametrize("name", [name for name in TABLES if name not in NOT_DRAWN])
def test_what_was_written_is_what_is_read(tmp_path: Path, name: str) -> None:
    generate(tmp_path / "a", huishoudens=80, seed=2)
    read = getattr(read_batch(tmp_path / "a"), name)
    lines = (tmp_path / "a" / f"{name}.csv").read_bytes().decode("utf-8-sig").split("\r\n")
    header = lines[0].split(";")
    assert header == [c for c in TABLES[name].names if c not in NOT_DRAWN]
    assert len(read) == len(lines) - 2
    hours = [line.split(";")[header.index("uren_per_week")] for line in lines[1:-1]] if name == "werk" else []
    assert np.allclose([float(h.replace(",", ".")) for h in hours], read["uren_per_week"] if hours else [])


@pytest.mark.parametrize("name", list(TABLES))
def test_the_readme_of_the_inputs_describes_every_column(name: str) -> None:
    readme = (INPUTS / "README.md").read_text(encoding="utf-8")
    assert f"## {name}.csv" in readme
    for column in TABLES[name].columns:
        row = f"| {column.name} | {'ja' if column.required else ''} | {column.nl} |"
        assert row in readme, row
