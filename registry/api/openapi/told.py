"""The fixed texts and parts of the OpenAPI document."""

from typing import Any

from ...record import PATTERN
from ..licence import LICENCE as LICENCE

TITLE = "Samenwerkingsregister"
CONTACT_NAME = "Secretariaat van de brede maatschappelijke samenwerking burn-outklachten"
INTRODUCTION = """\
The registry of the broad societal collaboration on burn-out complaints (brede maatschappelijke
samenwerking burn-outklachten): who takes part, what runs, what was promised, and which passage of
which letter says so.

Everything public can be read without a token. A token (`Authorization: Bearer …`) shows what its
holder may see, and lets them change what they may change; a token with the scope `read` changes
nothing (403). Cookies are ignored.

- A list is a JSON array; `Link` leads to the next page and back. Parameters are named as the
  fields, those of nested rows after their list: `sourcesDocument`. `_facets` counts their values.
- `Accept: text/csv` or `application/x-ndjson` gives the whole list at once.
- `asOf` (peildatum) judges states, memberships and discharges by their effective days.
- PATCH is a merge patch (RFC 7396). PATCH and DELETE need `If-Match` with the ETag that was read.
- A row of a nested list has a stable `key`. In a PATCH, a row with a known key changes that row, a
  row without one is matched by what it says or is new, and a row that is left out goes away.
- A request that changes something may bring an `Idempotency-Key`: sent again, it is answered again
  and not carried out again. `dryRun=true` rehearses what makes or changes a record.
- `PUT /{collection}/external/{system}/{key}` makes or replaces a record by your own key for it, and
  `POST /batches` carries out up to 100 changes, each by itself or all or nothing.
- What is published changes by proposal: such a PATCH answers 202 with the revision that it became.
  PUT of the revision replaces what was proposed, DELETE of one of its fields makes it smaller.
- Every refusal is `application/problem+json` with all mistakes at once.
- `RateLimit-Policy` and `RateLimit` say how much may be asked in a minute and how much is left;
  who asks more gets 429 with `Retry-After`. All tokens of an account count together.
- Names are English on purpose, as in the vocabulary of the registry's users abroad; every
  description gives the Dutch term.
"""

VERSION_HEADER = {"API-Version": {"$ref": "#/components/headers/API_VERSION"}}
TAGGED = {**VERSION_HEADER, "ETag": {"$ref": "#/components/headers/ENTITY_TAG"}}
MOVED = {
    "description": "It was merged into another: the same may be asked there.",
    "headers": {**VERSION_HEADER, "Location": {"$ref": "#/components/headers/LOCATION"}},
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}

LIMITED = {
    "Retry-After": {"$ref": "#/components/headers/RETRY_AFTER"},
    "RateLimit-Policy": {"$ref": "#/components/headers/RATE_LIMIT_POLICY"},
    "RateLimit": {"$ref": "#/components/headers/RATE_LIMIT"},
}
"""What an answer says of a limit that was reached."""


def _header(description: str, **schema: Any) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string", **schema}}


HEADERS: dict[str, dict[str, Any]] = {
    "API_VERSION": _header("The full version of the API.", examples=["1.1.0"]),
    "ENTITY_TAG": _header("Validator: for If-None-Match and, of a record, If-Match."),
    "LINK": _header("Other pages (RFC 8288): rel first, prev and next."),
    "TOTAL_COUNT": {
        "description": "How many records there are in all; with count=true.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "IDEMPOTENCY_REPLAYED": _header(
        "This is the first answer again, to a request with the same Idempotency-Key.",
        enum=["true"],
    ),
    "LOCATION": _header("Where the record is.", format="uri"),
    "RATE_LIMIT_POLICY": _header("The limit that holds here.", examples=['"read";q=6000;w=60']),
    "RATE_LIMIT": _header("How much is left (r) and how long (t).", examples=['"read";r=99;t=42']),
    "RETRY_AFTER": _header("In how many seconds to try again.", pattern="^[0-9]+$"),
    "DEPRECATION": _header("Since when this is deprecated (RFC 9745): @ and seconds since 1970."),
    "SUNSET": _header("When this stops answering (RFC 8594): an HTTP date."),
}


def _parameter(place: str, description: str, schema: dict[str, Any], **kw: Any) -> dict[str, Any]:
    return {"in": place, "description": description, "schema": schema, **kw}


PARAMETERS: dict[str, dict[str, Any]] = {
    "IfMatch": {
        **_parameter("header", "The ETag of the record as it was read.", {"type": "string"}),
        "name": "If-Match",
        "required": True,
    },
    "IfMatchOptional": {
        **_parameter("header", "Only if the record is still as it was read.", {"type": "string"}),
        "name": "If-Match",
    },
    "ChangeReason": {
        **_parameter(
            "header",
            "Why (reden van de wijziging); percent-encoded UTF-8. Everybody who may see something "
            "of the change reads it in the history. Required to delete what was published.",
            {"type": "string", "maxLength": 3000},
        ),
        "name": "Change-Reason",
    },
    "IdempotencyKey": {
        **_parameter(
            "header",
            "Your name for this request, such as a UUID: however often you send it, it is carried "
            "out once, and answered the same again for two days. With another address, body, "
            "condition or reason it is refused (400); while the first still runs, 409 with "
            "Retry-After. A refusal is not kept: correct the request and send it with the same "
            "key.",
            {"type": "string", "pattern": "^[!-~]{1,255}$"},
        ),
        "name": "Idempotency-Key",
    },
    "dryRun": {
        **_parameter(
            "query",
            "Only rehearse: everything is judged, and the answer is what would result, with its "
            "status and without ETag and Location; nothing is kept and nobody is told.",
            {"type": "boolean"},
        ),
        "name": "dryRun",
    },
    "IfNoneMatch": {
        **_parameter("header", "The ETag of what the caller has already.", {"type": "string"}),
        "name": "If-None-Match",
    },
    "asOf": {
        **_parameter("query", "Reference date (peildatum).", {"type": "string", "format": "date"}),
        "name": "asOf",
    },
    "knownAt": {
        **_parameter(
            "query",
            "As the registry knew it at this moment.",
            {"type": "string", "format": "date-time"},
        ),
        "name": "knownAt",
    },
    "q": {
        **_parameter(
            "query",
            "Words to find; Dutch inflections count, the last word may be half typed.",
            {"type": "string", "maxLength": 200},
        ),
        "name": "q",
    },
    "perPage": {
        **_parameter(
            "query",
            "How many records at a time.",
            {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
        ),
        "name": "perPage",
    },
    "cursor": {
        **_parameter("query", "Opaque; taken from a Link.", {"type": "string"}),
        "name": "cursor",
    },
    "highlight": {
        **_parameter(
            "query",
            "Whether each record gets `highlights`: the pieces of text in which the words of `q` "
            "are, marked with `<mark>`.",
            {"type": "boolean"},
        ),
        "name": "highlight",
    },
    "count": {
        **_parameter("query", "Whether to answer Total-Count.", {"type": "boolean"}),
        "name": "count",
    },
}
REFERENCE_PARAMETER = {
    "in": "path",
    "name": "reference",
    "description": "Reference of the record (kenmerk).",
    "schema": {"type": "string", "pattern": PATTERN},
}
