"""One change on many records, through the command that changes one; all or nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from .. import editing, schema
from ..access import Actor
from ..command import command
from ..db import session
from ..errors import Invalid, Message, NotFound, RegistryError
from ..tables import Fault
from ..uploads.commands import CHANGED, REFUSED, Outcome, Rejected
from ..uploads.comparing import Comparison
from .changes import Bulk, Payload

Versions = Mapping[str, int]


class _Rehearsed(Exception):
    """Ends a rehearsal: all that was done is undone."""


def rehearse(
    actor: Actor, bulk: Bulk, versions: Versions, asked: Payload, lang: str
) -> list[Outcome]:
    """What the change would do to each record; nothing is changed."""
    found: list[Outcome] = []
    with suppress(_Rehearsed):
        _rehearsed(actor, bulk, versions, asked, lang, found)
    return found


@command
def _rehearsed(
    actor: Actor, bulk: Bulk, versions: Versions, asked: Payload, lang: str, found: list[Outcome]
) -> None:
    found += _each(actor, bulk, versions, asked, lang)
    raise _Rehearsed


@command
def change(
    actor: Actor, bulk: Bulk, versions: Versions, asked: Payload, lang: str
) -> list[Outcome]:
    """Change all these records from these versions, or none. Raises Rejected."""
    found = list(_each(actor, bulk, versions, asked, lang))
    if any(outcome.what == REFUSED for outcome in found):
        raise Rejected(found)
    return found


def _each(
    actor: Actor, bulk: Bulk, versions: Versions, asked: Payload, lang: str
) -> Iterator[Outcome]:
    for number, (reference, version) in enumerate(versions.items(), 1):
        outcome = Outcome(number, reference, reference, version=version)
        with _guarded(outcome):
            entity = editing.one(bulk.kind, actor, reference)
            outcome.title = entity.record.title
            payload = bulk.payload(actor, entity, asked)
            if payload:
                outcome.what = CHANGED
                outcome.differences = _differences(bulk, entity, payload, lang)
                editing.revise(actor, bulk.kind, entity, payload, version=version)
        yield outcome


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
        _refuse(outcome, list(_messages(refused.errors)))
    except RegistryError as refused:
        _refuse(outcome, [Message(refused.detail.en, refused.detail.nl, "refused")])


def _refuse(outcome: Outcome, why: list[Message]) -> None:
    outcome.what = REFUSED
    outcome.reasons = [Fault("", outcome.row, "", message) for message in why]


def _messages(tree: Any) -> Iterator[Message]:
    for inner in tree.values() if isinstance(tree, Mapping) else tree:
        if isinstance(inner, Message):
            yield inner
        else:
            yield from _messages(inner)
