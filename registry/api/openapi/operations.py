"""What the document tells of the operations on one kind of record."""

from collections.abc import Mapping
from typing import Any

from ... import listing, vocabulary
from ...access import View
from ...kind import Kind
from ...listing.filters import Filter
from ...listing.selecting import PATHS
from ...listing.spans import Span
from ...projection.selection import members, paths
from ...record import PATTERN
from ..bodies import JSON, MERGE_PATCH
from .components import Schema, base_name
from .safely import MADE
from .told import REFERENCE_PARAMETER, TAGGED, VERSION_HEADER

Told = dict[str, Any]
READ_ERRORS = {"401": "UNAUTHORIZED", "406": "NOT_ACCEPTABLE", "503": "SERVICE_UNAVAILABLE"}
ONE_ERRORS = {**READ_ERRORS, "404": "NOT_FOUND"}
WRITE_ERRORS = {**ONE_ERRORS, "400": "BAD_REQUEST", "403": "FORBIDDEN", "409": "CONFLICT"}
BODY_ERRORS = {"413": "REQUEST_ENTITY_TOO_LARGE", "415": "UNSUPPORTED_MEDIA_TYPE"}
CONDITION_ERRORS = {"412": "PRECONDITION_FAILED", "428": "PRECONDITION_REQUIRED"}
FORMS = (
    "As JSON a page of it; as `text/csv` or `application/x-ndjson` (one record per line) all that "
    "the question finds, without `perPage`, `cursor` and `highlight`. In CSV, a member of an "
    "object is `due.latest`, and of the rows of a list `participations.role`: the values of all "
    "rows, with ` | ` between them."
)
UNCHANGED = {"description": "The caller has this already.", "headers": TAGGED}
EVERYTHING = View.SECRETARIAT
Scopes = dict[str, list[str]]
TOKEN: list[Scopes] = [{"bearer": []}]
ANYBODY: list[Scopes] = [{}, *TOKEN]


class Operations:
    """Describes each operation of a kind, with the schemas of its bodies and answers."""

    def __init__(
        self, kind: Kind, *, record: Schema, input_: Schema, patch: Schema, revision: Schema
    ) -> None:
        self.kind, self.record, self.input, self.patch = kind, record, input_, patch
        self.revision = revision
        self.one = kind.words.en.lower()
        self.name = base_name(kind.schema)
        self.path = [REFERENCE_PARAMETER]

    def index(self) -> Told:
        """The list."""
        headers = {
            **TAGGED,
            "Link": {"$ref": "#/components/headers/LINK"},
            "Total-Count": {"$ref": "#/components/headers/TOTAL_COUNT"},
        }
        items = {"type": "array", "items": self.record}
        return {
            "operationId": f"list{self.name}s",
            "summary": f"{self.kind.plural.en} ({self.kind.plural.nl.lower()})",
            "description": f"{self.kind.intro.en} {FORMS}",
            "parameters": list_parameters(self.kind),
            "responses": {
                "200": {"description": "A page.", "headers": headers, "content": forms(items)},
                "304": UNCHANGED,
                "400": "BAD_REQUEST",
                **READ_ERRORS,
            },
            "security": ANYBODY,
        }

    def show(self) -> Told:
        """One record."""
        return {
            "operationId": f"get{self.name}",
            "summary": f"One {self.one}",
            "parameters": [*self.path, "asOf", "knownAt", *_selection(self.kind), "IfNoneMatch"],
            "responses": {
                "200": {"description": "The record.", "headers": TAGGED, **in_json(self.record)},
                "304": UNCHANGED,
                "400": "BAD_REQUEST",
                **ONE_ERRORS,
            },
            "security": ANYBODY,
        }

    def create(self) -> Told:
        """A new record."""
        made = {**TAGGED, "Location": {"$ref": "#/components/headers/LOCATION"}}
        responses: Told = {
            "201": {"description": MADE, "headers": made, **in_json(self.record)},
            **WRITE_ERRORS,
            **BODY_ERRORS,
        }
        del responses["404"]
        return {
            "operationId": f"create{self.name}",
            "summary": f"Register: {self.one}",
            "description": "The new record is a draft; the secretariat publishes it.",
            "parameters": ["dryRun"],
            "requestBody": {"required": True, **in_json(self.input)},
            "responses": responses,
            "security": TOKEN,
        }

    def revise(self) -> Told:
        """A change."""
        content = {"content": {MERGE_PATCH: {"schema": self.patch}}}
        return {
            "operationId": f"update{self.name}",
            "summary": f"Change: {self.one}",
            "parameters": [*self.path, "dryRun", "IfMatch", "ChangeReason"],
            "requestBody": {"required": True, **content},
            "responses": {
                **self.changed(WRITE_ERRORS, BODY_ERRORS, CONDITION_ERRORS),
                "202": {
                    "description": "What is published changes through the secretariat: this is "
                    "the revision that it became.",
                    "headers": {**TAGGED, "Location": {"$ref": "#/components/headers/LOCATION"}},
                    **in_json(self.revision),
                },
            },
            "security": TOKEN,
        }

    def remove(self) -> Told:
        """A removal."""
        return {
            "operationId": f"delete{self.name}",
            "summary": f"Delete: {self.one}",
            "description": "The reference stays taken, and the history stays.",
            "parameters": [*self.path, "IfMatch", "ChangeReason"],
            "responses": {
                "204": {"description": "It is gone.", "headers": VERSION_HEADER},
                **WRITE_ERRORS,
                **CONDITION_ERRORS,
            },
            "security": TOKEN,
        }

    def publish(self, publication: Schema) -> Told:
        """A publication."""
        return {
            "operationId": f"publish{self.name}",
            "summary": f"Publish: {self.one}",
            "description": "Show the record to its audience. For the secretariat.",
            "parameters": [*self.path, "IfMatchOptional"],
            "requestBody": {"required": False, **in_json(publication)},
            "responses": self.changed(WRITE_ERRORS, BODY_ERRORS, {"412": CONDITION_ERRORS["412"]}),
            "security": TOKEN,
        }

    def changed(self, *errors: dict[str, str]) -> Told:
        """The answers of an operation that changes the record."""
        now = {"description": "The record as it is now.", "headers": TAGGED, **in_json(self.record)}
        responses: Told = {"200": now}
        for some in errors:
            responses.update(some)
        return responses


