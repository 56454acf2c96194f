"""Proven links between households and gemeenten: arrays in, a frozen answer out.

`assign` maximises one value per pair; `solve_levels` maximises several levels in order. The mathematics is in
docs/method-solver.md; each function names its equation.
"""

from optimizer.solve.assign import assign
from optimizer.solve.lexicographic import solve_levels
from optimizer.solve.problem.answer import Answer, Leeway, Level, LevelResult, LevelsAnswer, Status
from optimizer.solve.problem.start import Start

__all__ = ["Answer", "Leeway", "Level", "LevelResult", "LevelsAnswer", "Start", "Status", "assign", "solve_levels"]
