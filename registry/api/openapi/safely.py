"""What the document tells of every operation that changes something: that it can be sent twice."""

from typing import Any

Told = dict[str, Any]
CHANGING = ("POST", "PUT", "PATCH", "DELETE")
REPLAYED = {"Idempotency-Replayed": {"$ref": "#/components/headers/IDEMPOTENCY_REPLAYED"}}
MADE = (
    "The new draft. With dryRun=true what it would be: nothing is kept of it, its reference "
    "neither, and it has no ETag or Location."
)


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
