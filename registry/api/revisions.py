"""A revision as JSON: a change of a published record that waits to be judged."""

import json
from typing import Any

from flask import Response

from ..access import Actor
from ..db import rfc3339
from ..errors import Invalid
from ..kind import Kind
from ..workflow import OPEN, Revision, RevisionState, comparing
from . import answers, conditions
from .shell import address

Schema = dict[str, Any]


def plain(kind: Kind, reference: str, revision: Revision, reader: Actor) -> dict[str, Any]:
    """What a list says of a revision."""
    at, told = revision.reviewed_at, comparing.concerns(kind, revision, reader)
    return {
        "key": revision.key,
        "record": reference,
        "state": revision.state,
        "baseVersion": revision.base_version,
        "author": revision.author_name,
        "reviewer": revision.reviewer_name,
        "reason": revision.reason if told else None,
        "note": revision.note if told else None,
        "createdAt": rfc3339(revision.created_at),
        "updatedAt": rfc3339(revision.updated_at),
        "reviewedAt": rfc3339(at) if at else None,
    }


def whole(kind: Kind, entity: Any, revision: Revision, reader: Actor) -> dict[str, Any]:
    """The same, with what would change as long as it has not been judged, and for its author and
    the secretariat what was proposed, to go on with."""
    told = plain(kind, entity.reference, revision, reader)
    pairs, late, fits = _compared(kind, entity, revision, reader)
    told["changes"] = [{"field": p["path"], "old": p["old"], "new": p["new"]} for p in pairs]
    noted = comparing.concerns(kind, revision, reader)
    steps = [_step(step, step.get("note") if noted else None) for step in revision.steps]
    told |= {"overtaken": sorted(late), "fits": fits, "steps": steps}
    if reader.editorial or reader.account_id == revision.author_id:
        told["payload"] = revision.payload
    return told


def _compared(kind: Kind, entity: Any, revision: Revision, reader: Actor) -> Any:
    """(what would change, which fields were changed since, whether it still fits)."""
    if revision.state not in OPEN:
        return [], set(), True
    late = comparing.overtaken(kind, revision)
    try:
        return comparing.differences(kind, entity, revision, reader), late, True
    except Invalid:
        return [], late, False


def _step(step: dict[str, Any], note: str | None) -> dict[str, Any]:
    told = {"takenAt": step["at"], "action": step["action"], "by": step["by"]}
    return {**told, "fields": list(step.get("fields", ())), "note": note}


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
        "reason": {
            **WORDS,
            "description": "Why it was proposed; null too where none of it is shown.",
        },
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
        "overtaken": {
            "type": "array",
            "items": {"type": "string"},
            "description": "The fields that were changed since it was proposed.",
        },
        "fits": {"type": "boolean", "description": "Whether it still fits the record."},
        "payload": {
            "type": "object",
            "description": "What was proposed, for its author and the secretariat.",
        },
        "steps": {
            "type": "array",
            "description": "What became of it (verloop).",
            "items": {
                "type": "object",
                "properties": {
                    "takenAt": MOMENT,
                    "action": {"type": "string"},
                    "by": {"type": "string"},
                    "fields": {"type": "array", "items": {"type": "string"}},
                    "note": WORDS,
                },
                "required": ["takenAt", "action", "by", "fields", "note"],
            },
        },
    },
    "required": ["key", "record", "state", "baseVersion", "author", "createdAt", "updatedAt"],
}
