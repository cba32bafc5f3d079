"""Fields of the dictionary as JSON Schema: how each is answered, and how it may be sent."""

from collections.abc import Callable
from typing import Any

from marshmallow.validate import Range, Regexp

from ...fields import (
    Amount,
    Code,
    Computed,
    Current,
    Day,
    Described,
    Flag,
    Instant,
    Link,
    Moment,
    Number,
    Policy,
    Ref,
    Rows,
    Text,
    Through,
    Whole,
)
from ...fields.shapes import END
from ...nesting import MOST
from ...policydate import DateKind
from ...projection.selection import kind_of
from ...record import PATTERN
from .components import FOLLOWED, Components, base_name

Schema = dict[str, Any]
Shape = Callable[["Shapes", Any, bool], Schema]
SHAPES: dict[type[Any], Shape] = {}
NULL: Schema = {"type": "null"}
ALWAYS = "x-always"  # a mark for shapes that are never null in an answer


def shape(type_: type[Any]) -> Callable[[Shape], Shape]:
    """Say how a type of field looks: `(shapes, field, sent) → JSON Schema` without null.

    `sent` tells the body of a request from an answer.
    """

    def register(build: Shape) -> Shape:
        SHAPES[type_] = build
        return build

    return register


def nullable(schema: Schema) -> Schema:
    """`schema`, or null. A plain type becomes a list of types, as code generators like it."""
    if "type" in schema and isinstance(schema["type"], str):
        out = {**schema, "type": [schema["type"], "null"]}
        if "enum" in out:
            out["enum"] = [*out["enum"], None]
        return out
    for several in ("oneOf", "anyOf"):
        if several in schema:
            return {**schema, several: [*schema[several], NULL]}
    return {"oneOf": [schema, NULL]}


def about(field: Described, schema: Schema) -> Schema:
    """`schema` with the words of the field, in English with the Dutch term."""
    words, hint = field.about.words, field.about.hint
    told = f"{words.en} ({words.nl})." if words.en else ""
    told = " ".join(filter(None, (told, hint.en if hint else "", schema.get("description"))))
    return {**schema, "description": told} if told else schema


class Shapes(Components):
    """Builds the schemas of fields; what has a name is built once, as a component."""

    def answered(self, field: Described) -> Schema:
        """How the field is in an answer."""
        return about(field, self._or_null(field, self._built(field, sent=False), sent=False))

    def sent(self, field: Described) -> Schema:
        """How the field may be in a body."""
        return about(field, self._or_null(field, self._built(field, sent=True), sent=True))

    def read(self, field: Described) -> Schema:
        """How the field is in a record that is read, where its pointers can be followed."""
        if not isinstance(field, Ref):
            return self.answered(field)
        # The kind enters its own schema. A pointer is a record of which a few members are there.
        whole = {"$ref": f"#/components/schemas/{base_name(kind_of(field.to).schema)}"}
        either = [whole, self.pointer(field.to)]
        followed = {"anyOf": either, "description": FOLLOWED}
        return about(field, self._or_null(field, followed, sent=False))

    def _built(self, field: Any, *, sent: bool) -> Schema:
        for type_ in type(field).__mro__:
            if type_ in SHAPES:
                return SHAPES[type_](self, field, sent)
        raise TypeError(f"OpenAPI knows no {type(field).__name__}: register its shape")

    def _or_null(self, field: Described, schema: Schema, *, sent: bool) -> Schema:
        always = schema.pop(ALWAYS, False) or isinstance(field, Rows | Flag)
        return schema if field.required or (always and not sent) else nullable(schema)


@shape(Text)
def _text(_: Shapes, field: Text, sent: bool) -> Schema:
    if not sent:
        return {"type": "string"}
    least: Schema = {"minLength": 1} if field.required else {}
    shape = next((str(v.regex.pattern) for v in field.validators if isinstance(v, Regexp)), None)
    if shape:  # as ECMA-262 writes it
        least["pattern"] = f"^{shape.removesuffix(END)}$"
    return {"type": "string", **least, "maxLength": field.max_length}


