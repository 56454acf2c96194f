"""The application served until somebody stops it."""

import logging

import uvicorn

from optimizer.review.app import create_app
from optimizer.review.office import Office


def serve(office: Office, host: str, port: int) -> None:
    """Serve until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # it would log addresses with codes of the sign-in
    uvicorn.run(create_app(office), host=host, port=port, access_log=False, log_level="warning", server_header=False)
