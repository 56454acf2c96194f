"""What all tests share: one Hypothesis profile, and the rule about skipped tests."""

import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

ALLES = "KOPPELWIJZER_ALLES"

# The same examples on every machine; tests say nothing about time.
settings.register_profile(
    "koppelwijzer", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("koppelwijzer")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where KOPPELWIJZER_ALLES is set everything is installed, so a skipped test is a failure."""
    report = yield
    if report.skipped and os.environ.get(ALLES) and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although {ALLES} is set: {report.longrepr}"
    return report
