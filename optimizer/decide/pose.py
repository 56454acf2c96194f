"""Facts and a policy become a problem: which pairs, which levels, what room is left beside what is fixed."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from optimizer.model import Facts, Instance, Problem
from optimizer.model.admissible import admissible_pairs
from optimizer.model.levels import level_values
from optimizer.model.problem import room_left
from optimizer.model.tempo import tempo_of
from optimizer.policy import Beleid
from optimizer.rules.parameters import Parameters


def pose(facts: Facts, beleid: Beleid, parameters: Parameters, kansen: Mapping[str, npt.NDArray[np.int32]]) -> Problem:
    """State the problem of a batch under a policy.

    Parameters
    ----------
    facts
        The batch as arrays.
    beleid
        The policy.
    parameters
        In force.
    kansen
        Chance of work of each household in each municipality in 0.0001, int32 [H, G], by the level that counts it.
    """
    eisen = beleid.eisen(parameters)
    opgave, woningen = room_left(facts, eisen)
    instance = Instance(
        personen=facts.personen,
        opgave=opgave,
        toegestaan=admissible_pairs(facts, eisen, parameters),
        vastgezet=facts.vastgezet,
        niveaus=level_values(facts, beleid, eisen, parameters, kansen),
        lot=facts.lot,
        woningen=woningen,
        tempo=tempo_of(facts, eisen),
    )
    return Problem(facts, beleid, eisen, parameters, kansen, instance)
