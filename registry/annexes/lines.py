"""A line for each commitment and initiative: how it stands on the day, what changed since, where
that comes from, and who agreed. By a constant number of queries."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from ..access import can_see
from ..commitments.models import Commitment, Discharge
from ..commitments.schemas import COMMITMENT
from ..db import rfc3339, session
from ..initiatives.schemas import INITIATIVE
from ..kind import Kind
from ..record import Record
from ..reports import queries as reports
from ..reports import standing
from ..reports.models import AnnexLine
from ..sources.schemas import DOCUMENT, EVENT
from ..updates.models import Update
from . import changes
from .looking import OWN, Item, Look, earliest, projected

NAMES: Mapping[Kind, tuple[str, ...]] = {
    COMMITMENT: (
        "reference", "text", "text_en", "strength", "made_at", "by", "to", "due", "moves", "theme",
        "initiative", "status", "expected_in", "outcome", "outcome_note", "discharges", "sources",
        "term_state",
    ),
    INITIATIVE: (
        "reference", "title", "title_en", "kind", "summary", "status", "status_reason", "period",
        "relation", "participations", "themes", "causes", "sources",
    ),
}  # fmt: skip
SETTLED = ("met", "partly_met", "lapsed", "untraceable")
"""The statuses with which an outcome belongs: what comes of the others nobody knows on the day."""
CITED: Mapping[Kind, tuple[str, ...]] = {
    COMMITMENT: ("text", "strength", "madeAt", "by", "to", "due", "statuses", "outcome",
                 "outcomeNote", "discharges", "moves"),
    INITIATIVE: ("title", "kind", "summary", "statuses", "period", "relation", "participations",
                 "themes"),
}  # fmt: skip
"""The facts of a line: the sources of what it does not tell are no footnotes."""


def commitments(look: Look) -> list[Item]:
    """The lines of the commitments."""
    found = _read(look, COMMITMENT)
    papers, happened = _papers(look), _happened(look)
    for item in found:
        item["title"], item["titleEn"] = item.pop("text"), item.pop("textEn")
        _dated(item, papers, happened)
        item["discharges"] = [row for row in item["discharges"] if _by_then(look, row)]
        if item["status"] not in SETTLED or item["outcome"] is None:
            item["outcome"] = item["outcomeNote"] = None
    return _finished(look, COMMITMENT, found)


def initiatives(look: Look) -> list[Item]:
    """The lines of the initiatives."""
    return _finished(look, INITIATIVE, _read(look, INITIATIVE))


def _read(look: Look, kind: Kind) -> list[Item]:
    return projected(look.actor, kind, NAMES[kind], *look.scope.of(kind))


def _finished(look: Look, kind: Kind, found: list[Item]) -> list[Item]:
    """The lines with what was reported, what changed, the footnotes and the agreements."""
    reported = standing.latest(look.ids(kind), look.scope.day)
    said = reports.said(look.annex.id) if look.stored else {}
    before = changes.before(look, kind)
    owners = _owners(look, found) if look.core else {}
    for item in found:
        line, update = said.get(item["id"]), reported.get(item["id"])
        if kind is INITIATIVE:
            item["initiativeKind"] = item["kind"]
        item["kind"] = kind.name
        item["standing"] = _standing(look, line, update)
        item["changed"] = changes.since(look, item, before)
        item["notes"] = look.notes.of(
            s for s in item["sources"] if _head(s["field"]) in CITED[kind]
        )
        if look.core:
            item["agreement"] = _agreement(look, line, update, owners.get(item["id"], []))
    untold = (*OWN, "sources", "moves")
    return [{k: v for k, v in item.items() if k not in untold} for item in found]


def _head(path: str) -> str:
    """The field that a path of a fact begins with."""
    return path.partition("[")[0].partition(".")[0]


# --- where and when -----------------------------------------------------------------------


def _papers(look: Look) -> dict[str, Item]:
    """The documents that commitments were made in, or are settled by."""
    own = Commitment.id.in_(look.ids(COMMITMENT))
    made = select(Commitment.made_at_document_id).where(own)
    settled = select(Discharge.document_id).where(Discharge.parent_id.in_(look.ids(COMMITMENT)))
    names = ("reference", "title", "identification", "official_date")
    there = DOCUMENT.model.id.in_(made) | DOCUMENT.model.id.in_(settled)
    return {item["reference"]: item for item in projected(look.actor, DOCUMENT, names, there)}


def _happened(look: Look) -> dict[str, Item]:
    made = select(Commitment.made_at_event_id).where(Commitment.id.in_(look.ids(COMMITMENT)))
    found = projected(look.actor, EVENT, ("reference", "when"), EVENT.model.id.in_(made))
    return {item["reference"]: item for item in found}


def _dated(item: Item, papers: Mapping[str, Item], happened: Mapping[str, Item]) -> None:
    """Give the places and discharges of a commitment their days."""
    event, paper = item["madeAt"]["event"], item["madeAt"]["document"]
    if event:
        event["when"] = happened.get(event["reference"], {}).get("when")
    for document in filter(None, (paper, *(row["document"] for row in item["discharges"]))):
        document["officialDate"] = papers.get(document["reference"], {}).get("officialDate")


def _by_then(look: Look, row: Item) -> bool:
    day = earliest(row["when"]) or changes.official(row["document"])
    return day is None or day <= look.scope.day


# --- what was said ------------------------------------------------------------------------


def _standing(look: Look, line: AnnexLine | None, update: Update | None) -> Item | None:
    """The state of affairs: as the secretariat wrote it, or as it was reported last."""
    if line is not None and line.text is not None:
        told: Item = {"origin": "edited", "text": line.text, "day": None, "organisation": None}
        return {**told, "key": None, **({"state": None} if look.partners else {})}
    if update is None:
        return None
    told = {
        "origin": "report",
        "text": update.text,
        "day": update.day.isoformat(),
        "organisation": _organisation(look, update.organisation),
        "key": update.key,
    }
    return {**told, **({"state": update.state} if look.partners else {})}


def _organisation(look: Look, organisation: Record | None) -> Item | None:
    if organisation is None or not can_see(look.actor, organisation):
        return None
    return {"reference": organisation.reference, "name": organisation.title}


def _agreement(
    look: Look, line: AnnexLine | None, update: Update | None, owners: list[Item]
) -> Item:
    """How far the agreement is. What was agreed to is no more than what was read then."""
    if line is None:
        blank = dict.fromkeys(("remark", "by", "organisation", "at"))
        return {"state": "not_asked", **blank, "version": 0, "owners": owners}
    state = line.agreement
    if state == "agreed" and line.text is None and line.update_key != (update and update.key):
        state = "not_asked"
    return {
        "state": state,
        "remark": line.remark,
        "by": line.actor_name,
        "organisation": _organisation(look, line.organisation),
        "at": rfc3339(line.stepped_at) if line.stepped_at else None,
        "version": line.version,
        "owners": owners,
    }


def _owners(look: Look, found: list[Item]) -> dict[int, list[Item]]:
    """By record, the organisations that can be asked, as far as they may be seen."""
    held: Any = [SimpleNamespace(id=item["id"], keeper_id=item["keeper_id"]) for item in found]
    owners = reports.owners(held)
    ids = sorted({number for own in owners.values() for number in own})
    records = {r.id: r for r in session().scalars(select(Record).where(Record.id.in_(ids)))}
    return {
        number: [
            told
            for one in sorted(own)
            if one in records and (told := _organisation(look, records[one]))
        ]
        for number, own in owners.items()
    }
