"""Jobs that people found while they waited in reception."""

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.tables import WERK
from optimizer.generate.area import Area
from optimizer.generate.draw import chance, near, pick
from optimizer.generate.households import ids
from optimizer.rules.parameters import Parameters

Int = npt.NDArray[np.int64]

#: Sector in which a kind of work is counted; work of no named kind is counted in the last one.
SECTOR_OF = {
    "schoonmaak": "zakelijke_dienstverlening",
    "productie": "industrie_energie_bouw",
    "horeca": "handel_horeca",
    "distributie": "vervoer_ict",
    "bouw": "industrie_energie_bouw",
    "zorg": "overheid_onderwijs_zorg",
    "landbouw": "landbouw",
    "winkel": "handel_horeca",
    "vervoer": "vervoer_ict",
    "": "cultuur_recreatie_overig",
}
WEEKS_PER_MONTH = 52 / 12
DAYS_PER_MONTH = 30
#: Columns that hold ja, nee or nothing, each with shares of its own.
FLAGS = ("contract_getekend", "loonstrook_gezien", "sluit_aan", "elders_te_vinden", "reba_betaald")


def draw_holders(rng: np.random.Generator, adults: Int, has_job: npt.NDArray[np.float64], p: Parameters) -> Int:
    """Choose who works: one adult (sometimes two, or one adult with two jobs) of some households.

    Parameters
    ----------
    adults
        Number of adults of each household, in the order in which the adults stand.
    has_job
        Chance that each household has a job.

    Returns
    -------
    int64 [jobs]: the row of the adult who holds each job, ascending.
    """
    first = np.cumsum(adults) - adults
    working = np.flatnonzero(chance(rng, has_job, len(adults)))
    one = rng.integers(0, adults[working])
    again = chance(rng, p["generate/tweede_baan"], len(working))
    other = (one + 1) % adults[working]
    return np.sort(np.concatenate([first[working] + one, (first[working] + other)[again]]))


def draw_jobs(
    rng: np.random.Generator, holder: list[str], opvang: Int, peildatum: date, area: Area, p: Parameters
) -> pd.DataFrame:
    """Draw the table of jobs.

    Parameters
    ----------
    holder
        Who holds each job.
    opvang
        Row of the reception municipality of each holder.
    """
    n = len(holder)
    moved = chance(rng, p["generate/baan_bij_eerdere_opvang"], n)
    start = np.where(moved, rng.choice(area.opvang, n), opvang)
    kind = pick(rng, p["generate/werksoort"], n)
    hours = _hours(rng, n, p)
    wage = p["generate/uurloon_eur"] * rng.uniform(0.95, 1.15, n)
    flags = {c: pick(rng, p[f"generate/{c}"], n) for c in FLAGS}
    return pd.DataFrame(
        {
            "persoon_id": holder,
            "werk_gemeente": load_gemeenten().code[near(rng, start, area.workplaces, p["generate/afstand_km"])],
            "uren_per_week": hours,
            "baan_id": ids("B", n),
            **flags,
            **_contract(rng, n, peildatum, p),
            "maandloon_eur": np.rint(hours * WEEKS_PER_MONTH * wage).astype(np.int64),
            "sector": [SECTOR_OF[k] for k in kind.tolist()],
            "werksoort": kind,
            "via_uitzendbureau": _yes(chance(rng, p["generate/via_uitzendbureau"], n)),
            "soort": np.where(chance(rng, p["generate/zelfstandig"], n), "zelfstandig", "loondienst"),
            "werk_postcode4": "",
            "werk_plaats": "",
        },
        columns=list(WERK.names),
    )


def _hours(rng: np.random.Generator, n: int, p: Parameters) -> npt.NDArray[np.float64]:
    """Draw weekly hours by half hours, evenly inside each band."""
    low, high, share = np.array(p["generate/uren"], dtype=np.float64).T
    band = np.searchsorted(np.cumsum(share)[:-1], rng.random(n), side="right")
    hours: npt.NDArray[np.float64] = low[band] + np.floor(rng.random(n) * ((high - low) * 2 + 1)[band]) / 2
    return hours


def _contract(rng: np.random.Generator, n: int, peildatum: date, p: Parameters) -> dict[str, object]:
    """Draw contracts that run on the peildatum: open-ended, with months, or with a last day.

    Nobody began before work was allowed: as long ago as the wait for the permit went on after that day.
    """
    months = np.array([int(m or 0) for m in pick(rng, p["generate/contract_maanden"], n)])
    open_ended = months == 0
    allowed = rng.choice(np.array(p["generate/werk_maanden"]), n)
    total_days = (months * DAYS_PER_MONTH).astype("timedelta64[D]")
    longest = np.where(open_ended, allowed, np.minimum(allowed, months)) * DAYS_PER_MONTH
    gone = np.floor(rng.random(n) * longest).astype("timedelta64[D]")
    begin = np.datetime64(peildatum, "D") - gone
    last_day, no_first_day = p["generate/contract_datum"]
    dated = chance(rng, last_day, n) & ~open_ended
    unknown = chance(rng, no_first_day, n)
    nat = np.datetime64("NaT", "D")
    return {
        "contract_begin": np.where(unknown, nat, begin).astype("datetime64[s]"),
        "contract_einde": np.where(dated, begin + total_days, nat).astype("datetime64[s]"),
        "contract_maanden": pd.array(np.where(open_ended | dated, np.nan, months), dtype="Int64"),
    }


def _yes(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.str_]:
    return np.where(flags, "ja", "nee")
