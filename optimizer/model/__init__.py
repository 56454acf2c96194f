"""Domain, rules, fit and policy become numbers: numpy arrays with labels, and nothing else."""

from optimizer.model.facts import Facts, collect
from optimizer.model.instance import Instance, build
from optimizer.model.levels import LevelValues
from optimizer.model.outcomes import Outcomes, outcomes
from optimizer.model.overeenkomsten import agreed_gemeenten, with_agreements
from optimizer.model.woningen import Woningen

__all__ = [
    "Facts",
    "Instance",
    "LevelValues",
    "Outcomes",
    "Woningen",
    "agreed_gemeenten",
    "build",
    "collect",
    "outcomes",
    "with_agreements",
]
