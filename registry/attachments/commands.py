"""Keeping a file with a report, and finding it again."""

import secrets
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import select

from .. import clock, ledger
from ..access import Actor
from ..command import command
from ..db import session
from ..errors import Conflict, Forbidden, Invalid, NotFound
from ..fields import LongText
from ..kind import Kind
from ..nesting import new_key
from ..updates import commands as reports
from ..updates import queries
from ..updates.models import Update
from ..words import Words
from . import judging
from .models import UpdateFile

WHY = LongText("Waarom dit telt", "Why this counts", required=True, max_length=600)
FIXED = Words(
    "Deze melding is al vrijgegeven of vastgesteld. Corrigeer de melding en voeg het bestand "
    "toe aan de correctie.",
    "This report has been released or frozen already. Correct the report instead, and add the "
    "file to the correction.",
)
SPOKEN = {
    **{name: name for name in ("name", "why", "extension", "size", "sha256", "stored")},
    "added_at": "addedAt",
}


@command
def add(
    actor: Actor,
    kind: Kind,
    entity: Any,
    update: Update,
    sent: tuple[str, bytes, str],
    *,
    folder: Path,
    scanner: str,
) -> UpdateFile:
    """Keep `sent` (name, content, why it counts) with a report. Raises Invalid."""
    _require(actor, kind, entity, update)
    name, content, why = sent
    extension, why = _checked(name, content, why, scanner)
    made = UpdateFile(
        key=new_key(),
        update_id=update.id,
        why=why,
        name=judging.safe(name),
        extension=extension,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        stored=secrets.token_hex(16),
        added_at=clock.now(),
    )
    _keep(folder, made.stored, content)
    session().add(made)
    session().flush()
    reports.say(entity, update, "attach", facts(made))
    return made


def _require(actor: Actor, kind: Kind, entity: Any, update: Update) -> None:
    if not theirs(actor, kind, entity, update):
        raise Forbidden
    if not may_add(actor, kind, entity, update):
        raise Conflict(FIXED)


def _keep(folder: Path, name: str, content: bytes) -> None:
    """Before the row is committed: what a failure leaves behind is a file that nothing names."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / name).write_bytes(content)


def _checked(name: str, content: bytes, why: str, scanner: str) -> tuple[str, str]:
    """The extension and the reason. Raises Invalid with all that is wrong."""
    errors: dict[str, Any] = {}
    said = extension = ""
    try:
        said = str(WHY.deserialize(why))
    except ValidationError as error:
        errors["why"] = error.messages
    try:
        extension = judging.judge(name, content, scanner)
    except Invalid as refused:
        errors.update(refused.errors)
    if errors:
        raise Invalid(errors)
    return extension, said


def may_add(actor: Actor, kind: Kind, entity: Any, update: Update) -> bool:
    """Whether `actor` adds a file now: to what was released or fixed only the secretariat does."""
    open_ = actor.editorial or not reports.fixed(update)
    return open_ and theirs(actor, kind, entity, update)


def theirs(actor: Actor, kind: Kind, entity: Any, update: Update) -> bool:
    """Whether this is a report of theirs, on a record that they still report on."""
    own = actor.editorial or update.organisation_id in actor.organisations
    return own and queries.may_report(actor, kind, entity.record)


def facts(file: UpdateFile) -> dict[str, Any]:
    """What the book tells of a file, by path."""
    return dict(ledger.spoken(file, SPOKEN, f"files[{file.key}]."))


def files(update: Update) -> Sequence[UpdateFile]:
    """The files of a report that the reader sees."""
    query = select(UpdateFile).where(UpdateFile.update_id == update.id)
    return session().scalars(query.order_by(UpdateFile.id)).all()


def told(update_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """By what a file can be known again, by the id of its report."""
    query = select(UpdateFile).where(UpdateFile.update_id.in_(update_ids))
    found: dict[int, list[dict[str, Any]]] = {}
    for file in session().scalars(query.order_by(UpdateFile.id)):
        row = {"key": file.key, "name": file.name, "sha256": file.sha256, "why": file.why}
        found.setdefault(file.update_id, []).append(row)
    return found


def one(update: Update, key: str) -> UpdateFile:
    """The file with this key. Raises NotFound."""
    found = next((file for file in files(update) if file.key == key), None)
    if found is None:
        raise NotFound
    return found


queries.resting.append(told)
