"""The example month as the pipeline hands it to the solver, level by level."""

from pathlib import Path

from benchmarks.problem import Problem

EXAMPLE = Path(__file__).parents[1] / "inputs" / "voorbeeld"


def example_month(seed: int) -> Problem:
    """Build the example under the default policy; the seed decides the lottery only."""
    from optimizer.decide import pose
    from optimizer.fit import household_chances, score
    from optimizer.model import collect
    from optimizer.policy import STANDAARD, load_beleid
    from optimizer.read import read_batch
    from optimizer.rules.parameters import load

    batch = read_batch(EXAMPLE)
    parameters = load(batch.peildatum)
    kansen = household_chances(batch, score(batch.personen, parameters))
    instance = pose(collect(batch, parameters, seed=seed), load_beleid(STANDAARD), parameters, kansen).instance
    return Problem(
        levels=tuple(level.value for level in instance.niveaus),
        names=tuple(level.naam for level in instance.niveaus),
        persons=instance.personen,
        opgave=instance.opgave,
        admissible=instance.toegestaan,
        lot=instance.lot,
    )
