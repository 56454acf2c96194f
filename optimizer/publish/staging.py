"""Where something is made before it gets its name, and what becomes of what dead processes left.

Two locks of the system (``flock``) see to it: a folder in the making is locked by its process, so what a dead process
left is known by its free lock; and the parent folder is locked during the short moments in which folders are cleared
away, made or renamed. Where the system cannot lock a folder (Windows, some network disks) leftovers stay and two runs
must not be started at once.
"""

import os
import re
import shutil
import sys
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from optimizer.publish import ours
from optimizer.publish.swap import aside_prefix, short

if sys.platform != "win32":
    import fcntl

#: Stands in a folder in the making from the moment that what is made is complete, and about to get its name.
_READY = ".klaar"
_HEX = "[0-9a-f]{32}"


@contextmanager
def beside(place: Path) -> Iterator[Path]:
    """Give a folder beside a place to make something in; it is gone afterwards, with all that is in it.

    Parents of the place are made; those that were not there go again when what should come there does not.
    """
    made = [p for p in place.parents if not p.exists()]
    with ExitStack() as held:
        place.parent.mkdir(parents=True, exist_ok=True)
        held.callback(_remove_empty, made)
        with locked(place.parent):
            clear(place)
            folder = place.parent / f"{_prefix(place)}{uuid.uuid4().hex}"
            folder.mkdir()
            held.enter_context(locked(folder))
        held.callback(shutil.rmtree, folder, ignore_errors=True)
        yield folder


def ready(folder: Path) -> None:
    """Have the disk hold every file, and say that what is in the folder is complete."""
    for path in ours.contents(folder):
        if path.is_file() and not path.is_symlink():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    (folder / _READY).touch()
    sync(folder)


def clear(place: Path) -> None:
    """Remove what dead processes left beside a place; what one had set aside comes back if it can.

    Whatever somebody may have changed stays.
    """
    with suppress(OSError):
        for left in sorted(place.parent.iterdir()):
            if left.name.startswith(aside_prefix(place)) and not os.path.lexists(place):
                left.rename(place)
            elif _may_go(left, place):
                _remove(left)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, after waiting for it; the system frees it when the process dies."""
    handle = None
    with suppress(OSError):  # a disk without locks, a folder that may not be listed
        handle = _lock(folder, wait=True)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def sync(folder: Path) -> None:
    """Have the disk hold the names in a folder."""
    if sys.platform == "win32":
        return
    with suppress(PermissionError):  # a folder that may be written and not be listed
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _prefix(place: Path) -> str:
    return f".{short(place.name)}.bezig-"


def _lock(folder: Path, *, wait: bool) -> int | None:
    """Return a handle that holds the lock of a folder; None where there are no locks."""
    if sys.platform == "win32":
        return None
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(handle)
        raise
    return handle


def _abandoned(folder: Path) -> bool:
    """Tell whether no living process holds the lock of a folder; False where that cannot be known."""
    try:
        handle = _lock(folder, wait=False)
    except OSError:  # held, or cleared away by its process just now
        return False
    if handle is not None:
        os.close(handle)
    return handle is not None


def _foreign(left: Path, place: Path) -> bool:
    """Tell whether what was set aside holds something of somebody's."""
    if left.is_dir() and not left.is_symlink():
        return bool(ours.foreign(left))
    return os.path.lexists(left) and not ours.is_ours(left, place.name, ours.sums_of(place.parent))


def _may_go(left: Path, place: Path) -> bool:
    """Tell whether something beside a place was left by a dead process and holds nothing of somebody's."""
    if re.fullmatch(f"{re.escape(aside_prefix(place))}{_HEX}", left.name):
        return not _foreign(left, place)
    if re.fullmatch(f"{re.escape(_prefix(place))}{_HEX}", left.name) and _abandoned(left):
        return not (left / _READY).exists() or not _foreign(left / place.name, place)
    return False


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()
