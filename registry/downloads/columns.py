"""The columns of a kind in a file, read off its dictionary, and what stands in each cell."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..access import View
from ..fields import (
    Amount,
    Computed,
    Day,
    Described,
    Flag,
    LongText,
    Number,
    Policy,
    Ref,
    Rows,
    Text,
    Through,
    Whole,
)
from ..kind import Kind, kinds
from ..schema import BaseSchema
from ..tables.writing import Value
from ..words import Words

LONGEST_TITLE = 80
OWN = {"reference": "id", "version": "number"}
NESTED = {"reference": "id", "key": "id"}
PARTS: Mapping[str, tuple[str, Words]] = {
    "text": ("", Words("in woorden", "in words")),
    "earliest": (".earliest", Words("op zijn vroegst", "at the earliest")),
    "latest": (".latest", Words("uiterlijk", "at the latest")),
}
LOOKS: tuple[tuple[Any, str], ...] = (
    (LongText, "long"),
    (Flag | Number | Whole | Amount, "number"),
    (Day, "day"),
)


@dataclass(frozen=True)
class Column:
    """One column: its name in the file, the field that it is of, and which part of it."""

    name: str
    field: Described
    part: str = ""
    about: Words | None = None

    @property
    def words(self) -> Words:
        """What people call it."""
        own = self.field.about.words
        if self.about is None:
            return own
        return Words(f"{own.nl}, {self.about.nl}", f"{own.en}, {self.about.en}")

    @property
    def look(self) -> str:
        if self.part in ("earliest", "latest"):
            return "day"
        like = self.field.like if isinstance(self.field, Computed) else self.field
        return next((look for type_, look in LOOKS if isinstance(like, type_)), "")

    @property
    def read_only(self) -> bool:
        """Whether it is computed: it is written for the reader, and not read again."""
        return bool(self.field.dump_only)


def columns(schema: BaseSchema, view: View) -> list[Column]:
    """The columns of a record or a row, as far as `view` shows its fields; lists are no columns."""
    found: list[Column] = []
    for name, field in schema.described().items():
        if field.about.view <= view and name != "key" and not isinstance(field, Rows):
            found += _of(str(field.data_key or name), field)
    return found


def _of(name: str, field: Described) -> Iterator[Column]:
    parts = getattr(field, "parts", None)
    if isinstance(field, Policy):
        for part, (suffix, about) in PARTS.items():
            yield Column(name + suffix, field, part, about)
    elif isinstance(parts, Mapping):
        for part, inner in parts.items():
            yield Column(f"{name}.{part}", field, part, inner.about.words)
    elif not field.dump_only or isinstance(field, Computed | Through | Text):
        yield Column(name, field)


def lists(kind: Kind, view: View) -> dict[str, Rows]:
    """The nested lists of `kind`, each of which is a sheet."""
    return {
        str(field.data_key): field
        for field in kind.dictionary.described().values()
        if isinstance(field, Rows) and field.about.view <= view
    }


def value(column: Column, given: Any) -> Value:
    """What stands in one cell: the code and not its words, the reference with the title."""
    field = column.field.like if isinstance(column.field, Computed) else column.field
    if given is None:
        return None
    if isinstance(field, Policy):
        part = given[column.part]
        return part if column.part == "text" or not part else date.fromisoformat(part)
    if column.part:
        return _pointer(field.parts[column.part], given[column.part])  # type: ignore[attr-defined]
    if isinstance(field, Ref):
        return _pointer(field, given)
    if isinstance(field, Day):
        return date.fromisoformat(given)
    if isinstance(field, Amount):
        return float(given)
    return given  # type: ignore[no-any-return]


def values(
    found: list[Column], item: Mapping[str, Any], cell: Callable[[Column, Any], Value] = value
) -> list[Value]:
    """What stands in each of these columns of a record or row, from its JSON; `cell` says how."""
    return [cell(column, item.get(str(column.field.data_key))) for column in found]


def _pointer(field: Ref, given: Mapping[str, Any] | None) -> str | None:
    """A reference, with the title behind it for who reads."""
    if given is None:
        return None
    return titled(given["reference"], kind_of(field.to).title(dict(given), "nl"))


def titled(reference: str, title: str) -> str:
    """A reference as a cell has it."""
    return f"{reference} {title.replace(chr(10), ' ')[:LONGEST_TITLE]}".strip()


def kind_of(model: Any) -> Kind:
    """The kind of a model."""
    return next(kind for kind in kinds() if kind.model is model)
