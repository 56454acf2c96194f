"""How far apart two proposals can lie on ``kans_werk`` before the score can tell them apart: docs/kanswerk.md.

For other weights of the score the best proposal is found and counted again by the weights in force. Run with
``python -m scripts.speelruimte inputs/voorbeeld``.
"""

import sys
from pathlib import Path

import numpy as np

from optimizer.decide.pose import pose
from optimizer.fit import household_chances, score
from optimizer.model import collect, known_in_time
from optimizer.model.facts import Ints
from optimizer.policy import load_beleid
from optimizer.settle import Wish, settle
from optimizer.solve import Level, solve_levels

#: Other values of the weights that make municipalities differ: half as much more, or less.
OTHERS = {
    "fit/bereik": (0.5, 1.5),
    "fit/participatie": (0.01, 0.03),
    "fit/sector_ervaring": (0.25, 0.75),
}
LEVELS = ("personen_gekoppeld", "verwacht_behouden", "kans_werk")
#: Counted steps a solve: within 0.03 % of the best.
STEPS = 1_500


def main(source: Path) -> None:
    """Print for each other weight which share of the best chance of work its own best proposal lacks."""
    in_force = settle(Wish(source, policy="kansrijk"))
    batch, parameters = in_force.batch, in_force.parameters
    facts = known_in_time(collect(batch, parameters, seed=in_force.seed), parameters, in_force.bekend)

    def best(weights: dict[str, float]) -> Ints:
        kansen = household_chances(batch, score(batch.personen, parameters.replace(weights)))
        beleid = load_beleid("kansrijk").model_copy(update={"niveaus": LEVELS, "speelruimte": {}})
        problem = pose(facts, beleid, parameters, kansen).instance
        levels = [Level(n.naam, n.value, n.unit) for n in problem.niveaus]
        return solve_levels(
            levels, problem.personen, problem.opgave, problem.toegestaan, problem.resources, work_limit=STEPS
        ).gemeente

    ours = in_force.kansen["kans_werk"].astype(np.int64)

    def counted(gemeente: Ints) -> int:
        linked = np.flatnonzero(gemeente >= 0)
        return int(ours[linked, gemeente[linked]].sum())

    most = counted(best({}))
    for name, values in OTHERS.items():
        for value in values:
            print(f"{name} {value}: {100 * (most - counted(best({name: value}))) / most:.2f} %")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
