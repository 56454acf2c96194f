"""The facts of a batch as arrays: who, where, which jobs, which grounds. No policy yet."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.gemeenten import Gemeenten, load_gemeenten
from geodata.herindelingen import bestaat
from optimizer import retention
from optimizer.domain.batch import Batch
from optimizer.domain.lottery import known, tickets
from optimizer.model.destinations import Destinations, find_destinations
from optimizer.model.woningen import Woningen, collect_dwellings
from optimizer.rules.gronden import ground_counts
from optimizer.rules.opgave import capacity_left
from optimizer.rules.parameters import Parameters
from optimizer.rules.werk import JA, hard_job

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
    hard: npt.NDArray[np.int8]
    contract: npt.NDArray[np.int8]
    loopt_af: Bools
    bekend: Bools


@dataclass(frozen=True)
class Gronden:
    """Hard grounds that count, each household's in order of precedence.

    ``huishouden`` is a row, int64 [grounds]; ``soort`` is the rank of the kind in ``gronden/volgorde``; ``plek`` is the
    column of ``Facts.km`` to measure to.
    """

    huishouden: Ints
    soort: Ints
    plek: Ints


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
    vastgezet
        Row of the municipality where a lock or an agreement fixes a household, or -1, int64 [H].
    overeenkomst
        Whether it is an agreement that fixes it (``model.overeenkomsten``), bool [H].
    uitgesloten
        Excluded pairs: household rows and municipality rows, two int64 arrays.
    opgave, volledig
        Persons that each municipality can still take and the whole task it had, int64 [G].
    banen, gronden, netwerk
        Jobs; hard grounds (jobs not known in time left out); soft network grounds.
    woningen
        Special dwellings: needs and numbers.
    volwassenen
        Row of the household of each adult in ``personen``, int64 [adults].
    """

    gemeenten: Gemeenten
    bestaat: Bools
    destinations: Destinations
    huishoudens: npt.NDArray[np.object_]
    lot: npt.NDArray[np.uint64]
    personen: Ints
    opvang: Ints
    vergunning: Ints
    vastgezet: Ints
    overeenkomst: Bools
    uitgesloten: tuple[Ints, Ints]
    opgave: Ints
    volledig: Ints
    banen: Banen
    gronden: Gronden
    netwerk: Gronden
    woningen: Woningen
    volwassenen: Ints

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


def collect(batch: Batch, parameters: Parameters, *, seed: int = 0, bekend: float = 1.0) -> Facts:
    """Turn a batch into arrays; who is known in time follows from equation (16) of docs/method.md.

    Parameters
    ----------
    batch
        Validated input.
    parameters
        In force on the peildatum.
    seed
        Of the lottery and of who is known in time.
    bekend
        Share of households whose jobs are known in time, 0 to 1.
    """
    gemeenten = load_gemeenten()
    h = batch.huishoudens
    rij = pd.Index(h["huishouden_id"])
    opgave, volledig = _opgave(batch, parameters, gemeenten)
    personen = h["aantal_personen"].to_numpy(np.int64) + _nareis(h, parameters)
    destinations, plek = find_destinations(batch, gemeenten, parameters["gronden/maat"], parameters.peildatum)
    banen = _banen(batch, parameters, gemeenten, rij, plek, known(seed, h["huishouden_id"], bekend))
    return Facts(
        gemeenten=gemeenten,
        bestaat=bestaat(parameters.peildatum),
        destinations=destinations,
        huishoudens=h["huishouden_id"].to_numpy(dtype=object),
        lot=tickets("lot", seed, h["huishouden_id"]),
        personen=personen,
        opvang=gemeenten.rows(h["opvang_gemeente"].tolist()),
        vergunning=h["vergunning_datum"].to_numpy().astype("datetime64[D]").astype(np.int64),
        vastgezet=_optional_rows(h["vastgezet_gemeente"], gemeenten),
        overeenkomst=np.zeros(len(h), dtype=np.bool_),
        uitgesloten=_excluded(h["uitgesloten_gemeenten"], gemeenten),
        opgave=opgave,
        volledig=volledig,
        banen=banen,
        gronden=_hard_grounds(batch, parameters, gemeenten, rij, banen),
        netwerk=_network(batch, gemeenten, rij),
        woningen=collect_dwellings(batch, personen, parameters, gemeenten),
        volwassenen=_rows_of(rij, batch.personen["huishouden_id"]),
    )


def _rows_of(rij: pd.Index, ids: pd.Series) -> Ints:
    return rij.get_indexer(pd.Index(ids)).astype(np.int64)


