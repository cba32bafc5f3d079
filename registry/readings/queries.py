"""The policy dates of all records: which were read from a day, and which would be read otherwise
now. The number of questions is that of the fields, however many records there are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from .. import policydate, vocabulary
from ..access import Actor, visible_to
from ..db import session
from ..fields import Policy, Rows
from ..kind import Kind, kinds
from ..policydate import Conventions, PolicyDate
from ..record import Record
from .models import PolicyConfirmation

KEPT = ("moves",)
"""Lists of what was said before: nobody reads them anew."""
RECESS = ("%reces%", "%zomer%", "%summer%")
Where = Callable[[Any, str], ColumnElement[bool]]


@dataclass(frozen=True)
class Written:
    """One policy date of a record, by its path in the JSON."""

    kind: Kind
    record: Record
    path: str
    value: PolicyDate

    @property
    def anew(self) -> PolicyDate:
        """How its words read by the conventions of now."""
        return _read(self.value, vocabulary.conventions())


def to_reread(actor: Actor) -> list[Written]:
    """The dates beside a recess that would be read otherwise now, and were not set by hand."""
    plain = Conventions(windows=vocabulary.conventions().windows)
    return [
        one
        for one in _written(actor, _of_recess)
        if _days(one.anew) != _days(one.value) and _by_reading(one, plain)
    ]


def _by_reading(one: Written, plain: Conventions) -> bool:
    """Whether its days come from a reading: without the calendar, or by a recess."""
    read = policydate.read(
        one.value.text or "", anchor=one.value.anchor, conventions=vocabulary.conventions()
    )
    cautious = _days(_read(one.value, plain)) == _days(one.value)
    return cautious or (read.convention and read.value.earliest == one.value.earliest)


def anchored(actor: Actor) -> tuple[list[Written], list[tuple[Written, PolicyConfirmation]]]:
    """The dates that were read from a day: not confirmed yet, and confirmed as they stand."""
    known = {(row.record_id, row.path): row for row in session().scalars(_confirmations())}
    waiting, confirmed = [], []
    for one in _written(actor, lambda model, name: getattr(model, f"{name}_anchor").is_not(None)):
        row = known.get((one.record.id, one.path))
        if row is not None and (row.words, row.anchor) == (one.value.text, one.value.anchor):
            confirmed.append((one, row))
        else:
            waiting.append(one)
    return waiting, confirmed


def _confirmations() -> Any:
    return select(PolicyConfirmation).order_by(PolicyConfirmation.id)


def _written(actor: Actor, where: Where) -> Iterator[Written]:
    for kind in kinds():
        for path, model, attribute in _dates(kind):
            yield from _of_field(actor, kind, path, model, attribute, where)


def _dates(kind: Kind) -> Iterator[tuple[str, Any, str]]:
    """(path, model, attribute) of every policy date; `{}` in the path is the key of a row."""
    for name, field in kind.dictionary.load_fields.items():
        key = str(field.data_key or name)
        if isinstance(field, Policy):
            yield key, kind.model, name
        elif isinstance(field, Rows) and name not in KEPT:
            for inner, part in field.schema.load_fields.items():
                if isinstance(part, Policy):
                    yield f"{key}[{{}}].{part.data_key}", field.schema.model, inner


def _of_field(
    actor: Actor, kind: Kind, path: str, model: Any, attribute: str, where: Where
) -> Iterator[Written]:
    columns = [getattr(model, c.key) for c in getattr(model, attribute).property.columns]
    rows = model is not kind.model
    query = select(Record, model.key if rows else model.id, *columns)
    query = query.join(Record, Record.id == (model.parent_id if rows else model.id))
    name = columns[0].key.removesuffix("_text")
    query = query.where(columns[0].is_not(None), where(model, name), visible_to(actor))
    for record, key, *parts in session().execute(query.order_by(Record.reference, model.id)):
        yield Written(kind, record, path.format(key), PolicyDate(*parts))


def _of_recess(model: Any, name: str) -> ColumnElement[bool]:
    words = func.lower(getattr(model, f"{name}_text"))
    return or_(*(words.like(pattern) for pattern in RECESS))


def _read(value: PolicyDate, conventions: Conventions) -> PolicyDate:
    return policydate.read(value.text or "", anchor=value.anchor, conventions=conventions).value


def _days(value: PolicyDate) -> tuple[Any, Any]:
    return value.earliest, value.latest
