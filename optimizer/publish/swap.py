"""Two names change places in one step, so that something whole stands under each of them at every moment."""

import ctypes
import errno
import os
import sys
import uuid
from pathlib import Path

#: What the system answers where it, or the disk, knows no such rename.
_UNKNOWN = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTTY}
_AT_CWD, _NO_REPLACE, _EXCHANGE = -100, 1, 2


def move(new: Path, place: Path) -> None:
    """Rename to a name that is free.

    Raises
    ------
    FileExistsError
        When something stands there.
    """
    if not _rename(new, place, _NO_REPLACE):
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place))
        new.rename(place)


def swap(new: Path, place: Path) -> None:
    """Let two files or folders change names.

    Where the system cannot do that in one step, what stands at ``place`` is set aside for a moment; a process that dies
    then leaves it beside, and `optimizer.publish.staging.clear` puts it back.
    """
    if _rename(new, place, _EXCHANGE):
        return
    aside = place.parent / f"{aside_prefix(place)}{uuid.uuid4().hex}"
    place.rename(aside)
    try:
        new.rename(place)
    except OSError:
        aside.rename(place)
        raise
    aside.rename(new)


def aside_prefix(place: Path) -> str:
    """Return how the name begins of what was set aside at a place."""
    return f".{short(place.name)}.oud-"


def short(name: str) -> str:
    """Return a name that leaves room for what we put around it; names of up to 255 bytes are allowed.

    >>> short("run"), len(short("é" * 120).encode())
    ('run', 120)
    """
    encoded = os.fsencode(name)
    return name if len(encoded) <= 200 else encoded[:120].decode("utf-8", "ignore")


def _rename(old: Path, new: Path, flag: int) -> bool:
    """Ask Linux for a rename of a special kind; False where it is not known."""
    if sys.platform != "linux":
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_CWD, os.fsencode(old), _AT_CWD, os.fsencode(new), flag) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNKNOWN:
        return False
    raise OSError(code, os.strerror(code), str(old), None, str(new))
