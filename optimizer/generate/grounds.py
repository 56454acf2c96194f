"""Grounds other than work: family, study, medical care, a social network."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.generate.draw import chance, near, pick
from optimizer.rules.parameters import Parameters


def draw_grounds(
    rng: np.random.Generator,
    household: npt.NDArray[np.str_],
    opvang: npt.NDArray[np.int64],
    works: npt.NDArray[np.bool_],
    p: Parameters,
) -> pd.DataFrame:
    """Draw the table of grounds: family and network anywhere, study and care near the reception municipality.

    Parameters
    ----------
    household, opvang, works
        Id, row of the reception municipality and whether somebody has a job, per household [households].
    """
    rows = []
    for kind, share in p["generate/gronden"].items():
        chosen = chance(rng, share, len(household))
        if kind == "gezin":
            chosen |= works & chance(rng, p["generate/gezin_bij_baan"], len(household))
        at = np.flatnonzero(chosen)
        decay = np.inf if kind in {"gezin", "netwerk"} else p["generate/afstand_km"]
        rows.append(
            pd.DataFrame(
                {
                    "row": at,
                    "huishouden_id": household[at],
                    "grond": kind,
                    "gemeente": load_gemeenten().code[near(rng, opvang[at], decay)],
                    "bewijs": pick(rng, p["generate/bewijs"], len(at)),
                }
            )
        )
    return pd.concat(rows).sort_values("row", kind="stable", ignore_index=True).drop(columns="row")
