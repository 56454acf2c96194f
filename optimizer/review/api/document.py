"""The description of the API (OpenAPI 3.1), made from its routes and completed with what can go wrong."""

from collections.abc import Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from optimizer.review.api import PREFIX, VERSION
from optimizer.review.api.problems import PROBLEM, SAID
from optimizer.review.api.shapes import Probleem

_ABOUT = (
    "Zaken nakijken en beantwoorden vanuit het systeem van een gemeente. Elk verzoek draagt een token van een "
    "medewerker en ziet wat die medewerker mag zien. Wat niet van u is, bestaat niet (404)."
)
_CONTACT = {
    "name": "Beheer van Koppelwijzer",
    "url": "https://example.org/koppelwijzer/issues",
    "email": "koppelwijzer@example.org",
}
_VERSION_HEADER = {"description": "Versie van de API.", "schema": {"type": "string", "examples": [VERSION]}}
_TAG = {"description": "Versie van de zaak, tussen aanhalingstekens.", "schema": {"type": "string"}}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "De ETag van de zaak waarop u antwoordt.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$', "examples": ['"0"']},
}
_REF = {"$ref": "#/components/schemas/Probleem"}


def document(routes: Sequence[BaseRoute], base: str) -> dict[str, Any]:
    """Return the description.

    Parameters
    ----------
    routes
        Of the API.
    base
        Address of the application.
    """
    told = get_openapi(
        title="Koppelwijzer",
        version=VERSION,
        description=_ABOUT,
        routes=routes,
        contact=_CONTACT,
        openapi_version="3.1.0",
    )
    told["servers"] = [{"url": f"{base}{PREFIX}"}]
    told["paths"] = {path.removeprefix(PREFIX): item for path, item in told["paths"].items()}
    schemas = told["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Probleem"] = Probleem.model_json_schema()
    token = {"type": "http", "scheme": "bearer", "description": "Token van een medewerker."}
    told["components"]["securitySchemes"] = {"token": token}
    for path, item in told["paths"].items():
        for method, operation in item.items():
            _complete(path, method, operation)
    return told


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Add to an operation its security, its headers, and everything that can go wrong."""
    operation["summary"] = operation["description"].partition(".")[0]
    responses = operation["responses"]
    responses.pop("422", None)
    if method == "put":
        operation.setdefault("parameters", []).append(_IF_MATCH)
        responses["200"]["description"] = "Het antwoord is vervangen."
        responses["201"] = {**responses["200"], "description": "Het antwoord is bewaard."}
    elif "200" in responses:
        responses["200"]["description"] = "Gelukt."
    for answer in responses.values():
        answer["headers"] = {"API-Version": _VERSION_HEADER}
        if path.startswith("/zaken"):
            answer["headers"]["ETag"] = _TAG
    if path != "/openapi.json":
        operation["security"] = [{"token": []}]
    for status in _failures(path, method, operation):
        title, detail = SAID[status]
        responses[str(status)] = {
            "description": f"{title}. {detail}",
            "headers": {"API-Version": _VERSION_HEADER},
            "content": {PROBLEM: {"schema": _REF}},
        }


def _failures(path: str, method: str, operation: dict[str, Any]) -> list[int]:
    told = [429, 500]
    if path != "/openapi.json":
        told.append(401)
    if "{" in path:
        told.append(404)
    if any(one["in"] == "query" for one in operation.get("parameters", [])) or method == "put":
        told.append(400)
    if method == "put":
        told += [409, 412, 413, 415, 428]
    return sorted(told)
