"""Files to a batch: every error of the input collected, then raised once, with file, row, column and remedy."""

from optimizer.read.batch import find_batch, in_order, read_batch
from optimizer.read.checks.regime import room_defects
from optimizer.read.checks.workplaces import with_measure
from optimizer.read.sjabloon import write_sjabloon
from optimizer.read.voorstel import read_voorstel

__all__ = [
    "find_batch",
    "in_order",
    "read_batch",
    "read_voorstel",
    "room_defects",
    "with_measure",
    "write_sjabloon",
]
