"""The next best municipalities of a household while everybody else stays where they are."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optimizer.domain.levels import LEVELS
from optimizer.domain.uitvoer import DECIMALS
from optimizer.model import Instance

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
CHUNK = 4096


@dataclass(frozen=True)
class Alternatives:
    """Alternatives of each household, best first.

    Attributes
    ----------
    gemeente
        Row of the municipality, or -1, int64 [H, count].
    verschil
        Alternative minus proposal in the first level that differs, in units of the world, float64 [H, count].
    niveau
        Index of that level; the number of levels where none differs, int64 [H, count].
    """

    gemeente: Ints
    verschil: npt.NDArray[np.float64]
    niveau: Ints


def remaining(instance: Instance, gemeente: Ints) -> Ints:
    """Persons that each municipality can still take beside a proposal, int64 [G]; locked persons count apart."""
    mine = (gemeente >= 0) & (instance.vastgezet < 0)
    used = np.bincount(gemeente[mine], weights=instance.personen[mine], minlength=len(instance.opgave))
    return instance.opgave - used.astype(np.int64)


def dwellings_left(instance: Instance, gemeente: Ints) -> Ints:
    """Special dwellings free beside a proposal, int64 [G, K]; what the fixed households need is out already."""
    if instance.woningen is None:
        return np.zeros((len(instance.opgave), 0), dtype=np.int64)
    mine = np.flatnonzero((gemeente >= 0) & (instance.vastgezet < 0))
    return instance.woningen.vrij - instance.woningen.used_by(mine, gemeente[mine])


def dwelling_fits(instance: Instance, rows: Ints, left: Ints) -> Bools:
    """Tell where the special dwellings that households (rows) need are free, bool [rows, G]."""
    fits = np.ones((rows.size, left.shape[0]), dtype=np.bool_)
    if instance.woningen is not None:
        for k in range(left.shape[1]):
            fits &= left[:, k] >= instance.woningen.nodig[rows, k, None]
    return fits


def of_policy(instance: Instance) -> Instance:
    """Return a problem without the level that compares with an earlier run: there, each alternative is a change."""
    return instance.replace(niveaus=tuple(n for n in instance.niveaus if LEVELS[n.naam].of_policy))


def alternatives(instance: Instance, gemeente: Ints, count: int = 3) -> Alternatives:
    """Find up to ``count`` alternatives for each linked household that nobody locked; equation (22) of docs/method.md.

    An alternative is a municipality that the policy admits and that has room for the household as things stand, and
    the special dwelling that it needs. They
    are ranked level by level, then by code.

    Parameters
    ----------
    instance
        The problem; only what the policy itself counts makes one alternative better than another.
    gemeente
        Row of the municipality per household, or -1, int64 [H].
    """
    instance = of_policy(instance)
    found = Alternatives(
        np.full((gemeente.size, count), -1, dtype=np.int64),
        np.zeros((gemeente.size, count)),
        np.zeros((gemeente.size, count), dtype=np.int64),
    )
    linked = np.flatnonzero((gemeente >= 0) & (instance.vastgezet < 0)) if instance.niveaus else gemeente[:0]
    rest, left = remaining(instance, gemeente), dwellings_left(instance, gemeente)
    for start in range(0, linked.size, CHUNK):
        _rank(instance, gemeente, rest, left, linked[start : start + CHUNK], found)
    return found


def _rank(instance: Instance, gemeente: Ints, rest: Ints, left: Ints, rows: Ints, found: Alternatives) -> None:
    open_pairs = instance.toegestaan[rows] & (rest >= instance.personen[rows, None])
    open_pairs &= dwelling_fits(instance, rows, left)
    if instance.tempo is not None:
        open_pairs &= ~instance.tempo.full(instance.personen, gemeente, rows)
    open_pairs[np.arange(rows.size), gemeente[rows]] = False
    own = gemeente[rows]
    for k in range(found.gemeente.shape[1]):
        best = open_pairs.copy()
        for level in instance.niveaus:
            value = np.where(best, level.value[rows], np.iinfo(np.int32).min)
            best &= value == value.max(axis=1, keepdims=True)
        some = np.flatnonzero(best.any(axis=1))
        pick = best[some].argmax(axis=1)
        open_pairs[some, pick] = False
        found.gemeente[rows[some], k] = pick
        difference = np.stack(
            [(n.value[rows[some], pick] - n.value[rows[some], own[some]]) * n.unit for n in instance.niveaus]
        )
        differs = difference != 0
        first = np.where(differs.any(axis=0), differs.argmax(axis=0), len(instance.niveaus))
        found.niveau[rows[some], k] = first
        at = np.minimum(first, len(instance.niveaus) - 1)
        found.verschil[rows[some], k] = difference[at, np.arange(some.size)]


def in_words(instance: Instance, found: Alternatives, codes: npt.NDArray[np.str_], k: int) -> list[str]:
    """Write the k-th alternative of every household: code, difference, name of the level ("" without one).

    ``GM0344 -0,1250 verwacht_behouden``; where no level differs the lottery decided: ``GM0344 0 loting``.
    """
    out, niveaus = [], of_policy(instance).niveaus
    for pick, level, verschil in zip(found.gemeente[:, k], found.niveau[:, k], found.verschil[:, k], strict=True):
        if pick < 0:
            out.append("")
        elif level == len(niveaus):
            out.append(f"{codes[pick]} 0 loting")
        else:
            n = niveaus[level]
            out.append(f"{codes[pick]} {_signed(verschil, DECIMALS[LEVELS[n.naam].kind] or 0)} {n.naam}")
    return out


def _signed(value: float, decimals: int) -> str:
    """Write a difference with its sign and without points between thousands, to be read back by machines.

    >>> _signed(0.125, 4), _signed(-2, 0)
    ('+0,1250', '-2')
    """
    return f"{value:+.{decimals}f}".replace(".", ",")
