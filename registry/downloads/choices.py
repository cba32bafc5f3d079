"""What the cells of a column offer to choose from: codes, or the records that it can point at."""

from sqlalchemy import select

from .. import vocabulary
from ..access import Actor, visible_to
from ..db import session
from ..fields import Code, Flag, Ref
from ..record import Record
from .columns import Column, kind_of, titled

MOST = 300
"""Records in one list: a longer one is not chosen from but searched."""


class Choices:
    """The choices of one person, each list looked up once."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.known: dict[str, list[str]] = {}

    def of(self, columns: list[Column]) -> dict[str, list[str]]:
        """Name of a column → what can be chosen in it."""
        return {column.name: self._of(column) for column in columns if not column.read_only}

    def _of(self, column: Column) -> list[str]:
        parts = getattr(column.field, "parts", None)
        field = parts[column.part] if column.part and isinstance(parts, dict) else column.field
        if isinstance(field, Code):
            terms = vocabulary.terms(field.of).items()
            return [code for code, term in terms if not term.retired]
        if isinstance(field, Flag):
            return ["true", "false"]
        return self._records(kind_of(field.to).name) if isinstance(field, Ref) else []

    def _records(self, kind: str) -> list[str]:
        if kind not in self.known:
            query = select(Record.reference, Record.title).where(
                Record.kind == kind, visible_to(self.actor)
            )
            rows = session().execute(query.order_by(Record.sort_title).limit(MOST + 1)).all()
            found = [titled(reference, title) for reference, title in rows]
            self.known[kind] = found if len(found) <= MOST else []
        return self.known[kind]
