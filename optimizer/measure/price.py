"""What floors cost, or not falling short of the lottery: the same policy with and without, counted alike."""

import numpy as np
import pandas as pd

from optimizer.domain import uitvoer
from optimizer.domain.levels import VLOEREN
from optimizer.measure.counts import count
from optimizer.model import Case
from optimizer.model.levels import LOTTERY_LEVEL, lottery_expects


def price(case: Case, without: Case) -> pd.DataFrame:
    """Return what a policy counts with and without what it does for some, with the columns of ``uitvoer.PRIJS``.

    Parameters
    ----------
    case, without
        One batch under a policy, and under the same policy without its floors and without the level of the lottery.
    """
    ours, theirs = counted(case, case), counted(without, case)
    proven = case.answer.status == without.answer.status == "proven"
    rows = [
        {
            "maat": maat,
            "met": ours[maat],
            "zonder": theirs[maat],
            "verschil": ours[maat] - theirs[maat],
            "bewezen": "ja" if proven else "nee",
        }
        for maat in ours
    ]
    return pd.DataFrame(rows, columns=uitvoer.PRIJS.names)


def counted(case: Case, asked: Case) -> dict[str, float]:
    """Return what is counted of a case by name: jobs and chances, and what the policy of another case looks at."""
    gemeente, levels = case.answer.gemeente, asked.beleid.niveaus
    linked = np.flatnonzero(gemeente >= 0)
    found = {maat: float(value) for maat, value in count(case, gemeente).items() if maat in uitvoer.PRIJSMATEN}
    out = {maat: found[maat] for maat in uitvoer.PRIJSMATEN}
    for floor in (level for level in levels if level in VLOEREN.values()):
        out[floor] = int(case.problem.kansen[floor][linked, gemeente[linked]].sum(dtype=np.int64)) / 10_000
    if LOTTERY_LEVEL in levels:
        expects = lottery_expects(case.facts, case.kans).astype(np.int64)
        gets = np.zeros_like(expects)
        gets[linked] = case.kans[linked, gemeente[linked]]
        short = np.maximum(0, expects - gets)
        out |= {uitvoer.TEKORT: int(short.sum()) / 10_000, uitvoer.ONDER_LOTING: float((short > 0).sum())}
    return out
