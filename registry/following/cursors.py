"""How far somebody has followed, as a sealed text that only the register can read and make: the
numbers of the book in it would tell what is hidden."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from ..access import Actor
from ..errors import Invalid, Message, RegistryError
from ..sealing import opened, sealed
from ..words import Words

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SEALED = "changes"
LAST = "~"
"""Comes after every reference: all that is of that moment was told."""
UNKNOWN = Message(
    "This cursor is not of this book of changes. Start again from a dump, or without a cursor.",
    "Deze cursor hoort niet bij dit boek van wijzigingen. Begin opnieuw met een dump, of zonder "
    "cursor.",
    "cursor",
)


class OtherRights(RegistryError):
    """Who asks sees other records than whoever this cursor was given to."""

    status = 410
    title = Words("Deze cursor geldt niet meer", "This cursor is no longer valid")

    def __init__(self) -> None:
        super().__init__(
            Words(
                "Deze cursor is van iemand anders, of uw rechten zijn sindsdien gewijzigd. Haal "
                "alles opnieuw op: met een token zonder cursor, zonder token met een dump.",
                "This cursor is somebody else's, or your rights have changed since. Fetch "
                "everything anew: without a cursor if you have a token, else from a dump.",
            )
        )


@dataclass(frozen=True)
class Stand:
    """What was told: every change up to number `seq`, which was made at `at`, and every embargo
    that had passed at `moment`, up to the record with the reference `tie`."""

    seq: int
    at: datetime
    moment: datetime
    tie: str = LAST


@dataclass(frozen=True)
class Cursor:
    """A stand; with a `goal`, all changes up to there were told too, and what shows something of
    them up to the record with the reference `after`."""

    stand: Stand
    goal: Stand | None = None
    after: str = ""


def written(actor: Actor, cursor: Cursor) -> str:
    """The text of a cursor, for this person only."""
    told: list[Any] = [_rights(actor), *_plain(cursor.stand)]
    if cursor.goal is not None:
        told += [*_plain(cursor.goal), cursor.after]
    return sealed(json.dumps(told, separators=(",", ":")).encode(), SEALED)


def read(actor: Actor, text: str) -> Cursor:
    """The cursor in `text`. Raises Invalid where the register did not make it, OtherRights."""
    content = opened(text, SEALED)
    if content is None:
        raise unknown()
    rights, *told = json.loads(content)
    if rights != _rights(actor):
        raise OtherRights
    if len(told) == SHORT:
        return Cursor(_stand(told))
    return Cursor(_stand(told[:SHORT]), _stand(told[SHORT:-1]), told[-1])


def unknown() -> Invalid:
    """The refusal of a cursor that does not fit this book."""
    return Invalid({"cursor": [UNKNOWN]})


SHORT = 4


def _plain(stand: Stand) -> list[Any]:
    return [stand.seq, _count(stand.at), _count(stand.moment), stand.tie]


def _stand(told: list[Any]) -> Stand:
    seq, at, moment, tie = told
    return Stand(seq, EPOCH + at * MICROSECOND, EPOCH + moment * MICROSECOND, tie)


def _count(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


@lru_cache(maxsize=500)
def _rights(actor: Actor) -> str:
    known = [actor.account_id, actor.only, sorted(actor.roles), sorted(actor.organisations)]
    return hashlib.blake2b(json.dumps(known).encode(), digest_size=6).hexdigest()
