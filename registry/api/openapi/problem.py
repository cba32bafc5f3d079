"""The schema of problems (RFC 9457), for the document."""

from typing import Any

from marshmallow import Schema, fields, validate


def _told(description: str, **kw: Any) -> dict[str, Any]:
    return {"description": description, **kw}


class MistakeSchema(Schema):
    """One thing that is wrong in a request."""

    in_ = fields.String(
        data_key="in",
        required=True,
        validate=validate.OneOf(["body", "path", "query", "header"]),
        metadata=_told("Where it is."),
    )
    location = fields.String(
        required=True,
        metadata=_told("JSON pointer (RFC 6901) in the body, or the name of parameter or header."),
    )
    code = fields.String(required=True, metadata=_told("What is wrong, for programs."))
    detail = fields.String(
        required=True, metadata=_told("What is wrong, for people, in their language.")
    )
    allowed = fields.List(
        fields.String(), metadata=_told("The values that are allowed, where they can be listed.")
    )


class ProblemSchema(Schema):
    """Why a request was refused, or failed."""

    type = fields.String(required=True, metadata=_told("Kind of problem.", format="uri-reference"))
    title = fields.String(required=True, metadata=_told("In short, in the caller's language."))
    status = fields.Integer(required=True, metadata=_told("The status of the answer."))
    detail = fields.String(required=True, metadata=_told("What to do about it."))
    request_id = fields.String(
        data_key="requestId",
        required=True,
        metadata=_told("The number of the request, as in X-Request-ID: quote it in a question."),
    )
    violated_policies = fields.List(
        fields.String(),
        data_key="violated-policies",
        metadata=_told("With 429: the limits that were exceeded, as RateLimit-Policy names them."),
    )
    errors = fields.List(
        fields.Nested(MistakeSchema), metadata=_told("All mistakes of the request at once.")
    )
