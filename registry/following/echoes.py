"""What shows something of records that changed: their names, or that they are there at all. It
changed for its readers too, though nobody changed it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, bindparam, select, union_all

from ..access import Actor, visible_to
from ..db import session
from ..kind import Kind, kind_named
from ..merging.pointers import pointers
from ..record import Nested, Record
from .queries import Told


@dataclass(frozen=True)
class Wanted:
    """Which of them: `most`, by their references after `after`, of these kinds (none: of all), and
    not those in `but`."""

    kinds: Collection[str]
    but: Collection[int]
    after: str
    most: int


def echoes(
    actor: Actor, targets: Mapping[str, Collection[int]], at: datetime, wanted: Wanted
) -> Sequence[Told]:
    """The records that `actor` may see and that point at one of `targets` (kind → ids), which
    changed by `at`; in the order of their references."""
    found = [_pointing_at(actor, kind_named(name), ids, wanted) for name, ids in targets.items()]
    rows = {row.reference: row for row in merge(*found, key=lambda row: row.reference)}
    return [
        Told(row.id, row.kind, row.reference, row.version, at, seen=True)
        for row in islice(rows.values(), wanted.most)
    ]


def _pointing_at(actor: Actor, kind: Kind, ids: Collection[int], wanted: Wanted) -> Sequence[Any]:
    query = select(Record.id, Record.kind, Record.reference, Record.version)
    query = query.where(Record.id.in_(_owners(kind).subquery().select()), visible_to(actor))
    query = query.where(Record.reference > wanted.after, Record.id.not_in(wanted.but))
    if wanted.kinds:
        query = query.where(Record.kind.in_(wanted.kinds))
    query = query.order_by(Record.reference).limit(wanted.most)
    return session().execute(query, {"targets": sorted(ids)}).all()


@cache
def _owners(kind: Kind) -> CompoundSelect[Any]:
    """The ids of what points at records of this kind: in a field or a row, or as its keeper."""
    targets: BindParameter[Any] = bindparam("targets", expanding=True)
    found = [
        select(_owner(pointer.model)).where(getattr(pointer.model, pointer.attribute).in_(targets))
        for pointer in pointers(kind)
    ]
    if kind.keeps:
        found.append(select(Record.id).where(Record.keeper_id.in_(targets)))
    nobody = select(Record.id).where(Record.id.is_(None))
    return union_all(nobody, *found)


def _owner(model: Any) -> Any:
    return model.parent_id if issubclass(model, Nested) else model.id
