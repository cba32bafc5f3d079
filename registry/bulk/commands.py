"""One change on many records, through the command that changes one; all or nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from .. import editing, schema
from ..access import Actor, visible_to
from ..command import command
from ..db import session
from ..errors import Invalid, Message, NotFound, RegistryError, messages
from ..kind import Kind
from ..record import Record
from ..tables import Fault
from ..uploads.commands import (
    AT_ONCE,
    CHANGED,
    PIECE,
    REFUSED,
    TOLD,
    Ending,
    Outcome,
    Rejected,
    Step,
    silent,
)
from ..uploads.comparing import Comparison
from .changes import Bulk, Payload

Versions = Mapping[str, int]


class _Rehearsed(Exception):
    """Ends a rehearsal: all that was done is undone."""


@dataclass
class Run:
    """One change on the records of `versions`, as each was when it was looked at."""

    bulk: Bulk
    versions: Versions
    asked: Payload
    lang: str
    step: Step = silent
    outcomes: list[Outcome] = field(default_factory=list)

    def some(self, actor: Actor, references: Sequence[str]) -> None:
        """Change these, each in a savepoint of its own."""
        for start in range(0, len(references), AT_ONCE):
            batch = references[start : start + AT_ONCE]
            known = {found.reference: found for found in _entities(actor, self.bulk.kind, batch)}
            for reference in batch:
                self._one(actor, reference, known.get(reference))

    def _one(self, actor: Actor, reference: str, entity: Any | None) -> None:
        number, version = len(self.outcomes) + 1, self.versions[reference]
        outcome = Outcome(number, reference, reference, version=version)
        self.outcomes.append(outcome)
        with _guarded(outcome):
            if entity is None:
                raise NotFound
            outcome.title = entity.record.title
            payload = self.bulk.payload(actor, entity, self.asked)
            if payload:
                outcome.what = CHANGED
                if number <= TOLD:
                    outcome.differences = _differences(self.bulk, entity, payload, self.lang)
                editing.revise(actor, self.bulk.kind, entity, payload, version=version)
        self.step(number, len(self.versions))


def _entities(actor: Actor, kind: Kind, references: Sequence[str]) -> Iterable[Any]:
    query = select(kind.model).join(Record, Record.id == kind.model.id)
    query = query.where(Record.reference.in_(references), visible_to(actor))
    return session().scalars(query.options(*schema.loading(kind.dictionary, kind.model)))


def rehearse(actor: Actor, run: Run) -> list[Outcome]:
    """What the change would do to each record; nothing is changed."""
    references = list(run.versions)
    for start in range(0, len(references), PIECE):
        with suppress(_Rehearsed):
            _rehearsed(actor, run, references[start : start + PIECE])
    return run.outcomes


@command
def _rehearsed(actor: Actor, run: Run, references: Sequence[str]) -> None:
    run.some(actor, references)
    raise _Rehearsed


@command
def change(actor: Actor, run: Run, ending: Ending = len) -> list[Outcome]:
    """Change all these records, or none. `ending` joins the transaction at its end. Raises
    Rejected."""
    run.some(actor, list(run.versions))
    if any(outcome.what == REFUSED for outcome in run.outcomes):
        raise Rejected(run.outcomes)
    ending(run.outcomes)
    return run.outcomes


def _differences(bulk: Bulk, entity: Any, payload: Payload, lang: str) -> Any:
    current = schema.editable(bulk.kind.dictionary, entity)
    kept: Any = {name: [None] * len(rows) for name, rows in payload.items()}
    return Comparison(bulk.kind.dictionary, current, payload, kept, lang).differences


@contextmanager
def _guarded(outcome: Outcome) -> Iterator[None]:
    try:
        with session().begin_nested():
            yield
    except NotFound as refused:
        outcome.version = None  # what is hidden has no page to go to
        _refuse(outcome, [Message(refused.title.en, refused.title.nl, "hidden")])
    except Invalid as refused:
        _refuse(outcome, list(messages(refused.errors)))
    except RegistryError as refused:
        _refuse(outcome, [Message(refused.detail.en, refused.detail.nl, "refused")])


def _refuse(outcome: Outcome, why: list[Message]) -> None:
    outcome.what = REFUSED
    outcome.reasons = [Fault("", outcome.row, "", message) for message in why]
