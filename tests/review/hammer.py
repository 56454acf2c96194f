"""Kill the application under load, many times, and see that no answer is lost that somebody was told is kept.

Run as a process of its own: it forks servers and clients, so it has no threads and no open database when it does.
"""

import datetime
import json
import os
import random
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NoReturn

import httpx2
import uvicorn
from sqlalchemy import select

from optimizer.review.app import create_app
from optimizer.review.data import trail
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.seal import unseal
from optimizer.review.data.tables import Gebruiker, Ronde, Sessie, Spoor, Zaak
from optimizer.review.office import Office, open_office
from optimizer.review.settings import Settings
from optimizer.review.who import sessions
from tests.review.conftest import settings
from tests.review.postgres import Postgres

#: Clients at once.
CLIENTS = 6
ACKNOWLEDGED = 303


def main(database: str, times: int, seed: int, place: Path, server: Postgres | None) -> dict[str, int]:
    """Kill so many times; return how many answers were acknowledged and how many of these were found again.

    Parameters
    ----------
    database
        With one round in it; on PostgreSQL its server is killed too.
    """
    rng, acknowledged, found = random.Random(seed), 0, 0  # noqa: S311  (moments, no secrets)
    for k in range(times):
        port, told = _free_port(), place / f"{k}.jsonl"
        base = f"http://127.0.0.1:{port}"
        setup = settings(database, base_url=base, requests_per_minute=10**9)
        people = _people(setup)
        with _forked(partial(_serve, setup, port)) as application:
            _wait(port)
            with _forked(partial(_hammer, base, people, told)):
                _wait_for(told)
                time.sleep(rng.uniform(0.0, 0.4))
                if server is not None and k % 2:
                    server.kill()
                    time.sleep(rng.uniform(0.0, 0.1))
                os.kill(application, signal.SIGKILL)
                time.sleep(0.05)  # clients write down what they were told last
        if server is not None and k % 2:
            server.start()
        n = _look(setup, told)
        acknowledged, found = acknowledged + n, found + n
    return {"slagen": times, "bevestigd": acknowledged, "teruggevonden": found}


def _serve(setup: Settings, port: int) -> NoReturn:
    office = open_office(setup)
    uvicorn.run(create_app(office), host="127.0.0.1", port=port, log_level="critical", access_log=False)
    os._exit(0)


def _people(setup: Settings) -> list[tuple[str, str, dict[str, int]]]:
    """Sign one official in for each of some municipalities: cookie, token, and the versions of their cases."""
    with _office(setup) as office, writing(office.engine) as session:
        for ronde in session.scalars(select(Ronde)):
            ronde.deadline = office.clock() + datetime.timedelta(days=1)
        cases: dict[str, dict[str, int]] = {}
        for zaak in session.scalars(select(Zaak).order_by(Zaak.id)):
            cases.setdefault(zaak.gemeente, {})[zaak.id] = zaak.versie
        told = []
        for gemeente in list(cases)[:CLIENTS]:
            who = secrets.token_hex(16)
            user = Gebruiker(id=who, onderwerp=who, naam=who, rol="gemeente", gebied=gemeente, actief=True)
            session.add(user)
            session.flush()
            name = sessions.begin(session, user, office.clock())
            row = session.get(Sessie, sessions.hashed(name))
            told.append((name, row.bewijs if row else "", cases[gemeente]))
    return told


def _hammer(base: str, people: list[tuple[str, str, dict[str, int]]], told: Path) -> NoReturn:
    """Answer as fast as the application takes it, and write down what it said that it kept."""
    lock = threading.Lock()
    with told.open("a", encoding="utf-8") as file:

        def work(cookie: str, token: str, versions: dict[str, int]) -> None:
            with httpx2.Client(base_url=base, cookies={"koppelwijzer": cookie}, timeout=30.0) as client:
                while True:
                    for zaak in versions:
                        text = secrets.token_hex(8)
                        fields = {"csrf": token, "keuze": "bedenking", "reden": "anders", "toelichting": text}
                        try:
                            answer = client.post(
                                f"/zaken/{zaak}/antwoord",
                                data={**fields, "versie": str(versions[zaak])},
                                headers={"origin": base},
                                follow_redirects=False,
                            )
                        except httpx2.HTTPError:
                            return
                        if answer.status_code != ACKNOWLEDGED:
                            sys.stderr.write(f"{answer.status_code}\n")
                            return
                        versions[zaak] += 1
                        with lock:
                            file.write(json.dumps({"zaak": zaak, "versie": versions[zaak], "tekst": text}) + "\n")
                            file.flush()

        threads = [threading.Thread(target=work, args=person) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    os._exit(0)


def _look(setup: Settings, told: Path) -> int:
    """See that each acknowledged answer stands in the trail, that no case is behind it, and that the trail is whole."""
    kept = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    with _office(setup) as office, reading(office.engine) as session:
        broken = list(trail.verify(session))
        assert broken == [], f"the trail is broken: {broken[:3]}"
        versions = {zaak.id: zaak.versie for zaak in session.scalars(select(Zaak))}
        said: set[tuple[str, int, str]] = set()
        for zaak in {k["zaak"] for k in kept}:
            key = office.sealer.key(session, zaak)
            assert key is not None
            for row in session.scalars(select(Spoor).where(Spoor.zaak_id == zaak)):
                content = unseal(key, f"{zaak} spoor", row.inhoud)
                said.add((zaak, content["versie"], content["toelichting"]))
    for one in kept:
        assert (one["zaak"], one["versie"], one["tekst"]) in said, f"lost: {one}"
        assert versions[one["zaak"]] >= one["versie"]
    return len(kept)


@contextmanager
def _office(setup: Settings) -> Iterator[Office]:
    office = open_office(setup)
    try:
        yield office
    finally:
        office.engine.dispose()


@contextmanager
def _forked(work: Callable[[], NoReturn]) -> Iterator[int]:
    """Do work in a child, and kill it at the end of the block."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(1)
    try:
        yield child
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(told: Path) -> None:
    """Wait until the first answer was acknowledged."""
    for _ in range(6000):
        if told.is_file() and told.stat().st_size:
            return
        time.sleep(0.01)
    raise TimeoutError("no answer was taken")


def _wait(port: int) -> None:
    for _ in range(3000):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise TimeoutError


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    postgres = Postgres.found(given["server"]) if given["server"] else None
    print(json.dumps(main(given["database"], given["slagen"], given["zaad"], Path(given["map"]), postgres)))
