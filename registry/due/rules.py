"""A published term does not change in silence: the chain says from what to what, who and why."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import inspect

from .. import clock, editing, ledger, reasons
from ..access import Actor
from ..db import session
from ..errors import Invalid, Message
from ..kind import Kind
from ..nesting import new_key
from ..policydate import PolicyDate
from ..record import Record
from ..schema import RecordSchema

CORRECTED = "corrected"
SAY_WHY = Message(
    "The term changes: choose whether it was moved or corrected, and say why.",
    "De termijn verandert: kies of hij verplaatst of verbeterd is, en zeg waarom.",
    "required",
)
KEPT = Message(
    "The chain of terms is kept: a change that was registered cannot be removed.",
    "De keten van termijnen blijft bewaard: een vastgelegde wijziging kan er niet uit.",
    "kept",
)
PUT_BACK = "Teruggezet naar een eerdere versie"  # Dutch, as it is stored
SECRETARIAT = "het secretariaat"


def check(dictionary: RecordSchema, entity: Any, values: Mapping[str, Any]) -> None:
    """Refuse a change of a published term that does not say why, and one that drops a link."""
    if not _kept(dictionary, entity) or ledger.entry(session(), entity.record).restored_version:
        return
    known = {row.key for row in entity.moves}
    named = [row.get("key") for row in values["moves"]]
    if known - set(named):
        raise Invalid({"moves": [KEPT]})
    changes = entity.due is not None and not _same(entity.due, values.get("due"))
    if changes and known.issuperset(key for key in named if key) and None not in named:
        raise Invalid({"moves": {len(named): {"change": [SAY_WHY]}}})


def _kept(dictionary: RecordSchema, entity: Any) -> bool:
    return "moves" in dictionary.fields and entity.record.state in editing.SHOWN


def _same(one: PolicyDate | None, other: PolicyDate | None) -> bool:
    """Whether two terms say the same; from which day they were read is no matter."""
    parts = ("text", "earliest", "latest", "kind")
    return [getattr(one, p, None) for p in parts] == [getattr(other, p, None) for p in parts]


def complete(actor: Actor, kind: Kind, entity: Any) -> None:
    """Fill in what the registry knows of a change of term by itself."""
    if "moves" not in kind.dictionary.fields:
        return
    old = _before(entity)
    entry = ledger.entry(session(), entity.record) if entity.record.id else None
    if entry is not None and entry.restored_version and _kept(kind.dictionary, entity):
        _put_back(kind, entity, old, entry.reason)
    for row in _new(entity):
        if row.from_ is None and row.to is None and not _same(old, entity.due):
            row.from_, row.to = old, entity.due
        row.when = row.when or clock.today()
        row.by = row.by or _home(actor)


def _new(entity: Any) -> Iterator[Any]:
    return (row for row in entity.moves if row.id is None)


def _before(entity: Any) -> PolicyDate | None:
    """The term as it is stored."""
    columns = inspect(type(entity)).composites["due"].columns
    state = inspect(entity)
    values = []
    for column in columns:
        history = state.attrs[f"{column.name}"].history
        values.append((history.deleted or history.unchanged or [None])[0])
    return PolicyDate(*values) if any(values[:3]) else None


def _put_back(kind: Kind, entity: Any, old: PolicyDate | None, reason: str | None) -> None:
    """An earlier version comes back with the whole chain, and a link that says so."""
    gone = inspect(entity).attrs.moves.history.deleted
    entity.moves = [*entity.moves, *gone]
    if old is not None and not _same(old, entity.due):
        model = kind.dictionary.fields["moves"].schema.model  # type: ignore[attr-defined]
        entity.moves.append(model(key=new_key(), change=CORRECTED, why=reason or PUT_BACK))
    for position, row in enumerate(entity.moves):
        row.position = position


def _home(actor: Actor) -> str:
    """The organisation of who changes it: no person is named in what stays."""
    home = session().get(Record, actor.home_id) if actor.home_id else None
    return home.title if home is not None else SECRETARIAT


reasons.checking.append(check)
editing.completing.append(complete)
