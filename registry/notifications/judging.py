"""The letters about judging: something waits, was sent back, or is published."""

from collections.abc import Iterable
from typing import Any

from flask import current_app
from sqlalchemy import select

from ..access import can_see, could_see
from ..accounts.models import Account
from ..accounts.queries import actor, judges
from ..db import session
from ..kind import kind_named
from ..record import Record
from ..words import Words
from ..workflow import Revision
from .letters import Letter, Payload, Undeliverable, Writer, letter, spread

GREETING = Words("Dag {name},", "Dear {name},")
TOLD: dict[str, tuple[Words, Words]] = {
    "submit": (
        Words("Te beoordelen: {title}", "To review: {title}"),
        Words(
            "«{title}» is ingediend en wacht op een beoordeling.",
            "“{title}” has been submitted and waits for a review.",
        ),
    ),
    "return": (
        Words("Teruggestuurd: {title}", "Sent back: {title}"),
        Words(
            "Het secretariaat stuurde «{title}» terug:\n\n{note}\n\nVerbeter het en dien het "
            "opnieuw in.",
            "The secretariat sent “{title}” back:\n\n{note}\n\nImprove it and submit it again.",
        ),
    ),
    "publish": (
        Words("Gepubliceerd: {title}", "Published: {title}"),
        Words("«{title}» is gepubliceerd.", "“{title}” has been published."),
    ),
    "proposal": (
        Words("Te beoordelen: wijziging van {title}", "To review: a change of {title}"),
        Words(
            "{author} stelt een wijziging voor van «{title}».",
            "{author} proposes a change of “{title}”.",
        ),
    ),
    "proposal-returned": (
        Words("Teruggestuurd: uw voorstel voor {title}", "Sent back: your proposal for {title}"),
        Words(
            "Het secretariaat stuurde uw voorstel voor «{title}» terug:\n\n{note}",
            "The secretariat sent your proposal for “{title}” back:\n\n{note}",
        ),
    ),
    "proposal-adopted": (
        Words("Overgenomen: uw voorstel voor {title}", "Adopted: your proposal for {title}"),
        Words(
            "Uw voorstel voor «{title}» is overgenomen en gepubliceerd.",
            "Your proposal for “{title}” has been adopted and published.",
        ),
    ),
}


@spread("submit")
def _who_judges(payload: Payload) -> Iterable[int]:
    """Everybody who may judge, but for who handed it in."""
    return judges(but=_record(payload).submitter_id)


@spread("return")
@spread("publish")
def _who_submitted(payload: Payload) -> Iterable[int]:
    submitter = _record(payload).submitter_id
    return [submitter] if submitter is not None else []


@spread("proposal")
def _who_judges_changes(payload: Payload) -> Iterable[int]:
    revision = _revision(payload)
    if revision.record.deleted_at is not None:
        raise Undeliverable("the record is gone")
    return judges(but=revision.author_id)


def _record(payload: Payload) -> Record:
    found = session().get(Record, payload["record"], populate_existing=True)
    if found is None or found.deleted_at is not None:
        raise Undeliverable("the record is gone")
    return found


def _revision(payload: Payload) -> Revision:
    query = select(Revision).where(Revision.key == payload["revision"])
    found = session().scalar(query)
    if found is None:
        raise Undeliverable("the proposal is gone")
    return found


def _writer(topic: str) -> Writer:
    def write(account: Account, payload: Payload) -> Letter:
        if "revision" in payload:
            revision = _revision(payload)
            record, path, note = revision.record, f"revisions/{revision.key}", revision.note
            said: dict[str, Any] = {"author": revision.author_name}
        else:
            record = _record(payload)
            path = f"{kind_named(record.kind).collection}/{record.reference}"
            said, note = {}, record.review_note
        # What was sent back because its record was merged or removed is told all the same.
        sees = could_see if topic == "proposal-returned" else can_see
        if not sees(actor(account, "cli"), record):
            raise Undeliverable("the record is hidden from this account")
        said |= {"title": record.title, "note": note or "", "name": account.name}
        return _filled(account, topic, path, said)

    return write


def _filled(account: Account, topic: str, path: str, said: dict[str, Any]) -> Letter:
    subject, text = (words.in_(account.language).format(**said) for words in TOLD[topic])
    greeting = GREETING.in_(account.language).format(**said)
    link = f"{current_app.config['PUBLIC_URL'].rstrip('/')}/{path}"
    return Letter(" ".join(subject.split()), f"{greeting}\n\n{text}\n\n{link}\n")


for _topic in TOLD:
    letter(_topic)(_writer(_topic))
