"""Where a record points: not at itself, in a line of succession not back to itself, and what is
found by the words of a row that points."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from . import schema, search
from .db import session
from .errors import Invalid, Message
from .fields import Ref, Rows
from .kind import Kind, kinds
from .schema import BaseSchema


def refuse_itself(kind: Kind, entity: Any) -> None:
    """A record does not point at itself, neither directly nor in a row of a list."""
    errors: dict[str, Any] = dict(_pointing(kind.dictionary, entity, entity))
    for name, field in kind.dictionary.load_fields.items():
        if isinstance(field, Rows):
            rows = enumerate(getattr(entity, name))
            found = {i: dict(_pointing(field.schema, row, entity)) for i, row in rows}
            if wrong := {i: why for i, why in found.items() if why}:
                errors[field.data_key or name] = wrong
    if errors:
        raise Invalid(errors)


def _pointing(of: BaseSchema, obj: Any, entity: Any) -> Iterator[tuple[str, Any]]:
    """The pointers of `obj` that lead to `entity` and may not."""
    for name, field in of.load_fields.items():
        if not isinstance(field, Ref) or field.itself:
            continue
        if getattr(obj, field.attribute or name) is entity:
            yield field.data_key or name, [_circle() if field.acyclic else _itself()]


def one_at_a_time(kind: Kind) -> None:
    """Two writers who each see no circle can close one together: on PostgreSQL they queue."""
    inner = [f.schema if isinstance(f, Rows) else None for f in kind.dictionary.fields.values()]
    schemas = [kind.dictionary, *filter(None, inner)]
    acyclic = any(isinstance(f, Ref) and f.acyclic for s in schemas for f in s.fields.values())
    if acyclic and session().get_bind().dialect.name == "postgresql":
        with session().no_autoflush:
            session().execute(select(func.pg_advisory_xact_lock(func.hashtext(kind.name))))


def refuse_cycles(kind: Kind, entity: Any) -> None:
    """Refuse a record that by way of others would come before itself."""
    for name, field in kind.dictionary.load_fields.items():
        inner = field.schema.load_fields.items() if isinstance(field, Rows) else [(name, field)]
        model = field.schema.model if isinstance(field, Rows) else kind.model
        for attribute, target in inner:
            if isinstance(target, Ref) and target.acyclic:
                start = model.parent_id if isinstance(field, Rows) else model.id
                _walk(entity.id, start, getattr(model, f"{attribute}_id"), field.data_key or name)


def _walk(origin: int, start: Any, end: Any, name: str) -> None:
    seen: set[int] = set()
    frontier = {origin}
    while frontier:
        query = select(end).where(start.in_(frontier), end.is_not(None))
        frontier = set(session().scalars(query)) - seen
        if origin in frontier:
            raise Invalid({name: [_circle()]})
        seen |= frontier


def reindex(kind: Kind, entity: Any) -> None:
    """Write anew for the search what points at `entity` from a row that can be found: the words
    of a row that points at what is hidden are hidden with it."""
    for other, parents in _found_by_rows(kind, entity):
        query = select(other.model).where(other.model.id.in_(parents))
        query = query.options(*schema.loading(other.dictionary, other.model))
        for pointing in session().scalars(query):
            search.index(session(), other.dictionary, pointing)


def _found_by_rows(kind: Kind, entity: Any) -> Iterator[tuple[Kind, Any]]:
    for other in kinds():
        for field in other.dictionary.described().values():
            if not isinstance(field, Rows):
                continue
            inner = field.schema.described()
            if not any(part.about.search for part in inner.values()):
                continue
            for name, ref in inner.items():
                if isinstance(ref, Ref) and ref.to is kind.model:
                    row = field.schema.model
                    points = getattr(row, f"{ref.attribute or name}_id") == entity.id
                    yield other, select(row.parent_id).where(points)


def _itself() -> Message:
    return Message(
        "A record cannot point at itself.", "Een gegeven kan niet naar zichzelf wijzen.", "itself"
    )


def _circle() -> Message:
    return Message(
        "This makes a circle: the record would come before itself.",
        "Dit maakt een kring: het zou aan zichzelf voorafgaan.",
        "cycle",
    )
