"""What a kind can be filtered and sorted by, read off its schema."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from .. import clock, vocabulary
from ..access import View, acting, visible_to
from ..fields import Code, Computed, Current, Day, Described, Flag, Policy, Ref, Rows, Text, Whole
from ..kind import Kind, kinds
from ..projection import current, foreign_key
from ..record import Record
from ..words import Words

NONE = "none"  # the value that asks for records without any

Pairs = Callable[[Any], Any]


@dataclass(frozen=True)
class Filter:
    """One thing to filter on: its values are codes, references, years or true/false.

    `pairs(model)` selects (id of the record, value) for every value that a record has; a record
    without any has none, and `none` asks for those.
    """

    name: str
    words: Words
    type: str  # code | reference | flag | number
    pairs: Pairs
    vocabulary: str | None = None
    target: Any = None

    def clause(self, model: Any, values: list[str]) -> ColumnElement[bool]:
        """That a record has one of `values`."""
        found = self.pairs(model).subquery()
        wanted = [self._typed(value) for value in values if value != NONE]
        clauses = []
        if wanted:
            clauses.append(model.id.in_(select(found.c[0]).where(found.c[1].in_(wanted))))
        if NONE in values:
            having = select(found.c[0]).where(found.c[1].is_not(None))
            clauses.append(model.id.not_in(having))
        return or_(*clauses)

    def _typed(self, value: str) -> Any:
        if self.type == "flag":
            return value == "true"
        return int(value) if self.type == "number" else value

    def kinds(self) -> set[str]:
        """The kinds of records that a reference can be to."""
        return {kind.name for kind in kinds() if self.target in (None, kind.model)}

    def allowed(self) -> list[str] | None:
        """The values that can be asked for, or None where they are too many to list."""
        if self.type == "flag":
            return ["true", "false"]
        return [*vocabulary.terms(self.vocabulary), NONE] if self.vocabulary else None


def filters(kind: Kind, view: View = View.SECRETARIAT) -> dict[str, Filter]:
    """The filters of `kind` by parameter name, as far as `view` shows what they ask of."""
    found: dict[str, Filter] = {}
    for name, field in kind.dictionary.described().items():
        if field.about.filter and field.about.view <= view:
            for item in _of(kind, name, field):
                found[item.name] = item
    for item in _of_record():
        found.setdefault(item.name, item)
    return found


def _of(kind: Kind, name: str, field: Described) -> list[Filter]:
    parameter, words = str(field.data_key or name), field.about.words
    if isinstance(field, Rows):
        return [_of_rows(field, key, attribute) for key, attribute in field.schema.filters.items()]
    if isinstance(field, Computed):
        like = field.like
        assert isinstance(like, Code)
        return [Filter(parameter, words, "code", _computed(field), like.of)]
    if isinstance(field, Code):
        return [Filter(parameter, words, "code", _column(name), field.of)]
    if isinstance(field, Flag):
        return [Filter(parameter, words, "flag", _column(name))]
    if isinstance(field, Ref):
        return [Filter(parameter, words, "reference", _pointing(name), target=field.to)]
    if isinstance(field, Text):
        return [Filter(parameter, words, "text", _column(name))]
    return []


def _of_rows(field: Rows, parameter: str, attribute: str) -> Filter:
    inner: Any = field.schema.fields[attribute]
    row = field.schema.model
    pointers = [n for n in field.schema.filters.values() if _points(field.schema.fields[n])]
    words = field.about.words if pointers == [attribute] else inner.about.words

    def pairs(_model: Any) -> Select[Any]:
        alias = aliased(row)
        if isinstance(inner, Ref):
            record = aliased(Record)
            link = foreign_key(alias, attribute)
            pairs = select(alias.parent_id, record.reference)
            return pairs.join(record, and_(record.id == link, visible_to(acting(), record)))
        return select(alias.parent_id, getattr(alias, attribute))

    if isinstance(inner, Ref):
        return Filter(parameter, words, "reference", pairs, target=inner.to)
    if isinstance(inner, Code):
        return Filter(parameter, words, "code", pairs, inner.of)
    assert isinstance(inner, Whole)
    return Filter(parameter, words, "number", pairs)


def _points(field: Any) -> bool:
    return isinstance(field, Ref)


def _column(name: str) -> Pairs:
    return lambda model: select(model.id, getattr(model, name))


def _computed(field: Any) -> Pairs:
    if isinstance(field, Current):
        return lambda model: select(model.id, current(field, model, clock.as_of()))
    return lambda model: select(model.id, field.expression(None, model))


def _pointing(name: str) -> Pairs:
    def pairs(model: Any) -> Select[Any]:
        record = aliased(Record)
        link = foreign_key(model, name)
        return select(model.id, record.reference).join(
            record, and_(record.id == link, visible_to(acting(), record))
        )

    return pairs


def _of_record() -> list[Filter]:
    def of(name: str) -> Pairs:
        return lambda _model: select(Record.id, getattr(Record, name))

    def keepers(_model: Any) -> Any:
        keeper = aliased(Record)
        return select(Record.id, keeper.reference).join(
            keeper, and_(keeper.id == Record.keeper_id, visible_to(acting(), keeper))
        )

    return [
        Filter(
            "workflow", Words("Publicatiestatus", "Publication state"), "code", of("state"), "state"
        ),
        Filter(
            "audience", Words("Zichtbaar voor", "Visible to"), "code", of("audience"), "audience"
        ),
        Filter("keeper", Words("Beheerd door", "Kept by"), "reference", keepers),
    ]


def ranges(kind: Kind) -> Mapping[str, tuple[str, bool]]:
    """Parameters over policy dates: name → (attribute, whether it bounds the latest day)."""
    found = {}
    for name, field in kind.dictionary.described().items():
        if isinstance(field, Policy) and field.about.filter:
            found[f"{field.data_key}Before"] = (name, True)
            found[f"{field.data_key}After"] = (name, False)
    return found


def in_range(model: Any, attribute: str, day: date, *, before: bool) -> ColumnElement[bool]:
    """`…Before`: the latest day lies before `day`; `…After`: the earliest lies after it."""
    if before:
        latest: ColumnElement[bool] = getattr(model, f"{attribute}_latest") < day
        return latest
    earliest: ColumnElement[bool] = getattr(model, f"{attribute}_earliest") > day
    return earliest


def sorts(kind: Kind) -> dict[str, Any]:
    """What `kind` can be sorted by: name → expression, null last when ascending."""
    found: dict[str, Any] = {
        "title": Record.sort_title,
        "updatedAt": Record.last_seq,
        "reference": Record.reference,
    }
    for name, field in kind.dictionary.described().items():
        if field.about.sort:
            found[str(field.data_key)] = _sortable(kind, name, field)
    return found


def _sortable(kind: Kind, name: str, field: Described) -> Any:
    if name == kind.title_field:
        return Record.sort_title
    if isinstance(field, Policy):
        return func.coalesce(getattr(kind.model, f"{name}_latest"), date(9999, 12, 31))
    column = getattr(kind.model, name)
    if isinstance(field, Day):
        return func.coalesce(column, date(9999, 12, 31))
    if isinstance(field, Whole):
        return func.coalesce(column, 2**31 - 1)
    return column
