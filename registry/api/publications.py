"""The bodies of judging, as JSON."""

from typing import Any

from flask import request

from .. import schema as schemas
from ..schema import BaseSchema
from ..workflow.schemas import PublicationSchema
from .bodies import JSON, body


def publication() -> dict[str, Any]:
    """The publication that the body of this request asks for. Raises Invalid."""
    return loaded(PublicationSchema()) if request.get_data() else {}


def loaded(schema: BaseSchema) -> dict[str, Any]:
    """The body of this request by a schema. Raises Invalid."""
    return schemas.loaded(schema, body(JSON))
