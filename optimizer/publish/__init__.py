"""The one place that writes what a user keeps: tested first, written beside its place, and never over somebody's work.

Three promises, for a folder and for a single file alike:

- a place that cannot be used is refused before any work is done (`check_free`, `check_file_free`);
- what stands there is replaced only with ``force``, and only where this program made it and nobody changed it since;
- at every moment the old or the new stands under the name, whole, also when the process is killed or the disk is full.
"""

from optimizer.publish.disk import explained, trouble
from optimizer.publish.place import check_file_free, check_free
from optimizer.publish.write import publish, publish_file

__all__ = ["check_file_free", "check_free", "explained", "publish", "publish_file", "trouble"]
