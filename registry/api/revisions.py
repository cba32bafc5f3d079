"""A revision as JSON: a change of a published record that waits to be judged."""

import json
from typing import Any

from flask import Response

from ..access import Actor
from ..db import rfc3339
from ..kind import Kind
from ..workflow import OPEN, Revision, RevisionState
from ..workflow.comparing import differences
from . import answers, conditions
from .shell import address

Schema = dict[str, Any]


def plain(reference: str, revision: Revision) -> dict[str, Any]:
    """What a list says of a revision."""
    at = revision.reviewed_at
    return {
        "key": revision.key,
        "record": reference,
        "state": revision.state,
        "baseVersion": revision.base_version,
        "author": revision.author_name,
        "reviewer": revision.reviewer_name,
        "reason": revision.reason,
        "note": revision.note,
        "createdAt": rfc3339(revision.created_at),
        "updatedAt": rfc3339(revision.updated_at),
        "reviewedAt": rfc3339(at) if at else None,
    }


def whole(kind: Kind, entity: Any, revision: Revision, reader: Actor) -> dict[str, Any]:
    """The same, with what would change as long as it has not been judged."""
    told = plain(entity.reference, revision)
    pairs = differences(kind, entity, revision, reader) if revision.state in OPEN else []
    changes = [{"field": pair["path"], "old": pair["old"], "new": pair["new"]} for pair in pairs]
    return {**told, "changes": changes}


def proposed(kind: Kind, entity: Any, revision: Revision, reader: Actor) -> Response:
    """The answer to a PATCH that became a revision: 202, and where it is."""
    text = json.dumps(whole(kind, entity, revision, reader), ensure_ascii=False)
    response = answers.written(text, conditions.tag_of_list(text))
    response.status_code = 202
    path = f"/{kind.collection}/{entity.reference}/revisions/{revision.key}"
    response.headers["Location"] = address(path)
    return response


MOMENT: Schema = {"type": "string", "format": "date-time"}
WORDS: Schema = {"type": ["string", "null"]}
SHAPE: Schema = {
    "type": "object",
    "description": "A proposed change of a published record (wijzigingsvoorstel).",
    "properties": {
        "key": {"type": "string", "description": "Its name."},
        "record": {"type": "string", "description": "Reference of the record (kenmerk)."},
        "state": {"type": "string", "enum": list(RevisionState), "description": "How it stands."},
        "baseVersion": {"type": "integer", "description": "The version that its author saw."},
        "author": {"type": "string", "description": "Who proposed it (indiener)."},
        "reviewer": {**WORDS, "description": "Who judged it (beoordelaar)."},
        "reason": {**WORDS, "description": "Why it was proposed."},
        "note": {**WORDS, "description": "What should change, where it was sent back."},
        "createdAt": {**MOMENT, "description": "When it was proposed."},
        "updatedAt": {**MOMENT, "description": "When it last changed."},
        "reviewedAt": {"type": ["string", "null"], "format": "date-time"},
        "changes": {
            "type": "array",
            "description": "What would change; of one revision, until it has been judged.",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "old": {}, "new": {}},
                "required": ["field", "old", "new"],
            },
        },
    },
    "required": ["key", "record", "state", "baseVersion", "author", "createdAt", "updatedAt"],
}
