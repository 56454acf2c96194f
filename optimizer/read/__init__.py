"""Files to a batch: every error of the input collected, then raised once, with file, row, column and remedy."""

from optimizer.read.batch import check, read_batch
from optimizer.read.checks.regime import with_room
from optimizer.read.checks.workplaces import with_measure
from optimizer.read.sjabloon import write_sjabloon
from optimizer.read.voorstel import read_voorstel

__all__ = ["check", "read_batch", "read_voorstel", "with_measure", "with_room", "write_sjabloon"]
