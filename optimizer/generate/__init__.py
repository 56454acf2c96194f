"""Synthetic batches on the real municipalities.

Nobody in them exists; every assumption is a parameter ``generate/*``.
"""

from optimizer.generate.batch import draw_tables
from optimizer.generate.files import generate

__all__ = ["draw_tables", "generate"]
