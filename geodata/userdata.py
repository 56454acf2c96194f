"""Where what a user fetched is kept: official boundaries, and tables of a route server."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath

VARIABLE = "KOPPELWIJZER_DATA"
NAME = "koppelwijzer"


def folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform, home: Path | None = None) -> Path:
    """Return the folder for fetched data; it need not exist.

    What ``KOPPELWIJZER_DATA`` names, else the place where the system keeps what can be fetched again:
    ``%LOCALAPPDATA%`` on Windows, ``~/Library/Caches`` on macOS, ``$XDG_CACHE_HOME`` or ``~/.cache`` elsewhere.

    Parameters
    ----------
    environment, platform, home
        The environment, ``sys.platform`` and the home folder; those of this process if not given.

    Examples
    --------
    >>> folder({"KOPPELWIJZER_DATA": "kaarten"}).as_posix()
    'kaarten'
    >>> folder({}, "linux", Path("/home/an")).as_posix()
    '/home/an/.cache/koppelwijzer'
    """
    if environment.get(VARIABLE):
        return Path(environment[VARIABLE])
    own = home or Path.home()
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or own / "AppData" / "Local") / NAME
    if platform == "darwin":
        return own / "Library" / "Caches" / NAME
    # The XDG specification: a relative path is to be ignored.
    cache = environment.get("XDG_CACHE_HOME", "")
    return (Path(cache) if PurePath(cache).is_absolute() else own / ".cache") / NAME
