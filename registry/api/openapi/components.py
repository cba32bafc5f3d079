"""The named schemas of the document: records, their bodies, rows and pointers."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from ... import vocabulary
from ...fields import Described, Ref, Rows
from ...kind import Kind, kinds
from ...nesting import KEY
from ...record import PATTERN
from ...schema import BaseSchema, RowSchema

Schema = dict[str, Any]
MOMENT: Schema = {"type": "string", "format": "date-time"}
PARTIAL = "All that the caller may see is there, or what `fields` names; `reference` always is."
NOT_FOR_ALL = "Absent for who may not see it."
FOLLOWED = "With `expand` the whole record."

HIGHLIGHTS: Schema = {
    "type": "array",
    "description": "Where the words of `q` stand; only in a list with highlight=true.",
    "items": {
        "type": "object",
        "required": ["field", "text"],
        "properties": {
            "field": {"type": "string", "description": "The path of the field."},
            "text": {"type": "string", "description": "HTML: escaped text with `<mark>`."},
        },
    },
}


class Components:
    """Makes each named schema once. What a field looks like is said by `Shapes`."""

    def __init__(self, add: Callable[[str, Schema], object]) -> None:
        self._add = add
        self._made: dict[str, object] = {}

    def answered(self, field: Described) -> Schema:
        """How the field is in an answer."""
        raise NotImplementedError

    def sent(self, field: Described) -> Schema:
        """How the field may be in a body."""
        raise NotImplementedError

    def read(self, field: Described) -> Schema:
        """How the field is in a record that is read, where its pointers can be followed."""
        raise NotImplementedError

    def named(self, name: str, build: Callable[[], Schema], of: object = None) -> Schema:
        """A reference to the component `name`. Raises ValueError when two things share a name."""
        if name not in self._made:
            self._made[name] = of
            self._add(name, build())
        if self._made[name] is not of:
            raise ValueError(f"two schemas are called {name}")
        return {"$ref": f"#/components/schemas/{name}"}

    def record(self, kind: Kind) -> Schema:
        """A record as it is answered."""
        return self.named(base_name(kind.schema), lambda: self._record(kind), kind)

    def input(self, kind: Kind) -> Schema:
        """The body that makes a record."""
        name = f"{base_name(kind.schema)}Input"
        return self.named(name, lambda: self.body(kind.schema()), kind)

    def patch(self, kind: Kind) -> Schema:
        """The merge patch of a record."""
        name = f"{base_name(kind.schema)}Patch"
        told = f"Merge patch (RFC 7396) of {_a(kind)}: absent stays, null empties."

        def build() -> Schema:
            whole = self.body(kind.schema())
            whole.pop("required", None)
            return {**whole, "description": told, "minProperties": 1}

        return self.named(name, build, kind)

    def code(self, name: str) -> Schema:
        """A code of the vocabulary `name`. A closed list is a schema of its own: a client that is
        generated has one type for it."""
        book = vocabulary.LISTS[name]
        where = f"Code of /vocabularies/{name}"
        if book.open:
            return {"type": "string", "description": f"{where}, an open list."}
        schema = {"type": "string", "enum": list(book.terms), "description": f"{where}."}
        words = "".join(word.capitalize() for word in name.split("-"))
        return self.named(f"{words}Code", lambda: schema, book)

    def row(self, schema: type[RowSchema], *, sent: bool) -> Schema:
        """A row of a nested list."""
        name = base_name(schema)
        if sent:
            return self.named(f"{name}Input", lambda: self._row_input(schema()), schema)
        return self.named(name, lambda: self._row(schema()), schema)

    def pointer(self, model: Any) -> Schema:
        """The small object that stands for another record."""

        def build() -> Schema:
            kind = next(kind for kind in kinds() if kind.model is model)
            fields = kind.schema().described()
            shown = {str(fields[n].data_key): self.answered(fields[n]) for n in model.__ref__}
            return _object({"reference": reference(kind), **shown})

        return self.named(f"{model.__name__}Reference", build, model)

    def body(self, schema: BaseSchema) -> Schema:
        """What a schema loads: unknown names are refused."""
        fields = [f for f in schema.load_fields.values() if isinstance(f, Described)]
        out: Schema = {
            "type": "object",
            "additionalProperties": False,
            "properties": {str(f.data_key): self.sent(f) for f in fields},
        }
        if required := [str(f.data_key) for f in fields if f.required]:
            out["required"] = required
        return out

    def _record(self, kind: Kind) -> Schema:
        state, audience = self.code("state"), self.code("audience")
        own: Schema = {
            "reference": reference(kind),
            "workflow": {**state, "description": "Publication state (publicatiestatus)."},
            "audience": {**audience, "description": "Whom it is meant for (zichtbaar voor)."},
            "keeper": self._keeper(),
            "version": {"type": "integer", "description": "What If-Match compares."},
            "createdAt": {**MOMENT, "description": "When it was registered."},
            "updatedAt": {**MOMENT, "description": "When it last changed."},
        }
        shown = {
            str(f.data_key): _told(f, self.read(f)) for f in kind.dictionary.described().values()
        }
        told = f"{kind.words.en} ({kind.words.nl.lower()}). {kind.intro.en} {PARTIAL}"
        members: Schema = {**own, **shown, "highlights": HIGHLIGHTS}
        whole: Schema = {"type": "object", "properties": members, "required": ["reference"]}
        return {**whole, "description": told}

    def _keeper(self) -> Schema:
        """Who keeps a record, as every record tells it."""
        model = next(kind.model for kind in kinds() if kind.keeps)
        field = Ref("Beheerd door", "Kept by", to=model)
        told = "Kept by (beheerd door); null: the secretariat, or an organisation that is hidden."
        return {**self.read(field), "description": f"{told} {FOLLOWED}"}

    def _row_input(self, schema: BaseSchema) -> Schema:
        body = self.body(schema)
        body["properties"]["key"]["pattern"] = f"^{KEY.pattern}$"
        return body

    def _row(self, schema: BaseSchema) -> Schema:
        fields = schema.described().values()
        of = self.read if type(schema) in _of_records() else self.answered
        shown = {str(f.data_key): of(f) for f in fields}
        shown["key"] = {"type": "string", "description": "Stable key of this row (sleutel)."}
        return _object(shown, {str(f.data_key) for f in fields if f.about.view})


@cache
def _of_records() -> set[type[Any]]:
    """The schemas of the rows that records have; others are rows of what hangs on a record."""
    fields = (field for kind in kinds() for field in kind.dictionary.fields.values())
    return {type(field.schema) for field in fields if isinstance(field, Rows)}


def _told(field: Described, schema: Schema) -> Schema:
    """`schema`, with for whom the field is where it is not for everybody."""
    if not field.about.view:
        return schema
    return {**schema, "description": f"{schema.get('description', '')} {NOT_FOR_ALL}".strip()}


def base_name(schema: type[BaseSchema]) -> str:
    """The name of a schema in the document."""
    return schema.__name__.removesuffix("Schema")


def reference(kind: Kind) -> Schema:
    """The reference of a record of this kind."""
    told = f"Permanent public reference (kenmerk), such as {kind.prefix}-0001."
    return {"type": "string", "pattern": PATTERN, "description": told}


def _object(properties: Schema, hidden: Iterable[str] = ()) -> Schema:
    """Everything is always there, but for what some callers may not see."""
    required = [name for name in properties if name not in set(hidden)]
    return {"type": "object", "properties": properties, "required": required}


def _a(kind: Kind) -> str:
    noun = kind.words.en.lower()
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
