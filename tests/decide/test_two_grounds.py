"""Each combination of two hard grounds, as data in tests/cases, before the program and before its judge."""

from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from geodata.distance import between
from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.domain.tables import HARDE_GRONDEN
from optimizer.model import collect
from optimizer.model.admissible import admissible_pairs
from optimizer.verify import judge
from tests.proefbatch import AMERSFOORT, GRONINGEN, UTRECHT, baan, groep, grond, huishouden, parameters

APELDOORN = "GM0200"
CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "twee_gronden.yaml").read_text("utf-8"))
EACH = pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['utrecht']}+{c['elders']} {c.get('hours', '')}")


def with_grounds(case: dict[str, Any], elders: str) -> Batch:
    """One household with a ground in Utrecht and one elsewhere; the other cells give room everywhere."""
    both = zip((UTRECHT, elders), (case["utrecht"], case["elders"]), case.get("hours", (32, 32)), strict=True)
    rows = [(place, kind, float(hours)) for place, kind, hours in both]
    return groep(
        [huishouden("H1")],
        dict.fromkeys(load_gemeenten().code.tolist(), 1),
        werk=[baan("H1", place, uren_per_week=hours) for place, kind, hours in rows if kind == "werk"],
        gronden=[grond("H1", kind, place) for place, kind, _ in rows if kind != "werk"],
    )


def admitted(batch: Batch) -> set[str]:
    pairs = admissible_pairs(collect(batch, parameters()), Eisen("proef"), parameters())
    return set(load_gemeenten().code[pairs[0]].tolist())


def approved(batch: Batch, gemeente: str) -> bool:
    voorstel = pd.DataFrame({"huishouden_id": ["H1"], "gemeente": [gemeente]}, dtype="str")
    found = judge(batch, voorstel, parameters=parameters(), eisen=Eisen("proef")).overtredingen
    assert {b.code for b in found} <= {"grond_buiten_straal"}
    return not found


def within(*places: str) -> set[str]:
    return {code for code in load_gemeenten().code.tolist() if all(between(code, place) <= 50 for place in places)}


def test_the_cases_hold_every_combination() -> None:
    kinds = {*HARDE_GRONDEN, "werk"}
    assert {(c["utrecht"], c["elders"]) for c in CASES} == set(product(kinds, kinds))


@EACH
def test_grounds_that_go_together_both_bind(case: dict[str, Any]) -> None:
    batch = with_grounds(case, APELDOORN)
    assert admitted(batch) == within(UTRECHT, APELDOORN)
    assert [approved(batch, place) for place in (AMERSFOORT, UTRECHT, APELDOORN)] == [True, False, False]


@EACH
def test_of_grounds_that_do_not_go_together_the_first_binds(case: dict[str, Any]) -> None:
    batch = with_grounds(case, GRONINGEN)
    binds, other = (UTRECHT, GRONINGEN) if case["apart"] == "utrecht" else (GRONINGEN, UTRECHT)
    assert admitted(batch) == within(binds)
    assert (approved(batch, binds), approved(batch, other)) == (True, False)
