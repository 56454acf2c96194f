"""The pace of a round: what households may take of a municipality and a labour-market region."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile
from typing import Any

import numpy as np

from geodata.gemeenten import load_gemeenten
from optimizer.domain.eisen import TempoTelt
from optimizer.verify.case import Case
from optimizer.verify.findings import bevinding
from optimizer.verify.households import Bools, Ints
from optimizer.verify.oordeel import Bevinding

#: Units of the levels that go before the pace, as far as they are the first of the policy.
FIRST_UNITS = ("personen", "huishoudens", "banen")


@dataclass(frozen=True)
class Pace:
    """How many persons that count may go where, and how many do.

    Attributes
    ----------
    counts
        Households that count, linked or waiting, among those that nobody fixed, bool [n].
    most, used
        Of each municipality, int64 [municipalities].
    region
        Row of the labour-market region of each municipality, int64 [municipalities].
    most_region, used_region
        Of each region, int64 [regions].
    """

    counts: Bools
    most: Ints
    used: Ints
    region: Ints
    most_region: Ints
    used_region: Ints

    def full(self, case: Case, households: Ints) -> Bools:
        """Tell where some households (rows) may not go beside everybody else, bool [rows, municipalities]."""
        size = np.where(self.counts[households], case.households.counted[households], 0)[:, None]
        counts = self.counts[households][:, None]
        at = case.links.gemeente[households]
        linked = case.links.linked[households]
        here = linked[:, None] & (at[:, None] == np.arange(self.most.size)[None, :])
        inside = linked[:, None] & (self.region[at][:, None] == self.region[None, :])
        over = self.used[None, :] - size * here + size > self.most[None, :]
        over |= (self.used_region - self.most_region)[self.region][None, :] - size * inside + size > 0
        closed: Bools = counts & over
        return closed


def pace(case: Case) -> Pace | None:
    """Return the pace of a case; None where the policy sets none, none was named, or it yields altogether."""
    eisen = case.eisen
    if eisen is None or not (eisen.tempo_gemeente or eisen.tempo_regio) or eisen.tempo_telt == "niemand":
        return None
    persons, opgave = case.households.counted, case.households.opgave
    _, region = np.unique(load_gemeenten().arbeidsmarktregio, return_inverse=True)
    counts = ~_fixed(case)
    if eisen.tempo_telt == "zonder_grond":
        counts &= ~case.grounds.has
        counts[case.jobs.household[case.jobs.known]] = False
    least = max(int(eisen.tempo_minste_personen), int(persons[counts].max(initial=0)))
    everybody = int(persons.sum())

    def most(left: Ints, times: float) -> Ints:
        if not times:
            return np.full(left.size, everybody, dtype=np.int64)
        return np.array([max(least, _share(times, everybody, one, int(left.sum()))) for one in left.tolist()], np.int64)

    def summed(per_gemeente: Ints) -> Ints:
        total = np.zeros(int(region.max()) + 1, dtype=np.int64)
        np.add.at(total, region, per_gemeente)
        return total

    used = np.zeros_like(opgave)
    who = counts & case.links.linked
    np.add.at(used, case.links.gemeente[who], persons[who])
    return Pace(
        counts,
        most(opgave, eisen.tempo_gemeente),
        used,
        region.astype(np.int64),
        most(summed(opgave), eisen.tempo_regio),
        summed(used),
    )


@dataclass(frozen=True)
class Spread:
    """The pace as capacities, of some households; only what can keep anybody out of a place with room.

    Attributes
    ----------
    use, capacity
        Persons that count, int64 [rows, 1 or 0], and what each municipality takes, int64 [municipalities, 1 or 0].
    region, ceiling
        Region of each municipality, or -1, and persons that count in each region, int64.
    counted
        Persons of each household that count against the ceilings, int64 [rows].
    """

    use: Ints
    capacity: Ints
    region: Ints
    ceiling: Ints
    counted: Ints


def spread_of(case: Case, left: Ints, rows: Ints) -> Spread:
    """Return the pace as capacities, where ``left`` persons [municipalities] are left by those who are fixed."""
    found, persons = pace(case), case.households.counted[rows]
    use, capacity = np.zeros((rows.size, 0), dtype=np.int64), np.zeros((left.size, 0), dtype=np.int64)
    region, ceiling = np.full(left.size, -1, dtype=np.int64), np.zeros(0, dtype=np.int64)
    if found is None:
        return Spread(use, capacity, region, ceiling, persons)
    counted = np.where(found.counts[rows], persons, 0)
    everybody = int(counted.sum())
    if (found.most < np.minimum(left, everybody)).any():
        use, capacity = counted[:, None], found.most[:, None]
    room = np.zeros_like(found.most_region)
    np.add.at(room, found.region, left)
    binds = found.most_region < np.minimum(room, everybody)
    if binds.any():
        region, ceiling = np.where(binds[found.region], found.region, -1), found.most_region
    return Spread(use, capacity, region, ceiling, counted)


def pace_exceeded(case: Case) -> list[Bevinding]:
    """No municipality and no labour-market region takes more people than the pace allows.

    Of a proposal without a receipt it is not known whether the pace had to yield: `pace_not_kept` says so instead.
    """
    if case.eisen is None or case.eisen.tempo_telt == "onbekend":
        return []
    return _exceeded(case, "tempo_overschreden", "tempo_regio_overschreden")


def pace_not_kept(case: Case) -> list[Bevinding]:
    """Where a proposal without a receipt takes more people than the pace allows if everybody counts."""
    if case.eisen is None or case.eisen.tempo_telt != "onbekend":
        return []
    return _exceeded(case, "tempo_niet_gehaald", "tempo_regio_niet_gehaald")


def pace_yielded_in_vain(case: Case, levels: Sequence[Mapping[str, Any]]) -> list[Bevinding]:
    """A pace that yielded must have had to: the proposal of the run itself may not keep to a stricter one.

    Parameters
    ----------
    levels
        The levels of the receipt. Where one of the first, in persons, households or jobs, is not proven, or gave
        something up to a later one, the proposal says nothing about the others, and nothing is found.
    """
    eisen = case.eisen
    if eisen is None or eisen.tempo_telt not in ("zonder_grond", "niemand"):
        return []
    first = list(takewhile(lambda level: level["unit"] in FIRST_UNITS, levels))
    if any(level["gap"] or level["value"] != level["best"] for level in first):
        return []
    stricter: list[TempoTelt] = ["iedereen"] if eisen.tempo_telt == "zonder_grond" else ["iedereen", "zonder_grond"]
    for telt in stricter:
        if not _exceeded(
            replace(case, eisen=replace(eisen, tempo_telt=telt)), "tempo_overschreden", "tempo_overschreden"
        ):
            return [bevinding("tempo_onnodig_geweken", case.parameters, gevonden=eisen.tempo_telt, toegestaan=telt)]
    return []


def _exceeded(case: Case, by_gemeente: str, by_region: str) -> list[Bevinding]:
    """Find each municipality and region above its pace, under these codes."""
    found = pace(case)
    if found is None:
        return []
    names = load_gemeenten().arbeidsmarktregio_naam
    first = np.unique(found.region, return_index=True)[1]
    return [
        *(
            bevinding(
                by_gemeente,
                case.parameters,
                g=case.codes(np.array([g]))[0],
                gevonden=str(found.used[g]),
                toegestaan=str(found.most[g]),
            )
            for g in np.flatnonzero(found.used > found.most)
        ),
        *(
            bevinding(
                by_region,
                case.parameters,
                baan=str(names[first[r]]),
                gevonden=str(found.used_region[r]),
                toegestaan=str(found.most_region[r]),
            )
            for r in np.flatnonzero(found.used_region > found.most_region)
        ),
    ]


def pace_left_by(case: Case, gemeente: Ints) -> Bools:
    """Tell whose other municipality (int64 [n], or `NONE`) the pace leaves no room for, bool [n]."""
    found = None if case.eisen is None or case.eisen.tempo_telt == "onbekend" else pace(case)
    rows = np.arange(len(case.households))
    if found is None:
        return np.zeros(rows.size, dtype=bool)
    moves = (gemeente >= 0) & (gemeente != case.links.gemeente)
    closed: Bools = found.full(case, rows)[rows, gemeente] & moves
    return closed


def _fixed(case: Case) -> Bools:
    """Tell for whom a person or an agreement chose, bool [n]."""
    fixed: Bools = (case.households.lock >= 0) | (case.stays >= 0)
    return fixed


def _share(times: float, everybody: int, left: int, everything: int) -> int:
    """Return ``times`` the share in whole persons, rounded down; in whole numbers, with ``times`` as it is written."""
    whole, _, part = f"{Decimal(str(times)):f}".partition(".")
    parts: int = 10 ** len(part)
    return int(whole + part) * everybody * left // (parts * max(1, everything))
