"""What lies at a path, without an exception for what people do to folders."""

import os
import stat
from pathlib import Path
from typing import Literal

from optimizer.errors import Defect

#: Bytes of one file: more is no input of a batch, and would not fit in memory beside what is made of it.
LARGEST = 256 * 1024**2

Place = Literal["file", "folder", "other", "missing", "closed"]


def look(path: Path) -> Place:
    """Tell what lies at a path: ``other`` is a pipe, a device or a dead link, ``closed`` what may not be looked at.

    >>> look(Path("/")), look(Path("/nergens"))
    ('folder', 'missing')
    """
    try:
        kind = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return "other" if path.is_symlink() else "missing"
    except (OSError, ValueError):  # no permission, a ring of links, a name that is too long or holds NUL
        return "closed"
    if stat.S_ISDIR(kind):
        return "folder"
    return "file" if stat.S_ISREG(kind) else "other"


def read_file(path: Path) -> tuple[bytes, list[Defect]]:
    """Read a whole file of reasonable size.

    Returns
    -------
    The bytes, and a defect where there is no file, it may not be read, it is no ordinary file or it is too large.
    """
    if look(path) != "file":
        return b"", [Defect("bestand_onleesbaar", path.name or str(path))]
    try:
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            data = stream.read(LARGEST + 1) if size <= LARGEST else None
    except OSError:
        return b"", [Defect("bestand_onleesbaar", path.name)]
    if data is None or len(data) > LARGEST:
        return b"", [Defect("bestand_te_groot", path.name, details={"grens": str(LARGEST // 1024**2)})]
    return data, []


def entries(folder: Path) -> tuple[list[Path], list[Defect]]:
    """List a folder in alphabetical order, without hidden files and locks of spreadsheets.

    Returns
    -------
    What lies in it, and a defect where it may not be listed.
    """
    try:
        return [p for p in sorted(folder.iterdir()) if not p.name.startswith((".", "~$"))], []
    except OSError:
        return [], [Defect("bestand_onleesbaar", folder.name or str(folder))]
