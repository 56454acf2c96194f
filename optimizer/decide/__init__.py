"""Which problem a batch is under a policy, and its answer: level by level, in order, or by lottery."""

from optimizer.decide.by_levels import Limits, Progress
from optimizer.decide.by_lottery import lottery_draws
from optimizer.decide.in_order import in_order_draws
from optimizer.decide.method import decide, work_out
from optimizer.decide.pose import pose

__all__ = ["Limits", "Progress", "decide", "in_order_draws", "lottery_draws", "pose", "work_out"]
