"""Instances from files: what others generate counts as much as what is drawn here."""

from pathlib import Path

import numpy as np

from benchmarks.problem import Problem


def read(file: Path) -> Problem:
    """Read a problem from an ``.npz`` file.

    Arrays: ``persons`` [H], ``opgave`` [G], ``value`` [H, G] or ``level_0``, ``level_1``, .. (most important first).
    Where given: ``admissible`` [H, G], ``use`` [H, K] with ``capacity`` [G, K], ``region`` [G] with ``ceiling``
    [regions], ``lot`` [H].

    Raises
    ------
    ValueError
        If an array is missing, in a sentence that names it.
    """
    with np.load(file, allow_pickle=False) as given:
        arrays = {name: given[name] for name in given.files}
    names = sorted((name for name in arrays if name.startswith("level_")), key=lambda name: int(name[6:]))
    levels = tuple(arrays[name] for name in names) or ((arrays["value"],) if "value" in arrays else ())
    missing = [name for name in ("persons", "opgave") if name not in arrays] + ([] if levels else ["value"])
    if missing:
        msg = f"{file} lacks {', '.join(missing)}; see benchmarks/file.py for the arrays."
        raise ValueError(msg)
    shape = levels[0].shape
    return Problem(
        levels=levels,
        names=tuple(names) or ("value",),
        persons=arrays["persons"].astype(np.int64),
        opgave=arrays["opgave"].astype(np.int64),
        admissible=arrays.get("admissible", np.ones(shape)).astype(bool),
        resources=(arrays["use"], arrays["capacity"]) if "use" in arrays else None,
        regions=(arrays["region"], arrays["ceiling"]) if "region" in arrays else None,
        lot=arrays.get("lot"),
    )
