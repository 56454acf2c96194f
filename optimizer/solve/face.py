"""Keep what a level reached while later levels choose; equation (9)."""

import numpy as np

from optimizer.solve.arrays import ValueArray
from optimizer.solve.duals import blocks, profit
from optimizer.solve.level import Solved
from optimizer.solve.space import Kept, Space, magnitude

FLOAT_ROUNDING = 1e-12


def keep(space: Space, value: ValueArray, solved: Solved) -> Space:
    """Return the answers that reach the value of a solved level, as a space.

    With slack = bound - value, complementary slackness excludes a pair with a reduced cost above the slack, staying
    unlinked where that costs more than the slack, and one empty place in a gemeente whose price per person exceeds it.
    When every answer that remains reaches the value, no row is needed and the transportation structure is intact;
    otherwise the level is kept by a row.
    """
    integer = np.issubdtype(value.dtype, np.integer)
    relaxation = solved.relaxation
    duals, best = relaxation.duals, relaxation.scan.best
    reached = float(solved.value)
    rounding = 0.0 if integer else FLOAT_ROUNDING * max(magnitude(value), abs(reached)) * 8
    slack = relaxation.bound - reached + rounding
    allowed = space.allowed.copy()
    most_lost = 0.0
    for rows in blocks(space):
        cost = best[rows][:, None] - profit(space, value, duals, rows)
        allowed[rows] &= cost <= slack
        most_lost += float(np.where(allowed[rows], cost, 0.0).max(axis=1, initial=0.0).sum())
    must_link = space.must_link | (best > slack)
    most_lost += float(best[~must_link].sum())
    linear = relaxation.master is None or relaxation.master.patterns is None
    full = space.full | ((duals.per_person > slack) & linear & (space.ceiling.size == 0))
    implied = linear and space.plain and not space.kept
    most_lost += float((np.maximum(duals.per_person, 0.0) * space.opgave)[~full].sum())
    tolerance = 1.0 if integer else FLOAT_ROUNDING * max(magnitude(value), abs(reached))
    face = space.replace(allowed=allowed, must_link=must_link, full=full)
    if implied and relaxation.bound - most_lost > reached - tolerance:
        return face
    return face.replace(kept=(*space.kept, Kept(value, solved.value - rounding)))
