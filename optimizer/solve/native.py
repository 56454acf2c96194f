"""Loops over single pairs, compiled to machine code at first use.

Only loops that numpy cannot express are written this way. They take and fill arrays, call nothing but each other, use
no fused or reordered arithmetic, and so give the same bits on every machine.
"""

import os
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numba
from numba.core import config

P = ParamSpec("P")
R = TypeVar("R")


def folder() -> Path:
    """Return where the machine code is kept: one folder for each state of the compiled modules.

    Numba looks at the age of one file only, and would keep a loop whose callee in another file has changed.
    """
    sources = (source.read_bytes() for source in sorted(Path(__file__).parent.glob("*.py")))
    state = sha256(b"".join(source for source in sources if b"@compiled" in source)).hexdigest()[:16]
    cache = os.environ.get("KOPPELWIJZER_CACHE") or os.environ.get("XDG_CACHE_HOME")
    root = Path(cache) if cache else Path.home() / ".cache"
    try:
        (root / "koppelwijzer" / "loops").mkdir(parents=True, exist_ok=True)
    except OSError:
        root = Path(tempfile.gettempdir())
    return root / "koppelwijzer" / "loops" / state


# Level 1 compiles twice as fast as level 3, and these loops run as fast.
vars(config)["OPT"] = type(vars(config)["OPT"])("1")
if not vars(config)["CACHE_DIR"]:
    vars(config)["CACHE_DIR"] = str(folder())


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function at its first call and keep the result on disk where that can be."""
    try:
        fast: Callable[P, R] = numba.njit(cache=True, nogil=True)(function)
        keep_apart(fast)
    except RuntimeError:  # no folder can be written: compiled anew by each process
        fast = numba.njit(nogil=True)(function)
    return fast


def keep_apart(fast: Any) -> None:
    """Let each process write machine code to files of its own.

    Numba numbers the files of a loop. Two processes that fill the cache together would give one number to two
    versions of a loop, and a third process would run the wrong one.
    """
    files = vars(vars(fast)["_cache"])["_cache_file"]
    vars(files)["_data_name_pattern"] = f"{os.getpid()}.{vars(files)['_data_name_pattern']}"
