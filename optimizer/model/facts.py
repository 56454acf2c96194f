"""The facts of a batch as arrays: who, where, which jobs, which grounds. No policy yet."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from geodata.gemeenten import Gemeenten
from optimizer.model.destinations import Destinations
from optimizer.model.dwellings import Woningen

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Banen:
    """Jobs as arrays, in the order of the file.

    Attributes
    ----------
    huishouden, gemeente
        Row of the household, row of the municipality of work, int64 [jobs].
    plek
        Column of ``Facts.km`` to measure to: the municipality, or the place of work where it is named, int64 [jobs].
    uren
        Hours a week, float64 [jobs].
    hard
        Code of ``rules.werk``, int8 [jobs].
    maandloon
        Gross wage a month in euros, float64 [jobs]; NaN where it is not given.
    contract
        Code of ``retention``, int8 [jobs].
    loopt_af
        Whether the contract ends before the moving date, bool [jobs].
    bekend
        Whether the job was known in time, bool [jobs].
    """

    huishouden: Ints
    gemeente: Ints
    plek: Ints
    uren: Floats
    maandloon: Floats
    hard: npt.NDArray[np.int8]
    contract: npt.NDArray[np.int8]
    loopt_af: Bools
    bekend: Bools


@dataclass(frozen=True)
class Gronden:
    """Hard grounds that count, each household's in order of precedence.

    Attributes
    ----------
    huishouden
        Row of the household, int64 [grounds].
    soort
        Rank of the kind in ``gronden/volgorde``, int64 [grounds].
    plek
        Column of ``Facts.km`` to measure to, int64 [grounds].
    baan
        Row of the job that is the ground, or -1, int64 [grounds].
    """

    huishouden: Ints
    soort: Ints
    plek: Ints
    baan: Ints


@dataclass(frozen=True)
class Facts:
    """What is known about a batch, as arrays over households [H] and all municipalities [G] in order of code.

    Attributes
    ----------
    gemeenten
        Labels and regions of the municipalities.
    bestaat
        Whether a municipality exists on the peildatum, bool [G].
    bestemmingen
        What distances are measured to: the municipalities, then the places of work that the input names.
    huishoudens
        Ids, object [H]; ``lot`` their lottery tickets, uint64 [H].
    personen, opvang, vergunning
        Persons, row of reception and permit date as days since 1970, int64 [H].
    seed, bekend
        Seed of the lottery and of who is known in time, and the share of households whose jobs are known.
    locks
        Row of the municipality that a person chose, or -1, int64 [H].
    vastgezet
        Row of the municipality where a lock or an agreement fixes a household, or -1, int64 [H].
    agreed
        Rows of the municipalities with an agreement that lets people stay, int64 [any].
    overeenkomst
        Whether it is an agreement that fixes it (``model.agreements``), bool [H].
    uitgesloten
        Excluded pairs: household rows and municipality rows, two int64 arrays.
    opgave, volledig
        Persons that each municipality can still take and the whole task it had, int64 [G].
    banen, van_bestand, gronden, netwerk
        Jobs; the hard grounds of the file; those and the jobs that are a hard ground and known in time; soft network
        grounds.
    woningen
        Special dwellings: needs and numbers.
    voorkeur
        Rank in ``gronden/volgorde`` of the kind of ground that the household puts first, or -1, int64 [H].
    eerder
        Row of the municipality in the run that this one goes on from, or -1, int64 [H]; None where it goes on from
        none.
    """

    gemeenten: Gemeenten
    bestaat: Bools
    destinations: Destinations
    huishoudens: npt.NDArray[np.object_]
    lot: npt.NDArray[np.uint64]
    personen: Ints
    opvang: Ints
    vergunning: Ints
    seed: int
    bekend: float
    locks: Ints
    vastgezet: Ints
    agreed: Ints
    overeenkomst: Bools
    uitgesloten: tuple[Ints, Ints]
    opgave: Ints
    volledig: Ints
    banen: Banen
    van_bestand: Gronden
    gronden: Gronden
    netwerk: Gronden
    woningen: Woningen
    voorkeur: Ints
    eerder: Ints | None = None

    def replace(self, **changes: object) -> "Facts":
        """Return facts that differ in the given fields."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def km(self) -> Floats:
        """Distance from each municipality to each destination in the measure in force, float64 [G, D]."""
        return self.destinations.km

    @property
    def heeft_grond(self) -> Bools:
        """Whether a household has a hard ground that counts, bool [H]."""
        return np.bincount(self.gronden.huishouden, minlength=len(self.personen)) > 0

    @property
    def heeft_baan(self) -> Bools:
        """Whether a household has a job that was known in time, bool [H]."""
        return np.bincount(self.banen.huishouden[self.banen.bekend], minlength=len(self.personen)) > 0

    @property
    def km_nu(self) -> Floats:
        """Distance from reception to each job, float64 [jobs]."""
        return self.km[self.opvang[self.banen.huishouden], self.banen.plek]
