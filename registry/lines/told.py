"""What the OpenAPI document tells of an annex and its lines."""

from typing import Any

from ..annexes import comparing
from ..api.bodies import MERGE_PATCH
from ..api.openapi import Document
from ..api.openapi.operations import (
    ANYBODY,
    BODY_ERRORS,
    CONDITION_ERRORS,
    ONE_ERRORS,
    TOKEN,
    UNCHANGED,
    WRITE_ERRORS,
    Operations,
    in_json,
)
from ..api.openapi.told import TAGGED, VERSION_HEADER
from ..record import PATTERN
from ..reports.schemas import FreezeSchema, LineSchema, RemarkSchema
from . import queries

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
MAYBE: Json = {"type": ["string", "null"]}
COUNT: Json = {"type": "integer"}
ANYTHING: Json = {"type": "array", "items": {"type": "object"}}
RECORD: Json = {
    "in": "path",
    "name": "record",
    "description": "Reference of the record that the line is about (kenmerk van de regel).",
    "schema": {"type": "string", "pattern": PATTERN},
}
WITH: Json = {
    "in": "query",
    "name": "with",
    "description": "The annex to compare with; or now: how a frozen one would read now.",
    "required": True,
    "schema": TEXT,
}
CORE = "For the core group, of an annex that is not frozen."


def _object(description: str, properties: Json, *optional: str) -> Json:
    required = [name for name in properties if name not in optional]
    told = {"type": "object", "description": description}
    return {**told, "properties": properties, "required": required}


def _agreement() -> Json:
    return _object(
        "How far the agreement on a line is (akkoord); for the core group.",
        {
            "state": {"type": "string", "enum": [*queries.AGREEMENTS]},
            **dict.fromkeys(("remark", "by", "at"), MAYBE),
            "organisation": {"type": ["object", "null"]},
            "version": {"type": "integer", "description": "0: nothing was said of the line."},
            "owners": {**ANYTHING, "description": "Who can be asked."},
        },
    )


def _line() -> Json:
    changed = {"type": ["array", "null"], "items": {"type": "object"}}
    why = "What changed since the letter before; null: that cannot be said."
    return _object(
        "A line of an annex (regel): a commitment or initiative as it stood on the reference "
        "date, with the fields of its kind.",
        {
            "reference": TEXT,
            "kind": TEXT,
            "title": TEXT,
            "titleEn": MAYBE,
            "standing": {"type": ["object", "null"], "description": "State of affairs."},
            "changed": {**changed, "description": why},
            "notes": {"type": "array", "items": COUNT, "description": "Numbers of footnotes."},
            "agreement": _agreement(),
            "footnotes": {**ANYTHING, "description": "Of one line: its own."},
        },
        "agreement",
        "footnotes",
    )


def _content(line: Json) -> Json:
    lines = {"type": "array", "items": line}
    nullable = {"type": ["object", "null"]}
    return _object(
        "What an annex says (inhoud van de bijlage), as the caller may see it.",
        {
            "reference": TEXT,
            "number": MAYBE,
            "frozenOn": MAYBE,
            "title": TEXT,
            "titleEn": MAYBE,
            "asOf": {"type": "string", "format": "date"},
            "letter": nullable,
            "previous": nullable,
            "scope": {"type": "object"},
            "introduction": MAYBE,
            "introductionEn": MAYBE,
            "sections": ANYTHING,
            "commitments": lines,
            "initiatives": lines,
            "byTheme": ANYTHING,
            "figures": ANYTHING,
            "gaps": ANYTHING,
            "open": {"type": "object"},
            "footnotes": ANYTHING,
            "leftOut": {**COUNT, "description": "How many records the caller may not see."},
        },
    )


def _difference() -> Json:
    change = {"type": "string", "enum": [*comparing.ORDER]}
    names = {"kind": TEXT, "reference": TEXT, "title": TEXT, "titleEn": MAYBE}
    one = _object("What happened to a line.", {**names, "change": change, "fields": ANYTHING})
    many = {"type": "array", "items": one}
    told = {"with": TEXT, "annex": TEXT, "leftOut": COUNT, "differences": many}
    return _object("What differs between two annexes.", told)


