"""The numbers that the page tells, computed once from the tables of a run."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from optimizer.domain.uitvoer import UITKOMSTEN, VERLIESOORZAKEN
from optimizer.domain.voorstel import Voorstel
from optimizer.policy import STANDAARD


@dataclass(frozen=True)
class Range:
    """A value with a low and a high variant; None where nobody computed them."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Jobs:
    """What becomes of the jobs of a batch: equation (28) of docs/method.md; the five counts add up to ``total``.

    Whoever compares policies compares `kept` with its bounds, never `lost` alone: a job that is undecided is not lost
    yet, so that a policy which links fewer people loses fewer jobs and keeps no more of them.
    """

    total: float
    kept: float
    undecided: float
    lost: float
    ended: float
    beyond: float

    @property
    def least(self) -> float:
        """Jobs kept if every undecided job is lost."""
        return self.kept

    @property
    def most(self) -> float:
        """Jobs kept if every undecided job is kept."""
        return self.kept + self.undecided


@dataclass(frozen=True)
class Outcome:
    """One outcome of jobs: how many have it, by kind (a hard ground, not shown, neither), and their hours a week."""

    name: str
    jobs: int
    hard: int
    not_shown: int
    too_few: int
    hours: float


@dataclass(frozen=True)
class Summary:
    """One proposal in numbers."""

    households: int
    households_linked: int
    persons: int
    persons_linked: int
    jobs: Jobs
    outcomes: tuple[Outcome, ...]
    expected: Range


@dataclass(frozen=True)
class Policy:
    """One policy of a comparison.

    Attributes
    ----------
    jobs
        What becomes of the jobs; means where something is drawn.
    kept
        Jobs kept with the 5th and 95th percentile over draws; None where nothing is drawn.
    expected
        Jobs expected to be kept, with the low and the high variant of the curve.
    kept_by
        Jobs kept that are a hard ground, that were not shown, and that have too few hours.
    causes
        Jobs lost by cause.
    """

    name: str
    method: str
    known: float
    persons_linked: float
    jobs: Jobs
    kept: Range
    expected: Range
    kept_by: tuple[float, float, float]
    hours_kept: float
    hours_lost: float
    wages_kept: float
    causes: Mapping[str, float]
    chance_of_work: float
    expected_against_baseline: float
    grounds_not_honoured: float


def summarise(voorstel: Voorstel, policies: Sequence[Policy] = ()) -> Summary:
    """Count what a proposal does; the low and high variant come from the comparison where it holds this policy."""
    rows, banen = voorstel.voorstel, voorstel.banen
    linked = rows["status"] != "niet_gekoppeld"
    outcomes = tuple(_outcome(name, banen[banen["uitkomst"] == name]) for name in UITKOMSTEN)
    by_name = {o.name: o.jobs for o in outcomes}
    compared = find(policies, voorstel.beleid)
    return Summary(
        households=len(rows),
        households_linked=int(linked.sum()),
        persons=int(rows["aantal_personen"].sum()),
        persons_linked=int(rows.loc[linked, "aantal_personen"].sum()),
        jobs=Jobs(
            total=len(banen),
            kept=by_name["binnen_50km"],
            undecided=by_name["niet_gekoppeld"],
            lost=by_name["verloren_regel"],
            ended=by_name["loopt_af"],
            beyond=by_name["al_buiten"],
        ),
        outcomes=outcomes,
        expected=compared.expected if compared else Range(float(banen["verwacht_behouden"].sum())),
    )


def _outcome(name: str, banen: pd.DataFrame) -> Outcome:
    hard, not_shown, too_few = (int((banen["hard"] == kind).sum()) for kind in ("ja", "niet_aangetoond", "nee"))
    return Outcome(name, len(banen), hard, not_shown, too_few, float(banen["uren_per_week"].sum()))


def policies_of(comparison: pd.DataFrame) -> tuple[Policy, ...]:
    """Return the rows of a comparison, in order."""
    return tuple(_policy(row) for row in comparison.to_dict("records"))


def find(policies: Sequence[Policy], name: str) -> Policy | None:
    """Return the policy of that name; None when it was not compared."""
    return next((p for p in policies if p.name == name), None)


def partly_known(policies: Sequence[Policy], name: str) -> list[Policy]:
    """Return the rows of a policy that knows part of the jobs in time (``handmatig@0.6``), the least first."""
    return sorted((p for p in policies if p.name.startswith(f"{name}@")), key=lambda p: p.known)


def best_of(policies: Sequence[Policy]) -> Policy:
    """Return the policy that keeps most jobs as things stand; of equals, the one that links most persons.

    Of equals in both, the default: a policy that gains nothing over it is no reason to leave it.
    """
    return max(policies, key=lambda p: (p.jobs.least, p.persons_linked, p.name == STANDAARD, p.expected.value))


def still_open(policies: Sequence[Policy], best: Policy) -> list[Policy]:
    """Return the policies that may yet keep more than the best one does: jobs of theirs are undecided."""
    return [p for p in policies if p is not best and p.jobs.most > best.jobs.least and p.jobs.undecided > 0]


def _policy(row: Mapping[Hashable, object]) -> Policy:
    def number(name: str) -> float:
        return float(str(row[name]))

    def known(name: str) -> float | None:
        return None if pd.isna(number(name)) else number(name)

    kept, expected = number("behouden"), number("verwacht_behouden")
    decided = expected + number("verwacht_verloren")
    return Policy(
        name=str(row["beleid"]),
        method=str(row["methode"]),
        known=number("bekend"),
        persons_linked=number("personen_gekoppeld"),
        jobs=Jobs(
            total=number("banen"),
            kept=kept,
            undecided=number("onbeslist"),
            lost=number("verloren_regel"),
            ended=number("loopt_af"),
            beyond=number("al_buiten"),
        ),
        kept=Range(kept, known("behouden_p05"), known("behouden_p95")),
        # Expected kept and lost add up to the jobs that are decided and do not end first, whatever the curve.
        expected=Range(
            expected, decided - number("verwacht_verloren_hoog"), decided - number("verwacht_verloren_laag")
        ),
        kept_by=(number("behouden_hard"), number("behouden_niet_aangetoond"), number("behouden_te_weinig_uren")),
        hours_kept=number("uren_behouden"),
        hours_lost=number("uren_verloren"),
        wages_kept=number("loon_behouden_eur"),
        causes={name: number(f"verloren_{name}") for name in VERLIESOORZAKEN},
        chance_of_work=number("kans_werk"),
        expected_against_baseline=number("verschil_verwacht_behouden"),
        grounds_not_honoured=number("gronden_niet_gehonoreerd"),
    )
