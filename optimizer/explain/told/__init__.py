"""The texts of a finished case: why this municipality, which alternatives, which shortage. Loads no solver."""

from optimizer.explain.told.tables import explain

__all__ = ["explain"]
