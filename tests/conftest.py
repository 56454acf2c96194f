"""What all tests share: one Hypothesis profile, and the rule about skipped tests."""

import os
from collections.abc import Generator, Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings

ALLES = "KOPPELWIJZER_ALLES"
VOORBEELDEN = "KOPPELWIJZER_VOORBEELDEN"

# The same examples on every machine; tests say nothing about time.
settings.register_profile(
    "koppelwijzer", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("koppelwijzer")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every property so many examples at most, none made smaller: mutation testing asks a thousand times over."""
    most = int(os.environ.get(VOORBEELDEN) or 0)
    for function in (item.obj for item in items if most and isinstance(item, pytest.Function)):
        own = vars(function).get("_hypothesis_internal_use_settings")
        if own is not None:
            fewer = settings(own, max_examples=min(most, own.max_examples), phases=(Phase.explicit, Phase.generate))
            vars(function)["_hypothesis_internal_use_settings"] = fewer


@pytest.fixture(autouse=True, scope="session")
def _nothing_fetched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the person who runs the tests has fetched (official boundaries) out of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOPPELWIJZER_DATA", str(tmp_path_factory.mktemp("opgehaald")))
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where KOPPELWIJZER_ALLES is set everything is installed, so a skipped test is a failure."""
    report = yield
    if report.skipped and os.environ.get(ALLES) and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although {ALLES} is set: {report.longrepr}"
    return report