def _nareis(h: pd.DataFrame, parameters: Parameters) -> Ints:
    expected = h["nareis_verwacht"].fillna(0).to_numpy(np.int64)
    return expected if parameters["nareis/telt_mee"] else np.zeros_like(expected)


def _optional_rows(codes: pd.Series, gemeenten: Gemeenten) -> Ints:
    return np.array([gemeenten.index[c] if c else -1 for c in codes], dtype=np.int64)


def _excluded(cells: pd.Series, gemeenten: Gemeenten) -> tuple[Ints, Ints]:
    pairs = [(i, gemeenten.index[c]) for i, cell in enumerate(cells) if cell for c in cell.split()]
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _opgave(batch: Batch, parameters: Parameters, gemeenten: Gemeenten) -> tuple[Ints, Ints]:
    """What each municipality can still take and what it was asked in all: equation (24)."""
    rest = np.zeros(len(gemeenten), dtype=np.int64)
    whole = np.zeros_like(rest)
    t = batch.ruimte(parameters["taakstelling/regime"])
    rows = gemeenten.rows(t["gemeente"].tolist())
    if parameters["taakstelling/regime"] == "capaciteit":
        whole[rows] = t["capaciteit"].to_numpy(np.int64)
        rest[rows] = capacity_left(whole[rows], t["gekoppeld"].to_numpy(np.int64))
    else:
        whole[rows] = (t["taakstelling"] + t["achterstand"]).to_numpy(np.int64)
        rest[rows] = batch.opgave.to_numpy(np.int64)
    return rest, whole


def _banen(
    batch: Batch, parameters: Parameters, gemeenten: Gemeenten, rij: pd.Index, plek: Ints, bekend: Bools
) -> Banen:
    w = batch.werk
    household_of = pd.Series(batch.personen["huishouden_id"].to_numpy(), index=batch.personen["persoon_id"])
    households = _rows_of(rij, household_of.reindex(w["persoon_id"]))
    moving = retention.moving_date(batch.huishoudens, parameters.peildatum, parameters["verhuizing/weken_na_koppeling"])
    end = retention.contract_end(w, parameters.peildatum)
    return Banen(
        huishouden=households,
        gemeente=gemeenten.rows(w["werk_gemeente"].tolist()),
        plek=plek,
        uren=w["uren_per_week"].to_numpy(np.float64),
        hard=hard_job(
            w["uren_per_week"].to_numpy(np.float64),
            (w["contract_getekend"] == "ja").to_numpy(np.bool_),
            (w["loonstrook_gezien"] == "ja").to_numpy(np.bool_),
            (w["soort"] == "zelfstandig").to_numpy(np.bool_),
            minimum_hours=parameters["werk/minimum_uren"],
            need_contract=parameters["werk/contract_nodig"],
            need_payslip=parameters["werk/loonstrook_nodig"],
        ),
        contract=retention.contract_kind(w),
        loopt_af=retention.ends_first(end, moving[households]),
        bekend=bekend[households],
    )


def _network(batch: Batch, gemeenten: Gemeenten, rij: pd.Index) -> Gronden:
    g = batch.gronden
    rows = g[(g["grond"] == "netwerk") & ground_counts(g["bewijs"].to_numpy(dtype=object))]
    household = _rows_of(rij, rows["huishouden_id"])
    return Gronden(household, np.zeros(len(rows), np.int64), gemeenten.rows(rows["gemeente"].tolist()))


def _hard_grounds(batch: Batch, parameters: Parameters, gemeenten: Gemeenten, rij: pd.Index, banen: Banen) -> Gronden:
    """Put the grounds of the file and the known hard jobs together, in order of precedence."""
    rank = {kind: i for i, kind in enumerate(parameters["gronden/volgorde"])}
    g = batch.gronden
    of_file = g[(g["grond"] != "netwerk") & ground_counts(g["bewijs"].to_numpy(dtype=object))]
    work = np.flatnonzero((banen.hard == JA) & banen.bekend)
    household = np.r_[_rows_of(rij, of_file["huishouden_id"]), banen.huishouden[work]]
    kind = np.r_[of_file["grond"].map(rank).to_numpy(np.int64), np.full(work.size, rank["werk"])].astype(np.int64)
    place = np.r_[gemeenten.rows(of_file["gemeente"].tolist()), banen.plek[work]].astype(np.int64)
    own = np.r_[gemeenten.rows(of_file["gemeente"].tolist()), banen.gemeente[work]]
    hours = np.r_[np.zeros(len(of_file)), banen.uren[work]]
    order = np.lexsort((place, own, -hours, kind, household))
    return Gronden(household[order], kind[order], place[order])
