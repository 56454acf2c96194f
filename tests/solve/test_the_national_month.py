"""The example month, as the pipeline hands it over: loose opgaven, and a level at which most are indifferent."""

from pathlib import Path

from optimizer.decide import Limits
from optimizer.read import read_batch
from optimizer.rules.parameters import load
from tests.proefbatch import worked_out

EXAMPLE = Path(__file__).parents[2] / "inputs" / "voorbeeld"
WORK = 60_000  # counted steps; all levels take about 15,000


def test_the_example_month_is_proven_on_every_level() -> None:
    batch = read_batch(EXAMPLE)
    case = worked_out(batch, "kansrijk", load(batch.peildatum), limits=Limits(work_limit=WORK))
    assert [level.status for level in case.answer.niveaus] == ["proven"] * 4