@shape(Link)
def _link(shapes: Shapes, field: Link, sent: bool) -> Schema:
    return {**_text(shapes, field, sent), "format": "uri"}


@shape(Code)
def _code(shapes: Shapes, field: Code, sent: bool) -> Schema:
    return shapes.code(field.of)


@shape(Whole)
def _whole(_: Shapes, field: Whole, sent: bool) -> Schema:
    return {"type": "integer", **(_bounds(field) if sent else {})}


def _bounds(field: Described) -> Schema:
    found = next((v for v in field.validators if isinstance(v, Range)), None)
    return {} if found is None else {"minimum": found.min, "maximum": found.max}


@shape(Number)
def _number(_: Shapes, field: Number, sent: bool) -> Schema:
    return {"type": "number", **(_bounds(field) if sent else {})}


@shape(Amount)
def _amount(_: Shapes, field: Amount, sent: bool) -> Schema:
    return {"type": "string", "pattern": r"^[0-9]{1,13}(\.[0-9]{1,2})?$", "examples": ["1250.00"]}


@shape(Flag)
def _flag(_: Shapes, field: Flag, sent: bool) -> Schema:
    return {"type": "boolean"}


@shape(Day)
def _day(_: Shapes, field: Day, sent: bool) -> Schema:
    return {"type": "string", "format": "date"}


@shape(Instant)
def _instant(_: Shapes, field: Instant, sent: bool) -> Schema:
    return {"type": "string", "format": "date-time"}


@shape(Moment)
def _moment(_: Shapes, field: Moment, sent: bool) -> Schema:
    """A day is sent too: the moment at which it begins."""
    formats = ("date-time", "date") if sent else ("date-time",)
    return {"type": "string", "anyOf": [{"format": name} for name in formats]}


@shape(Policy)
def _policy(shapes: Shapes, field: Policy, sent: bool) -> Schema:
    if not sent:
        return shapes.named("PolicyDate", lambda: _policy_parts(sent=False))
    made = shapes.named("PolicyDateInput", lambda: _policy_parts(sent=True))
    words = {"type": "string", "maxLength": 300, "description": "Words; the days are read."}
    return {"oneOf": [words, made]}


def _policy_parts(*, sent: bool) -> Schema:
    day = {"type": ["string", "null"], "format": "date"}
    length = {"maxLength": 300} if sent else {}
    parts: Schema = {
        "text": {"type": ["string", "null"], **length, "description": "The words as written."},
        "earliest": {**day, "description": "The first day that they may mean."},
        "latest": {**day, "description": "The last day that they may mean."},
        "kind": {"type": ["string", "null"], "enum": [*map(str, DateKind), None]},
        "anchor": {**day, "description": "The day from which relative words are read."},
    }
    told = "A moment in policy time (termijn): words with the window of days they stand for."
    whole = {"additionalProperties": False} if sent else {"required": list(parts)}
    return {"type": "object", "description": told, "properties": parts, **whole}


@shape(Ref)
def _ref(shapes: Shapes, field: Ref, sent: bool) -> Schema:
    if not sent:
        return shapes.pointer(field.to)
    reference = {"type": "string", "pattern": PATTERN}
    whole = {"type": "object", "required": ["reference"], "properties": {"reference": reference}}
    return {"oneOf": [reference, whole]}


@shape(Rows)
def _rows(shapes: Shapes, field: Rows, sent: bool) -> Schema:
    items = shapes.row(type(field.schema), sent=sent)
    return {"type": "array", "items": items, **({"maxItems": MOST} if sent else {})}


@shape(Through)
def _through(shapes: Shapes, field: Any, sent: bool) -> Schema:
    return _text(shapes, field, sent) if isinstance(field, Text) else {"type": "string"}


@shape(Computed)
@shape(Current)
def _computed(shapes: Shapes, field: Computed, sent: bool) -> Schema:
    return shapes._built(field.like, sent=sent)
