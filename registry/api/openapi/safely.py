"""What the document tells of every operation that changes something: that it can be sent twice."""

from typing import Any

from .told import VERSION_HEADER

Told = dict[str, Any]
CHANGING = ("POST", "PUT", "PATCH", "DELETE")
REPLAYED = {"Idempotency-Replayed": {"$ref": "#/components/headers/IDEMPOTENCY_REPLAYED"}}
REHEARSED = "What would be made, with dryRun=true: nothing is kept of it, its reference neither."


def safely(told: Told, method: str) -> Told:
    """`told` with the key of a request, where `method` changes something."""
    if method not in CHANGING:
        return told
    responses = {
        status: _answered(answer) if status.startswith("2") else answer
        for status, answer in told["responses"].items()
    }
    responses = {"400": "BAD_REQUEST", "409": "CONFLICT", **responses}
    return {
        **told,
        "parameters": [*told.get("parameters", ()), "IdempotencyKey"],
        "responses": responses,
    }


def _answered(answer: Any) -> Any:
    if not isinstance(answer, dict):
        return answer
    return {**answer, "headers": {**answer.get("headers", {}), **REPLAYED}}


def rehearsed(content: Told) -> Told:
    """The answer to the dry run of what makes something."""
    return {"description": REHEARSED, "headers": VERSION_HEADER, **content}
