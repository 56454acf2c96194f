"""The examples that ship: made by the generator, byte for byte, and what their README says of them."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geodata.gemeenten import load_gemeenten
from optimizer.cli import main
from optimizer.domain.batch import Batch
from optimizer.domain.tables import TABLES
from optimizer.generate import generate
from optimizer.model import collect
from optimizer.read import read_batch
from optimizer.rules.parameters import load
from tests.proefbatch import worked_out

INPUTS = Path(__file__).parents[2] / "inputs"

#: The commands of inputs/README.md that make the examples again.
MADE = {
    "voorbeeld": "--huishoudens 1225 --seed 4",
    "krap": "--huishoudens 300 --seed 3 --regio noord-holland --einde-halfjaar",
}


@pytest.mark.parametrize("name", MADE)
def test_an_example_is_what_its_documented_command_makes(name: str, tmp_path: Path) -> None:
    assert f"koppelwijzer generate MAP {MADE[name]}\n" in (INPUTS / "README.md").read_text(encoding="utf-8")
    fresh = tmp_path / name
    assert main(["generate", str(fresh), *MADE[name].split()]) == 0
    made = {f.name: f.read_bytes() for f in fresh.iterdir() if not f.name.startswith(".")}
    assert made == {f.name: f.read_bytes() for f in (INPUTS / name).iterdir()}


def test_the_national_example_reads_without_a_warning_and_is_a_month_of_2500_people_with_room_for_everybody() -> None:
    batch = read_batch(INPUTS / "voorbeeld")
    assert batch.waarschuwingen == ()
    assert 2450 < batch.personen_totaal < 2550
    assert batch.opgave.sum() > 2 * batch.personen_totaal
    assert batch.beleid["policy"] == "kansrijk"


def test_work_in_the_national_example_is_where_uwv_finds_most_of_it() -> None:
    gemeenten = load_gemeenten()
    werk = read_batch(INPUTS / "voorbeeld").werk
    regions = gemeenten.arbeidsmarktregio_naam[gemeenten.rows(werk["werk_gemeente"].tolist())]
    assert set(pd.Series(regions).value_counts().index[:3]) == {"Groot Amsterdam", "Midden-Utrecht", "Rijnmond"}


def test_the_tight_example_is_the_last_month_of_one_region_with_as_many_places_as_people() -> None:
    batch = read_batch(INPUTS / "krap")
    gemeenten = load_gemeenten()
    regions = gemeenten.koppelregio[gemeenten.rows(batch.taakstelling["gemeente"].tolist())]
    assert [d.code for d in batch.waarschuwingen] == ["gemeenten_zonder_taakstelling"]
    assert (len(batch.huishoudens), batch.peildatum) == (300, date(2026, 12, 31))
    assert set(regions) == {"Flevoland, Utrecht en Noord-Holland"}
    assert batch.opgave.sum() == batch.personen_totaal < 0.15 * batch.taakstelling["taakstelling"].sum() + 100


def kept_lost_and_undecided(batch: Batch, policy: str) -> tuple[int, int, int]:
    """Count the jobs that last until the move: kept within 50 km, lost by the move, and of people without a place."""
    p = load(batch.peildatum)
    gemeente = worked_out(batch, policy, p).answer.gemeente
    facts = collect(batch, p)
    b = facts.banen
    lasting = ~b.loopt_af
    to = gemeente[b.huishouden]
    before, after = (facts.km[rows, b.plek] for rows in (facts.opvang[b.huishouden], to))
    kept = lasting & (to >= 0) & (after <= 50)
    lost = lasting & (to >= 0) & (after > 50) & (before <= 50)
    return int(kept.sum()), int(lost.sum()), int((lasting & (to < 0)).sum())


def test_jobs_of_the_tight_example_are_at_stake_by_room_and_not_by_the_grounds_of_one_household() -> None:
    """Had nobody been linked yet, no job would be lost; with what is left the best answer keeps fewer."""
    batch = read_batch(INPUTS / "krap")
    roomy = batch.replace(taakstelling=batch.taakstelling.assign(gekoppeld=0))
    free = kept_lost_and_undecided(roomy, "kansrijk")
    best = kept_lost_and_undecided(batch, "kansrijk")
    one_by_one = kept_lost_and_undecided(batch, "handmatig")
    assert free[1:] == (0, 0)
    assert free[0] >= best[0] + 5
    assert best[0] >= one_by_one[0] + 5
    assert one_by_one[2] > best[2] > 0


def test_a_tight_batch_reads_without_a_warning(tmp_path: Path) -> None:
    batch = read_batch(generate(tmp_path / "krap", huishoudens=1500, seed=5, tightness=1.05))
    assert batch.waarschuwingen == ()
    assert batch.opgave.sum() == round(1.05 * batch.personen_totaal)


#: Tables and columns of which no example is drawn: few batches have them.
STOCKS = {"gehuisvest", "tijdelijk_gehuisvest", "verschoonbaar"}
NOT_DRAWN = {"bestuursovereenkomsten", "woningen", "capaciteit", "woning_nodig", "voorkeur_grond"} | STOCKS


@pytest.mark.parametrize("name", [name for name in TABLES if name not in NOT_DRAWN])
def test_what_was_written_is_what_is_read(tmp_path: Path, name: str) -> None:
    generate(tmp_path / "a", huishoudens=80, seed=2, verzoeken=5)
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
