"""The log of what was sent: reminders, letters to who leads, and those of reporting rounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from .. import clock
from ..access import Actor, could_be_seen_by
from ..accounts.models import Account
from ..db import session
from ..errors import Invalid, Message
from ..ledger import Outbox
from ..listing import cursors
from ..listing.question import DAY
from ..record import Record
from ..reminders.commands import LEAD
from ..reminders.models import Line, Mail
from ..reminders.run import DROPPED, HELD, PAUSED, QUEUED
from ..reminders.schemas import NAMES
from ..rounds.models import Reminder, Round
from ..words import Words

ROUND = "round"
RULES: Mapping[str, Words] = {
    **NAMES,
    LEAD: Words("Aan wie de organisatie leidt", "To who leads the organisation"),
    ROUND: Words("Voortgangsuitvraag", "Reporting round"),
}
STATES: Mapping[str, Words] = {
    "waiting": Words("wacht op verzending", "waits to be sent"),
    "sent": Words("verstuurd", "sent"),
    "failed": Words("niet aangekomen", "not delivered"),
    PAUSED: Words("weggelaten: gepauzeerd", "left out: paused"),
    HELD: Words("wacht: adres geweigerd", "waits: address refused"),
    DROPPED: Words("weggelaten: niet meer nodig", "left out: not needed any more"),
}
ALLOWED = Message("Choose from: {allowed}.", "Kies uit: {allowed}.", "not_allowed")
LONGEST = 100
FILTERS = ("state", "rule", "who", "record", "organisation", "from", "until")


@dataclass(frozen=True)
class Question:
    """What is asked of the log."""

    state: str = ""
    rule: str = ""
    who: str = ""
    record: str = ""
    organisation: str = ""
    begin: date | None = None
    end: date | None = None

    @property
    def asks(self) -> bool:
        """Whether it leaves anything out."""
        return self != Question()


def ask(args: Mapping[str, Sequence[str]]) -> Question:
    """Read the question. Raises Invalid with all that is wrong with it."""
    errors: dict[str, Any] = {}
    words = {name: _one(args, name) for name in FILTERS}
    for name, known in (("state", STATES), ("rule", RULES)):
        if words[name] and words[name] not in known:
            errors[name] = [ALLOWED.format(allowed=", ".join(known))]
    days = {}
    for name in ("from", "until"):
        try:
            days[name] = clock.day(words[name]) if words[name] else None
        except ValueError:
            errors[name] = [DAY]
    if errors:
        raise Invalid(errors)
    codes = {name: words[name].upper() for name in ("record", "organisation")}
    plain = {name: words[name] for name in ("state", "rule", "who")}
    return Question(**plain, **codes, begin=days["from"], end=days["until"])


def _one(args: Mapping[str, Sequence[str]], name: str) -> str:
    given = [value.strip() for value in args.get(name, ()) if value.strip()]
    return given[-1][:LONGEST] if given and "\0" not in given[-1] else ""


def _log(actor: Actor) -> Any:
    """Every row of the log that `actor` may see, also of what was removed since, as one table; a
    round has a key."""
    organisation = aliased(Record)
    state = case((Line.state != QUEUED, Line.state), else_=_arrived())
    lines = _select("line", Line, (Record.reference, Record.title, Record.title_en), organisation)
    lines = lines.add_columns(Line.rule, Line.words, Line.number, Line.record_id)
    lines = lines.add_columns(state.label("state"), Outbox.failure, Outbox.done_at)
    lines = lines.join(Record, Record.id == Line.record_id).where(could_be_seen_by(actor))
    lines = lines.outerjoin(Mail, Mail.id == Line.mail_id)
    lines = lines.outerjoin(Outbox, Outbox.id == Mail.outbox_id)
    rounds = _select(ROUND, Reminder, (Round.key, Round.title, Round.title), organisation)
    rounds = rounds.add_columns(literal(ROUND), null(), literal(1), null(), _arrived())
    rounds = rounds.add_columns(Outbox.failure, Outbox.done_at)
    rounds = rounds.join(Round, Round.id == Reminder.round_id)
    rounds = rounds.outerjoin(Outbox, Outbox.id == Reminder.outbox_id)
    return union_all(lines, rounds).subquery("log")


def _select(source: str, model: Any, named: tuple[Any, Any, Any], organisation: Any) -> Select[Any]:
    key, nl, en = named
    query = select(
        literal(source).label("source"),
        model.id.label("id"),
        model.day.label("day"),
        Account.id.label("account_id"),
        Account.name.label("name"),
        Account.email.label("email"),
        key.label("reference"),
        nl.label("title"),
        en.label("title_en"),
        organisation.reference.label("organisation"),
        organisation.title.label("organisation_title"),
    )
    query = query.select_from(model).join(Account, Account.id == model.account_id)
    return query.join(organisation, organisation.id == model.organisation_id)


def _arrived() -> Any:
    return case(
        (or_(Outbox.id.is_(None), Outbox.done_at.is_not(None)), "sent"),
        (Outbox.due_at.is_not(None), "waiting"),
        else_="failed",
    )


def query(actor: Actor, question: Question, *where: Any) -> tuple[Any, cursors.Order]:
    """What is asked of the log, newest first, and the order that is."""
    log = _log(actor)
    order: cursors.Order = [(log.c.day, True), (log.c.source, True), (log.c.id, True)]
    found = select(log).where(*_clauses(log, question), *(clause(log) for clause in where))
    return found.order_by(*(column.desc() for column, _ in order)), order


def _clauses(log: Any, asked: Question) -> list[ColumnElement[bool]]:
    same = {
        log.c.state: asked.state,
        log.c.rule: asked.rule,
        log.c.organisation: asked.organisation,
    }
    found = [column == value for column, value in same.items() if value]
    if asked.record:
        found.append(log.c.reference.in_((asked.record, asked.record.lower())))
    if asked.who:
        names = (func.lower(log.c.name), log.c.name, log.c.email)
        words = (asked.who.lower(), asked.who, asked.who.lower())
        pairs = zip(names, words, strict=True)
        found.append(or_(*(column.contains(w, autoescape=True) for column, w in pairs)))
    if asked.begin:
        found.append(log.c.day >= asked.begin)
    if asked.end:
        found.append(log.c.day <= asked.end)
    return found


def counted(found: Any) -> int:
    """How many rows that are."""
    inner = found.order_by(None).subquery()
    return session().scalar(select(func.count()).select_from(inner)) or 0
