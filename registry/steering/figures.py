"""The figures of the page and of the API: each a number with what its list is asked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..access import View, acting
from ..commitments.queries import AGREEMENT, SAID
from ..commitments.schemas import COMMITMENT
from ..initiatives.schemas import INITIATIVE
from ..kind import Kind
from ..listing.filters import NONE
from ..plan.schemas import MILESTONE
from . import queries
from .attention import REASONS
from .scope import Scope

SAID_ONLY = {"strength": SAID}
AGREED = {"strength": [AGREEMENT]}
"""What members agreed among themselves is counted apart, and never toward the House."""
PARTS: tuple[tuple[str, Kind, Mapping[str, Sequence[str]]], ...] = (
    ("commitments", COMMITMENT, SAID_ONLY),
    ("agreements", COMMITMENT, AGREED),
    ("initiatives", INITIATIVE, {}),
    ("milestones", MILESTONE, {}),
)
Counts = Mapping[str, queries.Tally]


@dataclass(frozen=True)
class Figure:
    """A number: in which section, of what, and what the list of these records is asked for."""

    section: str
    kind: Kind
    of: Mapping[str, str]
    asked: Mapping[str, Sequence[str]]
    count: int


@dataclass
class Progress:
    """Where the road stands."""

    scope: Scope
    judging: bool
    plan: dict[str, Any] | None
    themes: list[dict[str, Any]]
    figures: list[Figure] = field(default_factory=list)

    def one(self, section: str, **of: str) -> Figure | None:
        """The figure of a section at these values; None where it counts nothing."""
        found = (f for f in self.figures if f.section == section and f.of == of)
        return next(found, None)

    def days_to(self, day: str) -> int:
        """How many days lie between the reference date and another, whichever comes first."""
        return abs((date.fromisoformat(day) - self.scope.day).days)

    def values(self, section: str, name: str) -> set[str]:
        """The values of `name` that occur in a section."""
        return {f.of[name] for f in self.figures if f.section == section and name in f.of}


def progress(scope: Scope) -> Progress:
    """The figures that who acts may see: judgements for the core group only."""
    found, judging = _begun(scope), acting().view >= View.CORE_GROUP
    counts = _counted(scope, judging=judging)
    for part in (_commitments, _initiatives, _milestones, _actuality, _attention):
        found.figures += part(scope, counts, judging=judging)
    found.figures += _changes(scope)
    return found


def drawn(scope: Scope, section: str) -> Progress:
    """The figures of one section that is drawn as a chart, without counting the rest."""
    found, judging = _begun(scope), acting().view >= View.CORE_GROUP
    part, names = DRAWN[section]
    counts = _counted(scope, names, judging=judging)
    found.figures += part(scope, counts, judging=judging)
    return found


def _begun(scope: Scope) -> Progress:
    return Progress(scope, acting().view >= View.CORE_GROUP, queries.plan(), queries.themes())


def _counted(scope: Scope, only: Sequence[str] = (), *, judging: bool) -> Counts:
    """What the database counts, by a constant number of statements."""
    told = ("termState", "actuality") if judging else ()
    wanted = {
        "commitments": (COMMITMENT, ("strength", "status", *told)),
        "themes": (INITIATIVE, ("theme", "status")),
        "initiatives": (INITIATIVE, ("status", *told[1:])),
        "milestones": (MILESTONE, ("state", *told, "owner") if judging else ()),
    }
    return {
        name: queries.tally(kind, scope.asked(kind) or {}, names)
        for name, (kind, names) in wanted.items()
        if not only or name in only
    }


def _figure(
    scope: Scope, section: str, kind: Kind, count: int, of: Mapping[str, str], within: Any
) -> Iterator[Figure]:
    asked = scope.asked(kind, {**within, **{name: [value] for name, value in of.items()}})
    if asked is not None and count:
        yield Figure(section, kind, of, asked, count)


def _crossed(
    scope: Scope, counts: queries.Tally, part: tuple[str, Kind, Any], *names: str
) -> Iterator[Figure]:
    """One figure for every combination of values of `names` that occurs in a part."""
    section, kind, within = part
    for values, count in counts.by(*names, **within).items():
        of = dict(zip(names, values, strict=True))
        yield from _figure(scope, section, kind, count, of, within)


def _commitments(scope: Scope, counts: Counts, *, judging: bool) -> Iterator[Figure]:
    found = counts["commitments"]
    said, agreed = PARTS[:2]
    told = ("status", "termState") if judging else ("status",)
    yield from _crossed(scope, found, said)
    yield from _crossed(scope, found, said, "strength")
    for name in told:
        yield from _crossed(scope, found, said, name)
        yield from _crossed(scope, found, said, "strength", name)
    for names in ((), *((name,) for name in told)):
        yield from _crossed(scope, found, agreed, *names)


def _initiatives(scope: Scope, counts: Counts, *, judging: bool) -> Iterator[Figure]:
    part = PARTS[2]
    yield from _crossed(scope, counts["initiatives"], part)
    yield from _crossed(scope, counts["initiatives"], part, "status")
    yield from _crossed(scope, counts["themes"], part, "theme")
    yield from _crossed(scope, counts["themes"], part, "theme", "status")


def _milestones(scope: Scope, counts: Counts, *, judging: bool) -> Iterator[Figure]:
    part = PARTS[3]
    yield from _crossed(scope, counts["milestones"], part)
    for names in (("state",), ("termState",), ("state", "termState")) if judging else ():
        yield from _crossed(scope, counts["milestones"], part, *names)


def _actuality(scope: Scope, counts: Counts, *, judging: bool) -> Iterator[Figure]:
    """How up to date what runs is; what does not run has none."""
    for name, kind, within in PARTS if judging else ():
        found = counts["commitments" if kind is COMMITMENT else name]
        for (value,), count in found.by("actuality", **within).items():
            if value != NONE:
                of = {"actuality": value}
                yield from _figure(scope, f"actuality.{name}", kind, count, of, within)


def _attention(scope: Scope, counts: Counts, *, judging: bool) -> Iterator[Figure]:
    for reason in REASONS if judging else ():
        asked = scope.asked(reason.kind, reason.asked)
        if asked is None:
            continue
        count = counts[reason.counted].total(**reason.asked) if reason.counted else None
        if count is None:
            count = queries.tally(reason.kind, asked).total()
        if count:
            yield Figure("attention", reason.kind, {"reason": reason.name}, asked, count)


def _changes(scope: Scope) -> Iterator[Figure]:
    since = {"updatedSince": [queries.since(scope)]}
    asked = [(name, kind, scope.asked(kind, within) or {}) for name, kind, within in PARTS]
    for part, count in zip(asked, queries.changed(scope, [p[1:] for p in asked]), strict=True):
        name, kind, known = part
        if count:
            yield Figure("changes", kind, {"of": name}, {**known, **since}, count)


DRAWN = {
    "commitments": (_commitments, ("commitments",)),
    "initiatives": (_initiatives, ("themes", "initiatives")),
}
"""What is drawn as a chart, with the tallies that it needs."""