class Told:
    """Describes the operations on what an annex says."""

    def __init__(self, document: Document, operations: Operations) -> None:
        self.shapes, self.path = document.shapes, operations.path
        self.one = self.shapes.named("AnnexLine", _line)

    def content(self) -> Json:
        whole = self.shapes.named("AnnexContent", lambda: _content(self.one))
        told = "What an annex says: as it was frozen, or as it is now."
        return {**self._reading("getAnnexContent", told, whole, self.path), "security": ANYBODY}

    def line(self) -> Json:
        return self._reading("getAnnexLine", "A line of an annex", self.one, self._at())

    def comparison(self) -> Json:
        differing = self.shapes.named("AnnexComparison", _difference)
        told = "What differs between two annexes"
        return self._reading("compareAnnexes", told, differing, [*self.path, WITH])

    def write(self) -> Json:
        sent = self.shapes.named("AnnexLineInput", lambda: self.shapes.body(LineSchema()))
        made = self._making("writeAnnexLine", "Write the text of a line", self.one, self._at())
        made["parameters"] = [*self._at(), "IfMatch"]
        made["requestBody"] = {"required": True, "content": {MERGE_PATCH: {"schema": sent}}}
        made["responses"] |= {**BODY_ERRORS, **CONDITION_ERRORS}
        return made

    def ask_line(self) -> Json:
        told = "Ask the owner of a line whether they agree"
        return self._making("askAnnexLine", told, self.one, self._at())

    def ask(self) -> Json:
        shape = _object(
            "What came of asking.",
            {"lines": COUNT, "mails": COUNT, "nobody": {"type": "array", "items": TEXT}},
        )
        told = "Ask the owners of all lines that were not asked yet"
        return self._making("askAnnexLines", told, shape, self.path)

    def agree(self) -> Json:
        made = self._making("agreeAnnexLine", "Agree to a line", self.one, self._at())
        return self._if_match(made)

    def remark(self) -> Json:
        sent = self.shapes.named("AnnexRemarkInput", lambda: self.shapes.body(RemarkSchema()))
        made = self._making("remarkAnnexLine", "Say what is wrong", self.one, self._at())
        return self._if_match(self._with_body(made, sent))

    def freeze(self) -> Json:
        shape = self.shapes.named("AnnexFreeze", _sealed)
        sent = self.shapes.named("AnnexFreezeInput", lambda: self.shapes.body(FreezeSchema()))
        made = self._making("freezeAnnex", "Freeze an annex for good", shape, self.path)
        location = {"Location": {"$ref": "#/components/headers/LOCATION"}}
        done = made["responses"].pop("200")
        made["responses"]["201"] = {**done, "headers": {**TAGGED, **location}}
        job = {"$ref": "#/components/schemas/Job"}
        later = {"description": "It has many lines: follow the job.", **in_json(job)}
        made["responses"]["202"] = {**later, "headers": {**VERSION_HEADER, **location}}
        return self._with_body(made, sent)

    def _at(self) -> list[Any]:
        return [*self.path, RECORD]

    def _if_match(self, made: Json) -> Json:
        parameters = [*made["parameters"], "IfMatchOptional"]
        responses = {**made["responses"], "412": "PRECONDITION_FAILED"}
        return {**made, "parameters": parameters, "responses": responses}

    def _with_body(self, made: Json, sent: Json) -> Json:
        responses = {**made["responses"], **BODY_ERRORS}
        return {
            **made,
            "requestBody": {"required": True, **in_json(sent)},
            "responses": responses,
        }

    def _reading(self, name: str, summary: str, schema: Json, parameters: list[Any]) -> Json:
        return {
            "operationId": name,
            "summary": summary,
            "description": CORE if name == "getAnnexLine" else "",
            "parameters": [*parameters, "IfNoneMatch"],
            "responses": {
                "200": {"description": "As it stands.", "headers": TAGGED, **in_json(schema)},
                "304": UNCHANGED,
                "400": "BAD_REQUEST",
                "403": "FORBIDDEN",
                "409": "CONFLICT",
                **ONE_ERRORS,
            },
            "security": TOKEN,
        }

    def _making(self, name: str, summary: str, schema: Json, parameters: list[Any]) -> Json:
        done = {"description": "As it now is.", "headers": TAGGED, **in_json(schema)}
        return {
            "operationId": name,
            "summary": summary,
            "description": CORE,
            "parameters": parameters,
            "responses": {"200": done, **WRITE_ERRORS},
            "security": TOKEN,
        }


def _sealed() -> Json:
    return _object(
        "A frozen annex (vastgestelde bijlage): its number and fingerprint.",
        {
            "number": TEXT,
            "frozenAt": {"type": "string", "format": "date-time"},
            "sha256": TEXT,
            "unagreed": {**COUNT, "description": "Lines without agreement."},
        },
    )
