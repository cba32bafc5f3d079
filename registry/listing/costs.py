"""What a question costs, counted before anything is looked up; too much is refused with the reason.

A record costs 1, and 1 for each of its nested lists. A pointer that is followed costs what the
record at its end costs, in a nested list as often as such a list has rows. What many point at may
have a list that is long: that list costs its weight."""

from functools import lru_cache

from ..access import View
from ..errors import Message
from ..fields import Ref, Rows
from ..projection import WHOLE, Selection
from ..projection.selection import Follow, field_parts, keeping, kind_of
from ..schema import BaseSchema, Keeper, RecordSchema, only_seen

MOST = 5000
"""What one answer may cost."""
ROWS = 4
"""How many rows a nested list is taken to have."""
TOO_EXPENSIVE = Message(
    "This costs {cost} and at most {most} is allowed: {records} times {each} for a record. "
    "Ask for at most {fitting} at a time (perPage), expand less, or name fields with fewer lists.",
    "Dit kost {cost} en hoogstens {most} is toegestaan: {records} maal {each} voor een gegeven. "
    "Vraag er hoogstens {fitting} tegelijk (perPage), volg minder verwijzingen (expand), of noem "
    "velden met minder lijsten (fields).",
    "too_expensive",
)
EVEN_ONE = Message(
    "One record costs {each} and at most {most} is allowed: expand less.",
    "Eén gegeven kost {each} en hoogstens {most} is toegestaan: volg minder verwijzingen (expand).",
    "too_expensive",
)


def refusal(records: int, each: int) -> Message | None:
    """Why so many records of this weight at a time are too expensive, or None where they are not.

    What is read in batches, such as a stream, asks for one batch."""
    if records * each <= MOST:
        return None
    if each > MOST:
        return EVEN_ONE.format(each=each, most=MOST)
    return TOO_EXPENSIVE.format(
        cost=records * each, most=MOST, records=records, each=each, fitting=MOST // each
    )


@lru_cache(maxsize=500)
def weight(schema: type[RecordSchema], view: View, selection: Selection = WHOLE) -> int:
    """What one record costs of which this is asked."""
    made = schema()
    own = sum(selection.has(str(field.data_key)) for field in _lists(made, view))
    return 1 + own + _followed(made, view, selection.follow)


def _lists(schema: BaseSchema, view: View) -> list[Rows]:
    shown = (schema.fields[name] for name in only_seen(schema, view))
    return [field for field in shown if isinstance(field, Rows)]


def _followed(schema: BaseSchema, view: View, follow: Follow) -> int:
    by_key = {str(field.data_key): field for field in schema.fields.values()}
    return sum(_one(by_key[key], view, further) for key, further in follow.items())


def _one(field: object, view: View, follow: Follow) -> int:
    if isinstance(field, Rows):
        return ROWS * _followed(field.schema, view, follow)
    if isinstance(field, Keeper):
        return _target(keeping().dictionary, view, follow)
    if isinstance(field, Ref):
        return _target(kind_of(field.to).dictionary, view, follow)
    parts = dict(field_parts(field))
    return sum(_one(parts[name], view, further) for name, further in follow.items())


def _target(schema: RecordSchema, view: View, follow: Follow) -> int:
    lists = sum(field.weight for field in _lists(schema, view))
    return 1 + lists + _followed(schema, view, follow)
