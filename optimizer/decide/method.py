"""A problem in, an answer out: the one place that knows which method a policy asks for."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from optimizer.decide.by_levels import Limits, Progress, by_levels
from optimizer.decide.by_lottery import lottery_draws
from optimizer.decide.in_order import in_order
from optimizer.decide.keep import keep_earlier
from optimizer.decide.pace import paced
from optimizer.decide.pose import pose
from optimizer.domain.batch import Batch
from optimizer.model import Answer, Case, Facts, Problem
from optimizer.policy import Beleid
from optimizer.rules.parameters import Parameters


def decide(
    problem: Problem, *, limits: Limits | None = None, progress: Progress | None = None, certify: bool = False
) -> Answer:
    """Link the households of a problem; those fixed by a lock or an agreement are followed.

    Where it goes on from an earlier run, as few of the others as possible change: by a level of its own before those of
    the policy, or before a method without levels has its turn. The search then begins at the earlier links.
    """
    if problem.beleid.methode == "optimaal":
        seed, earlier = problem.facts.seed, problem.facts.eerder
        return by_levels(problem.instance, seed, limits or Limits(), progress, earlier, certify=certify)
    if problem.facts.eerder is not None:
        problem = keep_earlier(problem, limits or Limits())
    if problem.beleid.methode == "loting":
        return Answer(lottery_draws(problem, 1)[0])
    return Answer(in_order(problem))


def work_out(
    batch: Batch,
    facts: Facts,
    beleid: Beleid,
    parameters: Parameters,
    kansen: Mapping[str, npt.NDArray[np.int32]],
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
    certify: bool = False,
) -> Case:
    """Pose and decide: one batch under one policy, with its answer.

    Parameters
    ----------
    batch, facts
        The input, and the same as arrays.
    beleid, parameters, kansen
        As `pose` takes them.
    limits, progress
        As `decide` takes them.
    certify
        Also make the certificates of the bounds, where the policy optimises.
    """
    problem = paced(pose(facts, beleid, parameters, kansen), limits or Limits())
    return Case(batch, problem, decide(problem, limits=limits, progress=progress, certify=certify))
