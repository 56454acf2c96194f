"""What may lie beside a synthetic batch: requests for a first link, and people in procedure who work.

Each has a stream of its own, so that the batch is the same with and without.
"""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.vooruitblik import VOORUITBLIK
from optimizer.generate.draw import pick
from optimizer.rules.parameters import Parameters

#: Number of the stream of each table, beside the seed of the batch.
REQUESTS, AHEAD = 1, 2


def draw_requests(tables: dict[str, pd.DataFrame], n: int, seed: int, parameters: Parameters) -> pd.DataFrame:
    """Draw requests: an employer asks for where a household works, others for anywhere; columns of ``verzoeken``.

    Where nobody works no employer asks.
    """
    rng = np.random.default_rng([seed, REQUESTS])
    households = tables["huishoudens"]["huishouden_id"].to_numpy(dtype=object)
    owner = tables["werk"]["persoon_id"].map(tables["personen"].set_index("persoon_id")["huishouden_id"])
    who = pick(rng, parameters["generate/verzoekers"], n)
    who = np.where((who == "") | ((who == "werkgever") & (len(owner) == 0)), "bewoner", who)
    job = rng.integers(0, max(1, len(owner)), n)
    anybody, place = rng.integers(0, len(households), n), _anywhere(rng, n)
    works = who == "werkgever"
    asks = [str(owner.iloc[j]) if w else str(households[h]) for j, h, w in zip(job, anybody, works, strict=True)]
    there = [
        str(tables["werk"]["werk_gemeente"].iloc[j]) if w else str(g) for j, g, w in zip(job, place, works, strict=True)
    ]
    code = np.where(works, "baan", "wens")
    columns = {"huishouden_id": asks, "gemeente": there, "verzoeker": who, "toelichting_code": code}
    return pd.DataFrame(columns, dtype=object)


def draw_ahead(n: int, seed: int, day: date, parameters: Parameters) -> pd.DataFrame:
    """Draw people in procedure who work, each a household of its own; the columns of ``vooruitblik``."""
    rng = np.random.default_rng([seed, AHEAD])
    months = int(parameters["vooruitblik/maanden"])
    size = 1 + np.searchsorted(np.cumsum(parameters["generate/huishoudgrootte"])[:-1], rng.random(n), side="right")
    later = rng.integers(0, 30 * months, n)
    low, high, share = np.array(parameters["generate/uren"], dtype=np.float64).T
    kind = np.searchsorted(np.cumsum(share)[:-1], rng.random(n), side="right")
    columns = {
        "persoon_id": [f"Q{i:04d}" for i in range(1, n + 1)],
        "huishouden_id": [f"X{i:04d}" for i in range(1, n + 1)],
        "werk_gemeente": _anywhere(rng, n),
        "uren_per_week": np.rint(rng.uniform(low[kind], high[kind])),
        "verwachte_vergunning": pd.to_datetime([day + timedelta(days=int(d)) for d in later]),
        "aantal_personen": size.astype(np.int64),
        "kans_vergunning": np.full(n, np.nan),
    }
    return pd.DataFrame(columns)[list(VOORUITBLIK.names)]


def _anywhere(rng: np.random.Generator, n: int) -> npt.NDArray[np.object_]:
    """Draw municipalities by their inhabitants, CBS codes [n]."""
    gemeenten = load_gemeenten()
    share = gemeenten.inwoners / gemeenten.inwoners.sum()
    codes: npt.NDArray[np.object_] = gemeenten.code[rng.choice(len(gemeenten), n, p=share)].astype(object)
    return codes
