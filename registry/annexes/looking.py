"""What composing an annex looks at: its limits, who reads, the letter before, and the footnotes."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import object_session

from ..access import Actor, View
from ..db import session
from ..kind import Kind
from ..projection import project
from ..record import Record
from ..reports.models import Annex
from ..reports.scope import Scope

Item = dict[str, Any]
Content = dict[str, Any]
Step = Callable[[int, int], None]
OWN = ("workflow", "audience", "keeper", "version", "createdAt", "updatedAt", "id", "keeper_id")
"""What a record tells of its identity, and an annex does not."""
QUOTED = ("quote", "section", "lines", "basis", "why")


@dataclass
class Notes:
    """The footnotes of an annex: each source has one number, wherever it is cited."""

    numbers: dict[tuple[Any, ...], int] = field(default_factory=dict)
    told: list[Item] = field(default_factory=list)

    def of(self, sources: Iterable[Item]) -> list[int]:
        """The numbers of these sources, in order."""
        return sorted({self._number(source) for source in sources})

    def _number(self, source: Item) -> int:
        paper = source["document"]
        # The same words state one thing and let another be derived: each is a note of its own.
        key = (paper and paper["reference"], source["quote"], source["basis"], source["why"])
        if key not in self.numbers:
            self.numbers[key] = len(self.told) + 1
            note = {name: source.get(name) for name in QUOTED}
            self.told.append({"number": self.numbers[key], "document": paper, **note})
        return self.numbers[key]


@dataclass(frozen=True)
class Previous:
    """What an annex is compared with: a letter and its day, or an annex that was frozen."""

    told: Item
    day: date | None
    letter: str | None = None
    lines: dict[str, Item] | None = None


@dataclass(frozen=True)
class Look:
    """One look at all that an annex holds."""

    actor: Actor
    annex: Annex
    scope: Scope
    previous: Previous | None
    notes: Notes = field(default_factory=Notes)

    @property
    def stored(self) -> bool:
        """Whether the annex is a record, of whose lines something may have been said."""
        return object_session(self.annex) is not None

    @property
    def core(self) -> bool:
        """Whether who reads is told judgements and agreements."""
        return self.actor.view >= View.CORE_GROUP

    @property
    def partners(self) -> bool:
        """Whether who reads is told how a report was judged."""
        return self.actor.view >= View.PARTNERS

    @property
    def baseline(self) -> date | None:
        """The day that is compared with, if it is known and not after the reference date."""
        day = self.previous.day if self.previous else None
        return day if day and day <= self.scope.day else None

    def ids(self, kind: Kind) -> Select[Any]:
        """The ids of the records of a kind that have a line, seen or not."""
        query = select(kind.model.id).join(Record, Record.id == kind.model.id)
        return query.where(Record.deleted_at.is_(None), *self.scope.of(kind))


def projected(actor: Actor, kind: Kind, names: Sequence[str], *where: Any) -> list[Item]:
    """The records of a kind that who reads may see, by one query; `id` and `keeper` as numbers."""
    known = kind.dictionary.fields
    schema = kind.schema(only=tuple(name for name in names if name in known))
    query = project(schema, actor, session().get_bind().dialect.name)
    query = query.add_columns(Record.id, Record.keeper_id).where(*where).order_by(Record.id)
    found = []
    for text, number, keeper in session().execute(query):
        item = json.loads(text) if isinstance(text, str) else text
        found.append({**item, "id": number, "keeper_id": keeper})
    return found


def earliest(when: Item | None) -> date | None:
    """The first day of a policy date in JSON."""
    day = when and (when["earliest"] or when["latest"])
    return date.fromisoformat(day) if day else None
