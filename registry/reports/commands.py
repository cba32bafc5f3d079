"""Writing a line of an annex, asking its owner, and what that owner answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import object_session, selectinload

from .. import clock, editing, ledger
from ..access import ANYBODY, Actor, Permission, can_see, require
from ..accounts.models import Account, Grant
from ..accounts.queries import actor as as_actor
from ..command import command
from ..db import session
from ..errors import Conflict, Forbidden, Invalid, Message, NotFound, NotSignedIn, Stale
from ..record import Record, State
from ..schema import editable, loaded
from ..words import Words
from . import queries, standing
from .models import Annex, AnnexLine
from .schemas import ANNEX, LineSchema, RemarkSchema
from .scope import whole

NOT_ASKED, ASKED, AGREED, REMARK = "not_asked", "asked", "agreed", "remark"
TOPIC = "annex_asked"
NOBODY = Message(
    "Nobody can be asked: these lines were asked or agreed to already, or no organisation with an "
    "account owns them.",
    "Er is niemand iets voor te leggen: deze regels zijn al voorgelegd of akkoord, of geen "
    "organisatie met een account gaat erover.",
    "empty",
)
UNSHOWN = Words(
    "Publiceer de bijlage eerst voor de kerngroep: anders ziet niemand wat er wordt voorgelegd.",
    "Publish the annex to the core group first: nobody sees what is asked otherwise.",
)
COPIED = ("title", "titleEn", "asOf", "letter", "previousLetter", "previousAnnex", "dossier",
          "themes", "organisations", "strengths", "indicators", "introduction",
          "introductionEn", "sections")  # fmt: skip


@dataclass
class Asked:
    """What came of asking: of how many lines, how many people got mail, and the references of the
    lines that nobody can be asked about."""

    lines: int = 0
    mails: int = 0
    nobody: list[str] = field(default_factory=list)


@command
def write(
    actor: Actor,
    annex: Annex,
    reference: str,
    payload: Mapping[str, Any],
    *,
    version: int | None = None,
) -> AnnexLine:
    """Write the text of a line; what was agreed to is agreed to no more. `version`: the one that
    this starts from, 0 of a line of which nothing was said."""
    require(actor, ANNEX.edit, annex.record)
    record, line = _line(actor, annex, reference, version)
    text = loaded(LineSchema(), payload).get("text")
    if text == line.text:
        return line
    before = _told(line, record)
    line.text = text
    if line.agreement == AGREED:
        line.agreement, line.update_key = NOT_ASKED, None
        _by(actor, line, None)
    return _say(annex, "write_line", line, record, before)


@command
def ask(actor: Actor, annex: Annex, references: Sequence[str] | None = None) -> Asked:
    """Ask the owners of lines whether they agree: of these, or of all that are not asked yet.
    Each person gets one letter."""
    require(actor, Permission.RECORD_PUBLISH, annex.record)
    queries.require_unfrozen(annex)
    if annex.record.state != State.PUBLISHED:
        raise Conflict(UNSHOWN)
    chosen = queries.records(actor, annex)
    if references is not None:
        wanted = set(references)
        chosen = [record for record in chosen if record.reference in wanted]
        if len(chosen) < len(wanted):
            raise NotFound
    asked = _asked(actor, annex, chosen)
    if not asked.lines:
        raise Invalid({"_schema": [NOBODY]})
    return asked


def _asked(actor: Actor, annex: Annex, chosen: Sequence[Record]) -> Asked:
    known, owners = _known(annex), queries.owners(chosen)
    people = _people({one for own in owners.values() for one in own})
    asked, letters = Asked(), dict[int, int]()
    for record in chosen:
        line = known.get(record.id)
        if line is not None and line.agreement in (ASKED, AGREED):
            continue
        near = {a.id for one in owners[record.id] for a in people.get(one, ())
                if _sees(a, annex, record)}  # fmt: skip
        if not near:
            asked.nobody.append(record.reference)
            continue
        _ask(actor, annex, record, line)
        asked.lines += 1
        for account in near:
            letters[account] = letters.get(account, 0) + 1
    for account, count in letters.items():
        told = {"annex": annex.reference, "title": annex.title, "lines": count}
        ledger.post(session(), TOPIC, {"account": account, **told})
    asked.mails = len(letters)
    return asked


def _known(annex: Annex) -> dict[int, AnnexLine]:
    """What was said of the lines, without agreements to what they do not say any more."""
    known = queries.said(annex.id)
    agreed = [number for number, line in known.items() if line.agreement == AGREED]
    latest = standing.latest(agreed, annex.as_of) if agreed else {}
    for number in agreed:
        known[number].agreement = standing.agreement(known[number], latest.get(number))
    return known


def _ask(actor: Actor, annex: Annex, record: Record, known: AnnexLine | None) -> None:
    line = known or _new(annex, record)
    before = _told(line, record)
    line.agreement, line.update_key = ASKED, None
    _by(actor, line, None)
    _say(annex, "ask_line", line, record, before)


@command
def agree(actor: Actor, annex: Annex, reference: str, *, version: int | None = None) -> AnnexLine:
    """Agree to a line as it reads now. Raises Forbidden to who does not own it."""
    record, line = _answering(actor, annex, reference, version)
    latest = standing.latest([record.id], annex.as_of).get(record.id)
    line.agreement = standing.agreement(line, latest)
    if line.agreement == AGREED:
        raise editing.done()
    before = _told(line, record)
    line.agreement, line.remark = AGREED, None
    line.update_key = latest.key if latest and line.text is None else None
    _by(actor, line, queries.answered_for(actor, record))
    return _say(annex, "agree_line", line, record, before)


@command
def remark(
    actor: Actor,
    annex: Annex,
    reference: str,
    payload: Mapping[str, Any],
    *,
    version: int | None = None,
) -> AnnexLine:
    """Say what is wrong with a line. Raises Forbidden to who does not own it."""
    record, line = _answering(actor, annex, reference, version)
    words = loaded(RemarkSchema(), payload)["remark"]
    before = _told(line, record)
    line.agreement, line.remark, line.update_key = REMARK, words, None
    _by(actor, line, queries.answered_for(actor, record))
    return _say(annex, "remark_line", line, record, before)


@command
def copy(actor: Actor, annex: Annex, payload: Mapping[str, Any]) -> Annex:
    """A new annex that asks for the same, with `payload` laid over it. Of the same day it corrects
    the other, and has its texts; of another day it compares with the other, if that was frozen."""
    require(actor, ANNEX.create)
    base = editable(ANNEX.dictionary, whole(annex))
    asked = {name: base[name] for name in COPIED}
    for name in ("themes", "organisations", "strengths", "indicators", "sections"):
        asked[name] = [{k: v for k, v in row.items() if k != "key"} for row in asked[name]]
    again = payload.get("asOf", asked["asOf"]) == asked["asOf"]
    if not again and queries.freeze(annex.id) is not None:
        asked |= {"previousLetter": None, "previousAnnex": annex.reference}
    made: Annex = editing.create(actor, ANNEX, {**asked, **payload})
    if again:
        _written(annex, made)
    return made


def _written(annex: Annex, made: Annex) -> None:
    """Take over the texts of the lines; nobody agreed to these lines yet."""
    own = AnnexLine.record_id == Record.id
    query = (
        select(Record, AnnexLine.text)
        .join(AnnexLine, own)
        .where(AnnexLine.annex_id == annex.id, AnnexLine.text.is_not(None))
    )
    for record, text in session().execute(query.order_by(Record.id)).all():
        line = _new(made, record)
        line.text = text
        _say(made, "write_line", line, record, {})


# --- a line -------------------------------------------------------------------------------


def _line(
    actor: Actor, annex: Annex, reference: str, version: int | None
) -> tuple[Record, AnnexLine]:
    """The record of a line and what was said of it, for who may change that."""
    # Who freezes the annex waits for this, or this is refused.
    session().refresh(annex.record, ["version"], with_for_update={"read": True})
    queries.require_unfrozen(annex)
    record = queries.line(actor, annex, reference)
    line = queries.said_of(annex, record)
    if version is not None and version != (line.version if line else 0):
        raise Stale
    return record, line or _new(annex, record)


def _answering(
    actor: Actor, annex: Annex, reference: str, version: int | None
) -> tuple[Record, AnnexLine]:
    record, line = _line(actor, annex, reference, version)
    if not queries.may_answer(actor, annex, record):
        raise Forbidden if actor.signed_in or actor.editorial else NotSignedIn
    return record, line


def _new(annex: Annex, record: Record) -> AnnexLine:
    return AnnexLine(annex_id=annex.id, record_id=record.id, agreement=NOT_ASKED)


def _by(actor: Actor, line: AnnexLine, organisation: int | None) -> None:
    line.actor_id, line.actor_name = actor.account_id, actor.name
    line.organisation_id, line.stepped_at = organisation, clock.now()


def _told(line: AnnexLine, record: Record) -> dict[str, Any]:
    if object_session(line) is None:
        return {}
    said = {"text": line.text, "agreement": line.agreement, "remark": line.remark}
    return {"record": record.reference, **said}


def _say(
    annex: Annex, action: str, line: AnnexLine, record: Record, before: dict[str, Any]
) -> AnnexLine:
    """Keep a line and tell of it in the book; the annex and the record stay as they are."""
    session().add(line)
    session().flush()
    session().refresh(line, ["organisation"])
    values = {k: v for k, v in _told(line, record).items() if v is not None or k in before}
    ledger.say(
        session(),
        ledger.Statement(
            action, queries.LINE, record.reference, values, annex.record, before=before
        ),
    )
    return line


# --- people -------------------------------------------------------------------------------


def _people(organisations: set[int]) -> dict[int, list[Account]]:
    """Who may sign in today, by organisation; by one query."""
    query = select(Account).join(Grant).where(Grant.organisation_id.in_(sorted(organisations)))
    query = query.where(Account.active).options(selectinload(Account.grants)).distinct()
    found: dict[int, list[Account]] = {}
    for account in session().scalars(query.order_by(Account.id)):
        for one in as_actor(account, ANYBODY.door).organisations & organisations:
            found.setdefault(one, []).append(account)
    return found


def _sees(account: Account, annex: Annex, record: Record) -> bool:
    who = as_actor(account, ANYBODY.door)
    return can_see(who, annex.record) and can_see(who, record)
