"""The published lottery: numbers that anybody can recompute from a seed and an id.

Ties are policy: who wins one follows from SHA-256, not from the settings of a solver or the order of the rows.
"""

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt


def ticket(purpose: str, seed: int, key: str) -> int:
    """Return the first eight bytes (big-endian) of SHA-256 of ``purpose|seed|key``, an integer in [0, 2**64).

    >>> ticket("lot", 0, "H0001") == ticket("lot", 0, "H0001")
    True
    """
    digest = hashlib.sha256(f"{purpose}|{seed}|{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def tickets(purpose: str, seed: int, keys: Iterable[str]) -> npt.NDArray[np.uint64]:
    """Return one ticket per key, uint64 [keys]."""
    return np.array([ticket(purpose, seed, key) for key in keys], dtype=np.uint64)


def known(seed: int, huishouden_ids: Iterable[str], share: float) -> npt.NDArray[np.bool_]:
    """Tell whose jobs are known in time: ticket("bekend") / 2**64 < share, so a larger share contains the smaller.

    >>> known(0, ["H0001", "H0002"], 1.0).tolist(), known(0, ["H0001"], 0.0).tolist()
    ([True, True], [False])
    """
    first: npt.NDArray[np.bool_] = known_draws(seed, list(huishouden_ids), share, 1)[0]
    return first


def known_draws(seed: int, huishouden_ids: Sequence[str], share: float, draws: int) -> npt.NDArray[np.bool_]:
    """Draw several times whose jobs are known in time, bool [draws, ids]; draw 0 is the published one of `known`.

    Draw d > 0 takes the d-th child of ``SeedSequence(seed)``: a number in [0, 1) for each id in sorted order, so that
    the order of the rows does not matter. In every draw a larger share contains the smaller.
    """
    numbers = np.empty((draws, len(huishouden_ids)))
    numbers[0] = tickets("bekend", seed, huishouden_ids).astype(np.float64) / 2.0**64
    place = np.argsort(np.argsort(np.asarray(huishouden_ids, dtype=object).astype(str)))
    for d, child in enumerate(np.random.SeedSequence(seed).spawn(draws - 1), 1):
        numbers[d] = np.random.default_rng(child).random(len(huishouden_ids))[place]
    return np.asarray((numbers < share) | (share >= 1.0), dtype=np.bool_)
