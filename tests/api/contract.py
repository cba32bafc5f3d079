"""The OpenAPI document as a contract: what is answered, and sent, must be as it says."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from openapi_schema_validator import OAS31Validator
from werkzeug.test import TestResponse

from tests.browsing import Client

ROOT = "/api/v1"
JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"


class Contract:
    """Validates against one document; a property that it does not tell is a mistake too."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        schemas = document["components"]["schemas"].items()
        self.components = {"schemas": {name: _closed(schema) for name, schema in schemas}}

    def mistakes(self, schema: dict[str, Any], value: Any) -> list[str]:
        """Where `value` is not as `schema` says."""
        whole = {**schema, "components": self.components}
        found = OAS31Validator(whole).iter_errors(value)
        return [f"{'/'.join(map(str, e.absolute_path))}: {e.message}"[:300] for e in found]

    def named(self, name: str, value: Any) -> list[str]:
        """Where `value` is not as the schema `name` says."""
        return self.mistakes({"$ref": f"#/components/schemas/{name}"}, value)

    def broken(self, response: TestResponse, path: str) -> list[str]:
        """Where a response differs from what the document tells of its operation and status."""
        told = self.told(path, response.request.method.lower())["responses"]
        if str(response.status_code) not in told:
            return [f"{response.status} is not told of"]
        answer = self.resolved(told[str(response.status_code)])
        missing = [
            f"no {name}"
            for name in answer.get("headers", {})
            if name == "API-Version" and name not in response.headers
        ]
        content = answer.get("content", {})
        if not content:
            return [*missing, *(["a body that is not told of"] if response.data else [])]
        if response.mimetype not in content:
            return [*missing, f"{response.mimetype} is not told of"]
        schema = content[response.mimetype]["schema"]
        return [*missing, *self.mistakes(schema, response.get_json(force=True))]

    def told(self, path: str, method: str) -> dict[str, Any]:
        """What the document tells of an operation."""
        operation: dict[str, Any] = self.document["paths"][path][method]
        return operation

    def operations(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Every operation: path, method, what is told of it."""
        for path, item in self.document["paths"].items():
            for method, operation in item.items():
                if method in ("get", "post", "patch", "delete", "put"):
                    yield path, method, operation

    def resolved(self, part: dict[str, Any]) -> dict[str, Any]:
        """`part`, or what it refers to."""
        if "$ref" not in part:
            return part
        found: Any = self.document
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        return self.resolved(found)


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    """Answers may grow for who reads them; for these tests they may not grow untold."""
    extended = schema.get("description") == "A code list (codelijst)."
    return (
        schema
        if "properties" not in schema or extended
        else {**schema, "additionalProperties": schema.get("additionalProperties", False)}
    )


@lru_cache(maxsize=8)
def _contract(text: str) -> Contract:
    return Contract(json.loads(text))


def contract(client: Client) -> Contract:
    """The contract that the app itself publishes."""
    return _contract(client.get(f"{ROOT}/openapi.json").get_data(as_text=True))


@dataclass(frozen=True)
class Problem:
    """What a refusal says."""

    status: int
    title: str
    detail: str
    errors: dict[str, str]  # "in location" → code

    @classmethod
    def of(cls, response: TestResponse) -> "Problem":
        """Read a response, which must be a problem as RFC 9457 has it."""
        assert response.mimetype == "application/problem+json", response.text
        said = response.get_json(force=True)
        assert set(said) >= {"type", "title", "status", "detail"}
        assert said["status"] == response.status_code
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["API-Version"]
        errors = {f"{e['in']} {e['location']}": e["code"] for e in said.get("errors", [])}
        assert all(e["detail"] for e in said.get("errors", []))
        return cls(response.status_code, said["title"], said["detail"], errors)


def link(response: TestResponse, rel: str) -> str | None:
    """Where a Link header leads."""
    found = re.search(rf'<([^>]*)>; rel="{rel}"', ", ".join(response.headers.getlist("Link")))
    return found.group(1) if found else None


def pages(client: Client, url: str) -> Iterator[TestResponse]:
    """A list page by page, following rel="next"."""
    following: str | None = url
    while following:
        response = client.get(following)
        assert response.status_code == 200, response.text
        yield response
        following = link(response, "next")


def whole(client: Client, url: str) -> list[dict[str, Any]]:
    """All records of a list."""
    return [item for page in pages(client, url) for item in page.get_json()]
