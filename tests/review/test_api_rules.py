"""The NLGov REST API Design Rules over the description of the API: each technical rule that can be checked by reading.

Rules and how they are to be tested: https://logius-standaarden.github.io/API-Design-Rules/ and its linter.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from optimizer.review.api import VERSION
from optimizer.review.api.document import document
from optimizer.review.app import create_app
from optimizer.review.office import Office
from optimizer.review.routes.api import router
from tests.review.conftest import settings

METHODS = ("get", "post", "put", "patch", "delete")
_SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")
_KEBAB = re.compile(r"(/([a-z0-9]+(-[a-z0-9]+)*|{[^}]+}))+|/openapi\.json")
_CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*")
_PASCAL = re.compile(r"[A-Z][a-zA-Z0-9]*")


@pytest.fixture
def client(small_office: Office) -> TestClient:
    return TestClient(create_app(small_office))


@pytest.fixture
def told(client: TestClient) -> dict[str, Any]:
    found = client.get("/v1/openapi.json").json()
    assert isinstance(found, dict)
    return found


def _operations(told: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in told["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _responses(told: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, _, operation in _operations(told):
        for status, response in operation["responses"].items():
            yield path, status, response


def _references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "$ref":
                yield value
            else:
                yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)


def _found(told: dict[str, Any], reference: str) -> Any:
    here: Any = told
    for step in reference.removeprefix("#/").split("/"):
        here = here[step]
    return here


def test_core_doc_openapi(told: dict[str, Any]) -> None:
    """/core/doc-openapi: a description of version 3, with paths, in which every reference leads somewhere."""
    assert re.fullmatch(r"3(\.\d+){1,2}", told["openapi"])
    assert len(told["paths"]) > 5
    references = list(_references(told))
    assert references
    for reference in references:
        assert reference.startswith("#/")
        assert _found(told, reference)


def test_core_doc_openapi_contact(told: dict[str, Any]) -> None:
    """/core/doc-openapi-contact: whom to ask."""
    assert {"name", "url", "email"} <= set(told["info"]["contact"])
    assert all(told["info"]["contact"].values())


def test_core_publish_openapi(client: TestClient, told: dict[str, Any]) -> None:
    """/core/publish-openapi: at the standard place, without a token, for a browser on any other site."""
    answer = client.get("/v1/openapi.json", headers={"origin": "https://elders.example"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "get" in told["paths"]["/openapi.json"]
    assert "security" not in told["paths"]["/openapi.json"]["get"]


def test_core_uri_version(told: dict[str, Any]) -> None:
    """/core/uri-version: the major version, and no more of it, in the base path and in no path."""
    for server in told["servers"]:
        assert re.fullmatch(r"https?://[^/]+/v\d+", server["url"])
        assert server["url"].endswith(f"/v{VERSION.partition('.')[0]}")
    assert not [path for path in told["paths"] if re.search(r"/v\d", path)]


def test_core_transport_tls() -> None:
    """/core/transport/tls: production, which refuses an address without it, is described with https."""
    secure = settings("", base_url="https://koppelwijzer.example.nl").base_url
    assert document(router.routes, secure)["servers"] == [{"url": "https://koppelwijzer.example.nl/v1"}]


def test_core_semver(told: dict[str, Any]) -> None:
    """/core/semver: a semantic version."""
    assert _SEMVER.fullmatch(told["info"]["version"])
    assert told["info"]["version"] == VERSION


def test_core_version_header(told: dict[str, Any], client: TestClient) -> None:
    """/core/version-header: described at every response, and in every answer."""
    for path, status, response in _responses(told):
        assert "API-Version" in response["headers"], (path, status)
    for way in ("/v1/openapi.json", "/v1/ronden", "/v1/niets"):
        assert client.get(way).headers["api-version"] == told["info"]["version"]


def test_core_no_trailing_slash(told: dict[str, Any], client: TestClient) -> None:
    """/core/no-trailing-slash: none in a path, and with one nothing is found instead of sent on."""
    for path in told["paths"]:
        assert not path.endswith("/"), path
        if "{" not in path:
            answer = client.get(f"/v1{path}/", follow_redirects=False)
            assert answer.status_code == 404, path


def test_core_http_methods(told: dict[str, Any]) -> None:
    """/core/http-methods: standard ones only."""
    for path, method, _ in _operations(told):
        assert method in METHODS, path


def test_core_http_safety(told: dict[str, Any]) -> None:
    """/core/http-safety: what is put is put whole, and what only asks takes no content."""
    for path, method, operation in _operations(told):
        assert ("requestBody" in operation) is (method in ("put", "post", "patch")), path


def test_core_path_segments_kebab_case(told: dict[str, Any]) -> None:
    """/core/path-segments-kebab-case: small letters with hyphens."""
    for path in told["paths"]:
        assert _KEBAB.fullmatch(path), path


def test_core_query_keys_camel_case(told: dict[str, Any]) -> None:
    """/core/query-keys-camel-case: lowerCamelCase."""
    keys = [p["name"] for _, _, o in _operations(told) for p in o.get("parameters", []) if p["in"] == "query"]
    assert len(keys) >= 3
    assert not [key for key in keys if not _CAMEL.fullmatch(key)]


def test_schemas_and_properties_are_cased(told: dict[str, Any]) -> None:
    """Linter, schema-camel-case and property-casing: schemas in UpperCamelCase, properties in lowerCamelCase."""
    for name, schema in told["components"]["schemas"].items():
        assert _PASCAL.fullmatch(name), name
        assert not [key for key in schema.get("properties", {}) if not _CAMEL.fullmatch(key)], name


def test_core_naming_collections(told: dict[str, Any]) -> None:
    """/core/naming-collections: what holds many is named in the plural, by nouns (/core/naming-resources)."""
    segments = {part for path in told["paths"] for part in path.split("/") if part and "{" not in part}
    assert segments == {"openapi.json", "ronden", "zaken", "antwoord", "voortgang"}
    for path in told["paths"]:
        for before, after in zip(path.split("/"), path.split("/")[1:], strict=False):
            assert before.endswith("en") if after.startswith("{") else True, path


def test_responses_are_objects(told: dict[str, Any]) -> None:
    """Linter, return-objects: a list stands in an object, so that more can be told beside it."""
    for path, status, response in _responses(told):
        schema = response.get("content", {}).get("application/json", {}).get("schema", {})
        if status.startswith("2") and path != "/openapi.json":
            assert _found(told, schema["$ref"])["type"] == "object", path


def test_core_error_handling_problem_details(told: dict[str, Any]) -> None:
    """/core/error-handling/problem-details: every failure is a problem, with its three members and no others."""
    for path, status, response in _responses(told):
        if status[0] not in "45":
            continue
        assert set(response["content"]) == {"application/problem+json"}, (path, status)
        schema = _found(told, response["content"]["application/problem+json"]["schema"]["$ref"])
        assert {"status", "title", "detail"} <= set(schema["required"])
        assert set(schema["properties"]) <= {"status", "title", "detail", "type", "instance"}


def test_core_error_handling_invalid_input(told: dict[str, Any]) -> None:
    """/core/error-handling/invalid-input: 400 where there is a query or a body, and 422 nowhere."""
    for path, _, operation in _operations(told):
        assert "422" not in operation["responses"], path
        takes = "requestBody" in operation or any(p["in"] == "query" for p in operation.get("parameters", []))
        assert ("400" in operation["responses"]) is takes, path


def test_core_date_time(told: dict[str, Any]) -> None:
    """/core/date-time: days and moments are described as such."""
    kinds = {
        name: prop.get("format")
        for schema in told["components"]["schemas"].values()
        for name, prop in schema.get("properties", {}).items()
    }
    assert kinds["deadline"] == kinds["peildatum"] == "date"
    assert kinds["beantwoord"] == "date-time"


def test_core_transport_security_headers(client: TestClient) -> None:
    """/core/transport/security-headers: in every answer."""
    for way in ("/v1/openapi.json", "/v1/ronden", "/v1/niets"):
        headers = client.get(way).headers
        assert headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_core_transport_cors(client: TestClient) -> None:
    """/core/transport/cors: no other site may read an answer; only the description is for all."""
    answer = client.get("/v1/ronden", headers={"origin": "https://elders.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_every_operation_but_the_description_asks_for_a_token_and_has_a_name(told: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in _operations(told)]
    assert len(names) == len(set(names))
    for path, _, operation in _operations(told):
        assert ("security" in operation) is (path != "/openapi.json"), path
        assert operation.get("description"), path
