"""Why this municipality, which alternatives, which shortage: from a finished answer, without a solver."""

from optimizer.explain.told.tables import explain

__all__ = ["explain"]
