"""What somebody may read of a content that was composed for the core group: no more than they may
see now."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from ..access import Actor, View, visible_to
from ..db import session
from ..record import REFERENCE, Record
from .looking import Content

LINES = ("commitments", "initiatives")
CORE = ("termState", "agreement", "unagreed")
"""Judgements and agreements: for the core group only."""
PUBLIC_GAPS = "publicGaps"
"""The gap map of what anybody may see, kept beside that of the core group."""
AT_ONCE = 5000
GONE = object()


def seen(actor: Actor, content: Content) -> Content:
    """The content without what was narrowed since, and without judgements for who is not of the
    core group; what is left out is counted."""
    hidden = unseen(actor, references(content))
    found: Content = _filled(content, _untold(actor), hidden)
    if actor.view < View.PARTNERS:
        _unjudged(found)
    known = {note["number"] for note in found["footnotes"]}
    cited: set[int] = set()
    for part in (*LINES, "figures"):
        for line in found[part]:
            line["notes"] = [number for number in line["notes"] if number in known]
            cited.update(line["notes"])
    found["footnotes"] = [note for note in found["footnotes"] if note["number"] in cited]
    # A count of what somebody may not see tells of it: who is not of the core group gets the map
    # of what is public.
    public = found.pop(PUBLIC_GAPS, None)
    if public is not None and actor.view < View.CORE_GROUP:
        found["gaps"] = public
    left = sum(len(content[part]) - len(found[part]) for part in (*LINES, "figures"))
    return {**found, "leftOut": content["leftOut"] + left}


def _unjudged(content: Content) -> None:
    """Leave out how a report was judged: that is for who takes part."""
    for part in LINES:
        for line in content[part]:
            (line["standing"] or {}).pop("state", None)


def _untold(actor: Actor) -> frozenset[str]:
    if actor.view >= View.CORE_GROUP:
        return frozenset()
    return frozenset(CORE)


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
    elif isinstance(value, str) and REFERENCE.fullmatch(value):
        yield value


def references(content: Content) -> set[str]:
    """All records that a content names."""
    return set(_references(content))


def unseen(actor: Actor, names: set[str]) -> frozenset[str]:
    """Which of these records are there and may not be seen."""
    found: set[str] = set()
    ordered = sorted(names)
    for start in range(0, len(ordered), AT_ONCE):
        part = Record.reference.in_(ordered[start : start + AT_ONCE])
        query = select(Record.reference).where(part, Record.deleted_at.is_(None))
        found |= {*session().scalars(query)} - {*session().scalars(query.where(visible_to(actor)))}
    return frozenset(found)


def _pruned(value: Any, untold: frozenset[str], hidden: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return GONE if value.get("reference") in hidden else _filled(value, untold, hidden)
    if isinstance(value, list):
        inner = (_row(each, untold, hidden) for each in value)
        return [each for each in inner if each is not GONE]
    return GONE if isinstance(value, str) and value in hidden else value


def _row(value: Any, untold: frozenset[str], hidden: frozenset[str]) -> Any:
    """One of a list: a row that points at what is hidden is left out, a record is not."""
    if isinstance(value, dict) and "reference" not in value:
        inner = _inner(value, untold, hidden)
        return GONE if GONE in inner.values() else inner
    return _pruned(value, untold, hidden)


def _inner(value: dict[str, Any], untold: frozenset[str], hidden: frozenset[str]) -> dict[str, Any]:
    told = ((name, inner) for name, inner in value.items() if name not in untold)
    return {name: _pruned(inner, untold, hidden) for name, inner in told}


def _filled(value: dict[str, Any], untold: frozenset[str], hidden: frozenset[str]) -> Any:
    inner = _inner(value, untold, hidden)
    return {name: None if each is GONE else each for name, each in inner.items()}
