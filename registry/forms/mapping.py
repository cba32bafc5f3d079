"""The one table from types of the dictionary to form fields, and the walks over a whole form."""

from collections.abc import Mapping
from typing import Any

from wtforms.fields.core import UnboundField

from ..fields import (
    Amount,
    Code,
    Day,
    Described,
    FieldPath,
    Flag,
    Link,
    LongText,
    Moment,
    Number,
    Policy,
    Ref,
    Rows,
    Text,
    Whole,
)
from .asking import Asking
from .controls import (
    CodeControl,
    Control,
    DayControl,
    FieldPathControl,
    FlagControl,
    LinkControl,
    LongTextControl,
    MomentControl,
    NumberControl,
    RefControl,
)
from .policy import PolicyControl
from .posted import Posted, blank
from .widgets import Group, Listing, Unseen

KEY = "key"
MOST = 500
"""More rows are refused by the schema; so many are drawn."""


class PartsControl(Control):
    """A value of named parts, each with its own control."""

    def drawn(self, described: Any, value: Any, asking: Asking) -> Any:
        return {
            name: control(part).drawn(part, (value or {}).get(name), asking)
            for name, part in described.parts.items()
        }

    def posted(self, described: Any, name: str, posted: Posted, asking: Asking) -> Any:
        return posted.parts(name, described.parts)

    def shown(self, described: Any, answer: Any, asking: Asking) -> str:
        words = (
            control(part).shown(part, (answer or {}).get(name), asking)
            for name, part in described.parts.items()
        )
        return " · ".join(filter(None, words))

    def read(self, described: Any, answer: Any, current: Any, asking: Asking) -> Any:
        return {**self.drawn(described, current, asking), **answer}

    def field(self, described: Any, asking: Asking) -> UnboundField:
        parts = {n: control(p).field(p, asking) for n, p in described.parts.items()}
        about = self.about(described, asking)
        about.pop("validators")
        return Group(parts, **about)


class RowsControl(Control):
    """A nested list. Each row travels with its key, so that it stays the same row."""

    def drawn(self, described: Any, value: Any, asking: Asking) -> Any:
        return [draw(described.schema, row, asking) for row in value or []]

    def posted(self, described: Any, name: str, posted: Posted, asking: Asking) -> Any:
        rows = posted.rows(name)
        if rows is None:
            return None
        return [take(described.schema, row, asking) for row in rows[: MOST + 1]]

    def read(self, described: Any, answer: Any, current: Any, asking: Asking) -> Any:
        known = {row[KEY]: row for row in current or []}
        return [
            read(described.schema, row, known.get(row.get(KEY, ""), {}), asking)
            for row in answer
            if not vacant(described.schema, row, asking)
        ]

    def shown(self, described: Any, answer: Any, asking: Asking) -> str:
        return "\n".join(self.row(described, row, asking) for row in answer or [])

    def row(self, described: Any, answer: Mapping[str, Any], asking: Asking) -> str:
        """One row in words."""
        words = (
            control(part).shown(part, answer.get(name), asking)
            for name, part in asking.asked(described.schema).items()
            if name != KEY and not isinstance(part, Flag) and not blank(answer.get(name))
        )
        return " · ".join(filter(None, words))

    def field(self, described: Any, asking: Asking) -> UnboundField:
        about = self.about(described, asking)
        about.pop("validators")
        return Listing(Group(fields(described.schema, asking)), **about)


CONTROLS: tuple[tuple[type, Control], ...] = (
    (Rows, RowsControl()),
    (Policy, PolicyControl()),
    (Ref, RefControl()),
    (Code, CodeControl()),
    (Flag, FlagControl()),
    (Day, DayControl()),
    (Moment, MomentControl()),
    (Whole, NumberControl()),
    (Number, NumberControl()),
    (Amount, NumberControl()),
    (Link, LinkControl()),
    (FieldPath, FieldPathControl()),
    (LongText, LongTextControl()),
    (Text, Control()),
)


def control(described: Described) -> Control:
    """The control of a field: by its type, or by its parts. Raises LookupError for neither."""
    for type_, found in CONTROLS:
        if isinstance(described, type_):
            return found
    if isinstance(getattr(described, "parts", None), Mapping):
        return PartsControl()
    raise LookupError(f"no control asks for a {type(described).__name__}")


def fields(schema: Any, asking: Asking) -> dict[str, UnboundField]:
    """The form fields of a schema by JSON name."""
    return {
        name: Unseen() if name == KEY else control(described).field(described, asking)
        for name, described in asking.asked(schema).items()
    }


def draw(schema: Any, values: Mapping[str, Any], asking: Asking) -> dict[str, Any]:
    """The answers that stand for the values of a record or row."""
    return {
        name: control(described).drawn(described, values.get(name), asking)
        for name, described in asking.asked(schema).items()
    }


def take(schema: Any, posted: Posted, asking: Asking) -> dict[str, Any]:
    """The answers that were posted; what was not posted is absent."""
    answers = {
        name: control(described).posted(described, name, posted, asking)
        for name, described in asking.asked(schema).items()
    }
    return {name: answer for name, answer in answers.items() if answer is not None}


def read(
    schema: Any, answers: Mapping[str, Any], current: Mapping[str, Any], asking: Asking
) -> dict[str, Any]:
    """The payload for the schema: only what was answered."""
    known = asking.asked(schema)
    return {
        name: control(known[name]).read(known[name], answer, current.get(name), asking)
        for name, answer in answers.items()
    }


def vacant(schema: Any, row: Mapping[str, Any], asking: Asking) -> bool:
    """Whether a row is new and nothing was filled in; what is filled in beforehand is nothing."""
    return all(
        blank(answer) for name, answer in row.items() if name not in _beforehand(schema, asking)
    )


def _beforehand(schema: Any, asking: Asking) -> set[str]:
    return {
        name
        for name, described in asking.asked(schema).items()
        if isinstance(described, Code) and described.of == "basis" and not asking.actor.editorial
    }
