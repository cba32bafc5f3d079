"""What people may do, what they proposed and what is asked of them and reported, where it is about
the record that is merged."""

from typing import Any

from sqlalchemy import or_, select, update

from .. import workflow
from ..access import Actor
from ..accounts.events import note
from ..accounts.models import Grant
from ..db import session
from ..elsewhere.models import ForeignSystem
from ..jobs.models import Job
from ..record import Record
from ..reminders.models import Escalation, Line, Pause
from ..reports.models import AnnexLine
from ..rounds.models import Item, Reminder
from ..tokens.models import Token
from ..updates.models import Evidence, Update
from ..workflow.models import OPEN, Revision, RevisionState

BACK = (
    "{gone} is samengevoegd met {into}. Kijk daar na wat er staat en stel het daar zo nodig voor."
)


def move(actor: Actor, gone: Record, into: Record) -> None:
    """Whoever acted for `gone` acts for `into`; proposals for it go back to who made them."""
    _grants(actor, gone, into)
    _proposals(actor, gone, into)
    _asked(gone, into)
    _reported(gone, into)
    _lines(gone, into)
    _reminded(gone, into)
    theirs = update(ForeignSystem).where(ForeignSystem.organisation_id == gone.id)
    session().execute(theirs.values(organisation_id=into.id))


def _grants(actor: Actor, gone: Record, into: Record) -> None:
    for grant in session().scalars(select(Grant).where(Grant.organisation_id == gone.id)):
        grant.organisation_id = into.id
        if _granted_already(grant):
            session().delete(grant)
        told = {"old": [f"{grant.role}: {gone.title}"], "new": [f"{grant.role}: {into.title}"]}
        note(actor, grant.account, "grants_changed", **told)
    for holds in (Token, Job):
        theirs = update(holds).where(holds.organisation_id == gone.id)
        session().execute(theirs.values(organisation_id=into.id))
    session().flush()


def _granted_already(grant: Grant) -> bool:
    what = (grant.role, grant.organisation_id, grant.starts, grant.ends)
    others = (other for other in grant.account.grants if other is not grant)
    return any((o.role, o.organisation_id, o.starts, o.ends) == what for o in others)


def _proposals(actor: Actor, gone: Record, into: Record) -> None:
    """Proposals that wait. They say what `gone` should be, with its lists as they stood there: laid
    over `into` they would take out what it has, so who made them looks again."""
    note = BACK.format(gone=gone.reference, into=into.reference)
    for proposal in session().scalars(select(Revision).where(Revision.state.in_(OPEN))).all():
        if proposal.record_id == gone.id:
            if proposal.state == RevisionState.SUBMITTED:
                workflow.return_revision(actor, proposal, note=note)
            else:
                proposal.note = note
            continue
        payload = _renamed(proposal.payload, gone.reference, into.reference)
        rights = _renumbered(proposal.author_rights, gone.id, into.id)
        if (payload, rights) != (proposal.payload, proposal.author_rights):
            proposal.payload, proposal.author_rights = payload, rights
    session().flush()


def _renamed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {name: _renamed(part, old, new) for name, part in value.items()}
    if isinstance(value, list):
        return [_renamed(part, old, new) for part in value]
    return new if value == old else value


def _renumbered(rights: dict[str, Any], old: int, new: int) -> dict[str, Any]:
    numbers = [new if number == old else number for number in rights["organisations"]]
    home = {"home": new if rights.get("home") == old else rights.get("home")}
    return {**rights, "organisations": sorted(set(numbers)), **home}


def _asked(gone: Record, into: Record) -> None:
    """What rounds ask: one record of one organisation once, and what was answered stays."""
    theirs = or_(Item.record_id == gone.id, Item.organisation_id == gone.id)
    for item in session().scalars(select(Item).where(theirs).order_by(Item.id)).all():
        asked = {
            "record_id": into.id if item.record_id == gone.id else item.record_id,
            "organisation_id": (
                into.id if item.organisation_id == gone.id else item.organisation_id
            ),
        }
        twin = session().scalar(select(Item).filter_by(round_id=item.round_id, **asked))
        if twin is not None:
            twin.update_id = twin.update_id or item.update_id
            session().delete(item)
        else:
            item.record_id, item.organisation_id = asked.values()
        session().flush()


def _lines(gone: Record, into: Record) -> None:
    """What was said of lines of annexes: an annex has one line of what stays, and keeps its own."""
    for line in session().scalars(select(AnnexLine).where(AnnexLine.record_id == gone.id)).all():
        twin = select(AnnexLine.id).filter_by(annex_id=line.annex_id, record_id=into.id)
        if session().scalar(twin) is None:
            line.record_id = into.id
        else:
            session().delete(line)
        session().flush()
    here = AnnexLine.organisation_id == gone.id
    session().execute(update(AnnexLine).where(here).values(organisation_id=into.id))


def _reminded(gone: Record, into: Record) -> None:
    """Pauses, and what was reminded of or prepared: the same of what stays counts."""
    for model, same in (
        (Pause, ("record_id",)),
        (Line, ("account_id", "record_id", "rule", "term", "number")),
        (Escalation, ("record_id", "organisation_id", "rule", "term")),
    ):
        columns = [c for c in ("record_id", "organisation_id") if hasattr(model, c)]
        about = or_(*(getattr(model, column) == gone.id for column in columns))
        for row in session().scalars(select(model).where(about)).all():
            new = {c: into.id if getattr(row, c) == gone.id else getattr(row, c) for c in columns}
            asked = {name: new.get(name, getattr(row, name)) for name in same}
            twin = session().scalar(select(model).filter_by(**asked))
            if twin is not None and twin is not row:
                session().delete(row)
            else:
                _renew(row, new)
            session().flush()


def _renew(row: Any, values: dict[str, int]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _reported(gone: Record, into: Record) -> None:
    """Reports, what they rest on, and reminders: none is another version of a record."""
    for model, attribute in (
        (Update, "record_id"),
        (Update, "organisation_id"),
        (Evidence, "document_id"),
        (Reminder, "organisation_id"),
    ):
        here = getattr(model, attribute) == gone.id
        session().execute(update(model).where(here).values({attribute: into.id}))
    session().flush()
