"""What changed since the letter before, or the annex before. Nothing is made up: compared with a
letter of which the day is unknown, or is still to come, it is not said that nothing changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from .. import clock
from ..due.schemas import MOVED
from ..kind import Kind
from ..reports.scope import known
from .looking import Item, Look, earliest, projected

NEW, STATUS, DISCHARGE, DUE, REPORT = "new", "status", "discharge", "due", "report"


@dataclass(frozen=True)
class Before:
    """How the records of a kind stood on the day that is compared with, by reference."""

    statuses: Mapping[str, str | None] = field(default_factory=dict)


def before(look: Look, kind: Kind) -> Before:
    """The statuses on the day of the letter before, of what was there; by one query."""
    day = look.baseline
    if day is None or (look.previous is not None and look.previous.lines is not None):
        return Before()
    with clock.seen_as_of(day):
        found = projected(
            look.actor, kind, ("reference", "status"), *look.scope.of(kind), known(kind, day)
        )
    return Before({item["reference"]: item["status"] for item in found})


def since(look: Look, item: Item, before: Before) -> list[Item] | None:
    """What changed of one record: [{what, from, to}], or None where that cannot be said."""
    if look.previous is None or look.baseline is None:
        return None
    if look.previous.lines is not None:
        return list(_since_annex(look.previous.lines.get(item["reference"]), item))
    return list(_since_letter(look, look.baseline, item, before))


def official(paper: Item | None) -> date | None:
    """The official day of a document in JSON."""
    day = paper and paper.get("officialDate")
    return date.fromisoformat(day) if day else None


def _change(what: str, old: object, new: object) -> Item:
    return {"what": what, "from": old, "to": new}


def _since_letter(look: Look, day: date, item: Item, before: Before) -> Iterator[Item]:
    status = before.statuses.get(item["reference"], item["status"])
    if item["reference"] not in before.statuses and not _of_letter(look, item):
        yield _change(NEW, None, None)
    elif status != item["status"]:
        yield _change(STATUS, status, item["status"])
    yield from _decided(look, day, item)
    reported = (item["standing"] or {}).get("day")
    if reported and date.fromisoformat(reported) > day:
        yield _change(REPORT, None, reported)


def _decided(look: Look, day: date, item: Item) -> Iterator[Item]:
    """What settled it, and where its term went."""
    for row in item.get("discharges", ()):
        if _later(look, day, earliest(row["when"]) or official(row["document"])):
            yield _change(DISCHARGE, None, row["document"])
    for row in item.get("moves", ()):
        moved = date.fromisoformat(row["when"]) if row["when"] else None
        if row["change"] == MOVED and _later(look, day, moved):
            yield _change(DUE, row["from"], row["to"])


def _later(look: Look, since: date, day: date | None) -> bool:
    return day is not None and since < day <= look.scope.day


def _of_letter(look: Look, item: Item) -> bool:
    """Whether the letter itself made or settled this: then it was known at that letter, on whatever
    day that was registered."""
    letter = look.previous.letter if look.previous else None
    papers = [item.get("madeAt", {}).get("document")]
    papers += [row["document"] for row in item.get("discharges", ())]
    return letter is not None and letter in [paper["reference"] for paper in papers if paper]


def _since_annex(old: Item | None, item: Item) -> Iterator[Item]:
    if old is None:
        yield _change(NEW, None, None)
        return
    if old["status"] != item["status"]:
        yield _change(STATUS, old["status"], item["status"])
    settled = {row["document"]["reference"] for row in old.get("discharges", ())}
    for row in item.get("discharges", ()):
        if row["document"]["reference"] not in settled:
            yield _change(DISCHARGE, None, row["document"])
    if "due" in item and old.get("due") != item["due"]:
        yield _change(DUE, old.get("due"), item["due"])
    told, then = item["standing"] or {}, old["standing"] or {}
    if told.get("text") and told["text"] != then.get("text"):
        yield _change(REPORT, then.get("day"), told["day"])
