"""Writing records by the keys that they have in systems of partners."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from marshmallow import missing
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from .. import clock, editing
from ..access import Actor, acting, require
from ..command import command
from ..db import dialect, session
from ..errors import Conflict, Forbidden, Invalid, Message, Stale
from ..fields import Described, Rows
from ..kind import Kind
from ..record import LETTERS
from ..schema import BaseSchema, editable
from ..words import Words
from . import queries
from .models import ForeignSystem

SYSTEM = re.compile(r"(?!.*-also)[a-z][a-z0-9-]{0,39}")
KEY = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._~:@-]{1,80}")
STAYS = {"sources", "moves"}
"""What the register itself adds to a record stays, unless it is sent."""
MALFORMED_SYSTEM = Message(
    "At most 40 small letters, digits and hyphens, a letter first; not “-also”.",
    "Hoogstens 40 kleine letters, cijfers en streepjes, een letter eerst; niet “-also”.",
    "pattern",
)
MALFORMED_KEY = Message(
    "At most 80 letters, digits and . _ ~ : @ -, and not . or .. alone.",
    "Hoogstens 80 letters, cijfers en . _ ~ : @ -, en niet alleen . of ...",
    "pattern",
)
NOT_YOURS = Words(
    "Dit systeem is van een andere organisatie, of van het secretariaat.",
    "This system is of another organisation, or of the secretariat.",
)
TAKEN = Words(
    "Deze sleutel is van een gegeven van een andere soort, of van een dat verwijderd is.",
    "This key is of a record of another kind, or of one that was removed.",
)


class Unmet(Stale):
    """The condition on which it was to be written does not hold, and nobody changed anything."""

    title = Words("Aan de voorwaarde is niet voldaan", "The condition does not hold")


THERE_IS = Words(
    "Er is al een gegeven met deze sleutel: lees het, en stuur If-Match met zijn ETag om het te "
    "vervangen.",
    "There is a record with this key already: read it, and send If-Match with its ETag to "
    "replace it.",
)
THERE_IS_NONE = Words(
    "Er is geen gegeven met deze sleutel: stuur If-None-Match: * om het te maken.",
    "There is no record with this key: send If-None-Match: * to create it.",
)
EITHER = Words(
    "Er kan niet zowel een gegeven met deze sleutel zijn als geen: stuur If-None-Match: * om te "
    "maken, of If-Match om te vervangen.",
    "There cannot both be a record with this key and be none: send If-None-Match: * to create, "
    "or If-Match to replace.",
)


class Place(NamedTuple):
    """A key in a system."""

    system: str
    key: str

    def faults(self) -> dict[str, list[Message]]:
        """What is wrong with how it is written."""
        wrong = {
            "system": (MALFORMED_SYSTEM, SYSTEM.fullmatch(self.system) is None),
            "key": (MALFORMED_KEY, KEY.fullmatch(self.key) is None),
        }
        return {name: [message] for name, (message, is_so) in wrong.items() if is_so}


@command
def register(actor: Actor, kind: Kind, payload: Mapping[str, Any], place: Place) -> Any:
    """Make a record that has this key. Raises Unmet where one has it already, or Conflict."""
    require(actor, kind.create)
    _claim(actor, place.system)
    if (record := queries.found(*place)) is not None:
        gone = record.deleted_at is not None or record.kind != kind.name
        raise Conflict(TAKEN) if gone else Unmet(THERE_IS)
    return editing.create(actor, kind, payload, external=place)


def allow(actor: Actor, kind: Kind, system: str) -> None:
    """Raise unless `actor` may make such records, and write by a system or make it theirs."""
    require(actor, kind.create)
    # In this order: what is no longer free, because another made it theirs just now, has an owner.
    if not (_is_free(actor, system) or queries.is_theirs(actor, system)):
        raise Forbidden(NOT_YOURS)


def known(actor: Actor, kind: Kind, place: Place) -> Any:
    """The entity that has this key, if `actor` may see it. Raises Unmet where none has."""
    record = queries.found(*place)
    if record is None:
        raise Unmet(THERE_IS_NONE)
    if record.deleted_at is not None or record.kind != kind.name:
        raise Conflict(TAKEN)
    return editing.one(kind, actor, record.reference)


def _claim(actor: Actor, system: str) -> None:
    """Let nobody else write by this system meanwhile; what is free is this actor's from now on.
    Raises Forbidden."""
    known = select(ForeignSystem).filter_by(name=system).with_for_update()
    there = session().scalar(known)
    if there is None:
        if actor.editorial or _is_free(actor, system):
            home = None if actor.editorial else actor.home_id
            engine = postgresql if dialect().name == "postgresql" else sqlite
            added = engine.insert(ForeignSystem)
            added = added.values(name=system, organisation_id=home, claimed_at=clock.now())
            session().execute(added.on_conflict_do_nothing())
        there = session().scalar(known)  # a colleague may have made it theirs just now
    if there is None or not queries.is_theirs(actor, system):
        raise Forbidden(NOT_YOURS)


def _is_free(actor: Actor, system: str) -> bool:
    """Whether an organisation of this actor can make a system theirs."""
    own = actor.home_id is not None and system.partition("-")[0] != LETTERS
    return own and not queries.is_claimed(system)


def whole(kind: Kind, entity: Any, payload: Any) -> Any:
    """`payload` as all there is to a record: what it leaves out is blank. What the actor may not
    see or fill in, and what the register adds itself, stays."""
    if not isinstance(payload, Mapping):
        return payload
    current = editable(kind.dictionary, entity)
    filled = {name for name, value in current.items() if value not in (None, "", [])}
    blank = {n: v for n, v in _blanks(kind.dictionary).items() if n in filled - STAYS}
    return {**blank, **_filled(kind.dictionary, payload)}


def _filled(schema: BaseSchema, payload: Mapping[str, Any]) -> dict[str, Any]:
    """A payload of which each row is whole."""
    told = dict(payload)
    for name, field in schema.load_fields.items():
        rows = told.get(key := field.data_key or name)
        if isinstance(field, Rows) and isinstance(rows, list):
            told[key] = [_row(field.schema, row) for row in rows]
    return told


def _row(schema: BaseSchema, row: Any) -> Any:
    if not isinstance(row, Mapping):
        return row
    return {**{n: v for n, v in _blanks(schema).items() if n != "key"}, **_filled(schema, row)}


def _blanks(schema: BaseSchema) -> dict[str, Any]:
    """What may be emptied here, by JSON name, as it is in what is new."""
    view = acting().view
    return {
        field.data_key or name: [] if isinstance(field, Rows) else _default(field)
        for name, field in schema.load_fields.items()
        if isinstance(field, Described) and max(field.about.view, field.about.editors) <= view
    }


def _default(field: Described) -> Any:
    return None if field.load_default is missing else field.load_default


def require_place(place: Place) -> None:
    """Raise Invalid where a key or its system is not written well."""
    if faults := place.faults():
        raise Invalid(faults)
