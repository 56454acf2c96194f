"""One batch under several policies: pose, decide, have judged, count, put side by side."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from optimizer.decide import Limits, lottery_draws, work_out
from optimizer.measure import (
    BASELINE,
    Comparison,
    Counted,
    Counts,
    Fates,
    agreements_hold,
    attribution,
    count,
    effect,
    fates,
    mean_over_draws,
    practice_band,
    side_by_side,
)
from optimizer.model import Case, Facts, collect, known_in_time, without_agreements
from optimizer.model.facts import Ints
from optimizer.pipeline.attribution import coalitions, count_draws
from optimizer.pipeline.judging import judged
from optimizer.policy import Beleid
from optimizer.settle import InForce


def compare(
    in_force: InForce,
    policies: Sequence[Beleid],
    *,
    baseline: str = BASELINE,
    draws: int = 200,
    limits: Limits | None = None,
    facts: Facts | None = None,
    given: Sequence[Case] = (),
    attributed: bool = False,
    shapley: bool = True,
    followed: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Comparison:
    """Work a batch out under several policies and count what happens to the jobs.

    Parameters
    ----------
    in_force
        The batch and what is in force.
    policies
        The policies, the baseline among them.
    baseline
        Name of the policy against which differences are taken. `BASELINE` is shown for the practice band as well.
    draws
        Draws of the lottery; its counts are means over draws.
    limits
        When the solver stops.
    facts
        The batch as arrays, where the caller has them.
    given
        Cases that were worked out already; they are not solved again, and the caller has them judged.
    attributed
        Also split the gain over practice by step, which works out further policies.
    shapley
        Split it over every order of the steps too.
    followed
        Also say what becomes of every adult.
    progress
        Told the name of each policy before its turn.

    Raises
    ------
    VoorstelAfgekeurd
        When the judge rejects an answer, or counts otherwise than this program does.
    """
    parameters = in_force.parameters
    facts = facts or collect(in_force.batch, parameters, seed=in_force.seed)
    done = {(case.beleid.naam, case.facts.bekend): case for case in given}
    counted: list[Counted] = []
    effects: list[pd.DataFrame] = []
    lot: dict[str, Fates] = {}

    def solved(beleid: Beleid, of: Facts) -> Case:
        return work_out(in_force.batch, of, beleid, parameters, in_force.kansen, limits=limits)

    for beleid, share, label in _rows(policies, in_force):
        progress(label)
        if label != beleid.naam:
            first, several = count_draws(in_force, facts, beleid, share, draws)
            judged(first)
            counted.append(Counted(label, first, mean_over_draws(several)))
            continue
        known = known_in_time(facts, parameters, share)
        given_case = done.get((beleid.naam, share))
        if given_case is not None:
            known = known.replace(eerder=given_case.facts.eerder)
        case = solved(beleid, known) if given_case is None else given_case
        ours = judged(case) if given_case is None else count(case, case.answer.gemeente)
        counted.append(Counted(label, case, _over_draws(case, ours, draws)))
        if followed:
            adults = in_force.kansen.adults
            lot[label] = fates(case, _links(case, draws), adults.profile, adults.table)
        if agreements_hold(case):
            without = _without_agreements(solved(beleid, without_agreements(known, parameters)))
            judged(without)
            effects.append(effect(case, _links(case, draws), without, _links(without, draws)))
    comparison = replace(side_by_side(counted, baseline, effects), lot=lot)
    if not attributed:
        return comparison
    everything_known = {c.label: c.case for c in counted if c.case.facts.bekend == 1.0}
    unknown = min(practice_band(parameters), default=1.0)
    kept = coalitions(
        in_force, facts, unknown, draws, whole=shapley, done=everything_known, limits=limits, progress=progress
    )
    return replace(comparison, attributie=attribution(kept))


def _rows(policies: Sequence[Beleid], in_force: InForce) -> list[tuple[Beleid, float, str]]:
    """Return policy, share of jobs known and label of each row.

    The baseline stands for practice with every job known; what practice may not know is the band below it. A bound on
    jobs kept knows every job too: a policy may keep a job by chance that a bound over the known jobs does not count.
    """
    rows = [(b, 1.0 if b.naam == BASELINE or b.is_bound else in_force.bekend, b.naam) for b in policies]
    band = practice_band(in_force.parameters)
    return rows + [(b, share, f"{b.naam}@{share}") for b in policies if b.naam == BASELINE for share in band]


def _over_draws(case: Case, ours: Counts, draws: int) -> Counts:
    """Return the counts of a case; a lottery is drawn ``draws`` times, of which the case holds the first."""
    if case.beleid.methode != "loting":
        return ours
    return mean_over_draws(count(case, _links(case, draws)))


def _links(case: Case, draws: int) -> Ints:
    """Return the links of a case, int64 [draws, H]; one draw but for a lottery that begins anew."""
    drawn = case.beleid.methode == "loting" and case.facts.eerder is None
    return lottery_draws(case.problem, draws) if drawn else case.answer.gemeente[None, :]


def _without_agreements(case: Case) -> Case:
    """Return the case with a batch that has no agreements either, for the judge."""
    table = case.batch.bestuursovereenkomsten
    return replace(case, batch=case.batch.replace(bestuursovereenkomsten=table.iloc[:0]))
