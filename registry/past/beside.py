"""Proof that what the book tells beside the records is what is stored: reports with what they
rest on, their files, also as they lie on disk, and rounds with what they froze."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import file_digest
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from .. import ledger
from ..attachments import commands as attachments
from ..attachments.models import UpdateFile
from ..db import session
from ..ledger import Change
from ..record import Record
from ..rounds import queries as rounds
from ..rounds.models import Round, Snapshot
from ..updates import queries as updates
from ..updates.models import Update
from . import passages
from .stored import Flat

BATCH = 200
POINTERS = ("organisation", "document", "record")


class Difference(NamedTuple):
    """One place where the book and the tables do not agree."""

    reference: str
    path: str
    told: Any
    stored: Any


class Subject(NamedTuple):
    """What the tables hold of a report or a round, in the words of the book."""

    reference: str
    facts: Flat
    files: Sequence[UpdateFile] = ()


def differences(folder: Path | None) -> Iterator[Difference]:
    """All of them, a batch at a time. `folder`: where the files lie; None: they are not read."""
    yield from _compared(updates.REPORT, Update, _reports, folder)
    yield from _compared(rounds.ROUND, Round, _rounds, folder)


def _compared(name: str, model: Any, stored: Any, folder: Path | None) -> Iterator[Difference]:
    yield from _missing(name, model)
    last = 0
    while (
        batch := session()
        .scalars(select(model).where(model.id > last).order_by(model.id).limit(BATCH))
        .all()
    ):
        last, keys = batch[-1].id, [row.key for row in batch]
        book = _told(name, keys)
        for key, subject in stored([row.id for row in batch]).items():
            yield from _one(f"{name}[{key}]", subject, book.get(key, {}))
            yield from _on_disk(f"{name}[{key}]", subject, folder)
        session().expunge_all()


def _missing(name: str, model: Any) -> Iterator[Difference]:
    """What the book tells of and is not there."""
    query = select(Change.reference, Change.subject_key).where(Change.subject == name)
    gone = query.where(Change.subject_key.not_in(select(model.key))).order_by(Change.seq).limit(1)
    for reference, key in session().execute(gone):
        yield Difference(reference, f"{name}[{key}]", "there", None)


def _told(name: str, keys: Sequence[str]) -> dict[str, Flat]:
    """What the book tells of each, by path, with who did what."""
    found: dict[str, Flat] = {}
    query = select(Change).where(Change.subject == name, Change.subject_key.in_(keys))
    for change in session().scalars(query.order_by(Change.seq)):
        told = found.setdefault(str(change.subject_key), {})
        if change.action in WHO:
            told[WHO[change.action]] = change.actor_name
        if change.record_id is not None:
            told["record"] = change.reference
        told.update({pair["path"]: pair["new"] for pair in change.changes})
    return found


WHO = {"update": "by", "open_round": "openedBy", "close_round": "closedBy"}


def _reports(ids: Sequence[int]) -> dict[str, Subject]:
    query = select(Update).where(Update.id.in_(ids)).order_by(Update.id)
    query = query.options(joinedload(Update.record), selectinload(Update.evidence))
    found = {}
    added: dict[int, list[UpdateFile]] = {}
    files = select(UpdateFile).where(UpdateFile.update_id.in_(ids)).order_by(UpdateFile.id)
    for file in session().scalars(files):
        added.setdefault(file.update_id, []).append(file)
    for one in session().scalars(query):
        facts = {**updates.facts(one), "by": one.actor_name, "record": one.record.reference}
        for file in added.get(one.id, ()):
            facts |= attachments.facts(file)
        found[one.key] = Subject(one.record.reference, facts, added.get(one.id, ()))
    names = ledger.names_of(session(), [v for s in found.values() for v in s.facts.values()])
    return {
        key: s._replace(facts={path: ledger.named(value, names) for path, value in s.facts.items()})
        for key, s in found.items()
    }


def _rounds(ids: Sequence[int]) -> dict[str, Subject]:
    frozen: dict[int, Flat] = {}
    query = select(Snapshot).where(Snapshot.round_id.in_(ids)).options(joinedload(Snapshot.record))
    for snapshot in session().scalars(query, execution_options={"yield_per": BATCH}):
        frozen.setdefault(snapshot.round_id, {}).update(rounds.sealed([snapshot]))
    found = {}
    for one in session().scalars(select(Round).where(Round.id.in_(ids)).order_by(Round.id)):
        who = {"openedBy": one.opened_actor_name, "closedBy": one.closed_actor_name}
        facts = {**rounds.facts(one), **frozen.get(one.id, {}), **who}
        found[one.key] = Subject(one.key, {k: v for k, v in facts.items() if v is not None})
    return found


def _one(name: str, subject: Subject, told: Flat) -> Iterator[Difference]:
    told = {path: v for path, v in told.items() if v is not None and not path.startswith("remind")}
    for path in sorted(told.keys() | subject.facts.keys()):
        then, here = told.get(path), subject.facts.get(path)
        if then != here and not _moved(path, told, here):
            yield Difference(subject.reference, f"{name}.{path}", then, here)


def _moved(path: str, told: Mapping[str, Any], here: Any) -> bool:
    """Whether what stands here is what a merger, or a change of words, made of what was told."""
    name, then = path.rpartition(".")[2], told.get(path)
    if name in POINTERS and then and here:
        return _leads(then, here)
    if name == "passage" and then:
        named = told.get(path.replace(".passage", ".document")), then
        found = passages.cited([named]).get(named)
        return found is not None and found.quote == here
    return False


def _leads(reference: str, to: str) -> bool:
    """Whether a record was merged into this one, in however many steps."""
    record = session().scalar(select(Record).where(Record.reference == reference))
    while record is not None and record.merged_into_id is not None:
        record = session().get(Record, record.merged_into_id)
        if record is not None and record.reference == to:
            return True
    return False


def _on_disk(name: str, subject: Subject, folder: Path | None) -> Iterator[Difference]:
    for file in subject.files if folder is not None else ():
        found = _digest(Path(folder or "", file.stored))
        if found != file.sha256:
            path = f"{name}.files[{file.key}]: {file.stored}"
            yield Difference(subject.reference, path, file.sha256, found)


def _digest(path: Path) -> str | None:
    if not path.is_file():
        return None
    with path.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()
