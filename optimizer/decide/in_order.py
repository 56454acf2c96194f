"""One household after the other, in order of permit date: the readings of practice.

Equation (20) of docs/method.md, "Reference policies".
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optimizer.model import Facts, Problem
from optimizer.model.admissible import honoured
from optimizer.model.facts import Bools, Ints
from optimizer.model.levels import jobs_kept
from optimizer.model.problem import room_left
from optimizer.model.turns import turn_order

Matrix = npt.NDArray[np.float64]
#: Below every score.
_WORST = -np.inf


@dataclass(frozen=True)
class Turns:
    """What each household looks at when its turn comes.

    Attributes
    ----------
    allowed
        Pairs that the policy admits, bool [H, G].
    scores
        What is looked at first, second, ...: rows of some households, and their score in each municipality,
        float64 [rows, G]; higher goes first. A household without a row in a score passes it by.
    """

    allowed: Bools
    scores: tuple[tuple[Ints, Matrix], ...]


def in_order(problem: Problem) -> Ints:
    """Link households by permit date, then id, int64 [H]; -1 where there was no room, fixed ones filled in."""
    everybody = np.ones((1, problem.instance.personen.size), dtype=np.bool_)
    links: Ints = in_order_draws(problem, problem, everybody)[0]
    return links


def in_order_draws(known: Problem, unknown: Problem, in_time: Bools) -> Ints:
    """Link the households of several draws of what is known, all draws at once.

    Parameters
    ----------
    known, unknown
        The problem when every job is known and when none is.
    in_time
        Whose jobs are known, bool [draws, H].

    Returns
    -------
    int64 [draws, H]
        Row of the municipality or -1. Whoever has no score left takes the largest rest, then the lowest code.
    """
    both, facts = (known, unknown), known.facts
    turns = [turns_of(problem) for problem in both]
    fixed = np.where(in_time, *(problem.facts.vastgezet for problem in both))
    room = [room_left(facts, known.eisen, row) for row in fixed]
    rest = np.stack([opgave for opgave, _ in room])
    dwellings = known.instance.woningen
    need = np.zeros((facts.personen.size, 0), dtype=np.int64) if dwellings is None else dwellings.nodig
    supply = np.stack([np.zeros((rest.shape[1], 0), np.int64) if w is None else w.vrij for _, w in room])
    out = fixed.copy()
    order = turn_order(facts)
    draws = np.arange(len(in_time))
    for h in order.tolist():
        who = draws[fixed[:, h] < 0]
        pick = _choose(h, turns, in_time[who, h], rest[who], facts.personen[h], supply[who], need[h])
        who, pick = who[pick >= 0], pick[pick >= 0]
        out[who, h] = pick
        rest[who, pick] -= facts.personen[h]
        supply[who, pick] -= need[h]
    return out


def turns_of(problem: Problem) -> Turns:
    """Return what each household looks at under a policy that goes one by one."""
    facts, beleid = problem.facts, problem.beleid
    every = np.arange(facts.personen.size)
    scores: list[tuple[Ints, Matrix]] = []
    if beleid.let_op_banen:
        rows = np.unique(facts.banen.huishouden[facts.banen.bekend])
        scores.append((rows, jobs_kept(facts, problem.parameters)[rows].astype(np.float64)))
    if beleid.let_op_gronden:
        rows = np.flatnonzero(facts.heeft_grond)
        scores.append((rows, -farthest_km(facts, rows, honoured(facts, problem.parameters)[1])))
    if beleid.let_op_kans:
        scores.append((every, problem.kansen["kans_werk"].astype(np.float64)))
    if beleid.let_op_opvang:
        scores.append((every, -facts.km[:, facts.opvang].T))
    else:
        rows = np.flatnonzero(~facts.heeft_grond) if beleid.let_op_gronden else every
        region = facts.gemeenten.koppelregio
        scores.append((rows, (region[facts.opvang[rows]][:, None] == region[None, :]).astype(np.float64)))
    return Turns(problem.instance.toegestaan, tuple(scores))


def farthest_km(facts: Facts, rows: Ints, binds: Bools) -> Matrix:
    """Distance of every municipality to the farthest ground that binds of some households, float64 [rows, G].

    ``binds`` tells of each ground whether equation (4) keeps it, bool [grounds].
    """
    position = np.full(len(facts.personen), -1, dtype=np.int64)
    position[rows] = np.arange(rows.size)
    out = np.zeros((rows.size, len(facts.opgave)))
    mine = (position[facts.gronden.huishouden] >= 0) & binds
    np.maximum.at(out, position[facts.gronden.huishouden[mine]], facts.km[:, facts.gronden.plek[mine]].T)
    return out


def _choose(
    h: int, turns: Sequence[Turns], known: Bools, rest: Ints, persons: np.int64, supply: Ints, need: Ints
) -> Ints:
    """Pick a municipality for one household in each draw, int64 [draws]; -1 where nothing fits."""
    which = np.where(known, 0, 1)
    fits = np.stack([t.allowed[h] for t in turns])[which] & (rest >= persons) & (supply >= need).all(axis=2)
    for score in _scores_of(h, turns):
        value = np.where(fits, score[which], _WORST)
        fits &= value == value.max(axis=1, keepdims=True)
    pick = np.where(fits, rest, -1).argmax(axis=1)
    return np.where(fits.any(axis=1), pick, -1)


def _scores_of(h: int, turns: Sequence[Turns]) -> list[Matrix]:
    """Return what one household looks at, known or not, in order, float64 [2, G] each; 0 everywhere passes it by."""
    nothing = np.zeros(turns[0].allowed.shape[1])
    found = []
    for of_known, of_unknown in zip(turns[0].scores, turns[1].scores, strict=True):
        rows = [_row(rows, score, h) for rows, score in (of_known, of_unknown)]
        if any(row is not None for row in rows):
            found.append(np.stack([nothing if row is None else row for row in rows]))
    return found


def _row(rows: Ints, score: Matrix, h: int) -> Matrix | None:
    at = int(np.searchsorted(rows, h))
    return score[at] if at < rows.size and rows[at] == h else None