def forms(items: Schema) -> Told:
    """The forms of a list: a page in JSON, or the whole of it."""
    text = {"schema": {"type": "string"}}
    return {JSON: {"schema": items}, "text/csv": text, "application/x-ndjson": text}


def in_json(schema: Schema) -> Told:
    """A body or answer in JSON."""
    return {"content": {JSON: {"schema": schema}}}


def list_parameters(kind: Kind) -> list[Any]:
    """What can be asked of the list: the same book that the list itself reads."""
    common = ["q", "highlight", "perPage", "cursor", "asOf", "count", "IfNoneMatch"]
    return [
        *common,
        _sort(kind),
        *_selection(kind),
        *(_filter(item) for item in listing.filters(kind).values()),
        *(_span(span) for span in listing.spans(kind).values()),
    ]


def _filter(item: Filter) -> Told:
    told = f"{item.words.en} ({item.words.nl}); repeatable. `none`: not filled in."
    if item.view:
        told += " Only for who is shown this field."
    schema = {"type": "array", "items": _value(item)}
    return {"in": "query", "name": item.name, "description": told, "schema": schema}


def _value(item: Filter) -> Schema:
    if item.type == "flag":
        return {"type": "string", "enum": ["true", "false"]}
    if item.names or item.type == "reference":
        return {"type": "string", "pattern": rf"{PATTERN}|^none$"}
    if item.type == "number":
        return {"type": "string", "pattern": r"^(-?[0-9]{1,9}|none)$"}
    book = vocabulary.LISTS[item.vocabulary] if item.vocabulary else None
    if book is None or book.open:
        return {"type": "string"}
    return {"type": "string", "enum": [*book.terms, "none"]}


LIMITS: Mapping[str, Schema] = {
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
    "number": {"type": "number", "minimum": -1e15, "maximum": 1e15},
}


def _span(span: Span) -> Told:
    told = f"{span.words.en} ({span.words.nl}). {span.bound.told}"
    if span.view:
        told += " Only for who is shown this field."
    return {"in": "query", "name": span.name, "description": told, "schema": LIMITS[span.type]}


def _selection(kind: Kind) -> list[Told]:
    """The parameters that choose what is told of each record."""
    names, known = members(kind.dictionary, EVERYTHING), [*paths(kind.dictionary, EVERYTHING)]
    few = "Only these members, and `reference`. Who is not shown a member cannot ask for it."
    more = (
        "Pointers to write out as the whole record that they point at, as far as the caller may "
        "see it. What would cost too much is refused with the code `too_expensive`: ask for fewer "
        "per page, or expand less."
    )
    return [_names("fields", few, names), _names("expand", more, known, maxItems=PATHS)]


def _names(name: str, told: str, allowed: list[str], **bounds: int) -> Told:
    """A parameter with names between commas."""
    schema = {"type": "array", "items": {"type": "string", "enum": allowed}, **bounds}
    whole = {"in": "query", "name": name, "description": told, "schema": schema}
    return {**whole, "style": "form", "explode": False}


def _sort(kind: Kind) -> Told:
    name = rf"-?({'|'.join(listing.sorts(kind))})"
    schema = {"type": "string", "pattern": rf"^{name}(,{name}){{0,4}}$"}
    told = "Names to sort by, `-` before a name turns it around. Undated comes last."
    return {"in": "query", "name": "sort", "description": told, "schema": schema}
