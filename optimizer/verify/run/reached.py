"""The receipt says of each level what the written proposal reaches, worked out by the judge."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from optimizer.domain.levels import LEVELS
from optimizer.domain.uitvoer import RECEIPT
from optimizer.rules.parameters import Parameters
from optimizer.verify.case import Case
from optimizer.verify.findings import bevinding
from optimizer.verify.households import Ints
from optimizer.verify.levels import Kansen, level_value
from optimizer.verify.oordeel import Bevinding

#: What a number in the receipt may differ, relative to its size: it is written with all its digits.
SLACK = 1e-9


def levels_reached(case: Case, receipt: Mapping[str, Any], niveaus: Sequence[str], chances: Kansen) -> list[Bevinding]:
    """Every level has its name, the value of the proposal, a bound that is not below it, and the gap between them.

    What later levels had to keep of it is its best value less the room that the policy leaves; the proposal keeps it.
    """
    passes_by = case.eisen is not None and case.eisen.bij_tekort == "uitzondering"
    wanted = [n for n in niveaus if n != "gronden_gehonoreerd" or passes_by]
    found: list[Bevinding] = []
    for i, level in enumerate(receipt["levels"]):
        name = wanted[i] if i < len(wanted) else ""
        for key, right in _expected(case, level, name, chances):
            if not _equal(level.get(key), right):
                said = (f"levels.{i}.{key}", _written(level.get(key)), _written(right))
                found.append(wrong_value(case.parameters, *said))
    return found


def given_up(case: Case, name: str, best: float, value: Ints | None) -> float:
    """Return what later levels may give up of a level, in its unit: a share of what was free to choose, or a number.

    Parameters
    ----------
    best
        What the level reached in its turn, everybody counted.
    value
        What the link of each household is worth on it, int64 [n]; None where that is not known.
    """
    room = case.eisen.speelruimte.get(name) if case.eisen is not None else None
    if room is None or name not in LEVELS:
        return 0.0
    unit = Decimal(str(LEVELS[name].unit))
    fixed = 0 if value is None else int(value[case.links.linked & case.locked].sum())
    free = abs(round(best / LEVELS[name].unit) - fixed)
    units = int(Decimal(str(room["aantal"])) / unit) + int(Decimal(str(room["deel"])) * free)
    return float(units * unit)


def wrong_value(parameters: Parameters, key: str, stands: str, right: str) -> Bevinding:
    """Return the finding that a value of the receipt is another than it should be."""
    return bevinding("bewijs_onjuist", parameters, baan=key, gevonden=stands, toegestaan=right, bestand=RECEIPT)


def _expected(case: Case, level: Mapping[str, Any], name: str, chances: Kansen) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a level with what should stand there, as far as that can be known."""
    yield "name", name
    value = level_value(case, name, chances) if name in LEVELS else None
    if value is not None:
        yield "value", float(value[case.links.linked].sum()) * LEVELS[name].unit
    reached, bound = level["value"], level["bound"]
    if reached is None or bound is None:
        return
    slack = SLACK * max(1.0, abs(reached))
    roomy = case.eisen is not None and name in case.eisen.speelruimte
    best = level.get("best") if roomy else reached
    if best is None:
        yield "best", reached
        return
    yield "best", best
    yield "floor", best - given_up(case, name, best, value)
    if level.get("floor") is not None and reached < level["floor"] - slack:
        yield "floor", reached
    most = level.get("most")
    if not roomy or most is None or not reached - slack <= most <= bound + slack:
        yield "most", bound
    if bound < max(best, reached) - slack:
        yield "bound", max(best, reached)
    if (level["gap"] == 0.0) != (abs(bound - best) <= slack):
        yield "gap", (bound - best) / max(1.0, abs(best))
    if level["status"] == "proven" and level["gap"] != 0.0:
        yield "status", "gap"


def _equal(stands: Any, right: Any) -> bool:
    if isinstance(stands, float | int) and isinstance(right, float):
        return bool(np.isclose(stands, right, rtol=SLACK, atol=SLACK))
    return bool(stands == right)


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
