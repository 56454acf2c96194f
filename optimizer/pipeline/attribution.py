"""What each change from practice to optimum keeps: the coalitions of equation (30), each worked out and counted."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations

import numpy as np

from optimizer.decide import Limits, in_order_draws, pose, work_out
from optimizer.domain.lottery import known_draws
from optimizer.measure import BASELINE, Counts, count
from optimizer.measure.attribution import BEKEND, ELKE_BAAN, HELE_GROEP, KANS, STAPPEN, Coalition, Kept, chain
from optimizer.model import Answer, Case, Facts, known_in_time
from optimizer.pipeline.judging import judged
from optimizer.policy import Beleid, adapted
from optimizer.settle import InForce

#: The policies of the chain: by the changes that they hold, without the draw of what is known.
_NAMED = {
    frozenset[str](): "handmatig",
    frozenset({ELKE_BAAN}): "een_voor_een",
    frozenset({ELKE_BAAN, HELE_GROEP}): "straal50",
    frozenset({ELKE_BAAN, HELE_GROEP, KANS}): "kansrijk",
}


#: Counted steps for a coalition that no policy is named after: it enters the Shapley value alone.
STEPS = 6_000


def coalitions(
    in_force: InForce,
    facts: Facts,
    share: float,
    draws: int,
    *,
    whole: bool,
    done: Mapping[str, Case] | None = None,
    limits: Limits | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[Coalition, Kept]:
    """Work out what every coalition of changes keeps.

    Parameters
    ----------
    in_force, facts
        The batch and what is in force, and the batch as arrays.
    share
        Share of the jobs that practice knows in time.
    draws
        Draws of who is known.
    whole
        Every coalition, for the Shapley values; otherwise those of the chain alone.
    done
        Cases that were worked out already with every job known, by policy.
    limits, progress
        When the solver stops, and who is told the name of each policy.
    """
    wanted = [frozenset(c) for k in range(len(STAPPEN) + 1) for c in combinations(STAPPEN, k)] if whole else chain()
    out = {}
    for coalition in wanted:
        beleid = policy_of(in_force, coalition)
        label = beleid.naam if BEKEND in coalition else f"{beleid.naam}@{share:g}"
        case = (done or {}).get(label)
        if case is None:
            progress(label)
        drawn = BEKEND not in coalition and beleid.methode == "volgorde"
        if drawn:
            counts = count_draws(in_force, facts, beleid, share, draws)[1]
        else:
            case = case or work_out(
                in_force.batch,
                known_in_time(facts, in_force.parameters, 1.0 if BEKEND in coalition else share),
                beleid,
                in_force.parameters,
                in_force.kansen,
                limits=limits if beleid.naam in _NAMED.values() else _shorter(limits),
            )
            counts = judged(case)
        out[coalition] = Kept(
            _shown(label, in_force.bekend),
            np.atleast_1d(counts["behouden"]),
            np.atleast_1d(counts["verwacht_behouden"]),
        )
    return out


def _shown(label: str, bekend: float) -> str:
    """Return the name of a step: that of the row that keeps the same, else with the share known (``kansrijk@1``).

    The chain knows every job from its second policy on; the row of a comparison, save the baseline, the share in force.
    """
    return label if bekend == 1.0 or label == BASELINE or "@" in label else f"{label}@1"


def count_draws(in_force: InForce, facts: Facts, beleid: Beleid, share: float, draws: int) -> tuple[Case, Counts]:
    """Count a policy that goes one by one over draws of who is known in time.

    Returns the case of draw 0, the published one, and the counts, float64 [draws] each.
    """
    p = in_force.parameters
    known, unknown = (pose(known_in_time(facts, p, s), beleid, p, in_force.kansen) for s in (1.0, 0.0))
    in_time = known_draws(in_force.seed, facts.huishoudens.tolist(), share, draws)
    links = in_order_draws(known, unknown, in_time)
    first = Case(in_force.batch, pose(known_in_time(facts, p, share), beleid, p, in_force.kansen), Answer(links[0]))
    return first, count(Case(in_force.batch, known, Answer(links[0])), links, in_time)


def policy_of(in_force: InForce, coalition: Coalition) -> Beleid:
    """Return the policy that makes some of the changes; one of the chain is the policy of that name."""
    named = _NAMED.get(coalition - {BEKEND})
    if named is not None:
        return in_force.policy(named)
    if HELE_GROEP in coalition:
        base, jobs = in_force.policy("straal50"), "verwacht_behouden" if ELKE_BAAN in coalition else "hard_behouden"
        levels = ["personen_gekoppeld", "gronden_gehonoreerd", jobs, *(["kans_werk"] if KANS in coalition else [])]
        return _called(adapted(base, {"niveaus": (*levels, "zachte_punten")}), coalition)
    base = in_force.policy("een_voor_een" if ELKE_BAAN in coalition else "handmatig")
    return _called(adapted(base, {"let_op_kans": KANS in coalition}), coalition)


def _shorter(limits: Limits | None) -> Limits:
    given = limits or Limits()
    return replace(given, work_limit=STEPS if given.work_limit is None else min(given.work_limit, STEPS))


def _called(beleid: Beleid, coalition: Coalition) -> Beleid:
    return beleid.model_copy(update={"naam": "+".join(s for s in STAPPEN if s in coalition and s != BEKEND)})
