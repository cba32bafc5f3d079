"""A question to the log: who, through which door, what, of which kind or record, from–until."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_

from .. import clock
from ..access import Actor
from ..errors import Invalid, Message
from ..ledger import Change
from ..listing.question import DAY
from ..record import Record
from .sentences import ACTIONS, DOORS
from .subjects import plurals

LISTED = ("door", "action", "kind")
NAMES = ("who", *LISTED, "record", "from", "until")
LONGEST = 100
ALLOWED = Message("Choose from: {allowed}.", "Kies uit: {allowed}.", "not_allowed")
BACKWARDS = Message("This ends before it begins.", "Dit eindigt voordat het begint.", "window")


@dataclass
class Question:
    """What is asked of the log."""

    who: str = ""
    record: str = ""
    listed: dict[str, list[str]] = field(default_factory=dict)
    begin: date | None = None
    end: date | None = None

    @property
    def asks(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.who or self.record or self.listed or self.begin or self.end)


def values(name: str) -> list[str]:
    """The values that a filter knows."""
    known = {"door": DOORS, "action": ACTIONS}
    return list(plurals() if name == "kind" else known[name])


def ask(args: Mapping[str, Sequence[str]]) -> Question:
    """Read the question. Raises Invalid with all that is wrong with it."""
    errors: dict[str, Any] = {}
    question = Question(who=_one(args, "who"), record=_one(args, "record").upper())
    for name in LISTED:
        given = [value.strip() for value in args.get(name, ()) if value.strip()]
        if set(given) - set(values(name)):
            errors[name] = [ALLOWED.format(allowed=", ".join(values(name)))]
        elif given:
            question.listed[name] = list(dict.fromkeys(given))
    question.begin, question.end = (_day(args, name, errors) for name in ("from", "until"))
    if question.begin and question.end and question.end < question.begin:
        errors["until"] = [BACKWARDS]
    if errors:
        raise Invalid(errors)
    return question


def clauses(actor: Actor, question: Question) -> list[ColumnElement[bool]]:
    """What the question asks of a change and its record."""
    kind = func.coalesce(Record.kind, Change.subject)
    columns: dict[str, Any] = {"door": Change.door, "action": Change.action, "kind": kind}
    found = [columns[name].in_(chosen) for name, chosen in question.listed.items()]
    if question.who:
        found.append(_named(actor, question.who))
    if question.record:
        found.append(Change.reference.in_((question.record, question.record.lower())))
    if question.begin:
        found.append(Change.at >= datetime.combine(question.begin, time(), UTC))
    if question.end:
        following = datetime.combine(question.end, time(), UTC) + timedelta(days=1)
        found.append(Change.at < following)
    return found


def _named(actor: Actor, words: str) -> ColumnElement[bool]:
    """By name. Who may not read the names of people may not find by them either."""
    named = func.lower(Change.actor_name).contains(words.lower(), autoescape=True)
    own = Change.actor_name.contains(words, autoescape=True)
    like = or_(named, own)
    return like if actor.signed_in else and_(like, Change.actor_id.is_(None))


def _one(args: Mapping[str, Sequence[str]], name: str) -> str:
    given = [value.strip() for value in args.get(name, ()) if value.strip()]
    return given[-1][:LONGEST] if given and "\0" not in given[-1] else ""


def _day(args: Mapping[str, Sequence[str]], name: str, errors: dict[str, Any]) -> date | None:
    given = _one(args, name)
    try:
        day = clock.day(given) if given else None
        if day == date.max:
            raise ValueError(given)
    except ValueError:
        errors[name] = [DAY]
        return None
    return day
