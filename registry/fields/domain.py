"""Fields of the domain: policy dates, pointers to records, nested lists, computed values."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields
from sqlalchemy import Select, bindparam, inspect, select
from sqlalchemy.orm import aliased

from .. import clock, policydate, vocabulary
from ..access import View, acting, can_see, visible_to_acting
from ..db import session
from ..errors import Message
from ..policydate import DateKind, PolicyDate
from ..record import Entity, Record
from ..words import Words
from .base import UNREADABLE, Described, fail
from .plain import Day, Text


class Policy(Described):
    """A policy date: words, or an object {text, earliest, latest, kind, anchor}.

    Days that are given stand; days that are not are read from the words.
    """

    parts: ClassVar[tuple[str, ...]] = ("text", "earliest", "latest", "kind", "anchor")

    def _serialize(self, value: PolicyDate | None, attr: Any, obj: Any, **kw: Any) -> Any:
        return value.as_json() if value else None

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> PolicyDate | None:
        given = {"text": value} if isinstance(value, str) else value
        if not isinstance(given, Mapping) or set(given) - set(self.parts):
            raise fail(
                "Give words, or an object with {parts}.",
                "Geef woorden, of een object met {parts}.",
                "wrong_type",
                parts=", ".join(self.parts),
            )
        text = Text("", "", max_length=300).deserialize(given.get("text"))
        days = {
            part: Day("", "").deserialize(given.get(part))
            for part in self.parts
            if part in ("earliest", "latest", "anchor")
        }
        return self._read(text, days, given.get("kind"))

    def _read(self, text: str | None, days: dict[str, date | None], kind: Any) -> PolicyDate | None:
        if kind not in (None, "", *DateKind):
            raise fail(
                "Choose one of: {allowed}.",
                "Kies een van: {allowed}.",
                "not_allowed",
                allowed=", ".join(DateKind),
            )
        earliest, latest, anchor = days["earliest"], days["latest"], days["anchor"]
        if earliest and latest and latest < earliest:
            raise fail(
                "The latest day lies before the earliest.",
                "“Uiterlijk” ligt vóór “op zijn vroegst”.",
                "window",
            )
        if text is None and not (earliest or latest):
            return None
        read = policydate.read(
            text or "", anchor=anchor, conventions=vocabulary.conventions()
        ).value
        if not (earliest or latest):
            earliest, latest = read.earliest, read.latest
        found = DateKind(kind) if kind else read.kind
        return PolicyDate(text, earliest, latest, found, anchor)


class Ref(Described):
    """A pointer to a record: its reference, or an object that holds it.

    Written out as {reference, …} with what `model.__ref__` names. The target must be visible to
    who points at it; what a reader may not see is null. `itself`: it may be the record that
    points; `acyclic`: nor may it point back by way of others.
    """

    def __init__(
        self,
        nl: str,
        en: str,
        *,
        to: type[Entity],
        acyclic: bool = False,
        itself: bool = False,
        **kw: Any,
    ):
        self.to = to
        self.acyclic = acyclic
        self.itself = itself
        self.whole: Any = None  # the schema that writes the target out, where it is followed
        super().__init__(nl, en, **kw)

    def _serialize(self, value: Any, attr: Any, obj: Any, **kw: Any) -> Any:
        return pointed(value, self.whole)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> Any:
        reference = value.get("reference") if isinstance(value, Mapping) else value
        if not isinstance(reference, str):
            raise fail("Give a reference.", "Geef een kenmerk.", "wrong_type")
        found = None if UNREADABLE.search(reference) else find(self.to, reference)
        if found is None:
            raise fail(
                "There is no {reference} to choose.",
                "{reference} bestaat niet of is niet te kiezen.",
                "unknown_reference",
                reference=reference[:40],
            )
        return found


def pointed(target: Any, whole: Schema | None = None) -> Any:
    """What stands for `target`: all of it by the schema `whole`, else a small object; null where
    the acting person may not see it."""
    if target is None or not can_see(acting(), target.record):
        return None
    return pointer(target) if whole is None else whole.dump(target)


def pointer(target: Any) -> dict[str, Any]:
    """The small object that stands for `target` in the JSON of another record."""
    shown = {json_name(name): getattr(target, name) for name in target.__ref__}
    return {"reference": target.record.reference, **shown}


def find(model: type[Any], reference: str) -> Any:
    """The entity with this reference that the acting person may see, or None.

    A command asks for the same few records again and again: what it found, it keeps until its end.
    """
    kept: dict[Any, Any] = session().info.get("found", {})
    key = (model, reference.strip())
    if key not in kept:
        found = next(iter(_found(model, [key[1]])), None)
        if found is None:
            return None
        kept[key] = found
    return kept[key]


def find_all(model: type[Any], references: Collection[str]) -> None:
    """Find many at once, where a command is going to ask for each."""
    kept: dict[Any, Any] | None = session().info.get("found")
    wanted = {reference.strip() for reference in references if not UNREADABLE.search(reference)}
    unknown = sorted(name for name in wanted if kept is not None and (model, name) not in kept)
    if kept is not None and len(unknown) > 1:
        kept.update(((model, entity.record.reference), entity) for entity in _found(model, unknown))


def _found(model: Any, references: list[str]) -> Iterable[Any]:
    who = acting()
    query = _seeking(model, who.view, signed_in=who.signed_in)
    return session().scalars(query, {"references": references})


@cache
def _seeking(model: Any, view: View, *, signed_in: bool) -> Select[Any]:
    query: Select[Any] = select(model).join(Record, Record.id == model.id)
    among = Record.reference.in_(bindparam("references", expanding=True))
    return query.where(among, visible_to_acting(view, signed_in=signed_in))


def json_name(name: str) -> str:
    """The camelCase name in JSON of an attribute: `title_en` → `titleEn`, `from_` → `from`."""
    head, *tail = name.rstrip("_").split("_")
    return head + "".join(part.capitalize() for part in tail)


REPEATED = Message("This is in the list already.", "Dit staat al in de lijst.", "duplicate")


class Rows(Described, fields.Nested):
    """A nested list. Each row has a stable `key`; see `registry.schema.merge`.

    `one` are the words for a single row, for the form that adds one. `weight`: how many usual lists
    this one costs to read where it is long.
    """

    def __init__(
        self, nl: str, en: str, *, of: Any, one: Words | None = None, weight: int = 1, **kw: Any
    ) -> None:
        kw.setdefault("load_default", list)
        self.one = one or Words(nl, en)
        self.weight = weight
        super().__init__(nl, en, nested=of, many=True, **kw)

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kw: Any) -> Any:
        return [] if value is None else super().deserialize(value, attr, data, **kw)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kw: Any) -> Any:  # type: ignore[override]
        loaded: list[dict[str, Any]] = super()._deserialize(value, attr, data, **kw)
        if wrong := self._repeated(loaded):
            raise ValidationError(wrong)
        return loaded

    def _repeated(self, loaded: list[dict[str, Any]]) -> dict[int, Any]:
        """Rows that say the same as one before them, by what tells rows of this list apart."""
        names = self.schema.distinct or self.schema.natural
        known = {
            field.data_key or n: field.attribute or n for n, field in self.schema.fields.items()
        }
        seen: list[list[Any]] = []
        wrong: dict[int, Any] = {}
        for index, row in enumerate(loaded):
            told = [row.get(known[name]) for name in names]
            if told in seen and any(part is not None for part in told):
                wrong[index] = {names[0]: [REPEATED]}
            seen.append(told)
        return wrong

    @property
    def schema(self) -> Any:
        """The schema of a row."""
        return super().schema

    def _serialize(self, value: Any, attr: Any, obj: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        seen = [row for row in value or [] if self.shows(row)]
        return super()._serialize(seen, attr, obj, **kwargs)  # type: ignore[no-untyped-call]

    def shows(self, row: Any) -> bool:
        """Whether the acting person sees this row: none of what it points at is hidden."""
        pointers = (
            getattr(row, field.attribute or name)
            for name, field in self.schema.fields.items()
            if isinstance(field, Ref)
        )
        return all(to is None or can_see(acting(), to.record) for to in pointers)


class Through(Described):
    """The column `name` of what the relationship `via` points at."""

    def __init__(self, nl: str, en: str, *, via: str, name: str, **kw: Any) -> None:
        self.via, self.column = via, name
        super().__init__(nl, en, attribute=via, **kw)

    def _serialize(self, value: Any, attr: Any, obj: Any, **kw: Any) -> Any:
        return None if value is None else getattr(value, self.column)

    def expression(self, _compiler: Any, model: Any) -> Any:
        """The SQL twin: a scalar subquery over the foreign key."""
        other = aliased(inspect(model).mapper.relationships[self.via].mapper.class_)
        query = select(getattr(other, self.column))
        return query.where(other.id == getattr(model, f"{self.via}_id")).scalar_subquery()


class Computed(Described, fields.Raw):
    """A value that is computed, in SQL by `expression` and in Python by `_serialize`."""

    replayed: ClassVar[bool] = True
    """Whether the history of the record gives it; what others said of the record it does not."""

    def __init__(self, nl: str, en: str, *, like: Described, **kw: Any) -> None:
        self.like = like
        super().__init__(nl, en, dump_only=True, **kw)


class Current(Computed):
    """The value of `field` in the row of the series `rows` that holds on the reference date."""

    def __init__(self, nl: str, en: str, *, rows: str, field: str, like: Described, **kw: Any):
        self.rows, self.field = rows, field
        super().__init__(nl, en, like=like, attribute=rows, **kw)

    def _serialize(self, value: Any, attr: Any, obj: Any, **kw: Any) -> Any:
        row = current(value or [], clock.as_of())
        return None if row is None else self.like._serialize(getattr(row, self.field), attr, row)


def current(series: list[Any], day: date) -> Any:
    """The last row of a dated series that holds on `day`: since ≤ day < until."""
    holding = [row for row in series if _holds(row, day)]
    return max(holding, key=lambda r: (r.effective_from or date.min, r.position), default=None)


def _holds(row: Any, day: date) -> bool:
    started = row.effective_from is None or row.effective_from <= day
    return started and (row.effective_until is None or row.effective_until > day)
