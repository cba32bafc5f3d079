"""Which lines an annex has and how far the agreement on each is, and some of them in full."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from .. import clock
from ..access import Actor, View, acting_as, visible_to
from ..annexes import composing, lines, parts
from ..annexes.looking import Content, Item, Look
from ..annexes.reading import LINES, seen
from ..db import session
from ..record import Record
from ..reports import queries as reports
from ..reports import scope, standing
from ..reports.models import Annex, AnnexFreeze

NOBODY = "none"
NOT_ASKED = "not_asked"
AGREEMENTS = ("agreed", "asked", "remark", NOT_ASKED)


@dataclass(frozen=True)
class Line:
    """A line before it is composed. `owners`: who can be asked, by reference and name."""

    reference: str
    kind: str
    agreement: str
    owners: Mapping[str, str]
    id: int = 0


@dataclass(frozen=True)
class Overview:
    """An annex in short: its lines, what it is compared with, and how many records are hidden."""

    frozen: AnnexFreeze | None
    lines: Sequence[Line]
    previous: Item | None
    left_out: int


def overview(annex: Annex, actor: Actor) -> Overview:
    """An annex in short, frozen or not, without composing it."""
    frozen = reports.freeze(annex.id)
    if frozen is not None:
        told = seen(actor, frozen.content)
        return Overview(frozen, within(told), told["previous"], told["leftOut"])
    previous = composing.previous(annex, actor)
    look = Look(actor, annex, scope.of(annex), previous)
    compared = {**previous.told, "comparable": look.baseline is not None} if previous else None
    return Overview(None, standing_now(annex, actor), compared, parts.left_out(look))


def of(annex: Annex, actor: Actor) -> list[Line]:
    """The lines of an annex: as they were frozen, or else as they are now."""
    frozen = reports.freeze(annex.id)
    return standing_now(annex, actor) if frozen is None else within(seen(actor, frozen.content))


def standing_now(annex: Annex, actor: Actor) -> list[Line]:
    """The lines of an annex that is not frozen, by a constant number of queries. How far their
    agreement is, the core group knows."""
    records = reports.records(actor, annex)
    if actor.view < View.CORE_GROUP:
        return [Line(each.reference, each.kind, NOT_ASKED, {}, each.id) for each in records]
    said, owners = reports.said(annex.id), reports.owners(records)
    texts = [number for number, line in said.items() if line.text is None]
    latest = standing.latest(texts, annex.as_of) if texts else {}
    names = _names(actor, {one for own in owners.values() for one in own})
    return [
        Line(
            record.reference,
            record.kind,
            standing.agreement(said.get(record.id), latest.get(record.id)),
            dict(names[one] for one in sorted(owners[record.id]) if one in names),
            record.id,
        )
        for record in records
    ]


def within(content: Content) -> list[Line]:
    """The lines of a content that was composed."""
    return [_line(item) for part in LINES for item in content[part]]


def _line(item: Item) -> Line:
    told = item.get("agreement") or {"state": "not_asked", "owners": []}
    owners = {owner["reference"]: owner["name"] for owner in told["owners"]}
    return Line(item["reference"], item["kind"], told["state"], owners)


def _names(actor: Actor, organisations: Collection[int]) -> Mapping[int, tuple[str, str]]:
    query = select(Record.id, Record.reference, Record.title)
    query = query.where(Record.id.in_(sorted(organisations)), visible_to(actor))
    return {number: (reference, title) for number, reference, title in session().execute(query)}


def organisations(actor: Actor) -> frozenset[str]:
    """The references of the organisations that somebody answers for."""
    query = select(Record.reference).where(Record.id.in_(sorted(actor.organisations)))
    return frozenset(session().scalars(query))


def counts(found: Iterable[Line]) -> Mapping[str, int]:
    """How many lines there are in each state of agreement."""
    counted = dict.fromkeys(AGREEMENTS, 0)
    for line in found:
        counted[line.agreement] += 1
    return counted


def chosen(found: Sequence[Line], asked: Mapping[str, str]) -> list[Line]:
    """The lines that are asked for: by `agreement`, `kind` and `organisation`."""
    agreement, kind, owner = (asked.get(name) for name in ("agreement", "kind", "organisation"))
    return [
        line
        for line in found
        if agreement in (None, "", line.agreement)
        and kind in (None, "", line.kind)
        and (not owner or owner in line.owners or (owner == NOBODY and not line.owners))
    ]


def some(annex: Annex, actor: Actor, ids: Iterable[int]) -> Content:
    """Some lines of an annex in full, with their own footnotes: however many lines it has, by a
    constant number of queries."""
    with acting_as(actor), clock.seen_as_of(annex.as_of):
        limits = replace(scope.of(annex), records=frozenset(ids))
        look = Look(actor, annex, limits, composing.previous(annex, actor))
        told: dict[str, Any] = {
            "commitments": lines.commitments(look),
            "initiatives": lines.initiatives(look),
        }
        return {**told, "footnotes": look.notes.told}


def kept(content: Content, references: Collection[str]) -> Content:
    """Some lines of a content, with the footnotes that they name."""
    told = {part: [i for i in content[part] if i["reference"] in references] for part in LINES}
    named = {number for part in LINES for item in told[part] for number in item["notes"]}
    notes = [note for note in content["footnotes"] if note["number"] in named]
    return {**told, "footnotes": notes}


def in_full(annex: Annex, actor: Actor, found: Sequence[Line]) -> Content:
    """These lines of an annex, frozen or not, in full."""
    frozen = reports.freeze(annex.id)
    if frozen is None:
        content = some(annex, actor, [line.id for line in found])
    else:
        content = kept(seen(actor, frozen.content), {line.reference for line in found})
    return {"asOf": annex.as_of.isoformat(), **content}
