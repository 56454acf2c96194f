"""From a batch to facts: cells become rows and numbers, once a run; then who is known in time."""

from dataclasses import replace

import numpy as np
import pandas as pd

from geodata.gemeenten import Gemeenten, load_gemeenten
from geodata.herindelingen import bestaat
from optimizer import retention
from optimizer.domain.batch import Batch
from optimizer.domain.lottery import known, tickets
from optimizer.domain.tables import HARDE_GRONDEN
from optimizer.model.agreements import agreed_gemeenten, with_agreements
from optimizer.model.destinations import find_destinations
from optimizer.model.dwellings import collect_dwellings
from optimizer.model.facts import Banen, Facts, Gronden, Ints
from optimizer.rules.gronden import ground_counts
from optimizer.rules.opgave import capacity_left
from optimizer.rules.parameters import Parameters
from optimizer.rules.werk import JA, hard_job


def collect(batch: Batch, parameters: Parameters, *, seed: int = 0, bekend: float = 1.0) -> Facts:
    """Turn a batch into arrays, with what a lock or an agreement fixes.

    Parameters
    ----------
    batch
        Validated input.
    parameters
        In force on the peildatum.
    seed
        Of the lottery and of who is known in time.
    bekend
        Share of households whose jobs are known in time, 0 to 1; `known_in_time` gives the facts of another share.
    """
    return known_in_time(_all_known(batch, parameters, seed), parameters, bekend)


def known_in_time(facts: Facts, parameters: Parameters, bekend: float) -> Facts:
    """Return the facts when another share of the jobs is known: equation (16) of docs/method.md.

    A job that is not known gives no ground, and no agreement lets its holder stay.
    """
    in_time = known(facts.seed, pd.Series(facts.huishoudens), bekend)
    banen = replace(facts.banen, bekend=in_time[facts.banen.huishouden])
    grounds = _with_jobs(facts.van_bestand, banen, facts.voorkeur, list(parameters["gronden/volgorde"]).index("werk"))
    return with_agreements(facts.replace(bekend=bekend, banen=banen, gronden=grounds), parameters)


def _all_known(batch: Batch, parameters: Parameters, seed: int) -> Facts:
    gemeenten = load_gemeenten()
    h = batch.huishoudens
    rij = pd.Index(h["huishouden_id"])
    opgave, volledig = _opgave(batch, parameters, gemeenten)
    personen = h["aantal_personen"].to_numpy(np.int64) + _nareis(h, parameters)
    destinations, plek = find_destinations(batch, gemeenten, parameters["gronden/maat"], parameters.peildatum)
    grounds = _grounds_of_file(batch, parameters, gemeenten, rij)
    locks = _optional_rows(h["vastgezet_gemeente"], gemeenten)
    return Facts(
        gemeenten=gemeenten,
        bestaat=bestaat(parameters.peildatum),
        destinations=destinations,
        huishoudens=h["huishouden_id"].to_numpy(dtype=object),
        lot=tickets("lot", seed, h["huishouden_id"]),
        personen=personen,
        opvang=gemeenten.rows(h["opvang_gemeente"].tolist()),
        vergunning=h["vergunning_datum"].to_numpy().astype("datetime64[D]").astype(np.int64),
        seed=seed,
        bekend=1.0,
        locks=locks,
        vastgezet=locks,
        agreed=agreed_gemeenten(batch, parameters, gemeenten),
        overeenkomst=np.zeros(len(h), dtype=np.bool_),
        uitgesloten=_excluded(h["uitgesloten_gemeenten"], gemeenten),
        opgave=opgave,
        volledig=volledig,
        banen=_banen(batch, parameters, gemeenten, rij, plek),
        van_bestand=grounds,
        gronden=grounds,
        netwerk=_network(batch, gemeenten, rij),
        woningen=collect_dwellings(batch, personen, parameters, gemeenten),
        voorkeur=_preferred(h["voorkeur_grond"], parameters),
        eerder=_earlier(batch, gemeenten),
    )


def _earlier(batch: Batch, gemeenten: Gemeenten) -> Ints | None:
    if batch.eerder is None:
        return None
    return _optional_rows(batch.huishoudens["huishouden_id"].map(batch.eerder).fillna(""), gemeenten)


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


def _banen(batch: Batch, parameters: Parameters, gemeenten: Gemeenten, rij: pd.Index, plek: Ints) -> Banen:
    """Jobs as if every one of them were known."""
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
        maandloon=w["maandloon_eur"].to_numpy(np.float64),
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
        bekend=np.ones(len(w), dtype=np.bool_),
    )


def _network(batch: Batch, gemeenten: Gemeenten, rij: pd.Index) -> Gronden:
    g = batch.gronden
    rows = g[(g["grond"] == "netwerk") & ground_counts(g["bewijs"].to_numpy(dtype=object))]
    household = _rows_of(rij, rows["huishouden_id"])
    return _no_jobs(household, np.zeros(len(rows), np.int64), gemeenten.rows(rows["gemeente"].tolist()))


def _grounds_of_file(batch: Batch, parameters: Parameters, gemeenten: Gemeenten, rij: pd.Index) -> Gronden:
    """Read the hard grounds that were shown, in the order of the file."""
    rank = {kind: i for i, kind in enumerate(parameters["gronden/volgorde"])}
    g = batch.gronden
    rows = g[g["grond"].isin(HARDE_GRONDEN) & ground_counts(g["bewijs"].to_numpy(dtype=object))]
    kind = rows["grond"].map(rank).to_numpy(np.int64)
    return _no_jobs(_rows_of(rij, rows["huishouden_id"]), kind, gemeenten.rows(rows["gemeente"].tolist()))


def _no_jobs(household: Ints, kind: Ints, place: Ints) -> Gronden:
    return Gronden(household, kind, place, np.full(place.size, -1, dtype=np.int64))


def _preferred(kinds: pd.Series, parameters: Parameters) -> Ints:
    """Return the rank of the kind of ground that each household puts first, or -1."""
    rank = {kind: i for i, kind in enumerate(parameters["gronden/volgorde"])}
    return np.array([rank.get(kind, -1) for kind in kinds], dtype=np.int64)


def _with_jobs(of_file: Gronden, banen: Banen, preferred: Ints, rank_of_work: int) -> Gronden:
    """Put the grounds of the file and the known hard jobs together, in order of precedence.

    The kind that the household puts first goes first, then the dated order. Within a kind more hours go first, then the
    lower municipality, then the lower place.
    """
    work = np.flatnonzero((banen.hard == JA) & banen.bekend)
    household = np.r_[of_file.huishouden, banen.huishouden[work]]
    kind = np.r_[of_file.soort, np.full(work.size, rank_of_work, dtype=np.int64)]
    place = np.r_[of_file.plek, banen.plek[work]]
    job = np.r_[of_file.baan, work]
    own = np.r_[of_file.plek, banen.gemeente[work]]
    hours = np.r_[np.zeros(of_file.plek.size), banen.uren[work]]
    later = kind != preferred[household]
    order = np.lexsort((place, own, -hours, kind, later, household))
    return Gronden(household[order], kind[order], place[order], job[order])
