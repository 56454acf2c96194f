"""The example month, as the pipeline hands it over: loose opgaven, and a level at which most are indifferent."""

from pathlib import Path

from optimizer import fit
from optimizer.decide import Grenzen, work_out
from optimizer.policy import load_beleid
from optimizer.read import read_batch
from optimizer.rules.parameters import load

EXAMPLE = Path(__file__).parents[2] / "inputs" / "voorbeeld"
WORK = 20_000  # counted steps: the first three levels and little more


def test_the_example_month_is_proven_where_jobs_decide_and_nearly_where_chances_do() -> None:
    batch = read_batch(EXAMPLE)
    parameters = load(batch.peildatum)
    case = work_out(
        batch,
        parameters,
        load_beleid("kansrijk"),
        kansen=fit.score(batch.personen, parameters),
        grenzen=Grenzen(work_limit=WORK),
    )
    persons, jobs, chances = case.besluit.niveaus[:3]
    assert [persons.status, jobs.status] == ["proven", "proven"]
    assert chances.gap <= 2e-5, chances
