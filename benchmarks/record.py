"""What one trial measured, as it travels from its process to the report."""

import json
import math
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True)
class Record:
    """One trial.

    Attributes
    ----------
    status
        ``proven``, ``gap``, ``limit``, ``relaxation``, ``no bound``, or why there is no answer.
    values, bounds
        Per level, most important first; empty without an answer, None where nothing is proven.
    faults
        Rules that the answer breaks, counted by `benchmarks.check`.
    linked_persons, persons
        Persons linked, and all persons.
    seconds, user_seconds, floor_seconds
        Wall clock and processor time of the method, and of one pass over all pairs in the same process.
    peak_gb, input_gb
        Peak resident memory of the process and what it started, and the arrays that it was given.
    """

    case: str
    seed: int
    method: str
    limit_s: float
    status: str
    households: int = 0
    gemeenten: int = 0
    names: tuple[str, ...] = ()
    values: tuple[float, ...] = ()
    bounds: tuple[float | None, ...] = ()
    faults: tuple[str, ...] = ()
    linked_persons: int = 0
    persons: int = 0
    seconds: float | None = None
    user_seconds: float | None = None
    floor_seconds: float | None = None
    peak_gb: float | None = None
    input_gb: float = 0.0

    @property
    def feasible(self) -> bool:
        """True when there is an answer and it breaks no rule."""
        return bool(self.values) and not self.faults

    def gap(self, bound: float | None) -> float | None:
        """Relative gap of the last level to a bound, None without a feasible answer or a bound, inf at value 0."""
        if not self.feasible or bound is None:
            return None
        left = max(0.0, bound - self.values[-1])
        if self.values[-1] == 0:
            return math.inf if left else 0.0
        return left / abs(self.values[-1])

    def to_json(self) -> str:
        """Write on one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> Self:
        """Read what `to_json` wrote."""
        found: dict[str, Any] = json.loads(line)
        fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in found.items()}
        return cls(**fields)
