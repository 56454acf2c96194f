"""What becomes of people and jobs under a policy: outcomes, counts, policies side by side. Cases in, tables out."""

from optimizer.measure.agreements import agreements_hold, effect
from optimizer.measure.attribution import attribution
from optimizer.measure.causes import causes
from optimizer.measure.comparison import BASELINE, Comparison, Counted, practice_band, side_by_side
from optimizer.measure.counts import Counts, count, mean_over_draws
from optimizer.measure.fates import Fates, fates
from optimizer.measure.outcomes import Outcomes, outcomes
from optimizer.measure.price import price
from optimizer.measure.winners import winners

__all__ = [
    "BASELINE",
    "Comparison",
    "Counted",
    "Counts",
    "Fates",
    "Outcomes",
    "agreements_hold",
    "attribution",
    "causes",
    "count",
    "effect",
    "fates",
    "mean_over_draws",
    "outcomes",
    "practice_band",
    "price",
    "side_by_side",
    "winners",
]
