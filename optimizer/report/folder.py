"""One run is one folder, written beside its place and renamed when it is complete.

A reader of the folder therefore sees no run, the old run or the new run, never a part of one: not when the process is
killed, not when the disk is full, not when two processes write to one place. Two locks of the system (``flock``) see to
it: a folder in the making is locked by its process, so what a dead process left is known by its free lock; and the
parent folder is locked during the short moments in which folders are cleared away, made or renamed. Where the system
cannot lock a folder (Windows, some network disks) leftovers stay and two runs must not be started at once.
"""

import errno
import os
import shutil
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from optimizer.errors import Geweigerd, KoppelwijzerFout
from wording import Sentence

if sys.platform != "win32":
    import fcntl

#: What every run holds; a folder without it is not ours to replace.
RECEIPT = "run.json"
_CAUSES = {
    errno.ENOSPC: Sentence("de schijf is vol", "the disk is full"),
    errno.EDQUOT: Sentence("de schijfruimte van uw account is op", "the disk space of your account is used up"),
    errno.EFBIG: Sentence("een bestand wordt te groot voor deze schijf", "a file becomes too large for this disk"),
    errno.EACCES: Sentence("u mag daar niet schrijven", "you may not write there"),
    errno.EPERM: Sentence("u mag daar niet schrijven", "you may not write there"),
    errno.EROFS: Sentence("die schijf is alleen te lezen", "that disk can only be read"),
    errno.ENOTDIR: Sentence("een deel van het pad is een bestand", "a part of the path is a file"),
    errno.EEXIST: Sentence("een deel van het pad is een bestand", "a part of the path is a file"),
    errno.ENAMETOOLONG: Sentence("de naam is te lang", "the name is too long"),
}


def publish(target: Path, write: Callable[[Path], None], *, force: bool = False) -> Path:
    """Let ``write`` fill a new folder and put it at ``target`` when it is complete; return its path.

    Parameters
    ----------
    target
        Where the run must stand. Its parent folders are made.
    write
        Fills the folder that it is given.
    force
        Replace a run that stands there. A folder that is no run is never replaced.

    Raises
    ------
    Geweigerd
        When something stands at ``target`` that may not be replaced, also when it came there meanwhile.
    KoppelwijzerFout
        When the files cannot be written (full disk, no permission); nothing is left behind.
    """
    place = target.resolve()
    with _explained(place), ExitStack() as held:
        place.parent.mkdir(parents=True, exist_ok=True)
        with _locked(place.parent):
            _clear_leftovers(place)
            check_free(place, force=force)
            folder = place.parent / f".{place.name}.bezig-{uuid.uuid4().hex}"
            folder.mkdir()
            held.enter_context(_locked(folder))
        held.callback(shutil.rmtree, folder, ignore_errors=True)  # a failure, or the old run
        write(folder)
        _sync(folder)
        with _locked(place.parent):
            check_free(place, force=force)
            _put(folder, place)
    return place


def check_free(target: Path, *, force: bool = False) -> None:
    """Refuse a place where no run may be written, before any work is done.

    Raises
    ------
    Geweigerd
        When a run stands there and ``force`` is off, or when what stands there is not a run.
    """
    place = target.resolve()
    if not place.exists() or (place.is_dir() and not any(place.iterdir())):
        return
    if not (place / RECEIPT).is_file():
        raise Geweigerd(
            f"'{place}' bestaat al en is geen uitkomst van dit programma. Kies met --out een andere map.",
            f"'{place}' exists and is no outcome of this program. Choose another folder with --out.",
        )
    if not force:
        raise Geweigerd(
            f"'{place}' bestaat al. Kies met --out een andere map, of vervang hem met --force.",
            f"'{place}' exists. Choose another folder with --out, or replace it with --force.",
        )


@contextmanager
def _explained(place: Path) -> Iterator[None]:
    """Turn a failure of the disk into a sentence."""
    try:
        yield
    except OSError as error:
        told = error.strerror or str(error)
        cause = _CAUSES.get(error.errno or 0, Sentence(told, told))
        raise KoppelwijzerFout(
            f"De uitkomst kan niet worden geschreven in '{place}': {cause.nl}. Er is niets achtergebleven.",
            f"The outcome cannot be written to '{place}': {cause.en}. Nothing is left behind.",
        ) from error


def _put(folder: Path, place: Path) -> None:
    """Rename the complete folder to its place; a run that stood there then stands at ``folder``, to be removed."""
    if not (place / RECEIPT).is_file():
        folder.rename(place)
    else:
        aside = place.parent / f".{place.name}.oud-{uuid.uuid4().hex}"
        place.rename(aside)
        try:
            folder.rename(place)
        except OSError:
            aside.rename(place)
            raise
        aside.rename(folder)
    _sync_folder(place.parent)


def _clear_leftovers(place: Path) -> None:
    """Remove what dead processes left beside the place; an old run that one had moved aside comes back if it can."""
    for left in sorted(place.parent.iterdir()):
        if left.name.startswith(f".{place.name}.oud-") and not place.exists():
            left.rename(place)
        elif left.name.startswith((f".{place.name}.oud-", f".{place.name}.bezig-")) and _abandoned(left):
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, after waiting for it; the system frees it when the process dies."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # a disk without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _abandoned(folder: Path) -> bool:
    """Tell whether no living process holds the lock of a folder; False where that cannot be known."""
    if sys.platform == "win32":
        return False
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:  # its process cleared it away just now
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(handle)


def _sync(folder: Path) -> None:
    """Have the disk hold every file before the name appears."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
