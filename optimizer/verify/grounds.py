"""The hard grounds of households: which they are, which bind, and how far away a link lies from them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from optimizer.domain.batch import Batch
from optimizer.domain.tables import HARDE_GRONDEN
from optimizer.rules.parameters import Parameters
from optimizer.verify.households import NONE, Bools, Floats, Households, Ints, Texts, gemeente_rows, household_rows
from optimizer.verify.jobs import Jobs
from optimizer.verify.workplaces import Workplaces


@dataclass(frozen=True)
class Grounds:
    """The hard grounds of all households, by household and then in order of precedence; k grounds, n households.

    Parameters
    ----------
    household, gemeente
        Whose ground, and in which municipality, int64 [k].
    order
        ``medisch``, ``gezin``, ``studie`` and ``werk`` in order of precedence.
    kind
        Place of the kind of each ground in that order, int64 [k].
    job
        Row of the job that is the ground, int64 [k]; `NONE` for a ground of the file.
    km
        Distance from every municipality (row) to each ground (column), float64 [municipalities, k].
    place
        Name of the place of work that is measured to, text [k]; empty where it is the municipality.
    binding
        Whether the ground is on the list that binds its household, bool [k].
    has
        Households with a hard ground, bool [n].
    incompatible
        Households for whose grounds together no municipality of the country lies near enough, bool [n].
    """

    household: Ints
    gemeente: Ints
    order: tuple[str, ...]
    kind: Ints
    job: Ints
    km: Floats
    place: Texts
    binding: Bools
    has: Bools
    incompatible: Bools

    def kinds(self) -> Texts:
        """Return the kinds of each household in order of precedence joined by ``+``, text [n]; empty without one."""
        present = np.zeros((len(self.has), len(self.order)), dtype=bool)
        present[self.household, self.kind] = True
        combinations, which = np.unique(present, axis=0, return_inverse=True)
        joined = ["+".join(k for k, there in zip(self.order, row, strict=True) if there) for row in combinations]
        return np.array(joined, dtype=object)[which]


def collect_grounds(
    batch: Batch,
    households: Households,
    jobs: Jobs,
    between: Floats,
    workplaces: Workplaces,
    straal_km: float,
    parameters: Parameters,
) -> Grounds:
    """Return the hard grounds of every household: counting rows of ``gronden`` and known hard jobs.

    Parameters
    ----------
    between
        Distance from the linked municipality (row) to that of a ground in the file (column), float64.
    workplaces
        Distances to the jobs.
    """
    order = tuple(parameters["gronden/volgorde"])
    first = batch.huishoudens["voorkeur_grond"].to_numpy(object)
    found = _in_order(_from_file(batch, households), _from_jobs(jobs, workplaces), order, first)
    household, gemeente = found["household"].to_numpy(np.int64), found["gemeente"].to_numpy(np.int64)
    has = np.zeros(len(households), dtype=bool)
    has[household] = True
    incompatible = np.zeros(len(households), dtype=bool)
    binding = np.ones(len(household), dtype=bool)
    job = found["job"].to_numpy(np.int64)
    km = np.where(job == NONE, between[:, gemeente], np.column_stack([workplaces.km, between[:, :1]])[:, job])
    near = km <= straal_km
    for h, mine in _without_common_gemeente(household, near):
        incompatible[h] = True
        binding[mine] = longest_list(near[:, mine])
    place, kind = found["place"].to_numpy(object), found["rank"].to_numpy(np.int64)
    return Grounds(household, gemeente, order, kind, job, km, place, binding, has, incompatible)


def longest_list(within: Bools) -> Bools:
    """Take the grounds one by one and keep each that still leaves a municipality.

    Parameters
    ----------
    within
        bool [municipalities, grounds in order of precedence]: whether the municipality lies near enough.

    Returns
    -------
    bool [grounds]

    Examples
    --------
    >>> longest_list(np.array([[True, False, True], [False, True, False]])).tolist()
    [True, False, True]
    """
    left = np.ones(len(within), dtype=bool)
    kept = np.zeros(within.shape[1], dtype=bool)
    for i, reach in enumerate(within.T):
        kept[i] = bool((left & reach).any())
        if kept[i]:
            left &= reach
    return kept


def farthest_km(grounds: Grounds, linked: Ints, *, binding_only: bool = False) -> Floats:
    """Return the distance of each household's link to its farthest hard ground, float64 [n].

    NaN where the household is not linked or has no such ground.

    Parameters
    ----------
    linked
        Municipality of each household, int64 [n]; `NONE` = not linked.
    binding_only
        Look at the list that binds only.
    """
    farthest = np.full(len(linked), -np.inf)
    use = linked[grounds.household] != NONE
    if binding_only:
        use &= grounds.binding
    h = grounds.household[use]
    np.maximum.at(farthest, h, grounds.km[linked[h], np.flatnonzero(use)])
    return np.where(np.isinf(farthest), np.nan, farthest)


def _from_file(batch: Batch, households: Households) -> pd.DataFrame:
    """Hard rows of ``gronden`` that count: evidence neither denied nor missing."""
    table = batch.gronden
    counts = table["grond"].isin(HARDE_GRONDEN) & ~table["bewijs"].isin(["", "nee"])
    rows = table[counts]
    return pd.DataFrame(
        {
            "household": household_rows(rows["huishouden_id"], households.ids),
            "gemeente": gemeente_rows(rows["gemeente"]),
            "kind": rows["grond"].to_numpy(object),
            "hours": 0.0,
            "job": NONE,
            "place": "",
            "x": 0.0,
            "y": 0.0,
        }
    )


def _from_jobs(jobs: Jobs, workplaces: Workplaces) -> pd.DataFrame:
    counts = (jobs.hard == "ja") & jobs.known
    columns = {
        "household": jobs.household,
        "gemeente": jobs.gemeente,
        "hours": jobs.hours,
        "job": np.arange(len(jobs.hours)),
        "place": workplaces.name,
        "x": workplaces.point[:, 0],
        "y": workplaces.point[:, 1],
    }
    return pd.DataFrame({name: values[counts] for name, values in columns.items()}).assign(kind="werk")


def _in_order(
    from_file: pd.DataFrame, from_jobs: pd.DataFrame, order: Sequence[str], first: NDArray[np.object_]
) -> pd.DataFrame:
    """By household, then the kind that it puts first, then kind in order of precedence, then more hours, code, place.

    Nothing depends on the order of the rows in the files.
    """
    both = pd.concat([from_file, from_jobs], ignore_index=True)
    both["rank"] = both["kind"].map({kind: i for i, kind in enumerate(order)})
    both["asked"] = both["kind"].to_numpy(object) == first[both["household"].to_numpy(np.int64)]
    keys = {
        "household": True,
        "asked": False,
        "rank": True,
        "hours": False,
        "gemeente": True,
        "place": True,
        "x": True,
        "y": True,
    }
    return both.sort_values(list(keys), ascending=list(keys.values()))


def _without_common_gemeente(household: Ints, within: Bools) -> list[tuple[int, Ints]]:
    """Return the households (with the places of their grounds) that no municipality serves in full.

    Parameters
    ----------
    within
        bool [municipalities, k]: whether the municipality lies near enough to the ground.
    """
    if not len(household):
        return []
    owners, starts = np.unique(household, return_index=True)
    served = np.logical_and.reduceat(within, starts, axis=1).any(axis=0)
    ends = np.append(starts[1:], len(household))
    return [(int(owners[i]), np.arange(starts[i], ends[i])) for i in np.flatnonzero(~served)]
