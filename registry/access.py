"""Who may do and see what: one permission enum, one role matrix, one clause for reading."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    Text,
    and_,
    bindparam,
    literal,
    literal_column,
    or_,
    true,
)

from . import clock
from .db import Among, Moment
from .errors import Forbidden, NotFound, NotSignedIn
from .record import Audience, Record, State


class Role(StrEnum):
    """The five kinds of people; `system` is the registry itself (import, seed)."""

    ADMINISTRATOR = "administrator"
    SECRETARIAT = "secretariat"
    MEMBER = "member"
    PARTNER = "partner"
    PUBLIC = "public"


class Permission(StrEnum):
    """What can be allowed, as `scope:resource:action`.

    A *contribution* is what the core group logs (initiatives, commitments, milestones); the
    *framework* is what the secretariat keeps for everybody (organisations, themes, documents …).
    """

    CONTRIBUTION_CREATE = "registry:contribution:create"
    CONTRIBUTION_EDIT = "registry:contribution:edit"
    CONTRIBUTION_DELETE = "registry:contribution:delete"
    FRAMEWORK_CREATE = "registry:framework:create"
    FRAMEWORK_EDIT = "registry:framework:edit"
    FRAMEWORK_DELETE = "registry:framework:delete"
    RECORD_PUBLISH = "registry:record:publish"
    RECORD_PROPOSE = "registry:record:propose"
    RECORD_HAND_OVER = "registry:record:hand_over"
    RECORD_MERGE = "registry:record:merge"
    PEOPLE_MANAGE = "accounts:people:manage"
    VOCABULARY_EDIT = "registry:vocabulary:edit"


class View(IntEnum):
    """How much of a record a reader sees; fields carry the narrowest view that shows them."""

    PUBLIC = 0
    PARTNERS = 1
    CORE_GROUP = 2
    SECRETARIAT = 3


ALL = frozenset(Permission)
EDITORIAL = ALL - {Permission.PEOPLE_MANAGE}
CONTRIBUTE = frozenset(
    {
        Permission.CONTRIBUTION_CREATE,
        Permission.CONTRIBUTION_EDIT,
        Permission.CONTRIBUTION_DELETE,
        Permission.RECORD_PROPOSE,
    }
)
MATRIX: Mapping[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: ALL,
    Role.SECRETARIAT: EDITORIAL,
    Role.MEMBER: CONTRIBUTE,
    Role.PARTNER: CONTRIBUTE,
    Role.PUBLIC: frozenset(),
}
VIEWS: Mapping[Role, View] = {
    Role.ADMINISTRATOR: View.SECRETARIAT,
    Role.SECRETARIAT: View.SECRETARIAT,
    Role.MEMBER: View.CORE_GROUP,
    Role.PARTNER: View.PARTNERS,
    Role.PUBLIC: View.PUBLIC,
}
AUDIENCES: Mapping[View, tuple[Audience, ...]] = {
    View.PUBLIC: (Audience.PUBLIC,),
    View.PARTNERS: (Audience.PUBLIC, Audience.PARTNERS),
    View.CORE_GROUP: (Audience.PUBLIC, Audience.PARTNERS, Audience.CORE_GROUP),
    View.SECRETARIAT: tuple(Audience),
}
LEVEL: Mapping[str, View] = {
    Audience.PUBLIC: View.PUBLIC,
    Audience.PARTNERS: View.PARTNERS,
    Audience.CORE_GROUP: View.CORE_GROUP,
    Audience.SECRETARIAT: View.SECRETARIAT,
}


@dataclass(frozen=True)
class Actor:
    """Who acts: an account with its roles and organisations, or the system, through a door."""

    account_id: int | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset({Role.PUBLIC})
    organisations: frozenset[int] = field(default_factory=frozenset)
    home_id: int | None = None  # the organisation that keeps what this actor makes
    door: str = "screen"
    address: str = ""  # where a request came from, for the log of accounts
    only: int | None = None  # the one organisation that this actor was narrowed to, if it was

    @cached_property
    def view(self) -> View:
        return max((VIEWS[role] for role in self.roles), default=View.PUBLIC)

    @property
    def editorial(self) -> bool:
        """Whether this is the secretariat or an administrator."""
        return self.view is View.SECRETARIAT

    @property
    def signed_in(self) -> bool:
        return self.account_id is not None

    @property
    def maker_id(self) -> int | None:
        """The account that owns what it made; none where this is for one organisation only: then
        everything is that organisation's, whoever made it."""
        return self.account_id if self.only is None else None


ANYBODY = Actor()
_acting: ContextVar[Actor] = ContextVar("acting", default=ANYBODY)


def system(name: str, door: str) -> Actor:
    """The registry itself, as a named actor: the seed and the importer act so."""
    return Actor(None, name, frozenset({Role.ADMINISTRATOR}), door=door)


