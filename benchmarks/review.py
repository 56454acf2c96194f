"""Two hundred officials at once in the application for municipalities: how long they wait, beside an empty page.

``python -m benchmarks.review RUN``: the run becomes a round in a database of its own, the application is served as
``koppelwijzer review serve`` does, and a second process plays the officials over loopback.
"""

import argparse
import asyncio
import contextlib
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2

from benchmarks.machine import commit, load, machine

HERE = Path(__file__).parent
PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
#: Seconds between two clicks of one official, mean of an exponential draw: an aanname, short for somebody who reads.
THINK_S = 4.0
TARGET_S = 0.300
#: The page that does nothing: it asks the database for a one.
NOTHING = "niets"
_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]+)"')


def main(argv: list[str] | None = None) -> None:
    """Measure, and write the page."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.review", description=__doc__)
    ask.add_argument("run", type=Path)
    ask.add_argument("--users", type=int, default=200)
    ask.add_argument("--seconds", type=float, default=60.0)
    ask.add_argument("--workers", type=int, default=2, help="processes of the application")
    ask.add_argument("--database", default="", help="address of an empty database (SQLite in a temporary file)")
    ask.add_argument("--out", type=Path, default=HERE / "REVIEW.md")
    options = ask.parse_args(argv)
    with TemporaryDirectory() as place, served(options, Path(place)) as people:
        told = asyncio.run(play(people, options.seconds))
    text = page(told, options)
    options.out.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


@contextlib.contextmanager
def served(options: argparse.Namespace, place: Path) -> Iterator[list[tuple[str, str]]]:
    """Serve a round of the run; give the cookie and the round of each official, who all have cases."""
    environment = os.environ | {
        "KOPPELWIJZER_REVIEW_MODE": "demo",
        "KOPPELWIJZER_REVIEW_BASE_URL": BASE,
        "KOPPELWIJZER_REVIEW_REQUESTS_PER_MINUTE": "100000",
    }
    if options.database:
        environment["KOPPELWIJZER_REVIEW_DATABASE"] = options.database
    program = [sys.executable, "-m", "optimizer.cli", "review"]
    subprocess.run([*program, "import", str(options.run), "--map", str(place)], env=environment, check=True)
    people = officials(place, environment, options.users)
    command = [*program, "serve", "--map", str(place), "--leeg", "--port", str(PORT), "--workers", str(options.workers)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait()
        yield people
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


def officials(place: Path, environment: dict[str, str], users: int) -> list[tuple[str, str]]:
    """Sign officials in, spread over the municipalities by their cases."""
    from sqlalchemy import select

    from optimizer.review.data.engine import writing
    from optimizer.review.data.tables import Gebruiker, Zaak
    from optimizer.review.install import demo_settings, prepared
    from optimizer.review.settings import PREFIX, from_environment
    from optimizer.review.who import sessions

    given = from_environment({k: v for k, v in environment.items() if k.startswith(PREFIX)})
    office, rng, told = prepared(demo_settings(place, given)), random.Random(0), []  # noqa: S311
    with writing(office.engine) as session:
        cases = list(session.execute(select(Zaak.ronde_id, Zaak.gemeente).order_by(Zaak.nummer)))
        for ronde, gemeente in rng.choices(cases, k=users):
            who = secrets.token_hex(16)
            user = Gebruiker(id=who, onderwerp=who, naam=who, rol="gemeente", gebied=gemeente, actief=True)
            session.add(user)
            session.flush()
            told.append((sessions.begin(session, user, office.clock()), ronde))
    office.engine.dispose()
    return told


async def play(people: list[tuple[str, str]], seconds: float) -> dict[str, list[float]]:
    """Let every official look and answer until the time is over; return the seconds of each kind of request."""
    told: dict[str, list[float]] = defaultdict(list)
    until = time.monotonic() + seconds
    limits = httpx2.Limits(max_connections=len(people), max_keepalive_connections=len(people))
    async with httpx2.AsyncClient(base_url=BASE, timeout=60.0, limits=limits) as client:
        await asyncio.gather(*(official(client, k, *one, until, told) for k, one in enumerate(people)))
    return told


async def official(
    client: httpx2.AsyncClient, seed: int, cookie: str, ronde: str, until: float, told: dict[str, list[float]]
) -> None:
    """List, open a case, answer it, and now and then ask for the page that does nothing."""
    rng, cookies = random.Random(seed), {"cookie": f"koppelwijzer={cookie}"}  # noqa: S311

    async def ask(kind: str, method: str, path: str, **more: object) -> httpx2.Response:
        await asyncio.sleep(rng.expovariate(1 / THINK_S))
        began = time.monotonic()
        answer = await client.request(method, path, headers={**cookies, "origin": BASE}, **more)  # type: ignore[arg-type]
        told[kind].append(time.monotonic() - began)
        if answer.status_code >= 400 and answer.status_code != 409:
            raise RuntimeError(f"{kind}: {answer.status_code}")
        return answer

    while time.monotonic() < until:
        await ask(NOTHING, "GET", "/gezond")
        listed = await ask("lijst", "GET", f"/ronden/{ronde}/zaken")
        zaken = re.findall(r'href="(/zaken/[0-9a-f]{32})"', listed.text)
        if not zaken:
            continue
        zaak = rng.choice(zaken)
        opened = await ask("zaak", "GET", zaak)
        token = _TOKEN.search(opened.text)
        version = re.search(r'name="versie" value="(\d+)"', opened.text)
        fields = {
            "csrf": token.group(1) if token else "",
            "versie": version.group(1) if version else "0",
            "keuze": rng.choice(["akkoord", "bedenking"]),
            "reden": "geen_woning",
        }
        await ask("antwoord", "POST", f"{zaak}/antwoord", data=fields)


def wait() -> None:
    """Wait until the application answers."""
    for _ in range(600):
        with contextlib.suppress(httpx2.HTTPError):
            if httpx2.get(f"{BASE}/gezond").status_code == 200:
                return
        time.sleep(0.1)
    raise TimeoutError


def page(told: dict[str, list[float]], options: argparse.Namespace) -> str:
    """Write what was measured."""
    name, day = commit()
    kind = "PostgreSQL" if options.database.startswith("postgres") else "SQLite"
    every = [s for k, values in told.items() for s in values if k != NOTHING]
    paced = f"{options.seconds:g} s, {THINK_S:g} s between two clicks of one (mean)"
    reached = f"{ms(quantile(every, 0.95))} ms, {len(every) / options.seconds:.0f} pages a second"
    lines = [
        "# The application for municipalities under load",
        "",
        "Written by `python -m benchmarks.review`; do not edit by hand.",
        "",
        f"- Machine: {machine()}; load at the end {load():.1f}; commit {name} of {day}.",
        f"- {options.users} officials at once for {paced}; {kind}; {options.workers} processes; officials and",
        "  application on the same cores.",
        f"- Target: a 95th percentile under {ms(TARGET_S)} ms. Measured over all pages: {reached}.",
        "",
        "| page | requests | median (ms) | 95 % (ms) | 99 % (ms) | 95 % against the page that does nothing |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    base = quantile(told[NOTHING], 0.95)
    for what, values in told.items():
        shares = " | ".join(ms(quantile(values, share)) for share in (0.5, 0.95, 0.99))
        lines.append(f"| {what} | {len(values)} | {shares} | {quantile(values, 0.95) / base:.1f} × |")
    return "\n".join(lines) + "\n"


def ms(seconds: float) -> str:
    """Write seconds as whole milliseconds."""
    return f"{1000 * seconds:.0f}"


def quantile(values: list[float], share: float) -> float:
    """Return the value that a share of all values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


if __name__ == "__main__":
    main()
