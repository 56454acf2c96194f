"""A PostgreSQL of Debian's package, of its own: started, killed and taken away by whoever asks for it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

PACKAGE = "postgresql"


class Postgres:
    """A server on a socket in a folder of its own.

    Raises
    ------
    LookupError
        When the package is missing.
    """

    def __init__(self) -> None:
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not found:
            raise LookupError(PACKAGE)
        self._programs = found[-1].parent
        self._place = Path(tempfile.mkdtemp(prefix="koppelwijzer-pg-"))
        self._as_user: list[str] = []
        if os.geteuid() == 0:  # the server refuses to run as root
            shutil.chown(self._place, "postgres")
            self._as_user = ["runuser", "-u", "postgres", "--"]
        self._run("initdb", "-A", "trust", "-U", "koppelwijzer", "--no-locale", "-E", "UTF8")

    @property
    def place(self) -> str:
        """The folder in which it stands, by which another process finds it."""
        return str(self._place)

    @classmethod
    def found(cls, place: str) -> "Postgres":
        """Return the server that another process began."""
        server = cls.__new__(cls)
        server._place = Path(place)
        server._programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))[-1].parent
        server._as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        return server

    @property
    def address(self) -> str:
        """The address for SQLAlchemy, with an open place for the database."""
        return f"postgresql+psycopg://koppelwijzer@/%s?host={self._place}"

    def start(self) -> None:
        """Start, after whatever happened, and wait until it answers."""
        options = f"-k {self._place} -c listen_addresses='' -c max_connections=200"
        for _ in range(50):  # what was killed may take a moment to let go of its memory
            if self._run("pg_ctl", "-w", "-t", "120", "-o", options, "-l", str(self._place / "log"), "start"):
                return
            time.sleep(0.2)
        raise TimeoutError((self._place / "log").read_text()[-2000:])

    def kill(self) -> None:
        """Kill the server and every process of it, as a power cut would."""
        main = int((self._place / "data" / "postmaster.pid").read_text().split()[0])
        children = subprocess.run(
            ["pgrep", "-P", str(main)], capture_output=True, text=True, check=False
        ).stdout.split()
        for process in (main, *map(int, children)):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def remove(self) -> None:
        """Stop at once and take everything away."""
        self._run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(self._place, ignore_errors=True)

    def command(self, text: str) -> None:
        """Give a command to the server itself."""
        with psycopg.connect((self.address % "postgres").replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(text.encode())

    def _run(self, program: str, *arguments: str) -> bool:
        whole = [*self._as_user, str(self._programs / program), "-D", str(self._place / "data"), *arguments]
        done = subprocess.run(whole, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self._place)
        return done.returncode == 0
