"""The whole of a list, batch after batch in constant memory, each record as its reader sees it."""

from array import array
from collections.abc import Generator

from sqlalchemy import Text, bindparam, func, select
from sqlalchemy.orm import Session

from .. import clock
from ..access import Actor, acting_as
from ..db import dialect
from ..extensions import database
from ..kind import Kind
from ..prepared import Prepared
from ..projection import project
from ..record import Record
from . import costs
from .answers import finished, identities, json_text, order_of
from .cursors import ordered
from .narrowing import clauses
from .question import Question

AT_ONCE = 500


def batch(kind: Kind, actor: Actor, question: Question) -> int:
    """How many records are read at a time: what one answer may cost at most."""
    each = costs.weight(kind.schema, actor.view, question.selection)
    return max(1, min(AT_ONCE, costs.MOST // each))


def whole(kind: Kind, actor: Actor, question: Question) -> Generator[list[str]]:
    """The JSON of every record that the question finds, in its order, in batches.

    PostgreSQL reads them of one moment. SQLite, where who reads for long keeps the log from being
    written back, first reads which they are (8 bytes each), and then so many at a time: each
    record once, as it is then, and only if it is still there to be seen.
    """
    read = _by_identity if dialect().name == "sqlite" else _by_cursor
    database.rest()  # reading goes on in a session of its own
    with database.reading() as reading:
        yield from read(reading, kind, actor, question)


def _by_cursor(
    reading: Session, kind: Kind, actor: Actor, question: Question
) -> Generator[list[str]]:
    many = batch(kind, actor, question)
    streaming = {"stream_results": True, "max_row_buffer": many}
    with acting_as(actor), clock.seen_as_of(question.as_of):
        query = ordered(finished(kind, actor, question), order_of(kind, question))
        found = reading.execute(query, execution_options=streaming)
    for rows in found.partitions(many):
        # The lines of a list are broken there; in a text such a break is written out.
        yield [json_text(row[0]).replace("\n", "") for row in rows]


def _by_identity(
    reading: Session, kind: Kind, actor: Actor, question: Question
) -> Generator[list[str]]:
    with acting_as(actor), clock.seen_as_of(question.as_of):
        found = identities(kind, actor, clauses(kind, question))
        ids = array("q", reading.scalars(ordered(found, order_of(kind, question))))
        query = project(kind.dictionary, actor, "sqlite", selection=question.selection)
        numbers = func.json_each(bindparam("batch", type_=Text)).table_valued("value")
        query = query.add_columns(Record.id).where(Record.id.in_(select(numbers.c.value)))
        statement = Prepared(query, reading.connection().dialect)
    many = batch(kind, actor, question)
    for at in range(0, len(ids), many):
        some = ids[at : at + many].tolist()
        with acting_as(actor), clock.seen_as_of(question.as_of):
            rows = statement.rows(reading.connection(), {"batch": str(some)})
        told: dict[int, str] = {number: text for text, number in rows}
        reading.rollback()  # this ends the reading of a batch
        yield [told[each] for each in some if each in told]
