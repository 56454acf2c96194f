"""The example month as the pipeline hands it to the solver, level by level."""

from pathlib import Path

from benchmarks.problem import Problem

EXAMPLE = Path(__file__).parents[1] / "inputs" / "voorbeeld"


def example_month(seed: int) -> Problem:
    """Build the example under the default policy; the seed decides the lottery only."""
    from optimizer import fit
    from optimizer.model import build, collect
    from optimizer.policy import STANDAARD, load_beleid
    from optimizer.read import read_batch
    from optimizer.rules.parameters import load

    batch = read_batch(EXAMPLE)
    parameters = load(batch.peildatum)
    beleid = load_beleid(STANDAARD)
    facts = collect(batch, parameters, seed=seed, bekend=1.0)
    chance = fit.per_huishouden(
        fit.score(batch.personen, parameters), facts.volwassenen, facts.personen.size, how="som"
    )
    instance = build(facts, beleid, beleid.eisen(parameters), parameters, chance)
    return Problem(
        levels=tuple(level.value for level in instance.niveaus),
        names=tuple(level.naam for level in instance.niveaus),
        persons=instance.personen,
        opgave=instance.opgave,
        admissible=instance.toegestaan,
        lot=instance.lot,
    )
