"""Base schemas, and how a payload becomes the whole resulting record and then its rows."""

import secrets
from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields
from sqlalchemy import inspect
from sqlalchemy.orm import joinedload, selectinload

from . import policydate
from .access import View
from .errors import Invalid, Message
from .fields import Described, Instant, Ref, Rows, Text, fail, json_name
from .record import Record, Series

MESSAGES = {
    "unknown": Message(
        "This field does not exist here or cannot be changed.",
        "Dit veld bestaat hier niet of is niet te wijzigen.",
        "unknown_field",
    ),
    "type": Message("Give an object.", "Geef een object.", "wrong_type"),
}
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
MOST_ROWS = 500


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
        return {n: f for n, f in self.fields.items() if isinstance(f, Described)}


class RowSchema(BaseSchema):
    """A row of a nested list. `natural` names the fields that tell rows apart without a key."""

    model: ClassVar[Any]
    natural: ClassVar[tuple[str, ...]] = ()
    filters: ClassVar[dict[str, str]] = {}  # query parameter → attribute of the row

    key = Text("Sleutel", "Key", max_length=24)


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


def load_onto(schema: RecordSchema, entity: Any | None, payload: Any) -> dict[str, Any]:
    """Validate the whole record that results when `payload` is laid over `entity`.

    Absent stays as it is, blank or null empties. Returns the loaded values by attribute.
    Raises Invalid with every reason at once, as {JSON name: [Message]} (rows by position).
    """
    if not isinstance(payload, Mapping):
        raise Invalid({"_schema": [MESSAGES["type"]]})
    merged = dict(payload)
    if entity is not None:
        merged = _laid_over(schema, editable(schema, entity), payload)
    else:
        _bounded(schema, merged)
    try:
        loaded: dict[str, Any] = schema.load(merged)
    except ValidationError as error:
        tree = error.normalized_messages()  # type: ignore[no-untyped-call]
        raise Invalid(tree) from error
    return loaded


def editable(schema: BaseSchema, obj: Any) -> dict[str, Any]:
    """`obj` as a payload that would change nothing, by JSON name."""
    out: dict[str, Any] = {}
    for name, field in schema.load_fields.items():
        value = getattr(obj, field.attribute or name)
        key = field.data_key or name
        if isinstance(field, Rows):
            out[key] = [editable(field.schema, row) for row in value]
        elif isinstance(field, Ref):
            out[key] = value.record.reference if value else None
        else:
            out[key] = field._serialize(value, name, obj)
    return out


def _laid_over(schema: BaseSchema, current: dict[str, Any], payload: Mapping[str, Any]) -> Any:
    merged = {**current, **payload}
    for name, field in schema.load_fields.items():
        key = field.data_key or name
        if isinstance(field, Rows) and isinstance(payload.get(key), list):
            merged[key] = merge(field.schema, current[key], payload[key])
    _bounded(schema, merged)
    return merged


def _bounded(schema: BaseSchema, payload: Mapping[str, Any]) -> None:
    for name, field in schema.load_fields.items():
        rows = payload.get(field.data_key or name)
        if isinstance(field, Rows) and isinstance(rows, list) and len(rows) > MOST_ROWS:
            text = fail("At most {n} rows.", "Hoogstens {n} rijen.", "too_many", n=MOST_ROWS)
            raise Invalid({field.data_key or name: text.messages})


def merge(schema: Any, current: list[dict[str, Any]], rows: list[Any]) -> list[Any]:
    """Lay `rows` over `current`: a known key changes that row, no key finds the row with the
    same natural key, anything else is new; what is not in `rows` goes. Position means nothing."""
    free = {row["key"]: row for row in current}
    named = {row.get("key") for row in rows if isinstance(row, Mapping)}
    out: list[Any] = []
    for row in rows:
        if not isinstance(row, Mapping):
            out.append(row)
            continue
        found = free.pop(row.get("key"), None) if row.get("key") else None
        if found is None and not row.get("key"):
            found = _natural(schema, free, named, row)
        out.append({**(found or {}), **row, **({"key": found["key"]} if found else {})})
    return out


def _natural(schema: Any, free: dict[str, Any], named: set[Any], row: Mapping[str, Any]) -> Any:
    if not schema.natural:
        return None
    wanted = [_bare(row.get(name)) for name in schema.natural]
    for key, candidate in free.items():
        if key not in named and [_bare(candidate.get(n)) for n in schema.natural] == wanted:
            return free.pop(key)
    return None


def _bare(value: Any) -> Any:
    if isinstance(value, Mapping):
        return value.get("reference", value.get("text"))
    return value or None


def apply(schema: BaseSchema, obj: Any, values: Mapping[str, Any]) -> None:
    """Write loaded `values` onto the model, rows matched by key."""
    for name, field in schema.load_fields.items():
        attribute = field.attribute or name
        value = values.get(attribute)
        if isinstance(field, Rows):
            _apply_rows(field.schema, obj, attribute, value or [])
        elif getattr(obj, attribute) != value:
            setattr(obj, attribute, value)


def _apply_rows(schema: Any, parent: Any, attribute: str, rows: list[dict[str, Any]]) -> None:
    known = {row.key: row for row in getattr(parent, attribute)}
    result = []
    for position, values in enumerate(rows):
        key = values.get("key") or new_key()
        row = known.get(key) or schema.model(key=key)
        apply(schema, row, {**values, "key": key})
        row.position = position
        result.append(row)
    if issubclass(schema.model, Series):
        _settle(result, chained=getattr(schema.model, "__chained__", False))
    setattr(parent, attribute, result)


def _settle(series: list[Any], *, chained: bool) -> None:
    """Compute the half-open days of a series; in a chained one a row ends where the next begins."""
    for index, row in enumerate(series):
        following = series[index + 1] if chained and index + 1 < len(series) else None
        row.effective_from = policydate.since(row.from_) if row.from_ else None
        if row.until:
            row.effective_until = policydate.until(row.until)
        elif following is not None and following.from_:
            row.effective_until = policydate.since(following.from_)
        else:
            row.effective_until = None


def new_key() -> str:
    """A new opaque key for a nested row."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


def loading(schema: BaseSchema, model: Any) -> list[Any]:
    """The loader options that bring an entity with all that its schema speaks of."""
    options: list[Any] = []
    relations = inspect(model).relationships
    for name, field in schema.fields.items():
        attribute = (field.attribute or name).split(".")[0]
        if attribute == "sources" and isinstance(field, Rows):
            cited = joinedload(model.record).selectinload(Record.sources)
            options.append(cited.options(*loading(field.schema, field.schema.model)))
        if attribute == "record" or attribute not in relations:
            continue
        loader = selectinload(getattr(model, attribute))
        if isinstance(field, Rows):
            loader = loader.options(*loading(field.schema, field.schema.model))
        options.append(loader)
    return options


def only_seen(schema: BaseSchema, view: View) -> tuple[str, ...]:
    """The names of the fields that this view shows; the others are absent, never null."""
    hidden = {n for n, f in schema.described().items() if f.about.view > view}
    return tuple(name for name in schema.fields if name not in hidden)
