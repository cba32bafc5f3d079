"""Base schemas, and how a payload becomes the whole resulting record and then its rows."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields, validates_schema
from sqlalchemy import inspect
from sqlalchemy.orm import joinedload, selectinload

from . import nesting
from .access import View, acting, can_see
from .errors import Invalid, Message
from .fields import Code, Computed, Described, Instant, Ref, Rows, Text, find_all, json_name
from .fields.domain import pointed
from .fields.plain import holding
from .record import Record

MESSAGES = {
    "unknown": Message(
        "This field does not exist here or cannot be changed.",
        "Dit veld bestaat hier niet of is niet te wijzigen.",
        "unknown_field",
    ),
    "type": Message("Give an object.", "Geef een object.", "wrong_type"),
}
BACKWARDS = Message("This ends before it begins.", "Dit eindigt voordat het begint.", "window")


class BaseSchema(Schema):
    """JSON names in camelCase, unknown fields refused, every message in two languages."""

    error_messages = MESSAGES  # type: ignore[assignment]

    class Meta:
        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        if field_obj.data_key is None:
            field_obj.data_key = json_name(field_name)

    def described(self) -> dict[str, Described]:
        """The fields that people see, by attribute name, in the order of the screen."""
        found = self.__dict__.get("_described")  # asked for many times for every page
        if found is None:
            found = {n: f for n, f in self.fields.items() if isinstance(f, Described)}
            self.__dict__["_described"] = found
        return dict(found)


class RowSchema(BaseSchema):
    """A row of a nested list. `natural` names the fields that find a row without its key;
    `distinct` those that no two rows share, where that takes more."""

    model: ClassVar[Any]
    natural: ClassVar[tuple[str, ...]] = ()
    distinct: ClassVar[tuple[str, ...]] = ()
    filters: ClassVar[dict[str, str]] = {}  # query parameter → attribute of the row

    key = Text("Sleutel", "Key", max_length=24)

    @validates_schema(skip_on_field_errors=True)
    def _in_order(self, data: dict[str, Any], **_: Any) -> None:
        start, end = data.get("from_"), data.get("until")
        if start and end and start.earliest and end.latest and end.latest < start.earliest:
            raise ValidationError({"until": [BACKWARDS]})


class Keeper(fields.Field[Any]):
    """The organisation that keeps a record; null where it is hidden, or the secretariat."""

    whole: "RecordSchema | None" = None  # what writes it out where it is followed

    def __init__(self) -> None:
        super().__init__(
            dump_only=True,
            attribute="record.organisation",
            metadata={"description": "The organisation that keeps it (beheerd door)"},
        )

    def _serialize(self, value: Any, attr: Any, obj: Any, **kw: Any) -> Any:
        return pointed(value, self.whole)


class RecordSchema(BaseSchema):
    """A top-level entity: its own fields, and those that every record has, which are read only."""

    model: ClassVar[Any]

    reference = fields.String(
        dump_only=True,
        attribute="record.reference",
        metadata={"description": "Permanent public reference (kenmerk)"},
    )
    workflow = fields.String(
        dump_only=True,
        attribute="record.state",
        metadata={"description": "Workflow state (publicatiestatus)"},
    )
    audience = fields.String(
        dump_only=True,
        attribute="record.audience",
        metadata={"description": "For whom it is meant (zichtbaar voor)"},
    )
    keeper = Keeper()
    version = fields.Integer(
        dump_only=True,
        attribute="record.version",
        metadata={"description": "Version that If-Match compares"},
    )
    created_at = fields.Function(
        lambda o: Instant("", "")._serialize(o.record.created_at, "", o),
        metadata={"description": "When it was registered"},
    )
    updated_at = fields.Function(
        lambda o: Instant("", "")._serialize(o.record.updated_at, "", o),
        metadata={"description": "When it last changed"},
    )


def extend(schema: type[RecordSchema], name: str, field: Computed) -> None:
    """Enter what a higher room computes in a dictionary below it, before the sources."""
    declared = schema._declared_fields
    sources = declared.pop("sources")
    declared.update({name: field, "sources": sources})


REFUSED = Message(
    "The secretariat fills this in; what you state is noted as yours by itself.",
    "Dit vult het secretariaat in; wat u opgeeft wordt vanzelf als uw opgave genoteerd.",
    "forbidden",
)


def loaded(schema: Schema, payload: Any) -> dict[str, Any]:
    """What `schema` makes of `payload`. Raises Invalid with every reason at once."""
    if not isinstance(payload, Mapping):
        raise Invalid({"_schema": [MESSAGES["type"]]})
    try:
        values: dict[str, Any] = schema.load(payload)
    except ValidationError as error:
        tree = error.normalized_messages()  # type: ignore[no-untyped-call]
        raise Invalid(tree) from error
    return values


def load_onto(schema: RecordSchema, entity: Any | None, payload: Any) -> dict[str, Any]:
    """Validate the whole record that results when `payload` is laid over `entity`.

    Absent stays as it is, blank or null empties. Returns the loaded values by attribute.
    Raises Invalid with every reason at once, as {JSON name: [Message]} (rows by position).
    """
    if not isinstance(payload, Mapping):
        raise Invalid({"_schema": [MESSAGES["type"]]})
    _refuse(schema, payload)
    merged = dict(payload)
    if entity is not None:
        merged = laid_over(schema, editable(schema, entity), payload)
    for model, references in _pointed_at(schema, merged).items():
        find_all(model, references)
    with holding(lambda of, code: entity is not None and _holds(schema, entity, of, code)):
        values = loaded(schema, merged)
    if entity is not None:
        _keep_hidden(schema, entity, payload, values)
    return values


def _pointed_at(schema: Schema, payload: Mapping[str, Any]) -> dict[Any, set[str]]:
    """The references in a payload, by the model that they are of."""
    found: dict[Any, set[str]] = {}
    for name, field in schema.load_fields.items():
        value = payload.get(field.data_key or name)
        if isinstance(field, Ref):
            reference = value.get("reference") if isinstance(value, Mapping) else value
            if isinstance(reference, str):
                found.setdefault(field.to, set()).add(reference)
        elif isinstance(field, Rows) and isinstance(value, list):
            for row in value:
                inner = _pointed_at(field.schema, row) if isinstance(row, Mapping) else {}
                for model, references in inner.items():
                    found.setdefault(model, set()).update(references)
    return found


def _refuse(schema: BaseSchema, payload: Mapping[str, Any]) -> None:
    """What cannot even be laid over: lists out of order, and fields that others fill in."""
    errors: dict[str, Any] = {}
    for name, field in schema.load_fields.items():
        key = field.data_key or name
        if key not in payload:
            continue
        if isinstance(field, Described) and field.about.editors > acting().view:
            errors[key] = [REFUSED]
        elif isinstance(field, Rows) and isinstance(payload[key], list):
            errors |= {key: wrong} if (wrong := nesting.refused(payload[key])) else {}
    if errors:
        raise Invalid(errors)


def _keep_hidden(
    schema: BaseSchema, entity: Any, payload: Mapping[str, Any], loaded: dict[str, Any]
) -> None:
    """A pointer to what the acting person cannot see stays, unless they name another."""
    for name, field in schema.load_fields.items():
        if isinstance(field, Ref) and (field.data_key or name) not in payload:
            loaded[field.attribute or name] = getattr(entity, field.attribute or name)


def _holds(schema: BaseSchema, obj: Any, of: str, code: str) -> bool:
    """Whether `obj` has this code of this vocabulary already."""
    for name, field in schema.load_fields.items():
        value = getattr(obj, field.attribute or name)
        if isinstance(field, Rows):
            if any(_holds(field.schema, row, of, code) for row in value):
                return True
        elif isinstance(field, Code) and field.of == of and value == code:
            return True
    return False


def editable(schema: BaseSchema, obj: Any) -> dict[str, Any]:
    """`obj` as a payload that would change nothing, by JSON name."""
    out: dict[str, Any] = {}
    for name, field in schema.load_fields.items():
        value = getattr(obj, field.attribute or name)
        key = field.data_key or name
        if isinstance(field, Rows):
            out[key] = [editable(field.schema, row) for row in value if field.shows(row)]
        elif isinstance(field, Ref):
            seen = value is not None and can_see(acting(), value.record)
            out[key] = value.record.reference if seen else None
        else:
            out[key] = field._serialize(value, name, obj)
    return out


def laid_over(schema: BaseSchema, current: dict[str, Any], payload: Mapping[str, Any]) -> Any:
    """`payload` over the editable values of a record: absent stays, rows are matched by key."""
    merged = {**current, **payload}
    for name, field in schema.load_fields.items():
        key = field.data_key or name
        if isinstance(field, Rows) and isinstance(payload.get(key), list):
            merged[key] = nesting.merge(field.schema, current[key], payload[key])
    return merged


def loading(schema: BaseSchema, model: Any) -> list[Any]:
    """The loader options that bring an entity with all that its schema speaks of."""
    options: list[Any] = []
    relations = inspect(model).relationships
    for name, field in schema.fields.items():
        attribute = (field.attribute or name).split(".")[0]
        if attribute == "sources" and isinstance(field, Rows):
            cited = joinedload(model.record).selectinload(Record.sources)
            options.append(cited.options(*loading(field.schema, field.schema.model)))
        options += _followed(field, attribute, model)
        if attribute == "record" or attribute not in relations:
            continue
        loader = selectinload(getattr(model, attribute))
        if isinstance(field, Rows):
            loader = loader.options(*loading(field.schema, field.schema.model))
        options.append(loader)
    return options


def _followed(field: Any, attribute: str, model: Any) -> Iterator[Any]:
    """The same for what a field points at, where that is written out."""
    parts = getattr(field, "parts", None)
    if isinstance(field, Keeper) and field.whole is not None:
        kept = joinedload(model.record).selectinload(Record.organisation)
        yield kept.options(*loading(field.whole, type(field.whole).model))
    elif isinstance(field, Ref) and field.whole is not None:
        loader = selectinload(getattr(model, attribute))
        yield loader.options(*loading(field.whole, field.to))
    elif isinstance(parts, Mapping):  # one field on several columns, such as where it was made
        for part, ref in parts.items():
            yield from _followed(ref, f"{attribute}_{part}", model)


def only_seen(schema: BaseSchema, view: View) -> tuple[str, ...]:
    """The names of the fields that this view shows; the others are absent, never null."""
    hidden = {n for n, f in schema.described().items() if f.about.view > view}
    return tuple(name for name in schema.fields if name not in hidden)


def only_shown(schema: BaseSchema, view: View) -> Iterator[str]:
    """The same for a dump, by path where a row of a list has something hidden."""
    for name in only_seen(schema, view):
        field = schema.fields[name]
        parts = only_seen(field.schema, view) if isinstance(field, Rows) else ()
        if isinstance(field, Rows) and len(parts) < len(field.schema.fields):
            yield from (f"{name}.{part}" for part in parts)
        else:
            yield name
