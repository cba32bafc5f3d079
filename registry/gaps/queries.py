"""The gap map: for each row and column what is known to be going on, by a constant number of
queries.

It is read with the filters of the list of initiatives itself, so a cell counts exactly the records
that its link opens. An initiative without a sector is general. One that nobody put under a cause
or theme stands in a row of its own: it never makes a gap.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from ..access import acting, visible_to
from ..db import session
from ..initiatives.models import Initiative
from ..initiatives.schemas import INITIATIVE
from ..listing import filters
from ..listing.filters import NONE
from ..record import Record
from ..vocabulary import terms
from .axes import Axis, Place, places

STATES = ("running", "planned", "paused", "general", "known", "unclassified", "none")
"""From strong to weak: the strongest is what a cell shows."""
STATUSES: Mapping[str, tuple[str, ...]] = {
    "running": ("running", "in_force"),
    "planned": ("proposed", "in_preparation"),
    "paused": ("paused",),
}
GENERAL, KNOWN, UNCLASSIFIED, EMPTY = STATES[3:]
Ids = frozenset[int]
NOBODY: Ids = frozenset()


def state_of(status: str | None) -> str:
    """What a status on the reference date says of an initiative in a cell."""
    return next((state for state, codes in STATUSES.items() if status in codes), KNOWN)


@dataclass(frozen=True)
class Cell:
    """What is known in one row and column. `asked` are the filters that open what it shows."""

    counts: Mapping[str, int]
    asked: Mapping[str, list[str]]

    @property
    def state(self) -> str:
        return _shown(self.counts)

    @property
    def count(self) -> int:
        return self.counts.get(self.state, 0)


@dataclass(frozen=True)
class Map:
    """A gap map: a cell for each row and column; None is the row of what is not classified, and
    the column of what is general."""

    rows: list[Place]
    columns: list[Place]
    cells: Mapping[tuple[str | None, str | None], Cell]
    unclassified: int
    unaddressed: list[Place]

    def at(self, row: Place | None, column: Place | None) -> Cell:
        """The cell in a row and column."""
        return self.cells[_key(row, column)]


def _key(row: Place | None, column: Place | None) -> tuple[str | None, str | None]:
    return row.reference if row else None, column.reference if column else None


@dataclass
class _Known:
    """The initiatives that the reader sees: their states, and what they are put under."""

    states: Mapping[int, str]
    under: dict[str, Ids] = field(default_factory=dict)
    nowhere: dict[str, Ids] = field(default_factory=dict)
    unions: dict[tuple[str, ...], Ids] = field(default_factory=dict)

    def read(self, axis: Axis) -> None:
        """What is put under the records of an axis, by one query."""
        found: dict[str, set[int]] = {}
        pairs = filters(INITIATIVE)[axis.parameter].pairs(Initiative)
        for initiative, reference in session().execute(pairs):
            if initiative in self.states:
                found.setdefault(reference, set()).add(initiative)
        self.under |= {reference: frozenset(ids) for reference, ids in found.items()}
        classified = NOBODY.union(*found.values())
        self.nowhere[axis.name] = frozenset(self.states) - classified

    def within(self, references: Iterable[str]) -> Ids:
        """What is under any of these: each union is made once for the whole map."""
        key = tuple(references)
        if key not in self.unions:
            self.unions[key] = NOBODY.union(*(self.under.get(each, NOBODY) for each in key))
        return self.unions[key]

    def beyond(self, axis: Axis, place: Place) -> Ids:
        """What is under no place of an axis, or under a wider one than this."""
        key = (axis.name, *place.wholes)
        if key not in self.unions:
            self.unions[key] = self.nowhere[axis.name] | self.within(place.wholes)
        return self.unions[key]

    def count(self, ids: Ids) -> Counter[str]:
        return Counter(self.states[initiative] for initiative in ids)


def gap_map(rows: Axis, columns: Axis) -> Map:
    """The map as of the reference date."""
    known = _Known(_states())
    known.read(rows)
    known.read(columns)
    down, across = places(rows), places(columns)
    cells = {}
    for row in (*down, None):
        for column in (*across, None):
            cells[_key(row, column)] = _cell(known, rows, columns, row, column)
    loose = len(known.nowhere[rows.name])
    return Map(down, across, cells, loose, [row for row in down if _unaddressed(known, row)])


def _states() -> dict[int, str]:
    status = filters(INITIATIVE)["status"].pairs(Initiative).subquery()
    query = select(Initiative.id, status.c[1]).join(Record, Record.id == Initiative.id)
    query = query.join(status, status.c[0] == Initiative.id).where(visible_to(acting()))
    return {found: state_of(code) for found, code in session().execute(query)}


def _unaddressed(known: _Known, row: Place) -> bool:
    return not any(known.count(known.within(row.within))[state] for state in STATUSES)


def _cell(
    known: _Known, rows: Axis, columns: Axis, row: Place | None, column: Place | None
) -> Cell:
    loose, nowhere = known.nowhere[rows.name], known.nowhere[columns.name]
    here = known.within(column.within) if column else nowhere
    counts = {UNCLASSIFIED: len(loose & here)}
    if row is not None:
        own = known.within(row.within)
        specific = own & here if column else NOBODY
        wide = (own & (known.beyond(columns, column) if column else nowhere)) - specific
        counts = _counts(known, specific, wide) | (counts if column else {})
    state = _shown(counts)
    asked = {
        rows.parameter: row.within if row and state != UNCLASSIFIED else [NONE],
        columns.parameter: _columns(state, column),
    }
    statuses = _statuses(state)
    return Cell(counts, {**asked, "status": statuses} if statuses else asked)


def _counts(known: _Known, specific: Ids, wide: Ids) -> dict[str, int]:
    """How many there are in each state: `specific` of the column, `wide` of more than that."""
    own, general = known.count(specific), known.count(wide)
    counts = {state: own[state] for state in STATUSES}
    counts[GENERAL] = sum(general[state] for state in STATUSES)
    counts[KNOWN] = own[KNOWN] + general[KNOWN]
    return counts


def _shown(counts: Mapping[str, int]) -> str:
    return next((state for state in STATES if counts.get(state)), EMPTY)


def _columns(state: str, column: Place | None) -> list[str]:
    """Which columns hold what is shown."""
    if column is None:
        return [NONE]
    wide = [NONE, *column.wholes]
    return {GENERAL: wide, KNOWN: [*column.within, *wide]}.get(state, column.within)


def _statuses(state: str) -> list[str]:
    """Which statuses make a state; none where all of them do."""
    live = [code for codes in STATUSES.values() for code in codes]
    if state == GENERAL:
        return live
    if state == KNOWN:
        return [*(code for code in terms("initiative-status") if code not in live), NONE]
    return list(STATUSES.get(state, ()))