def acting() -> Actor:
    """The actor on whose behalf the current command or query runs."""
    return _acting.get()


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Run a block on behalf of `actor`."""
    token = _acting.set(actor)
    try:
        yield
    finally:
        _acting.reset(token)


@dataclass(frozen=True)
class Reader:
    """What a clause of reading depends on; its values may be bound when it runs."""

    view: View
    signed_in: bool
    maker: Any
    organisations: Any  # their numbers, as JSON
    now: Any


def _numbers(actor: Actor) -> str:
    return json.dumps(sorted(actor.organisations), separators=(",", ":"))


def _known(actor: Actor) -> Reader:
    theirs = literal(_numbers(actor), Text)
    return Reader(actor.view, actor.signed_in, _maker(actor), theirs, LATER["now"])


def _maker(actor: Actor) -> ColumnElement[Any]:
    return literal(actor.maker_id, Integer)  # a bare None would be compared as IS NULL


def made_by(actor: Actor) -> ColumnElement[bool]:
    """The records that `actor` owns because they made them."""
    return Record.owner_id == _maker(actor)


def visible_to(actor: Actor, record: type[Record] = Record) -> ColumnElement[bool]:
    """The clause on `record` (or an alias) that keeps what `actor` may see."""
    return _visible(_known(actor), record)


def could_be_seen_by(actor: Actor) -> ColumnElement[bool]:
    """The same, whether or not it was removed since: the twin of `could_see`."""
    return _shown(_known(actor), Record)


# One value each, under a name of its own: a statement asks for them at every pointer.
LATER = {
    "maker": bindparam("reader", callable_=lambda: acting().maker_id, type_=Integer),
    "organisations": bindparam("reader_for", callable_=lambda: _numbers(acting()), type_=Text),
    "now": bindparam("reader_now", callable_=clock.now, type_=Moment),
}


def visible_to_acting(
    view: View, record: type[Record] = Record, *, signed_in: bool
) -> ColumnElement[bool]:
    """The same for whoever acts when the statement runs: it can be kept and used again."""
    later = Reader(view, signed_in, **LATER)
    return _visible(later, record)


# Each is one parameter of a statement, however often a clause is in it.
def _visible(reader: Reader, record: type[Record]) -> ColumnElement[bool]:
    alive = record.deleted_at.is_(None)
    return alive if reader.view is View.SECRETARIAT else and_(alive, _shown(reader, record))


def _shown(reader: Reader, record: type[Record]) -> ColumnElement[bool]:
    if reader.view is View.SECRETARIAT:
        return true()
    released = or_(record.embargo_until.is_(None), record.embargo_until <= reader.now)
    shown = record.state.in_(_written(State.PUBLISHED, State.ARCHIVED))
    published = and_(shown, record.audience.in_(_written(*AUDIENCES[reader.view])), released)
    if not reader.signed_in:
        return published
    theirs = Among(record.keeper_id, reader.organisations)
    return or_(published, record.owner_id == reader.maker, theirs)


def _written(*codes: StrEnum) -> list[Any]:
    """Codes of ours, as a statement says them: to bind them each time would cost more."""
    return [literal_column(f"'{code}'", String) for code in codes]


def can_see(actor: Actor, record: Record) -> bool:
    """The Python twin of `visible_to`."""
    return record.deleted_at is None and could_see(actor, record)


def could_see(actor: Actor, record: Record) -> bool:
    """The same, whether or not it was removed since."""
    if actor.editorial or owns(actor, record):
        return True
    released = record.embargo_until is None or record.embargo_until <= clock.now()
    shown = record.state in (State.PUBLISHED, State.ARCHIVED)
    return shown and released and record.audience in AUDIENCES[actor.view]


def owns(actor: Actor, record: Record) -> bool:
    """Whether `actor` made the record or belongs to the organisation that keeps it."""
    if not actor.signed_in:
        return False
    made = actor.maker_id is not None and record.owner_id == actor.maker_id
    return made or record.keeper_id in actor.organisations


def can(actor: Actor, permission: Permission, record: Record | None = None) -> bool:
    """Whether `actor` has `permission`, and for a record: whether it is theirs to change.

    A draft belongs to who made it and to its keeper; what is published changes through the
    secretariat only.
    """
    if not any(permission in MATRIX[role] for role in actor.roles):
        return False
    if record is None or actor.editorial:
        return True
    return owns(actor, record) and record.state in (State.DRAFT, State.RETURNED)


def may_propose(actor: Actor, record: Record, involved: frozenset[int]) -> bool:
    """Whether `actor` may propose a change of what is published: who keeps it, and members of the
    organisations that are involved in it. The secretariat changes it at once."""
    if actor.editorial or record.state != State.PUBLISHED or not can_see(actor, record):
        return False
    allowed = any(Permission.RECORD_PROPOSE in MATRIX[role] for role in actor.roles)
    return allowed and (owns(actor, record) or bool(actor.organisations & involved))


def require(actor: Actor, permission: Permission, record: Record | None = None) -> None:
    """Raise unless `actor` may do this. What is hidden from them does not exist (404)."""
    if record is not None and not can_see(actor, record):
        raise NotFound
    if not can(actor, permission, record):
        raise Forbidden if actor.signed_in or actor.editorial else NotSignedIn
