"""The application served until somebody stops it, by one process or by several."""

import logging
import os

import uvicorn
from fastapi import FastAPI

from optimizer.review.app import create_app
from optimizer.review.office import Office, open_office
from optimizer.review.settings import environment_of, from_environment


def serve(office: Office, host: str, port: int, workers: int = 1) -> None:
    """Serve until stopped.

    Parameters
    ----------
    office
        The installation.
    host, port
        Where to listen.
    workers
        Processes that serve; each opens the installation itself, by the environment.
    """
    speak()
    if workers == 1:
        uvicorn.run(
            create_app(office), host=host, port=port, access_log=False, log_level="warning", server_header=False
        )
        return
    office.engine.dispose()
    os.environ.update(environment_of(office.settings))
    uvicorn.run(
        "optimizer.review.serve:served",
        factory=True,
        workers=workers,
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
    )


def served() -> FastAPI:
    """Return the application of one process of several."""
    speak()
    return create_app(open_office(from_environment(os.environ)))


def speak() -> None:
    """Let the log be written, without what libraries would say of addresses."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # it would log addresses with codes of the sign-in
