"""What a kind can be filtered by, read off its dictionary: every field that holds a code, a flag,
a number, a pointer or a few words, in the record itself and in its lists."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from .. import vocabulary
from ..access import View, acting, visible_to_acting
from ..db import Found
from ..fields import Code, Computed, Current, Described, Flag, LongText, Ref, Rows, Text, Whole
from ..kind import Kind, kinds
from ..projection import current, foreign_key, on_the_day
from ..record import Record
from ..words import Words

NONE = "none"  # the value that asks for records without any

Pairs = Callable[[Any], Any]
Has = Callable[[Any, list[Any] | None], ColumnElement[bool]]


@dataclass(frozen=True)
class Filter:
    """One thing to filter on: its values are codes, references, numbers, words or true/false.

    `pairs(model)` selects (id of the record, value) for every value that a record has, to count
    them; `has(model, values)` is the clause that a record has one of `values`, or with None any.
    """

    name: str
    words: Words
    type: str  # code | reference | flag | number | text
    pairs: Pairs
    has: Has
    vocabulary: str | None = None
    target: Any = None
    view: View = View.PUBLIC
    panel: bool = False  # whether a screen offers it beside its list
    many: bool = False  # whether a record can have several
    names: bool = False  # whether its values are references of the records themselves
    links: Pairs | None = None  # of references: `pairs` with keys, also of what is hidden

    def clause(self, model: Any, wanted: list[Any], *, none: bool) -> ColumnElement[bool]:
        """That a record has one of the values that are `wanted`, or where `none` counts, none."""
        clauses = [self.has(model, wanted)] if wanted else []
        if none:
            clauses.append(~self.has(model, None))
        return or_(*clauses)

    def typed(self, values: list[str]) -> list[Any]:
        """What is asked for by `values`, as it is stored; `none` is no value."""
        given = [value for value in values if value != NONE]
        if self.type == "flag":
            return [value == "true" for value in given]
        return [int(value) for value in given] if self.type == "number" else [*given]

    def kinds(self) -> set[str]:
        """The kinds of records that a reference can be to."""
        return {kind.name for kind in kinds() if self.target in (None, kind.model)}

    def allowed(self) -> list[str] | None:
        """The values that can be asked for, or None where they are too many to list."""
        if self.type == "flag":
            return ["true", "false"]
        return [*vocabulary.terms(self.vocabulary), NONE] if self.vocabulary else None


@cache
def filters(kind: Kind, view: View = View.SECRETARIAT) -> Mapping[str, Filter]:
    """The filters of `kind` by parameter name, as far as `view` shows what they ask of."""
    found: dict[str, Filter] = {}
    for name, field in kind.dictionary.described().items():
        for item in _of(name, field):
            if item.view <= view:
                found[item.name] = item
    for item in _of_record():
        found.setdefault(item.name, item)
    return found


def _of(name: str, field: Described) -> Iterator[Filter]:
    parts = getattr(field, "parts", None)
    if isinstance(field, Rows):
        yield from _of_rows(field)
    elif isinstance(parts, Mapping):
        for part, ref in parts.items():
            called = f"{field.data_key}{part[0].upper()}{part[1:]}"
            yield _pointer(called, ref, f"{name}_{part}", field)
    elif isinstance(field, Ref):
        yield _pointer(str(field.data_key), field, name, field)
    elif kind := _type(field):
        like = field.like if isinstance(field, Computed) else field
        book = like.of if isinstance(like, Code) else None
        expression = _computed(field) if isinstance(field, Computed) else _column(name)
        yield Filter(
            str(field.data_key),
            field.about.words,
            kind,
            _one(expression),
            _is(_by_key(field) if isinstance(field, Current) else expression),
            book,
            view=field.about.view,
            panel=field.about.filter,
        )


def _type(field: Described) -> str | None:
    """The type of the values of a field that has one; of long texts words are found by `q`."""
    like = field.like if isinstance(field, Computed) else field
    if isinstance(like, LongText):
        return None
    types = ((Code, "code"), (Flag, "flag"), (Whole, "number"), (Text, "text"))
    return next((name for type_, name in types if isinstance(like, type_)), None)


def seen(record: Any) -> ColumnElement[bool]:
    """That whoever acts when the statement runs sees a record, as far as they see what who acts
    now does."""
    return visible_to_acting(acting().view, record, signed_in=acting().signed_in)


# --- one value per record -----------------------------------------------------------------


def _column(name: str) -> Callable[[Any], Any]:
    return lambda model: getattr(model, name)


def _computed(field: Any) -> Callable[[Any], Any]:
    if isinstance(field, Current):
        return lambda model: current(field, model, on_the_day())
    return lambda model: field.expression(None, model)


def _by_key(field: Current) -> Callable[[Any], Any]:
    return lambda model: current(field, model, on_the_day(), key=Record.id)


def _one(expression: Callable[[Any], Any]) -> Pairs:
    return lambda model: select(model.id, expression(model))


def _is(expression: Callable[[Any], Any]) -> Has:
    def has(model: Any, values: list[Any] | None) -> ColumnElement[bool]:
        value: Any = expression(model)
        return value.is_not(None) if values is None else value.in_(values)  # type: ignore[no-any-return]

    return has


def _pointer(called: str, ref: Ref, attribute: str, field: Described) -> Filter:
    def pairs(model: Any) -> Select[Any]:
        record = aliased(Record)
        link = foreign_key(model, attribute)
        return select(model.id, record.reference).join(
            record, and_(record.id == link, seen(record))
        )

    return Filter(
        called,
        ref.about.words,
        "reference",
        pairs,
        lambda model, values: points(foreign_key(model, attribute), values),
        target=ref.to,
        view=field.about.view,
        panel=field.about.filter,
        links=lambda model: select(model.id, foreign_key(model, attribute)),
    )


def points(link: Any, references: list[Any] | None) -> ColumnElement[bool]:
    """That a key points at one of `references`, or at anything; what is hidden is nothing."""
    record = aliased(Record)
    found = select(record.id).where(seen(record))
    if references is None:
        return found.where(record.id == link).exists()
    return Found(link, found.where(record.reference.in_(references)).scalar_subquery())


# --- rows of a list -----------------------------------------------------------------------


def _of_rows(field: Rows) -> Iterator[Filter]:
    named = {attribute: name for name, attribute in field.schema.filters.items()}
    for name, inner in field.schema.described().items():
        kind = "reference" if isinstance(inner, Ref) else _type(inner)
        if kind is None or (kind == "text" and name not in named):
            continue
        key = str(inner.data_key)
        called = named.get(name, f"{field.data_key}{key[0].upper()}{key[1:]}")
        yield Filter(
            called,
            _words(field, name, inner),
            kind,
            _values_of_rows(field, name),
            _in_rows(field, name),
            inner.of if isinstance(inner, Code) else None,
            inner.to if isinstance(inner, Ref) else None,
            max(field.about.view, inner.about.view),
            field.about.filter and name in named,
            many=True,
            links=_links_of_rows(field, name) if isinstance(inner, Ref) else None,
        )


def _words(field: Rows, name: str, inner: Described) -> Words:
    """What people call it: the list itself, where it is a list of pointers."""
    if name not in field.schema.filters.values():
        own, of = inner.about.words, field.about.words
        return Words(f"{of.nl}: {own.nl.lower()}", f"{of.en}: {own.en.lower()}")
    pointers = [n for n in field.schema.filters.values() if isinstance(field.schema.fields[n], Ref)]
    return field.about.words if pointers == [name] else inner.about.words


def shown(field: Rows, row: Any, *, but: str = "") -> list[ColumnElement[bool]]:
    """That the acting person sees a row: none of what it points at is hidden. `but` names the
    pointer that is looked at anyway."""
    names = [n for n, inner in field.schema.fields.items() if isinstance(inner, Ref) and n != but]
    return [or_((link := foreign_key(row, n)).is_(None), points(link, None)) for n in names]


def _values_of_rows(field: Rows, attribute: str) -> Pairs:
    def pairs(_model: Any) -> Select[Any]:
        row = aliased(field.schema.model)
        if not isinstance(field.schema.fields[attribute], Ref):
            query = select(row.parent_id, getattr(row, attribute))
            return query.where(*shown(field, row))
        record = aliased(Record)
        link = and_(record.id == foreign_key(row, attribute), seen(record))
        query = select(row.parent_id, record.reference).join(record, link)
        return query.where(*shown(field, row, but=attribute))

    return pairs


def _links_of_rows(field: Rows, attribute: str) -> Pairs:
    def links(_model: Any) -> Select[Any]:
        row = aliased(field.schema.model)
        query = select(row.parent_id, foreign_key(row, attribute))
        return query.where(*shown(field, row, but=attribute))

    return links


def _in_rows(field: Rows, attribute: str) -> Has:
    def has(_model: Any, values: list[Any] | None) -> ColumnElement[bool]:
        row = aliased(field.schema.model)
        if isinstance(field.schema.fields[attribute], Ref):
            clause, hidden = points(foreign_key(row, attribute), values), attribute
        else:
            clause, hidden = _is(_column(attribute))(row, values), ""
        # By the key of the identity: what fails is passed over without its own row being read.
        query = select(row.id).where(row.parent_id == Record.id, clause)
        return query.where(*shown(field, row, but=hidden)).exists()

    return has


# --- what every record has ----------------------------------------------------------------


def _of_record() -> Iterator[Filter]:
    codes = (
        ("workflow", "state", Words("Publicatiestatus", "Publication state")),
        ("audience", "audience", Words("Zichtbaar voor", "Visible to")),
    )
    for name, column, words in codes:
        own = _own(column), _is_own(column)
        yield Filter(name, words, "code", *own, vocabulary=column, panel=True)
    yield Filter(
        "keeper",
        Words("Beheerd door", "Kept by"),
        "reference",
        _keepers,
        lambda _model, values: points(Record.keeper_id, values),
        panel=True,
        links=lambda _model: select(Record.id, Record.keeper_id),
    )
    own = _own("reference"), _is_own("reference")
    yield Filter("reference", Words("Kenmerk", "Reference"), "text", *own, names=True)


def _own(name: str) -> Pairs:
    return lambda _model: select(Record.id, getattr(Record, name))


def _is_own(name: str) -> Has:
    return lambda _model, values: _is(_column(name))(Record, values)


def _keepers(_model: Any) -> Any:
    keeper = aliased(Record)
    link = and_(keeper.id == Record.keeper_id, seen(keeper))
    return select(Record.id, keeper.reference).join(keeper, link)
