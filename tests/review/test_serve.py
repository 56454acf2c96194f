"""The command that serves: several processes answer from one address, and Ctrl-C ends them all."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2

from optimizer.review.data.engine import connect, reading
from optimizer.review.data.tables import Gebruiker
from optimizer.review.settings import variable
from tests.review.conftest import Round


def test_two_processes_serve_one_installation_and_end_together(small: Round, tmp_path: Path) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    settings = small.office.settings
    environment = os.environ | {
        variable("mode"): "demo",
        variable("database"): settings.database,
        variable("secret"): settings.secret.get_secret_value(),
        variable("base_url"): base,
    }
    command = [sys.executable, "-m", "optimizer.cli", "review", "serve", "--map", str(tmp_path / "proef"), "--leeg"]
    server = subprocess.Popen(
        [*command, "--port", str(port), "--workers", "2"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        with httpx2.Client(base_url=base, headers={"origin": base}, timeout=30.0) as visitor:
            _wait(visitor)
            token = re.findall(r'name="csrf" value="([0-9a-f]+)"', visitor.get("/aanmelden").text)[0]
            visitor.post("/aanmelden/demo", data={"csrf": token, "gebruiker": "coa"})
            # Whichever process answers knows who is signed in.
            assert {visitor.get("/ronden").status_code for _ in range(20)} == {200}
        os.killpg(server.pid, signal.SIGINT)
        server.wait(60)
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
    engine = connect(settings.database)
    with reading(engine) as session:
        assert session.query(Gebruiker).count() > 0
    engine.dispose()


def _wait(visitor: httpx2.Client) -> None:
    for _ in range(600):
        try:
            if visitor.get("/gezond").status_code == 200:
                return
        except httpx2.HTTPError:
            time.sleep(0.1)
    raise TimeoutError
