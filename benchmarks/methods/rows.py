"""The constraints on all pairs, written out: what a general solver is given."""

import numpy as np
from scipy import sparse

from benchmarks.problem import Floats, Ints, Problem


def constraints(problem: Problem, h: Ints, g: Ints) -> tuple[sparse.csr_array, Floats]:
    """Return (A, b) of A x <= b: one gemeente a household, opgaven, resources, ceilings."""
    households, gemeenten = problem.admissible.shape
    column = np.arange(h.size)
    blocks = [
        sparse.coo_array((np.ones(h.size), (h, column)), shape=(households, h.size)),
        sparse.coo_array((problem.persons[h].astype(float), (g, column)), shape=(gemeenten, h.size)),
    ]
    limits = [np.ones(households), problem.opgave.astype(float)]
    if problem.resources is not None:
        use, capacity = problem.resources
        for k in range(use.shape[1]):
            blocks.append(sparse.coo_array((use[h, k].astype(float), (g, column)), shape=(gemeenten, h.size)))
            limits.append(capacity[:, k].astype(float))
    if problem.regions is not None:
        region, ceiling = problem.regions
        weight = np.where(region[g] >= 0, problem.persons[h], 0).astype(float)
        rows = np.maximum(region[g], 0)
        blocks.append(sparse.coo_array((weight, (rows, column)), shape=(ceiling.size, h.size)))
        limits.append(ceiling.astype(float))
    return sparse.vstack(blocks, format="csr"), np.concatenate(limits)


def links(households: int, h: Ints, g: Ints, chosen: Floats) -> Ints:
    """Turn chosen pairs into the column of each household, -1 for none."""
    out = np.full(households, -1, dtype=np.int64)
    picked = np.flatnonzero(chosen > 0.5)
    out[h[picked]] = g[picked]
    return out
