"""The country on a line stands in for the map in tests that ask for it."""

import pytest

from tests.verify.zaken import lijn


@pytest.fixture
def op_de_lijn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the judge measure along the line of ``zaken``."""
    monkeypatch.setattr("optimizer.verify.case.matrix", lijn)
