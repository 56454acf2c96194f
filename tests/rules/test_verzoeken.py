"""A request for a first link may be considered when no rule closes the municipality and a hard ground lies near."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from optimizer.rules.verzoeken import request_considered
from optimizer.rules.werk import HARD

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "verzoek.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_a_request_is_put_to_the_rules_of_every_link(case: dict[str, Any]) -> None:
    closed, grounded, near, unshown = (np.array([case[k]]) for k in ("closed", "grounded", "near", "unshown_near"))
    assert HARD[request_considered(closed, grounded, near, unshown)[0]] == case["expected"]
