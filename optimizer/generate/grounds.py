"""Grounds other than work: family, study, medical care, a social network."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.generate.area import Area
from optimizer.generate.draw import chance, near, pick
from optimizer.rules.parameters import Parameters


def draw_grounds(
    rng: np.random.Generator,
    household: npt.NDArray[np.str_],
    opvang: npt.NDArray[np.int64],
    area: Area,
    p: Parameters,
) -> pd.DataFrame:
    """Draw the table of grounds: family and network anywhere in the area, study and care near reception.

    Parameters
    ----------
    household, opvang
        Id and row of the reception municipality, per household [households].
    """
    rows = []
    for kind, share in p["generate/gronden"].items():
        at = np.flatnonzero(chance(rng, share, len(household)))
        decay = np.inf if kind in {"gezin", "netwerk"} else p["generate/afstand_km"]
        rows.append(
            pd.DataFrame(
                {
                    "row": at,
                    "huishouden_id": household[at],
                    "grond": kind,
                    "gemeente": load_gemeenten().code[near(rng, opvang[at], area.inwoners, decay)],
                    "bewijs": pick(rng, p["generate/bewijs"], len(at)),
                }
            )
        )
    return pd.concat(rows).sort_values("row", kind="stable", ignore_index=True).drop(columns="row")
