"""A whole run folder before the judge: one file per table or question, and the recipe in ``judge_run``."""

from optimizer.verify.run.judge_run import judge_run

__all__ = ["judge_run"]
