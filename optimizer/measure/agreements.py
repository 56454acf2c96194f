"""What agreements that let people stay take from others: one batch with and without them, group by group."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from optimizer.domain import uitvoer
from optimizer.measure.outcomes import outcomes
from optimizer.model import Case
from optimizer.model.admissible import honoured

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def agreements_hold(case: Case) -> bool:
    """Tell whether any agreement lets people stay on the peildatum."""
    return bool(case.facts.agreed.size)


def effect(case: Case, links: Ints, without: Case, links_without: Ints) -> pd.DataFrame:
    """Count by group what a policy does with and without the agreements.

    Parameters
    ----------
    case, without
        One batch under one policy, with its agreements and without any.
    links, links_without
        The links of both, a row of the municipality or -1, int64 [draws, H]; one draw but for a lottery.

    Returns
    -------
    The columns of ``uitvoer.OVEREENKOMSTEN``: a row for each group and each thing counted.
    """
    groups = group_of(case)
    size = np.bincount(groups, minlength=len(uitvoer.OVEREENKOMSTGROEPEN))
    counted = [_counts(without, links_without, groups), _counts(case, links, groups)]
    rows = [
        {"beleid": case.beleid.naam, "groep": group, "huishoudens": int(size[g]), "maat": maat}
        | {"zonder": counted[0][maat][g], "met": counted[1][maat][g]}
        for g, group in enumerate(uitvoer.OVEREENKOMSTGROEPEN)
        for maat in uitvoer.OVEREENKOMSTMATEN
    ]
    frame = pd.DataFrame(rows)
    return frame.assign(verschil=frame["met"] - frame["zonder"])[uitvoer.OVEREENKOMSTEN.names]


def group_of(case: Case) -> Ints:
    """Group of each household, an index into ``uitvoer.OVEREENKOMSTGROEPEN``, int64 [H]."""
    near = np.isin(case.facts.opvang, case.facts.agreed)
    return np.where(case.facts.overeenkomst, 0, np.where(near, 1, 2)).astype(np.int64)


def _counts(case: Case, to: Ints, groups: Ints) -> dict[str, Floats]:
    """Count by group, float64 [groups] each; means over draws."""
    facts = case.facts
    found = outcomes(facts, to, case.parameters)
    linked = to >= 0
    kept_ground = linked & facts.heeft_grond & honoured(facts, case.parameters)[0][np.arange(to.shape[1]), to]
    lost = found.uitkomst == uitvoer.UITKOMSTEN.index("verloren_regel")
    within = found.uitkomst == uitvoer.UITKOMSTEN.index("binnen_50km")
    of_jobs = groups[facts.banen.huishouden]
    return {
        "personen_gekoppeld": _per_group(groups, linked * facts.personen),
        "gronden_gehonoreerd": _per_group(groups, kept_ground),
        "banen_binnen_50km": _per_group(of_jobs, within),
        "verloren_regel": _per_group(of_jobs, lost),
        "verwacht_verloren": _per_group(of_jobs, np.nan_to_num(found.verloren)),
    }


def _per_group(groups: Ints, amount: npt.NDArray[np.float64 | np.int64 | np.bool_]) -> Floats:
    """Sum over rows of a group of the mean over draws, float64 [groups]."""
    mean = amount.mean(axis=0, dtype=np.float64)
    return np.bincount(groups, mean, len(uitvoer.OVEREENKOMSTGROEPEN)).astype(np.float64)
