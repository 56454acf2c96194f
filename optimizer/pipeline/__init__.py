"""Each command as a recipe on one screen; what is in force comes from ``settle``."""

from optimizer.pipeline.afweging import weigh
from optimizer.pipeline.compare import compare_policies
from optimizer.pipeline.judging import judge_file, judge_finished, judge_one
from optimizer.pipeline.orders import Further, Listener, Order, Output, Vervolg
from optimizer.pipeline.reconstruct import Reconstruction, reconstruct
from optimizer.pipeline.relink import Relinks, relink
from optimizer.pipeline.run import run_month

__all__ = [
    "Further",
    "Listener",
    "Order",
    "Output",
    "Reconstruction",
    "Relinks",
    "Vervolg",
    "compare_policies",
    "judge_file",
    "judge_finished",
    "judge_one",
    "reconstruct",
    "relink",
    "run_month",
    "weigh",
]
