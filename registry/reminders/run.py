"""The work of a day: whoever is to be reminded gets a row in the outbox, once, however many workers
there are. What is written twice is refused by the database, and the later one does without it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update

from .. import clock
from ..access import Actor, Permission, require
from ..accounts.models import Account
from ..command import command
from ..db import session
from ..errors import Conflict
from ..ledger import Outbox, post
from ..nesting import new_key
from ..words import Words
from . import receivers as people
from .due import Due, began, due, settings
from .models import Done, Escalation, Line, Mail
from .schemas import PASSED, STALE

TOPIC = "reminders"
QUEUED, PAUSED, HELD, DROPPED = "queued", "paused", "held", "dropped"
WAITING, OVER = "waiting", "over"
ESCALATED = (PASSED, STALE)
MOST_TRIES = 3  # of a line whose mail did not arrive, or was not needed any more for a while
MOST_APART = 5  # more than this at once is one mail, whatever somebody chose
OVERTAKEN = Words("Iemand anders was net eerder.", "Somebody else was there just before.")


@dataclass(frozen=True)
class Known:
    """A line that is in the log already."""

    id: int
    state: str
    tries: int
    mail: int | None


@dataclass(frozen=True)
class Chosen:
    """What one person is to be told, on behalf of which organisation."""

    due: Due
    organisation: int
    state: str
    known: Known | None


@dataclass
class Plan:
    """All that is to be written on a day."""

    day: date
    chosen: dict[int, list[Chosen]] = field(default_factory=dict)
    accounts: dict[int, Account] = field(default_factory=dict)
    apart: set[int] = field(default_factory=set)
    nobody: list[Due] = field(default_factory=list)
    escalations: list[tuple[Due, int]] = field(default_factory=list)

    def count(self, *states: str) -> int:
        """How many lines there are in these states."""
        return sum(one.state in states for chosen in self.chosen.values() for one in chosen)


def run(actor: Actor, day: date) -> Plan:
    """Do the work of a day; what was written here, and not by another worker."""
    with clock.seen_as_of(day):
        made = plan()
        for number, chosen in list(made.chosen.items()):
            try:
                _write(actor, number, chosen, apart=number in made.apart)
            except Conflict:  # another worker wrote it
                del made.chosen[number]
        try:
            _end(actor, made.escalations)
        except Conflict:
            session().rollback()
    return made


def is_done(day: date) -> bool:
    """Whether the work of a day was done."""
    return session().get(Done, day) is not None


def plan() -> Plan:
    """What is to be written on the reference date. The number of questions is always the same."""
    found = due(settings(), began())
    there = people.receivers(found)
    made = Plan(clock.as_of())
    known, mailed = _known()
    reminded = {key[:4] for key, (line, _) in known.items() if line.state == QUEUED}
    for one in found:
        told = there.of(one)
        if not told:
            made.nobody.append(one)
        for account, organisation in told:
            _choose(made, there, (one, account, organisation), known)
        if one.last and one.rule in ESCALATED:
            made.escalations += [(one, number) for number in there.asked(one, reminded)]
    _wait(made, there, mailed)
    return made


def _choose(made: Plan, there: people.Receivers, told: Any, known: Mapping[Any, Any]) -> None:
    one, account, organisation = told
    before = known.get((account.id, *one.key, one.number))
    if before is not None and before[1]:
        return
    state = QUEUED
    if there.paused(account, one.record.id, organisation):
        state = PAUSED
    elif there.refused(account):
        state = HELD
    line = before[0] if before else None
    if line is not None and line.state == state != QUEUED:
        return
    made.chosen.setdefault(account.id, []).append(Chosen(one, organisation, state, line))
    made.accounts[account.id] = account


def _wait(made: Plan, there: people.Receivers, mailed: set[int]) -> None:
    """Who got the one mail of this day gets what came up since tomorrow."""
    for number, chosen in list(made.chosen.items()):
        if not there.digest(made.accounts[number]):
            made.apart.add(number)
        elif number in mailed:
            made.chosen[number] = [one for one in chosen if one.state != QUEUED]


def _known() -> tuple[dict[Any, tuple[Known, bool]], set[int]]:
    """The lines that there are with whether that is the end of it, and who got mail this day."""
    query = select(Line, Outbox).outerjoin(Mail, Mail.id == Line.mail_id)
    query = query.outerjoin(Outbox, Outbox.id == Mail.outbox_id)
    found = {}
    for line, outbox in session().execute(query):
        known = Known(line.id, line.state, line.tries, line.mail_id)
        key = (line.account_id, line.record_id, line.rule, line.term, line.number)
        found[key] = (known, _settled(line, outbox))
    mails = select(Mail.account_id).where(Mail.day == clock.as_of(), Mail.part == 0)
    return found, set(session().scalars(mails))


def _settled(line: Line, outbox: Outbox | None) -> bool:
    """Whether a line needs nothing more: it is on its way, arrived, or was tried often enough."""
    if line.state in (PAUSED, HELD):
        return False
    failed = outbox is not None and outbox.done_at is None and outbox.due_at is None
    again = line.state == DROPPED or failed or outbox is None
    return not again or line.tries >= MOST_TRIES


# --- writing ------------------------------------------------------------------------------


@command
def _write(actor: Actor, account_id: int, chosen: Sequence[Chosen], *, apart: bool) -> None:
    """The lines of one person with their mail, in one transaction."""
    require(actor, Permission.RECORD_PUBLISH)
    _lines(account_id, [one for one in chosen if one.state != QUEUED], None)
    queued = [one for one in chosen if one.state == QUEUED]
    bundles = [queued] if queued else []
    if apart and len(queued) <= MOST_APART:
        bundles = [[one] for one in queued]
    for bundle in bundles:
        mail = letter(account_id, next_part(account_id) if apart else 0, TOPIC)
        _lines(account_id, bundle, mail.id)


def next_part(account_id: int) -> int:
    """The number of one more mail to somebody on this day."""
    query = select(Mail.part).where(Mail.account_id == account_id, Mail.day == clock.as_of())
    return max(session().scalars(query), default=0) + 1


def letter(account_id: int, part: int, topic: str, **more: Any) -> Mail:
    """One mail to one person with its row of the outbox. Whoever writes it twice is refused."""
    mail = Mail(account_id=account_id, day=clock.as_of(), part=part)
    session().add(mail)
    session().flush()
    asked = post(session(), topic, {"account": account_id, "mail": mail.id, **more})
    session().flush()
    mail.outbox_id = asked.id
    return mail


def _lines(account_id: int, chosen: Sequence[Chosen], mail: int | None) -> None:
    tries, made = int(mail is not None), []
    for one in chosen:
        if one.known is None:
            made.append(_line(account_id, one) | {"mail_id": mail, "tries": tries})
            continue
        values = {"state": one.state, "tries": one.known.tries + tries}
        _anew(one.known, values | ({"mail_id": mail} if mail else {}))
    if made:
        session().execute(insert(Line), made)


def _line(account_id: int, one: Chosen) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "record_id": one.due.record.id,
        "organisation_id": one.organisation,
        "rule": one.due.rule,
        "term": one.due.term,
        "words": one.due.due.text if one.due.due else None,
        "number": one.due.number,
        "day": clock.as_of(),
        "state": one.state,
        "made_at": clock.now(),
    }


def _anew(known: Known, values: dict[str, Any]) -> None:
    """Change a line that is there still as it was read. Raises Conflict."""
    same = (
        Line.id == known.id,
        Line.state == known.state,
        Line.mail_id.is_not_distinct_from(known.mail),
    )
    changed = update(Line).where(*same).values(day=clock.as_of(), **values).returning(Line.id)
    options = {"synchronize_session": False}
    if session().scalar(changed, execution_options=options) is None:
        raise Conflict(OVERTAKEN)


@command
def _end(actor: Actor, escalations: Sequence[tuple[Due, int]]) -> None:
    """Prepare what the secretariat may escalate, and note that the day is done."""
    require(actor, Permission.RECORD_PUBLISH)
    there = {_about(row): row for row in session().scalars(select(Escalation))}
    at_hand = {(*one.key, organisation): one for one, organisation in escalations}
    for key, one in at_hand.items():
        if key not in there:
            session().add(_escalation(one, key[-1]))
    for key, row in there.items():
        if row.state in (WAITING, OVER):
            row.state = WAITING if key in at_hand else OVER
    if not is_done(clock.as_of()):
        session().add(Done(day=clock.as_of(), ended_at=clock.now()))
    session().flush()


def _about(row: Escalation) -> tuple[int, str, str, int]:
    return row.record_id, row.rule, row.term, row.organisation_id


def _escalation(one: Due, organisation: int) -> Escalation:
    return Escalation(
        key=new_key(),
        record_id=one.record.id,
        organisation_id=organisation,
        rule=one.rule,
        term=one.term,
        words=one.due.text if one.due else None,
        since=one.since,
        day=clock.as_of(),
        state=WAITING,
    )
