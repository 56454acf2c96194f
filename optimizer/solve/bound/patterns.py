"""Whole households in thin gemeenten: which sizes fit together is a choice of the program itself; equation (20).

A gemeente with few places takes one of few *patterns*: so many households of each size. Written into the linear
relaxation they give the bound (10) exactly, with the prices of earlier levels in it, where subgradient steps only come
near; and a program in whole numbers that starts from them has little left to prove.
"""

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from optimizer.solve.bound.program import UNBOUNDED, Program
from optimizer.solve.problem.arrays import FloatArray, IntArray
from optimizer.solve.problem.sizes import FEW_PLACES
from optimizer.solve.problem.space import Space

MOST_PATTERNS = 100  # of a gemeente
VIOLATED = 1e-6


@dataclass(frozen=True, eq=False)
class Line:
    """The pairs of one size in a gemeente, the columns of its patterns, and how many of the size each of them takes."""

    pairs: IntArray
    columns: IntArray
    taken: IntArray


def maximal_patterns(places: int, sizes: tuple[int, ...], number: tuple[int, ...]) -> IntArray:
    """[patterns, sizes] how many households of each size fit together such that no other fits beside them.

    >>> maximal_patterns(4, (1, 2, 3), (9, 9, 9)).tolist()
    [[1, 0, 1], [0, 2, 0], [2, 1, 0], [4, 0, 0]]
    """
    out: list[tuple[int, ...]] = []

    def grow(rest: int, k: int, taken: tuple[int, ...]) -> None:
        if k < 0:
            if all(size > rest or has == most for size, has, most in zip(sizes, taken, number, strict=True)):
                out.append(taken)
            return
        for count in range(min(number[k], rest // sizes[k]), -1, -1):
            grow(rest - count * sizes[k], k - 1, (count, *taken))

    grow(places, len(sizes) - 1, ())
    return np.array(out, dtype=np.int64).reshape(len(out), len(sizes))


def with_patterns(space: Space, program: Program) -> tuple[Program, list[Line]]:
    """Add the patterns of thin gemeenten to a program: columns behind those of the pairs, rows behind all others."""
    h, g = program.pair_h, program.pair_g
    size = space.persons[h]
    order = np.lexsort((h, size, g))
    first = np.searchsorted(g[order], np.arange(space.opgave.size + 1))
    known: dict[tuple[int, tuple[int, ...], tuple[int, ...]], IntArray] = {}
    lines: list[Line] = []
    rows: list[tuple[IntArray, FloatArray]] = []
    high: list[float] = []
    column = h.size
    for one in range(space.opgave.size):
        mine = order[first[one] : first[one + 1]]
        places = int(space.opgave[one])
        if places > FEW_PLACES or int(size[mine].sum()) <= places:
            continue
        sizes, begin, number = np.unique(size[mine], return_index=True, return_counts=True)
        number = np.minimum(number, places // sizes)
        key = places, tuple(sizes.tolist()), tuple(number.tolist())
        if key not in known:
            known[key] = maximal_patterns(*key)
        patterns = known[key]
        if len(patterns) > MOST_PATTERNS:
            continue
        parts = np.split(mine, begin[1:])
        if len(patterns) == 1:
            for part, most in zip(parts, patterns[0].tolist(), strict=True):
                if part.size > most:
                    rows.append((part, np.ones(part.size)))
                    high.append(float(most))
            continue
        columns = np.arange(column, column + len(patterns))
        column += len(patterns)
        rows.append((columns, np.ones(columns.size)))
        high.append(1.0)
        for part, taken in zip(parts, patterns.T, strict=True):
            line = Line(part, columns, taken)
            lines.append(line)
            rows.append(below_patterns(line, part, part.size))
            high.append(0.0)
    wider = widened(program, column)
    return more_rows(wider, rows, high), lines


def below_patterns(line: Line, pairs: IntArray, count: int) -> tuple[IntArray, FloatArray]:
    """Return the row that links ``count`` pairs of a line together no more often than its patterns allow."""
    taken = np.minimum(line.taken, count)
    used = taken > 0
    return np.concatenate([pairs, line.columns[used]]), np.concatenate(
        [np.ones(pairs.size), -taken[used].astype(float)]
    )


def broken_rows(lines: list[Line], point: FloatArray) -> list[tuple[IntArray, FloatArray]]:
    """Return the rows that a relaxed answer breaks: the ``count`` likeliest pairs of a line against its patterns.

    For every pattern the households of a size are the bases of a uniform matroid, whose hull these rows describe.
    """
    out = []
    for line in lines:
        chance = point[line.pairs]
        order = np.argsort(-chance, kind="stable")
        together = 0.0
        for count in range(1, int(line.taken.max(initial=0))):
            together += chance[order[count - 1]]
            if together > np.minimum(line.taken, count) @ point[line.columns] + VIOLATED:
                out.append(below_patterns(line, line.pairs[order[:count]], count))
    return out


def widened(program: Program, columns: int) -> Program:
    """Return the program with so many columns, the new ones without value and in no row."""
    more = columns - program.matrix.shape[1]
    matrix = sp.hstack([program.matrix, sp.csr_array((program.matrix.shape[0], more))], format="csr")
    objective = np.concatenate([program.objective, np.zeros(more)])
    return replace(program, objective=objective, matrix=matrix)


def more_rows(program: Program, rows: list[tuple[IntArray, FloatArray]], high: list[float]) -> Program:
    """Return the program with more rows, each at most its ``high``."""
    if not rows:
        return program
    number = np.repeat(np.arange(len(rows)), [columns.size for columns, _ in rows])
    columns, data = (np.concatenate(part) for part in zip(*rows, strict=True))
    below = sp.csr_array((data, (number, columns)), shape=(len(rows), program.matrix.shape[1]))
    matrix = sp.vstack([program.matrix, below], format="csr")
    low = np.concatenate([program.low, np.full(len(rows), UNBOUNDED)])
    return replace(program, matrix=matrix, low=low, high=np.concatenate([program.high, high]))
