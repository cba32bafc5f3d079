"""The code lists: what each code means in Dutch and English, and whether the list is open."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Response

from .. import vocabulary
from ..errors import NotFound
from ..vocabulary import Term, Vocabulary
from . import answers, conditions
from .callers import caller
from .openapi import Document, Resource
from .openapi.told import TAGGED
from .validators import by_standing

Shape = dict[str, Any]
TEXT: Shape = {"type": "string"}
NAME: Shape = {**TEXT, "pattern": "^[a-z]+(-[a-z]+)*$"}
LIST: Shape = {
    "type": "object",
    "description": "A code list (codelijst).",
    "required": ["name", "nl", "en", "open"],
    "properties": {
        "name": NAME,
        "nl": {**TEXT, "description": "Its name in Dutch."},
        "en": {**TEXT, "description": "Its name in English."},
        "open": {
            "type": "boolean",
            "description": "Whether codes may be added: then expect codes that you do not know.",
        },
    },
}
TERM: Shape = {
    "type": "object",
    "description": "A code with its words (term).",
    "required": ["code", "nl", "en", "definition", "retired"],
    "properties": {
        "code": TEXT,
        "nl": {**TEXT, "description": "In Dutch."},
        "en": {**TEXT, "description": "In English."},
        "definition": {"type": ["string", "null"]},
        "retired": {"type": "boolean", "description": "Still read, and chosen no more."},
    },
}
TERMS: Shape = {
    "allOf": [
        {"$ref": "#/components/schemas/VocabularySummary"},
        {
            "type": "object",
            "required": ["terms"],
            "properties": {
                "terms": {"type": "array", "items": {"$ref": "#/components/schemas/Term"}}
            },
        },
    ],
}
ERRORS = {
    "400": "BAD_REQUEST",
    "401": "UNAUTHORIZED",
    "406": "NOT_ACCEPTABLE",
    "503": "SERVICE_UNAVAILABLE",
}


@by_standing
def index() -> Response:
    """GET /vocabularies."""
    answers.only()
    return _sent([_summary(book) for book in vocabulary.LISTS.values()])


@by_standing
def show(name: str) -> Response:
    """GET /vocabularies/{name}."""
    answers.only()
    book = vocabulary.LISTS.get(name)
    if book is None:
        raise NotFound
    terms = [_term(term) for term in vocabulary.terms(name).values()]
    return _sent({**_summary(book), "terms": terms})


def _summary(book: Vocabulary) -> Mapping[str, Any]:
    return {"name": book.name, "nl": book.words.nl, "en": book.words.en, "open": book.open}


def _term(term: Term) -> Mapping[str, Any]:
    return {
        "code": term.code,
        "nl": term.words.nl,
        "en": term.words.en,
        "definition": term.definition,
        "retired": term.retired,
    }


def _sent(content: Any) -> Response:
    text = json.dumps(content, ensure_ascii=False)
    return answers.readable(text, conditions.tag_of_list(text), public=not caller().signed_in)


def enter(document: Document) -> None:
    """Enter the two routes."""
    for name, schema in {"VocabularySummary": LIST, "Term": TERM, "Vocabulary": TERMS}.items():
        document.spec.components.schema(name, schema)
    resource = Resource("/vocabularies", "The code lists (codelijsten).")
    lists = {"type": "array", "items": {"$ref": "#/components/schemas/VocabularySummary"}}
    resource.add("", "index", index, _told("listVocabularies", "All code lists", lists), "GET")
    one = _told("getVocabulary", "One code list", {"$ref": "#/components/schemas/Vocabulary"})
    one["responses"]["404"] = "NOT_FOUND"
    one["parameters"].append({"in": "path", "name": "name", "schema": NAME})
    resource.add("/<name>", "show", show, one, "GET")
    document.enter(resource)


def _told(operation: str, summary: str, schema: Shape) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {
        "operationId": operation,
        "summary": summary,
        "parameters": ["IfNoneMatch"],
        "responses": {
            "200": {"description": summary, "headers": TAGGED, "content": content},
            "304": {"description": "The caller has this already.", "headers": TAGGED},
            **ERRORS,
        },
        "security": [{}, {"bearer": []}],
    }
