"""Proven links between households and gemeenten: arrays in, a frozen answer out.

`assign` maximises one value per pair; `solve_levels` maximises several levels in order. The mathematics is in
docs/method-solver.md; each function names its equation.
"""

from optimizer.solve.answer import Answer, Level, LevelResult, LevelsAnswer, Status
from optimizer.solve.assign import assign
from optimizer.solve.levels import solve_levels

__all__ = ["Answer", "Level", "LevelResult", "LevelsAnswer", "Status", "assign", "solve_levels"]
