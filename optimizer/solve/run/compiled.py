"""Loops over single pairs, compiled to machine code at first use.

Only loops that numpy cannot express are written this way. They take and fill arrays, call nothing but each other, use
no fused or reordered arithmetic, and so give the same bits on every machine.
"""

import os
import re
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numba
from numba.core import config, event

P = ParamSpec("P")
R = TypeVar("R")

HOUSE = Path(__file__).parents[3]  # the folder that holds the package
LOOP = re.compile(rb"^@compiled", re.MULTILINE)
IMPORT = re.compile(rb"^(?:from|import) (optimizer[.\w]*)", re.MULTILINE)


def folder() -> Path:
    """Return where the machine code is kept: one folder for each state of the files that the loops depend on.

    Numba looks at the age of one file only, and would keep a loop whose callee in another file has changed.
    """
    cache = os.environ.get("KOPPELWIJZER_CACHE") or os.environ.get("XDG_CACHE_HOME")
    root = Path(cache) if cache else Path.home() / ".cache"
    try:
        (root / "koppelwijzer" / "loops").mkdir(parents=True, exist_ok=True)
    except OSError:
        root = Path(tempfile.gettempdir())
    return root / "koppelwijzer" / "loops" / state(HOUSE)


def state(house: Path) -> str:
    """Name the state of all files of the solver that hold a loop, and of every file that these import, however far."""
    found: dict[Path, bytes] = {}
    waiting = []
    for file in sorted((house / "optimizer" / "solve").rglob("*.py")):
        source = file.read_bytes()
        if LOOP.search(source):
            waiting.append(file)
    while waiting:
        file = waiting.pop()
        if file in found:
            continue
        found[file] = file.read_bytes()
        for name in IMPORT.findall(found[file]):
            module = house.joinpath(*name.decode().split("."))
            waiting += [path for path in (module.with_suffix(".py"), module / "__init__.py") if path.is_file()]
    told = sha256()
    for file in sorted(found):
        told.update(file.relative_to(house).as_posix().encode() + b"\0" + found[file])
    return told.hexdigest()[:16]


# Level 1 compiles twice as fast as level 3, and these loops run as fast.
vars(config)["OPT"] = type(vars(config)["OPT"])("1")
if not vars(config)["CACHE_DIR"]:
    vars(config)["CACHE_DIR"] = str(folder())


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function at its first call and keep the result on disk where that can be."""
    return to_machine_code(function, inside=False)


def compiled_inside(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a short function into each loop that calls it: a call with many arrays costs more than its work."""
    return to_machine_code(function, inside=True)


def to_machine_code(function: Callable[P, R], *, inside: bool) -> Callable[P, R]:
    """Compile a function, into its callers or by itself."""
    try:
        fast: Callable[P, R] = numba.njit(cache=True, nogil=True, forceinline=inside)(function)
        keep_apart(fast)
    except RuntimeError:  # no folder can be written: compiled anew by each process
        fast = numba.njit(nogil=True, forceinline=inside)(function)
    return fast


class _Compiling(event.Listener):
    """Tells once that a loop is compiled: one that is read from disk begins no compilation."""

    tell: Callable[[], None] | None = None

    def on_start(self, event: Any) -> None:  # noqa: ARG002  (numba gives what is compiled)
        """Tell it, the first time."""
        tell, self.tell = self.tell, None
        if tell is not None:
            tell()

    def on_end(self, event: Any) -> None:
        """Tell nothing."""


_COMPILING = _Compiling()
event.register("numba:compile", _COMPILING)  # type: ignore[no-untyped-call]


def tell_when_compiling(tell: Callable[[], None]) -> None:
    """Have somebody told, once, when loops have to be compiled: on a machine where that was not done before."""
    _COMPILING.tell = tell


def keep_apart(fast: Any) -> None:
    """Let each process write machine code to files of its own.

    Numba numbers the files of a loop. Two processes that fill the cache together would give one number to two
    versions of a loop, and a third process would run the wrong one.
    """
    files = vars(vars(fast)["_cache"])["_cache_file"]
    vars(files)["_data_name_pattern"] = f"{os.getpid()}.{vars(files)['_data_name_pattern']}"
