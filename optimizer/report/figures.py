"""The numbers that the page tells, computed once from the tables of a run."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from optimizer.domain.uitvoer import UITKOMSTEN
from optimizer.domain.voorstel import Niveau, Voorstel


@dataclass(frozen=True)
class Range:
    """A value with a low and a high variant; None where nobody computed them."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Outcome:
    """One outcome of jobs: how many jobs have it, and how many of those are a hard ground."""

    name: str
    jobs: int
    hard: int


@dataclass(frozen=True)
class Summary:
    """One proposal in numbers."""

    households: int
    households_linked: int
    persons: int
    persons_linked: int
    jobs: int
    jobs_hard: int
    outcomes: tuple[Outcome, ...]
    expected_loss: Range

    def jobs_with(self, outcome: str) -> int:
        """Return the number of jobs with an outcome."""
        return next(o.jobs for o in self.outcomes if o.name == outcome)


@dataclass(frozen=True)
class Policy:
    """One policy of a comparison."""

    name: str
    method: str
    known: float
    persons_linked: float
    households_unlinked: float
    within: float
    lost: Range
    lost_hard: float
    expected_loss: Range
    chance_of_work: float
    lost_against_baseline: float | None
    expected_against_baseline: float | None
    grounds_not_honoured: float


@dataclass(frozen=True)
class Gain:
    """Jobs lost in three steps: as in practice, with every job known in time, and linking the whole batch at once."""

    late: Policy
    in_time: Policy
    at_once: Policy


def summarise(voorstel: Voorstel, policies: Sequence[Policy] = ()) -> Summary:
    """Count what a proposal does; the low and high loss come from the comparison where it holds this policy."""
    rows, banen = voorstel.voorstel, voorstel.banen
    linked = rows["status"] != "niet_gekoppeld"
    hard = banen["hard"] == "ja"
    outcomes = tuple(
        Outcome(name, int((banen["uitkomst"] == name).sum()), int((hard & (banen["uitkomst"] == name)).sum()))
        for name in UITKOMSTEN
    )
    compared = find(policies, voorstel.beleid)
    loss = float(banen["verwacht_verloren"].sum())
    return Summary(
        households=len(rows),
        households_linked=int(linked.sum()),
        persons=int(rows["aantal_personen"].sum()),
        persons_linked=int(rows.loc[linked, "aantal_personen"].sum()),
        jobs=len(banen),
        jobs_hard=int(hard.sum()),
        outcomes=outcomes,
        expected_loss=Range(loss, compared.expected_loss.low, compared.expected_loss.high) if compared else Range(loss),
    )


def policies_of(comparison: pd.DataFrame) -> tuple[Policy, ...]:
    """Return the rows of a comparison, in order."""
    return tuple(_policy(row) for row in comparison.to_dict("records"))


def find(policies: Sequence[Policy], name: str) -> Policy | None:
    """Return the policy of that name; None when it was not compared."""
    return next((p for p in policies if p.name == name), None)


def partly_known(policies: Sequence[Policy], name: str) -> list[Policy]:
    """Return the rows of a policy that knows part of the jobs in time (``handmatig@0.6``), the least first."""
    return sorted((p for p in policies if p.name.startswith(f"{name}@")), key=lambda p: p.known)


def gain(policies: Sequence[Policy], baseline: str, chosen: str) -> Gain | None:
    """Return the steps from a baseline that knows part of the jobs to the chosen policy; None when one is missing.

    Of several such baselines the one that knows most comes first.
    """
    late = max(partly_known(policies, baseline), key=lambda p: p.known, default=None)
    in_time, at_once = find(policies, baseline), find(policies, chosen)
    return Gain(late, in_time, at_once) if late and in_time and at_once and chosen != baseline else None


def worst_gap(niveaus: Sequence[Niveau]) -> float:
    """Return the largest gap over the levels; 0.0 when all are proven."""
    return max((n.gap for n in niveaus if n.status != "proven"), default=0.0)


def _policy(row: Mapping[Hashable, object]) -> Policy:
    def number(name: str) -> float:
        return float(str(row[name]))

    def known(name: str) -> float | None:
        return None if pd.isna(number(name)) else number(name)

    return Policy(
        name=str(row["beleid"]),
        method=str(row["methode"]),
        known=number("bekend"),
        persons_linked=number("personen_gekoppeld"),
        households_unlinked=number("niet_gekoppeld"),
        within=number("binnen_50km"),
        lost=Range(number("verloren_regel"), known("verloren_regel_p05"), known("verloren_regel_p95")),
        lost_hard=number("verloren_regel_hard"),
        expected_loss=Range(
            number("verwacht_verloren"), known("verwacht_verloren_laag"), known("verwacht_verloren_hoog")
        ),
        chance_of_work=number("kans_werk"),
        lost_against_baseline=known("verschil_verloren_regel"),
        expected_against_baseline=known("verschil_verwacht_verloren"),
        grounds_not_honoured=number("gronden_niet_gehonoreerd"),
    )
