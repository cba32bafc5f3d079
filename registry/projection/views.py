"""A view of the projection: what a class of readers is shown of the members that are asked for.

It compiles the SELECT, and the schema whose dump is the same JSON."""

from copy import copy
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, Text, cast, select

from ..access import Actor, View
from ..fields import Ref, Rows
from ..record import Record
from ..schema import BaseSchema, Keeper, RecordSchema, only_seen, only_shown
from .compiler import Compiler, on_the_day
from .selection import WHOLE, Follow, Selection, field_parts, keeping, kind_of
from .written import written

KEPT = 100
"""How many chosen views are kept. There are more than anybody can hold, and strangers choose them:
the whole ones have a place of their own, from which they cannot be driven out."""


def project(
    schema: RecordSchema, actor: Actor, dialect: str, *, selection: Selection = WHOLE
) -> Select[Any]:
    """SELECT the JSON of every record of this kind that `actor` may see, and no more of it.

    Run it on behalf of `actor` (`access.acting_as`): the statement is compiled once per view and
    kept; who reads, the moment and the reference date are bound when it runs.
    """
    names = tuple(schema.fields)
    if selection == WHOLE:
        return _whole(type(schema), names, actor.view, dialect, signed_in=actor.signed_in)
    return _chosen(type(schema), selection, actor.view, dialect, signed_in=actor.signed_in)


def schema_of(schema: type[RecordSchema], view: View, selection: Selection) -> RecordSchema:
    """The schema whose dump is what `project` selects: its twin. Visibility is judged by it on
    behalf of who acts."""
    return _followed(schema, view, selection, selection.follow)


@lru_cache(maxsize=500)
def _whole(
    schema: type[RecordSchema],
    names: tuple[str, ...],
    view: View,
    dialect: str,
    *,
    signed_in: bool,
) -> Select[Any]:
    compiler = Compiler(dialect, view, signed_in, on_the_day())
    return _selected(compiler, schema(only=names), WHOLE)


@lru_cache(maxsize=KEPT)
def _chosen(
    schema: type[RecordSchema],
    selection: Selection,
    view: View,
    dialect: str,
    *,
    signed_in: bool,
) -> Select[Any]:
    compiler = Compiler(dialect, view, signed_in, on_the_day(), selection.follow)
    return _selected(compiler, schema(), selection)


def _selected(compiler: Compiler, schema: RecordSchema, selection: Selection) -> Select[Any]:
    model = schema.model
    finished = cast(compiler.record(schema, model, selection=selection), Text)
    joined = select(finished).select_from(model).join(Record, Record.id == model.id)
    text = written(joined, compiler.dialect)
    query = select(text).select_from(model).join(Record, Record.id == model.id)
    return query.where(compiler.seen(Record))


def _followed(
    schema: type[RecordSchema], view: View, selection: Selection, follow: Follow
) -> RecordSchema:
    whole = schema()
    asked = {n for n in only_seen(whole, view) if selection.has(str(whole.fields[n].data_key))}
    made = schema(only=tuple(n for n in only_shown(whole, view) if n.split(".")[0] in asked))
    _follow(made, view, follow)
    return made


def _follow(made: BaseSchema, view: View, follow: Follow) -> None:
    """Have the pointers of a schema, which nobody else uses, write out what they point at."""
    for field in made.fields.values():
        further = follow.get(str(field.data_key))
        if further is None:
            continue
        if isinstance(field, Keeper):
            field.whole = _followed(keeping().schema, view, WHOLE, further)
        elif isinstance(field, Ref):
            field.whole = _followed(kind_of(field.to).schema, view, WHOLE, further)
        elif isinstance(field, Rows):
            _follow(field.schema, view, further)
        else:
            _follow_parts(field, view, further)


def _follow_parts(field: Any, view: View, follow: Follow) -> None:
    field.parts = {name: copy(ref) for name, ref in field_parts(field)}
    for name, further in follow.items():
        to = field.parts[name].to
        field.parts[name].whole = _followed(kind_of(to).schema, view, WHOLE, further)
