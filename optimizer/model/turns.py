"""Whose turn comes when, under a policy that links one household after the other."""

import numpy as np

from optimizer.model.facts import Facts, Ints


def turn_order(facts: Facts) -> Ints:
    """Return the rows of the households in order of permit date, then id, int64 [H]; equation (20)."""
    return np.lexsort((facts.huishoudens.astype(str), facts.vergunning)).astype(np.int64)
