"""Which gemeenten to open again together."""

from dataclasses import dataclass

import numpy as np

from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray
from optimizer.solve.problem.space import Space


@dataclass(frozen=True, eq=False)
class Ties:
    """How gemeenten hang together: near-optimal pairs between the households of one and the places of another.

    Attributes
    ----------
    strength
        [gemeenten, gemeenten], symmetric.
    loss
        [gemeenten], how much of the gap to the bound sits in each gemeente.
    """

    strength: FloatArray
    loss: FloatArray


def tie_gemeenten(
    space: Space,
    gemeente: IntArray,
    pairs: tuple[IntArray, IntArray],
    cost: FloatArray,
    per_person: FloatArray,
) -> Ties:
    """Count near-optimal pairs between gemeenten and share the loss out; complementary slackness of (7).

    ``cost`` [households] is the reduced cost of each household's own pair.
    """
    h, g = pairs
    size = space.opgave.size
    strength = np.zeros((size, size))
    linked = gemeente[h] >= 0
    np.add.at(strength, (gemeente[h[linked]], g[linked]), 1.0)
    strength += strength.T
    loss = np.maximum(per_person, 0.0) * (space.opgave - space.load(gemeente))
    at = gemeente >= 0
    np.add.at(loss, gemeente[at], cost[at])
    # What an unlinked household loses sits where it would like to be.
    lost = ~linked
    np.add.at(loss, g[lost], cost[h[lost]] / np.maximum(np.bincount(h, minlength=cost.size)[h[lost]], 1))
    return Ties(strength, loss)


def draw_groups(ties: Ties, among: BoolArray, size: int, count: int, rng: np.random.Generator) -> list[BoolArray]:
    """Draw ``count`` disjoint groups of ``size`` gemeenten ``among`` some that hang together."""
    gemeenten = ties.loss.size
    left = among.copy()
    groups: list[BoolArray] = []
    for _ in range(count):
        if left.sum() < 2:
            break
        weight = (ties.loss + 1e-3 * (ties.loss.mean() + 1e-12)) * left
        seed = int(rng.choice(gemeenten, p=weight / weight.sum()))
        group = np.zeros(gemeenten, dtype=np.bool_)
        group[seed] = True
        near = ties.strength[seed].copy()
        while group.sum() < min(size, int(left.sum())):
            score = (near + 1e-6) * rng.random(gemeenten)
            score[group | ~left] = -1.0
            nxt = int(np.argmax(score))
            group[nxt] = True
            near += ties.strength[nxt]
        left &= ~group
        groups.append(group)
    return groups
