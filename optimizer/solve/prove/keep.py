"""Keep what a level reached while later levels choose; equation (9)."""

import numpy as np

from optimizer.solve.bound.contest import pair_losses
from optimizer.solve.bound.dual import blocks, profit
from optimizer.solve.problem.arrays import FloatArray
from optimizer.solve.problem.space import Kept, Space, magnitude
from optimizer.solve.whole.state import Search, State

FLOAT_ROUNDING = 1e-11


def keep(find: Search, state: State) -> Space:
    """Return the answers that reach what must be kept of a solved level, as a space: its value less its leeway.

    With slack = bound - what is kept, complementary slackness excludes a pair that loses more than the slack, staying
    unlinked where that loses more, and an empty place in a gemeente whose price per person exceeds it. When every
    answer that remains reaches it, no row is needed and the transportation structure is intact; otherwise the
    level is kept by a row.
    """
    integer = np.issubdtype(find.value.dtype, np.integer)
    rounding = 0.0 if integer else FLOAT_ROUNDING * max(magnitude(find.value), abs(state.value))
    given_up = find.goal.given_up(state.value)
    face, most_lost = relaxation_face(find, state, rounding + given_up)
    unit = 1.0 if integer else rounding
    if most_lost < unit + given_up:
        return face
    price = state.relaxation.scan.best if state.contest is None else state.contest.price
    bound = state.relaxation.bound if state.contest is None else state.contest.bound
    kept = Kept(find.value, state.value - rounding - given_up, price, max(unit, bound - state.value) + given_up)
    return contest_face(face, state, rounding + given_up).replace(kept=(*find.space.kept, kept))


def relaxation_face(find: Search, state: State, spare: float) -> tuple[Space, float]:
    """Exclude what the relaxation (7) proves too expensive; also return the most that an answer left can lack.

    ``spare`` is what may be lacking: rounding, and what the level may give up.
    """
    space, relaxation = find.space, state.relaxation
    duals, best = relaxation.duals, relaxation.scan.best
    slack = relaxation.bound - state.value + spare
    allowed = space.allowed.copy()
    most_lost = 0.0
    for rows in blocks(space):
        cost: FloatArray = best[rows][:, None] - profit(space, find.value, duals, rows)
        allowed[rows] &= cost <= slack
        most_lost += float(np.where(allowed[rows], cost, 0.0).max(axis=1, initial=0.0).sum())
    must_link = space.must_link | (best > slack)
    most_lost += float(np.maximum(best[~must_link], 0.0).sum())
    full = space.full | (duals.opgave > slack)
    most_lost += float((np.maximum(duals.opgave, 0.0) * space.opgave)[~full].sum())
    # What a ceiling or a further resource leaves unused is lost at its price.
    most_lost += max(0.0, duals.constant)
    if (duals.weight > 0).any():  # then the bound says something of answers that keep those rows only
        most_lost = np.inf
    # The bound itself may lie above the value by less than a unit.
    most_lost += max(0.0, state.value - relaxation.bound)
    return space.replace(allowed=allowed, must_link=must_link, full=full), most_lost


def contest_face(face: Space, state: State, spare: float) -> Space:
    """Exclude what the contest (10) proves too expensive."""
    contest = state.contest
    if contest is None:
        return face
    slack = contest.bound - state.value + spare
    allowed = face.allowed.copy()
    dear = pair_losses(contest) > slack
    allowed[contest.pairs.household[dear], contest.pairs.gemeente[dear]] = False
    # Staying unlinked is worth nothing: it loses the household's price.
    must_link = face.must_link | (contest.price > slack)
    return face.replace(allowed=allowed, must_link=must_link)
