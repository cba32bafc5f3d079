"""The parameters `fields` and `expand`: which members of a record, and which pointers written out
as the record that they point at."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from ..access import View
from ..errors import Message
from ..kind import Kind
from ..projection import WHOLE, Selection
from ..projection.selection import members, paths
from . import costs

FIELDS, EXPAND = "fields", "expand"
PARAMETERS = (FIELDS, EXPAND)
PATHS = 6
"""How many paths a question may have: each is compiled, and strangers choose them."""
TOO_MANY = Message(
    "Give at most {most} paths.", "Geef hoogstens {most} verwijzingen op.", "too_many"
)
LEFT_OUT = Message(
    "With these fields there is nothing to expand but: {allowed}.",
    "Bij deze velden (fields) is alleen te volgen: {allowed}.",
    "left_out",
)
UNKNOWN = Message("Choose from: {allowed}.", "Kies uit: {allowed}.", "not_allowed")


class Question(Protocol):
    """How many records are asked of which kind, and what of each."""

    kind: Kind
    per_page: int
    selection: Selection


class Reader(Protocol):
    """The parameters as they were given, and what is wrong with them."""

    args: Mapping[str, Sequence[str]]

    def wrong(self, name: str, message: Message, **values: object) -> None:
        """Note a mistake."""


def selected(reader: Reader, kind: Kind, view: View) -> Selection:
    """What is asked of each record of `kind`, by somebody with this view."""
    fields, expand = _names(reader, FIELDS), _names(reader, EXPAND)
    if not fields and not expand:
        return WHOLE
    allowed, followed = members(kind.dictionary, view), [*paths(kind.dictionary, view)]
    right = [_known(reader, FIELDS, fields, allowed), _known(reader, EXPAND, expand, followed)]
    if not all(right):
        return WHOLE
    if len(expand) > PATHS:
        reader.wrong(EXPAND, TOO_MANY, most=PATHS)
        return WHOLE
    chosen = Selection.of(fields, expand)
    there = [path for path in followed if chosen.has(path.split(".")[0])]
    if not set(chosen.expand) <= set(there):
        reader.wrong(EXPAND, LEFT_OUT, allowed=", ".join(there))
        return WHOLE
    return chosen


def affordable(reader: Reader, view: View, question: Question) -> None:
    """Refuse what costs too much, before anything is looked up."""
    if not question.selection.expand:
        return  # a whole list costs less than is allowed
    each = costs.weight(question.kind.schema, view, question.selection)
    if why := costs.refusal(question.per_page, each):
        reader.wrong(EXPAND, why)


def _names(reader: Reader, name: str) -> list[str]:
    """Between commas as documented, or one by one as many a client writes a list."""
    given = [value.strip() for value in reader.args.get(name, ())]
    return [part for value in given if value for part in value.split(",")]


def _known(reader: Reader, name: str, asked: list[str], allowed: list[str]) -> bool:
    if set(asked) <= set(allowed):
        return True
    reader.wrong(name, UNKNOWN, allowed=", ".join(allowed))
    return False
