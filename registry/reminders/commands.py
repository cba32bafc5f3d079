"""What people say of reminders: the rules, pauses, how one wants them, and what is escalated."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from .. import clock
from ..access import Actor, Permission, can_see, require
from ..accounts.models import Account
from ..command import command
from ..db import session
from ..errors import Conflict, Forbidden, Invalid, Message, NotFound
from ..ledger import Statement, say
from ..record import REFERENCE, Record
from ..schema import loaded
from ..words import Words
from . import run
from .due import began, due, settings
from .models import Escalation, Line, Pause, Preference, Rule
from .receivers import leaders
from .schemas import (
    DEFAULTS,
    AgainSchema,
    BeforeSchema,
    DismissalSchema,
    PauseSchema,
    PreferenceSchema,
)

SUBJECT, ACTION = "reminder", "reminding"
ESCALATION, LEAD = "reminder_escalation", "lead"
SENT, DISMISSED = "sent", "dismissed"
UNKNOWN = Message("There is no such record.", "Dit kenmerk bestaat niet.", "unknown")
DECIDED = Words("Hierover is al besloten.", "This was decided already.")
OVER = Words(
    "Dit is intussen niet meer aan de orde: er is niets verstuurd.",
    "This is not at hand any more: nothing was sent.",
)
NOBODY = Words(
    "Deze organisatie heeft niemand met een account: er is niets verstuurd.",
    "Nobody of this organisation has an account: nothing was sent.",
)


def _say(key: str, new: dict[str, Any], old: dict[str, Any]) -> None:
    say(session(), Statement(ACTION, SUBJECT, key, new, before=old))


# --- rules and pauses ---------------------------------------------------------------------


def dictionary(code: str) -> BeforeSchema | AgainSchema:
    """The form of a rule. Raises NotFound."""
    if code not in DEFAULTS:
        raise NotFound
    return BeforeSchema() if DEFAULTS[code].days else AgainSchema()


@command
def set_rule(actor: Actor, code: str, payload: Mapping[str, Any]) -> None:
    """Say when a rule reminds, and whether it does."""
    require(actor, Permission.RECORD_PUBLISH)
    values = loaded(dictionary(code), payload)
    old = settings()[code].as_json()
    row = session().get(Rule, code) or Rule(code=code)
    for name, value in values.items():
        setattr(row, name, value)
    session().add(row)
    session().flush()
    _say(code, settings()[code].as_json(), old)


@command
def pause(actor: Actor, payload: Mapping[str, Any]) -> Record:
    """Remind nobody of a record, or on behalf of an organisation, for a while."""
    require(actor, Permission.RECORD_PUBLISH)
    values = loaded(PauseSchema(), payload)
    reference = values["reference"].upper()
    query = select(Record).where(Record.reference == reference)
    record = session().scalar(query) if REFERENCE.fullmatch(reference) else None
    if record is None or not can_see(actor, record):
        raise Invalid({"reference": [UNKNOWN]})
    row = session().get(Pause, record.id)
    old = _paused(row)
    row = row or Pause(record_id=record.id)
    row.until, row.reason = values.get("until"), values["reason"]
    session().add(row)
    session().flush()
    _say(record.reference, _paused(row), old)
    return record


@command
def resume(actor: Actor, reference: str) -> None:
    """End a pause."""
    require(actor, Permission.RECORD_PUBLISH)
    query = select(Pause, Record).join(Pause.record).where(Record.reference == reference)
    found = session().execute(query).first() if REFERENCE.fullmatch(reference) else None
    if found is None:
        raise NotFound
    session().delete(found[0])
    session().flush()
    _say(reference, {}, _paused(found[0]))


def _paused(row: Pause | None) -> dict[str, Any]:
    if row is None:
        return {}
    until = row.until.isoformat() if row.until else None
    return {"paused": True, "until": until, "reason": row.reason}


# --- people -------------------------------------------------------------------------------


@command
def prefer(actor: Actor, account: Account, payload: Mapping[str, Any]) -> None:
    """Say how one wants to be reminded."""
    if actor.account_id != account.id:
        raise Forbidden
    values = loaded(PreferenceSchema(), payload)
    row = _preference(account.id)
    row.digest, row.paused_until = values["digest"], values.get("paused_until")
    session().flush()


@command
def confirm_address(actor: Actor, account: Account) -> None:
    """Say that the address of an account works: what was held is sent the next day."""
    if actor.account_id != account.id:
        require(actor, Permission.RECORD_PUBLISH)
    row = _preference(account.id)
    row.refused_address = row.refused_why = row.refused_at = None
    session().flush()


@command
def refuse_address(actor: Actor, account: Account, why: str) -> None:
    """Note that a mail server refused the address that somebody has now."""
    require(actor, Permission.RECORD_PUBLISH)
    row = _preference(account.id)
    row.refused_address, row.refused_why = account.email, why[:1000]
    row.refused_at = clock.now()
    session().flush()


def _preference(account_id: int) -> Preference:
    row = session().get(Preference, account_id) or Preference(account_id=account_id, digest=True)
    session().add(row)
    return row


# --- escalations --------------------------------------------------------------------------


def one(actor: Actor, key: str) -> Escalation:
    """The escalation with this key, for the secretariat. Raises NotFound."""
    require(actor, Permission.RECORD_PUBLISH)
    query = select(Escalation).where(Escalation.key == key)
    found = None if "\0" in key else session().scalar(query)
    if found is None:
        raise NotFound
    return found


@command
def escalate(actor: Actor, found: Escalation) -> int:
    """Send an escalation to who leads the organisation; how many people that are."""
    _lock(actor, found)
    if not still(found):
        raise Conflict(OVER)
    people = leaders([found.organisation_id]).get(found.organisation_id, [])
    if not people:
        raise Conflict(NOBODY)
    for account in people:
        _letter(found, account, clock.today())
    found.state = SENT
    session().flush()
    _say(_reference(found), {"sent": True}, {})
    return len(people)


def _letter(found: Escalation, account: Account, day: date) -> None:
    mail = run.letter(account.id, run.next_part(account.id), ESCALATION, escalation=found.key)
    line = Line(account_id=account.id, record_id=found.record_id, rule=LEAD, number=1)
    line.organisation_id, line.day, line.state = found.organisation_id, day, run.QUEUED
    line.term, line.words, line.tries = f"{found.rule} {found.term}", found.words, run.MOST_TRIES
    line.mail_id, line.made_at = mail.id, clock.now()
    session().add(line)


@command
def dismiss(actor: Actor, found: Escalation, payload: Mapping[str, Any]) -> None:
    """Do without an escalation, and say why."""
    _lock(actor, found)
    found.reason = loaded(DismissalSchema(), payload)["reason"]
    found.state = DISMISSED
    session().flush()
    _say(_reference(found), {"sent": False, "reason": found.reason}, {})


def _lock(actor: Actor, found: Escalation) -> None:
    require(actor, Permission.RECORD_PUBLISH)
    session().refresh(found, with_for_update=True)
    if found.state != run.WAITING:
        raise Conflict(DECIDED)


def _reference(found: Escalation) -> str:
    return session().get_one(Record, found.record_id).reference


def still(found: Escalation) -> bool:
    """Whether what is escalated is so on the reference date."""
    at_hand = due(settings(), began(), [found.record_id])
    return (found.record_id, found.rule, found.term) in {one.key for one in at_hand}
