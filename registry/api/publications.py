"""What judging a record takes: for whom it is published and from when, or what should change."""

from datetime import UTC, datetime
from typing import Any

from flask import request
from marshmallow import fields

from .. import schema as schemas
from ..errors import Message
from ..fields import Code, Described, LongText
from ..schema import BaseSchema
from ..words import Words
from .bodies import JSON, body


class Moment(Described, fields.AwareDateTime):
    """A moment with its offset from UTC (RFC 3339)."""

    def __init__(self, nl: str, en: str, **kw: Any) -> None:
        message = Message(
            "Give a moment with its offset, such as 2021-01-11T09:00:00Z.",
            "Geef een moment met tijdzone, zoals 2021-01-11T09:00:00Z.",
            "wrong_type",
        )
        kw["error_messages"] = dict.fromkeys(("invalid", "invalid_awareness", "format"), message)
        super().__init__(nl, en, format="iso", **kw)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> datetime:
        moment: datetime = super()._deserialize(value, attr, data, **kw)
        try:
            return moment.astimezone(UTC)
        except OverflowError:
            raise self.make_error("invalid") from None


class PublicationSchema(BaseSchema):
    """The body of POST …/publications; without a body the audience stays as it is."""

    audience = Code("Zichtbaar voor", "Visible to", of="audience")
    embargo_until = Moment(
        "Onder embargo tot",
        "Embargo until",
        hint=Words(
            "Tot dan zien alleen de makers en het secretariaat het.",
            "Until then only its makers and the secretariat see it.",
        ),
    )


class ReturnSchema(BaseSchema):
    """The body of POST …/returns."""

    note = LongText("Wat moet er anders", "What should change", required=True, max_length=1000)


def publication() -> dict[str, Any]:
    """The publication that the body of this request asks for. Raises Invalid."""
    return loaded(PublicationSchema()) if request.get_data() else {}


def loaded(schema: BaseSchema) -> dict[str, Any]:
    """The body of this request by a schema. Raises Invalid."""
    return schemas.loaded(schema, body(JSON))
