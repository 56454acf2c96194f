"""A browser without a head, and a site for it to look at."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from optimizer.review.app import create_app
from optimizer.review.install import prepared
from optimizer.review.settings import sqlite_url
from tests.review.browser.site import free_port, samples, serving
from tests.review.conftest import Clock, settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs the package chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture(scope="session")
def sampled() -> Iterator[str]:
    """The address of the site with the samples."""
    with serving(samples(), free_port()) as address:
        yield f"{address}/steekproef"


@pytest.fixture
def real(klein_file: tuple[Path, str], tmp_path: Path) -> Iterator[str]:
    """The address of the application itself, with a round of four households and the people of the demonstration."""
    shutil.copy(klein_file[0], tmp_path / "ronde.sqlite3")
    port = free_port()
    own = {"base_url": f"http://127.0.0.1:{port}", "requests_per_minute": 100_000, "sign_ins_per_minute": 100_000}
    office = prepared(settings(sqlite_url(tmp_path / "ronde.sqlite3"), **own), Clock())
    with serving(create_app(office), port) as address:
        yield address
    office.engine.dispose()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test when the browser complains: of a script, or of what the policy forbids."""
    context = browser.new_context(locale="nl-NL")
    found = context.new_page()
    complaints: list[str] = []
    found.on("pageerror", lambda error: complaints.append(str(error)))
    found.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield found
    context.close()
    assert not complaints
