"""What this program made and nobody changed since: every file that it publishes carries a stamp of its content.

The stamp is a hash of the name and the bytes, kept by the disk as an attribute of the file, so that nothing is added to
the folder. Where a disk keeps no attributes, the stamps stand in a hidden file, `SUMS`, in the folder. A file that was
changed, renamed, added or copied without its stamp counts as somebody's own. So does a folder inside.
"""

import hashlib
import os
import sys
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

SUMS = ".koppelwijzer"
_ATTRIBUTE = "user.koppelwijzer"
#: What systems put into folders by themselves; nobody made it.
OF_THE_SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def stamp(root: Path, paths: Sequence[Path]) -> None:
    """Mark what was written under ``root`` as ours.

    Parameters
    ----------
    root
        The folder that the names in the stamps start from.
    paths
        Files and folders in it.
    """
    found = {path: digest_of(path, path.relative_to(root).as_posix()) for path in paths}
    lacking = {path.relative_to(root).as_posix(): d for path, d in found.items() if not _set_attribute(path, d)}
    if lacking:
        lines = sorted({**sums_of(root), **lacking}.items())
        part = root / f"{SUMS}.{uuid.uuid4().hex}"
        part.write_text("".join(f"{digest}  {name}\n" for name, digest in lines), encoding="utf-8", newline="\n")
        part.replace(root / SUMS)


def foreign(root: Path) -> list[str]:
    """Name what in a folder is not ours, or was changed since we wrote it; nothing in it may be replaced then."""
    sums = sums_of(root)
    return [
        name
        for path in contents(root)
        for name in [path.relative_to(root).as_posix()]
        if name != SUMS and path.name not in OF_THE_SYSTEM and not is_ours(path, name, sums)
    ]


def is_ours(path: Path, name: str, sums: Mapping[str, str]) -> bool:
    """Tell whether a file or folder is as we wrote it under that name.

    Parameters
    ----------
    sums
        The stamps that the folder holds in a file (`sums_of`), for a disk that keeps no attributes.
    """
    if path.is_symlink() or not (path.is_file() or path.is_dir()):
        return False
    return digest_of(path, name) in (_attribute(path), sums.get(name))


def contents(root: Path) -> list[Path]:
    """Return everything in a folder, at any depth, in order; links are not followed."""
    return sorted(Path(folder) / name for folder, *names in os.walk(root) for part in names for name in part)


def digest_of(path: Path, name: str) -> str:
    """Return the hash of a name and, for a file, of the bytes."""
    digest = hashlib.sha256(os.fsencode(name) + b"\0")
    if path.is_file():
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                digest.update(part)
    return digest.hexdigest()


def sums_of(root: Path) -> dict[str, str]:
    """Return the stamps that a folder holds in a file, by name; none where there is no such file."""
    try:
        lines = (root / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _set_attribute(path: Path, digest: str) -> bool:
    """Have the disk keep a stamp with the file; False where it cannot."""
    if sys.platform != "linux":
        return False
    try:
        os.setxattr(path, _ATTRIBUTE, digest.encode())
    except OSError:
        return False
    return True


def _attribute(path: Path) -> str:
    """Return the stamp that the disk keeps with a file; empty without one."""
    if sys.platform != "linux":
        return ""
    try:
        return os.getxattr(path, _ATTRIBUTE).decode("ascii", "replace")
    except OSError:
        return ""
