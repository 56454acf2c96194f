"""Style sheets, scripts and pictures: the same for everybody, kept by browsers for as long as their address lasts."""

from importlib.resources import files
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_FOREVER = "public, max-age=31536000, immutable"


class Static(StaticFiles):
    """The files of the folder ``static``."""

    def __init__(self) -> None:
        super().__init__(directory=str(files("optimizer.review") / "static"))

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file; one whose address holds the mark of its content may be kept for good."""
        response = await super().get_response(path, scope)
        marked: Any = b"v=" in scope.get("query_string", b"")
        response.headers["Cache-Control"] = _FOREVER if marked else "no-cache"
        return response
