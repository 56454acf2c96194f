"""The pace of a round as numbers: who counts, and what of each municipality and region is open to them."""

from dataclasses import dataclass, replace

import numpy as np

from optimizer.domain.eisen import Eisen
from optimizer.model.facts import Bools, Facts, Ints
from optimizer.rules.tempo import most_in_a_round


@dataclass(frozen=True)
class Tempo:
    """Pace; equation (2c) of docs/method.md.

    Attributes
    ----------
    telt
        Households that count, among those that nobody fixed, bool [H].
    deel
        Persons of them that each municipality takes at most, int64 [G].
    regio, plafond
        Row of the region of each municipality, int64 [G], and persons of them that each region takes, int64 [R].
    """

    telt: Bools
    deel: Ints
    regio: Ints
    plafond: Ints

    def less(self, gemeente: int, persons: int) -> "Tempo":
        """Return the pace that is left when persons that count are linked to a municipality (row) beforehand."""
        deel, plafond = self.deel.copy(), self.plafond.copy()
        deel[gemeente] = max(0, int(deel[gemeente]) - persons)
        plafond[self.regio[gemeente]] = max(0, int(plafond[self.regio[gemeente]]) - persons)
        return replace(self, deel=deel, plafond=plafond)

    def full(self, personen: Ints, gemeente: Ints, rows: Ints) -> Bools:
        """Tell where households (rows) may not go with everybody else where an answer puts them, bool [rows, G].

        Parameters
        ----------
        personen
            Persons per household, int64 [H].
        gemeente
            Row of the municipality per household, or -1, int64 [H].
        """
        here = self.telt & (gemeente >= 0)
        used = np.bincount(gemeente[here], weights=personen[here], minlength=self.deel.size).astype(np.int64)
        above = np.bincount(self.regio, weights=used, minlength=self.plafond.size).astype(np.int64)
        at, size = gemeente[rows], np.where(self.telt[rows], personen[rows], 0)[:, None]
        same_region = (at >= 0)[:, None] & (self.regio[at][:, None] == self.regio[None, :])
        over = used[None, :] + size > self.deel[None, :]
        over |= (above - self.plafond)[self.regio][None, :] + np.where(same_region, 0, size) > 0
        return self.telt[rows][:, None] & over


def tempo_of(facts: Facts, eisen: Eisen, fixed: Ints | None = None) -> Tempo | None:
    """Return the pace of a round under a policy; None where it sets none, or where it yields altogether.

    Parameters
    ----------
    facts, eisen
        The batch as arrays, and what the policy binds.
    fixed
        Row of the municipality that each household is fixed at, or -1, int64 [H]; None: as the facts say.
    """
    if not (eisen.tempo_gemeente or eisen.tempo_regio) or eisen.tempo_telt == "niemand":
        return None
    _, region = np.unique(facts.gemeenten.arbeidsmarktregio, return_inverse=True)
    counts = (facts.vastgezet if fixed is None else fixed) < 0
    if eisen.tempo_telt == "zonder_grond":
        counts &= ~(facts.heeft_grond | facts.heeft_baan)
    everybody = int(facts.personen.sum())
    least = max(eisen.tempo_minste_personen, int(facts.personen[counts].max(initial=0)))

    def most(left: Ints, times: float) -> Ints:
        if not times:
            return np.full(left.size, everybody, dtype=np.int64)
        return most_in_a_round(left, everybody, times, least)

    per_region = np.bincount(region, weights=facts.opgave).astype(np.int64)
    return Tempo(
        counts, most(facts.opgave, eisen.tempo_gemeente), region.astype(np.int64), most(per_region, eisen.tempo_regio)
    )
