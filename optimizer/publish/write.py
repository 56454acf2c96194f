"""Publishing a folder or a file: made beside its place, and given its name when it is complete."""

import os
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from optimizer.errors import Geweigerd
from optimizer.publish import ours
from optimizer.publish.disk import explained
from optimizer.publish.place import RUN, check_file_free, check_free, refuse_taken, refuse_taken_file
from optimizer.publish.staging import beside, locked, ready, sync
from optimizer.publish.swap import move, swap

Write = Callable[[Path], object]


def publish(target: Path, write: Write, *, sign: str = RUN, force: bool = False, inputs: Sequence[Path] = ()) -> Path:
    """Let ``write`` fill a new folder and put it at ``target`` when it is complete; return where it stands.

    Parameters
    ----------
    target
        Where the folder must stand. Its parent folders are made.
    write
        Fills the empty folder that it is given.
    sign, force, inputs
        As for `optimizer.publish.check_free`.

    Raises
    ------
    Geweigerd
        When something stands at ``target`` that may not be replaced, also when it came there meanwhile.
    SchrijfFout
        When the files cannot be written (full disk, no permission); nothing is left behind.
    """
    place = check_free(target, sign=sign, force=force, inputs=inputs)
    with explained(place), beside(place) as folder:
        new = folder / place.name
        new.mkdir()
        write(new)
        ours.stamp(new, ours.contents(new))
        ready(folder)
        _put(new, place, lambda standing: refuse_taken(standing, place, sign, force=force))
    return place


def publish_file(
    target: Path, write: Write, *, parents: bool = False, force: bool = False, inputs: Sequence[Path] = ()
) -> Path:
    """Let ``write`` make a file and put it at ``target`` when it is complete, as `publish` does with a folder.

    Parameters
    ----------
    write
        Makes the file whose path it is given.
    parents, force, inputs
        As for `optimizer.publish.check_file_free`.
    """
    place = check_file_free(target, parents=parents, force=force, inputs=inputs)
    with explained(place), beside(place) as folder:
        new = folder / place.name
        write(new)
        ready(folder)
        ours.stamp(folder, [new])
        _put(new, place, lambda standing: refuse_taken_file(standing, place, force=force))
        if (folder / ours.SUMS).exists():  # a disk that keeps no stamp with the file
            ours.stamp(place.parent, [place])
    return place


def _put(new: Path, place: Path, refuse: Callable[[Path], None]) -> None:
    """Give what is complete its name; what stood there then stands at ``new``, to be removed.

    Parameters
    ----------
    refuse
        Raises Geweigerd when what stands somewhere may not be replaced.
    """
    with locked(place.parent):
        refuse(place)
        if not os.path.lexists(place):
            try:
                move(new, place)
            except FileExistsError:
                refuse(place)
                raise
        else:
            with suppress(OSError):  # who closed a folder to others wants the new one closed too
                new.chmod(stat.S_IMODE(place.stat().st_mode))
            swap(new, place)
            try:
                refuse(new)
            except Geweigerd:  # changed in this very moment
                swap(new, place)
                raise
        sync(place.parent)
