"""Reading in the rows of a file through the same commands as every door: rehearsed, and then for
real, all or nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from .. import editing, schema
from ..access import Actor, visible_to
from ..command import command
from ..db import session
from ..errors import Invalid, Message, RegistryError, Stale
from ..exchange.files import Item, placed
from ..exchange.payloads import Builder
from ..kind import Kind
from ..naming import MISSING, REFERENCE, sought
from ..record import Record
from ..tables import Fault
from ..words import Words
from .comparing import COMPUTED, Comparison, Difference, overlooked

NEW, CHANGED, UNCHANGED, REFUSED = "new", "changed", "unchanged", "refused"
DOOR = "import"
AT_ONCE = 100
PIECE = 500
"""Rows that are rehearsed in one transaction: until it is undone, nobody else writes on SQLite."""
TOLD = 500
"""Rows of which the differences are kept: as many as a preview shows."""
Step = Callable[[int, int], object]
Ending = Callable[[list["Outcome"]], object]
STALE = Message(
    "The file is from version {old}, and meanwhile there is version {new}. Download it again.",
    "Het bestand is van versie {old} en intussen is er versie {new}. Download het opnieuw.",
    "stale",
)
NO_VERSION = Message("Give a version number.", "Geef een versienummer.", "wrong_type")
LIKE = Message(
    "There is already a record with this title: {reference}.",
    "Er is al een gegeven met deze titel: {reference}.",
    "similar",
)


@dataclass
class Outcome:
    """What reading in does, or would do, with one row."""

    row: int
    reference: str | None
    title: str
    what: str = UNCHANGED
    version: int | None = None
    differences: list[Difference] = field(default_factory=list)
    reasons: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


class Rejected(RegistryError):
    """The file was not read in, and nothing was changed; `outcomes` says which rows and why."""

    status = 409
    title = Words("Er is niets ingelezen", "Nothing has been read in")

    def __init__(self, outcomes: list[Outcome]) -> None:
        super().__init__()
        self.outcomes = outcomes


class _Rehearsed(Exception):
    """Ends a rehearsal: all that was done is undone."""


def silent(_done: int, _total: int) -> None:
    """Tells nobody how far it is."""


def rehearse(
    actor: Actor, kind: Kind, items: Sequence[Item], lang: str, step: Step = silent
) -> list[Outcome]:
    """What reading in these rows would do to each; nothing is changed. `step` is told how far it
    is. Rows that others can point at are rehearsed together, and others in pieces."""
    run = _Run(replace(actor, door=DOOR), kind, items, lang, {}, step)
    named = any(not REFERENCE.fullmatch(item.id) and item.id[:1] != "#" for item in items)
    size = len(items) if named else PIECE
    for start in range(0, len(items), max(1, size)):
        with suppress(_Rehearsed):
            _rehearsed(run.actor, run, items[start : start + size])
    return run.outcomes


@command
def _rehearsed(actor: Actor, run: "_Run", items: Sequence[Item]) -> None:
    run.all(items)
    raise _Rehearsed


def read_in(
    actor: Actor,
    kind: Kind,
    items: Sequence[Item],
    lang: str,
    versions: Mapping[str, int],
    *,
    step: Step = silent,
    ending: Ending = len,
) -> list[Outcome]:
    """Read in these rows, all or nothing. `versions`: those that were shown beforehand. `ending`
    joins the transaction at its end. Raises Rejected."""
    run = _Run(replace(actor, door=DOOR), kind, items, lang, versions, step)
    _read_in(run.actor, run, ending)
    return run.outcomes


@command
def _read_in(actor: Actor, run: "_Run", ending: Ending) -> None:
    run.all(run.items)
    if any(outcome.what == REFUSED for outcome in run.outcomes):
        raise Rejected(run.outcomes)
    ending(run.outcomes)


class _Run:
    def __init__(
        self,
        actor: Actor,
        kind: Kind,
        items: Sequence[Item],
        lang: str,
        versions: Mapping[str, int],
        step: Step,
    ) -> None:
        self.actor, self.kind, self.items, self.lang = actor, kind, items, lang
        self.versions, self.step, self.told = versions, step, 0
        self.faults: list[Fault] = []
        self.names: dict[str, str] = {}
        coming = {item.id for item in items if not REFERENCE.fullmatch(item.id)}
        self.builder = Builder(self.names, coming, self.faults, lang=lang)
        self.outcomes: list[Outcome] = []
        self.waiting: list[tuple[Item, Outcome]] = []

    def all(self, items: Sequence[Item]) -> None:
        """These rows; last those that point at rows that are new themselves."""
        for start in range(0, len(items), AT_ONCE):
            self._some(items[start : start + AT_ONCE])
        waiting, self.waiting = self.waiting, []
        for item, outcome in waiting:
            if outcome.what != REFUSED:
                entity = self._entities([str(outcome.reference)])[str(outcome.reference)]
                self._revise(item, entity, outcome)

    def _some(self, items: Sequence[Item]) -> None:
        known = self._entities([m[1] for i in items if (m := REFERENCE.fullmatch(i.id))])
        for item in items:
            match = REFERENCE.fullmatch(item.id)
            outcome = Outcome(item.row.number, match and match[1], self._title(item))
            self.outcomes.append(outcome)
            if match is None:
                self._create(item, outcome)
            elif match[1] in known:
                self._revise(item, known[match[1]], outcome)
            else:
                reason = item.row.fault("reference", MISSING.format(id=match[1]))
                outcome.what, outcome.reasons = REFUSED, [reason]
            self._keep_little(outcome)
            self.step(len(self.outcomes), len(self.items))

    def _keep_little(self, outcome: Outcome) -> None:
        self.told += bool(outcome.differences)
        if self.told > TOLD:
            outcome.differences = []

    def _entities(self, references: list[str]) -> dict[str, Any]:
        model = self.kind.model
        query = select(model).join(Record, Record.id == model.id)
        query = query.where(Record.reference.in_(references), visible_to(self.actor))
        query = query.options(*schema.loading(self.kind.dictionary, model))
        return {entity.reference: entity for entity in session().scalars(query)}

    def _title(self, item: Item) -> str:
        name = self.kind.dictionary.described()[self.kind.title_field].data_key
        return item.row.cells.get(str(name), "")[:120]

    def _payload(self, item: Item) -> tuple[dict[str, Any], list[Fault]]:
        before = len(self.faults)
        payload = self.builder.record(self.kind.dictionary, item)
        return payload, self.faults[before:]

    def _create(self, item: Item, outcome: Outcome) -> None:
        payload, wrong = self._payload(item)
        kept, deferred = self.builder.kept, self.builder.deferred
        outcome.what = NEW
        given = {name: value for name, value in payload.items() if value not in (None, "", [])}
        outcome.notes += self._alike(item, outcome)
        outcome.differences = Comparison(
            self.kind.dictionary, {}, payload, kept, self.lang
        ).differences
        with self._guarded(item, outcome, kept, wrong):
            entity = editing.create(self.actor, self.kind, given)
            session().flush()
            outcome.reference = self.names[item.id] = entity.reference
            self.builder.coming.discard(item.id)
            if deferred:
                self.waiting.append((item, outcome))

    def _alike(self, item: Item, outcome: Outcome) -> Iterator[Fault]:
        found = sought(self.kind.model, outcome.title) if outcome.title else None
        if isinstance(found, str) and not isinstance(found, Message):
            yield item.row.fault("", LIKE.format(reference=found))

    def _revise(self, item: Item, entity: Any, outcome: Outcome) -> None:
        wanted, wrong = self._payload(item)
        if self.builder.deferred:
            self.waiting.append((item, outcome))
            return
        outcome.title, outcome.version = entity.record.title, entity.record.version
        current = schema.editable(self.kind.dictionary, entity)
        found = Comparison(self.kind.dictionary, current, wanted, self.builder.kept, self.lang)
        outcome.notes += [
            item.row.fault(column, COMPUTED)
            for column, _ in overlooked(self.kind.dictionary, entity, item.row, self.lang)
        ]
        if outcome.what != NEW:
            outcome.differences = found.differences
            outcome.what = CHANGED if found.payload or wrong else UNCHANGED
        if not found.payload and not wrong:
            return
        wrong += self._stale(item, outcome)
        with self._guarded(item, outcome, found.kept, wrong):
            version = self.versions.get(entity.reference, entity.record.version)
            editing.revise(self.actor, self.kind, entity, found.payload, version=version)
            session().flush()

    def _stale(self, item: Item, outcome: Outcome) -> Iterator[Fault]:
        given = item.row.cells.get("version", "")
        if given and not (given.isascii() and given.isdigit() and len(given) < 10):
            yield item.row.fault("version", NO_VERSION)
        elif given and int(given) != outcome.version:
            text = STALE.format(old=given, new=outcome.version)
            yield item.row.fault("version", text)

    @contextmanager
    def _guarded(
        self, item: Item, outcome: Outcome, kept: Any, wrong: list[Fault]
    ) -> Iterator[None]:
        """Do it in a savepoint of its own; a refusal is noted at the row, and the rest goes on."""
        reasons = list(wrong)
        try:
            with session().begin_nested():
                yield
        except Invalid as refused:
            reasons += placed(item, kept, refused.errors)
        except Stale:
            reasons.append(item.row.fault("version", _said(Stale.title)))
        except RegistryError as refused:
            reasons.append(item.row.fault("", _said(refused.detail)))
        if reasons:
            outcome.what, outcome.reasons = REFUSED, list(dict.fromkeys(reasons))


def _said(words: Words) -> Message:
    return Message(words.en, words.nl, "refused")
