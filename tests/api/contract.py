"""The OpenAPI document as a contract: what is answered, and sent, must be as it says."""

from functools import lru_cache
from typing import Any

from openapi_schema_validator import OAS31Validator
from werkzeug.test import TestResponse

from tests.browsing import Client

ROOT = "/api/v1"


class Contract:
    """Validates against one document; a property that it does not tell is a mistake too."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.components = {
            "schemas": {
                name: {**schema, "additionalProperties": False}
                if "properties" in schema
                else schema
                for name, schema in document["components"]["schemas"].items()
            }
        }

    def mistakes(self, schema: dict[str, Any], value: Any) -> list[str]:
        """Where `value` is not as `schema` says."""
        whole = {**schema, "components": self.components}
        found = OAS31Validator(whole).iter_errors(value)
        return [f"{'/'.join(map(str, e.absolute_path))}: {e.message}"[:300] for e in found]

    def answered(self, response: TestResponse, path: str) -> list[str]:
        """Where a response differs from what the document says of its operation and status."""
        method = response.request.method.lower()
        told = self.told(path, method)["responses"]
        status = str(response.status_code)
        if status not in told:
            return [f"{method} {path}: {status} is not told of"]
        content = self._resolved(told[status]).get("content", {})
        if not content:
            return ["a body that is not told of"] if response.data else []
        if response.mimetype not in content:
            return [f"{response.mimetype} is not told of"]
        return self.mistakes(content[response.mimetype]["schema"], response.json)

    def told(self, path: str, method: str) -> dict[str, Any]:
        """What the document tells of an operation."""
        operation: dict[str, Any] = self.document["paths"][path][method]
        return operation

    def _resolved(self, part: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in part:
            return part
        found: Any = self.document
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        return self._resolved(found)


@lru_cache(maxsize=8)
def _contract(text: str) -> Contract:
    import json

    return Contract(json.loads(text))


def contract(client: Client) -> Contract:
    """The contract that the app itself publishes."""
    return _contract(client.get(f"{ROOT}/openapi.json").get_data(as_text=True))
