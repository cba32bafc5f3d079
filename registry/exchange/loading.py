"""Loading a folder of files: the same commands as every other door, all or nothing, and safe to
repeat: a second load of the same files changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from .. import editing
from ..access import Actor
from ..command import command
from ..db import session
from ..errors import Invalid, RegistryError
from ..kind import Kind, kinds_in_order
from ..ledger import Change
from ..record import ALSO, LETTERS, ExternalKey, Record
from ..tables import Fault, Row
from ..words import Words
from .files import TWICE, Item, placed, read, strangers
from .payloads import Builder, lists

SYSTEM = LETTERS
Progress = Callable[[str], None]


class BadFiles(RegistryError):
    """The files cannot be loaded, and nothing was; `faults` says what, where."""

    status = 400
    title = Words("De bestanden zijn niet in te lezen", "The files cannot be loaded")

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self.faults = faults


@dataclass
class Report:
    """How many records a load made, changed and left as they were."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0  # removed, or changed by people since it was loaded: left alone
    by_kind: dict[str, int] = field(default_factory=dict)


@command
def load(actor: Actor, folder: Path, *, progress: Progress = lambda _line: None) -> Report:
    """Load every file of `folder` and publish what is new. Raises BadFiles; then nothing is."""
    run = _Run(actor, folder, progress)
    run.load()
    if run.faults:
        raise BadFiles(run.faults)
    return run.report


class _Run:
    def __init__(self, actor: Actor, folder: Path, progress: Progress) -> None:
        self.actor, self.folder, self.progress = actor, folder, progress
        self.faults: list[Fault] = []
        self.report = Report()
        self.names, self.others = dict(_known(SYSTEM)), {key for key, _ in _known(ALSO)}
        self.items = {kind.name: self._read(kind) for kind in kinds_in_order()}
        coming = {item.id for items in self.items.values() for item in items}
        self.builder = Builder(self.names, coming - set(self.names), self.faults)
        self._refuse_strangers()

    def _read(self, kind: Kind) -> list[Item]:
        if not (self.folder / f"{kind.collection}.csv").exists():
            return []
        return read(self.folder, kind.collection, self.faults)

    def _refuse_strangers(self) -> None:
        known = {kind.collection: lists(kind.schema()) for kind in kinds_in_order()}
        self.faults.extend(strangers(self.folder, known))

    def load(self) -> None:
        waiting: list[tuple[Kind, Item]] = []
        for kind in kinds_in_order():
            items = self.items[kind.name]
            if items:
                self.progress(f"{kind.collection}: {len(items)}")
                self.report.by_kind[kind.name] = len(items)
            for item in items:
                if self._one(kind, item):
                    waiting.append((kind, item))
        for kind, item in waiting:
            self._revise(kind, item, count=False)

    def _one(self, kind: Kind, item: Item) -> bool:
        """Create or revise one record; whether it points at what comes later."""
        if item.id in self.names:
            self._revise(kind, item, count=True)
            return False
        payload = self.builder.record(kind.schema(), item)
        deferred = self.builder.deferred
        with self._faults_of(kind, item):
            entity = editing.create(self.actor, kind, payload, external=(SYSTEM, item.id))
            self._number(entity.id, item.row)
            editing.publish(self.actor, kind, entity)
            self.names[item.id] = entity.reference
            self.builder.coming.discard(item.id)
            self.report.created += 1
        return deferred and item.id in self.names

    def _number(self, record_id: int, row: Row) -> None:
        """Keep the other id that a record has in the dossier."""
        also = row.cells.get("also")
        if not also:
            return
        if also in self.others:
            self.faults.append(row.fault("also", TWICE))
            return
        self.others.add(also)
        session().add(ExternalKey(record_id=record_id, system=ALSO, key=also))

    def _revise(self, kind: Kind, item: Item, *, count: bool) -> None:
        payload = self.builder.record(kind.schema(), item)
        with self._faults_of(kind, item):
            if count and not self._ours(self.names[item.id]):
                self.report.kept += 1
                return
            entity = editing.one(kind, self.actor, self.names[item.id])
            before = _changes()
            editing.revise(self.actor, kind, entity, payload)
            if count:
                changed = _changes() != before
                self.report.changed += changed
                self.report.unchanged += not changed

    def _ours(self, reference: str) -> bool:
        """Whether nobody but a load has touched the record."""
        others = select(Change.seq).where(
            Change.reference == reference,
            Change.door != self.actor.door,
            Change.subject.is_(None),
        )
        return session().scalar(others.limit(1)) is None

    def _faults_of(self, kind: Kind, item: Item) -> "_Catch":
        return _Catch(self, kind, item)


class _Catch:
    """Turns a refusal of a command into faults with file, row and column, and goes on."""

    def __init__(self, run: _Run, kind: Kind, item: Item) -> None:
        self.run, self.kind, self.item = run, kind, item

    def __enter__(self) -> None:
        return None

    def __exit__(self, _type: Any, error: BaseException | None, _trace: Any) -> bool:
        if isinstance(error, Invalid):
            kept = self.run.builder.kept
            self.run.faults.extend(placed(self.item, kept, error.errors))
            return True
        return False


def _changes() -> int:
    session().flush()
    book = session().info["book"]
    return sum(len(entry.paths) for entry in book.values() if _real(entry))


def _real(entry: Any) -> bool:
    return any(old != new for old, new in entry.paths.values())


def _known(system: str) -> Iterator[tuple[str, str]]:
    query = select(ExternalKey.key, Record.reference).join(
        Record, Record.id == ExternalKey.record_id
    )
    for row in session().execute(query.where(ExternalKey.system == system)):
        yield row[0], row[1]
