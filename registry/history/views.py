"""The pages of history: of one record, and of everything."""

from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request, url_for

from .. import editing
from ..access import Actor, can
from ..db import session
from ..errors import NotFound
from ..kind import Kind, kind_named
from ..ledger import Change
from ..past import replay
from ..past.queries import record_of
from ..record import Record
from ..screens.lists import pager
from ..screens.records import breadcrumb
from ..web import actor, book, links, pages, paging, say, t, titled
from ..web.links import of_record
from ..writing import moving
from . import asking, queries, returning, subjects
from .filters import fields
from .sentences import SOMEBODY, entries, when

PER_PAGE = 20
LAST = 10

blueprint = pages(Blueprint("history", __name__))


class Ledger:
    """What this room adds to the page of a record."""

    def recent(self, kind: Kind, who: Actor, record: Record, item: Any) -> list[dict[str, Any]]:
        """The last entries."""
        changes = queries.last(who, record, LAST)
        return entries(who, [(change, record) for change in changes])

    def removed(self, kind: Kind, who: Actor, reference: str) -> str:
        """What is left of a removed record: who removed it, why, and its history."""
        record = _removed(kind, who, reference)
        title = titled(record)
        return _page_of(kind, record, title, _tombstone(record))

    def known_at(self, kind: Kind, who: Actor, reference: str, moment: datetime) -> Any:
        """The record as it stood."""
        return replay.known_at(kind, who, reference, moment)


book.memory = Ledger()


def of_one(kind: Kind, reference: str) -> str:
    """The whole history of one record, also of one that was removed."""
    record = _subject(kind, actor(), reference)
    title = titled(record)
    return _page_of(
        kind, record, t(f"Geschiedenis van {title}", f"History of {title}"), _tombstone(record)
    )


def _subject(kind: Kind, who: Actor, reference: str) -> Record:
    try:
        return record_of(kind, who, reference)
    except NotFound:
        return _removed(kind, who, reference)


def _removed(kind: Kind, who: Actor, reference: str) -> Record:
    if "\0" in reference:  # PostgreSQL cannot even look for it
        raise NotFound
    found: Record = editing.removed(kind, who, reference).record
    return found


def _page_of(kind: Kind, record: Record, title: str, intro: str | None) -> str:
    who, number = actor(), paging.number()
    question = asking.ask(request.args.to_dict(flat=False))
    query = queries.of_record(who, record).join(Record, Record.id == Change.record_id)
    query = query.where(*asking.clauses(who, question))
    changes = session().scalars(paging.sliced(query, number, PER_PAGE)).all()
    told = [(change, record) for change in changes]
    way = breadcrumb(kind, {"reference": record.reference})
    way[-1]["url"] = of_record(kind, record.reference)
    page = {
        "title": title,
        "intro": intro,
        "breadcrumb": [*way, {"label": t("Geschiedenis", "History"), "url": None}],
        "actions": _actions(kind, who, record),
        "entries": [
            {**entry, "put_back": _put_back(kind, who, record, change)}
            for entry, change in zip(entries(who, told), changes, strict=True)
        ],
        **_asked(question, queries.counted(query), number, but=("kind", "record")),
    }
    return render_template("history.html", page=page)


def _tombstone(record: Record) -> str | None:
    """When a removed record was removed, by whom and why."""
    if record.deleted_at is None:
        return None
    last = queries.removal(record)
    told = last.actor_id is None or actor().signed_in  # as in the entries below it
    name, moment = last.actor_name if told else say(SOMEBODY), when(last.at)
    reason = t(f" Reden: {last.reason}", f" Reason: {last.reason}") if last.reason else ""
    if record.merged_into_id is not None:
        gone = t(f"Samengevoegd op {moment} door {name}.", f"Merged on {moment} by {name}.")
        return gone + reason
    return t(f"Verwijderd op {moment} door {name}.", f"Removed on {moment} by {name}.") + reason


def _actions(kind: Kind, who: Actor, record: Record) -> list[dict[str, Any]]:
    if record.deleted_at is None or record.merged_into_id is not None:
        return []
    url = url_for(f"{kind.collection}.restore", reference=record.reference)
    return [{"label": t("Terugzetten", "Put back"), "url": url, "method": "get", "tone": None}]


@blueprint.get("/history")
def everything() -> str:
    """The last changes of all records."""
    who, number = actor(), paging.number()
    question = asking.ask(request.args.to_dict(flat=False))
    query = queries.of_everything(who).where(*asking.clauses(who, question))
    found = [tuple(row) for row in session().execute(paging.sliced(query, number, PER_PAGE))]
    told = entries(who, found)
    places = subjects.places(change for change, _ in found)
    for entry, (change, record) in zip(told, found, strict=True):
        entry["record"] = named(record) if record is not None else places[change.seq]
    page = {
        "title": t("Geschiedenis", "History"),
        "intro": t(
            "Wat er in het register is vastgelegd en gewijzigd, het laatste eerst.",
            "What was registered and changed in the registry, the latest first.",
        ),
        "breadcrumb": [
            {"label": t("Begin", "Home"), "url": links.home()},
            {"label": t("Geschiedenis", "History"), "url": None},
        ],
        "entries": told,
        **_asked(question, queries.counted(query), number),
    }
    return render_template("history.html", page=page)


def _asked(
    question: asking.Question, total: int, number: int, but: tuple[str, ...] = ()
) -> dict[str, Any]:
    """What is asked, how to ask something else, and how much there is."""
    one = t("1 wijziging", "1 change")
    return {
        "filters": fields(actor(), question, but),
        "clear_url": request.path if question.asks else None,
        "count_text": one if total == 1 else t(f"{total} wijzigingen", f"{total} changes"),
        "pager": pager(number, PER_PAGE, total),
    }


def _put_back(kind: Kind, who: Actor, record: Record, change: Change) -> str | None:
    """Where an earlier version is put back, for who may edit."""
    gone = record.deleted_at is not None or change.subject is not None
    if gone or change.version >= record.version or not can(who, kind.edit, record):
        return None
    number, name = change.version, f"{kind.collection}.put_back"
    return url_for(name, reference=record.reference, number=number)


def named(record: Record) -> dict[str, str]:
    """The record that an entry is about: what it is, how it is called, and where it is."""
    kind = kind_named(record.kind)
    title = titled(record)
    return {"kind": say(kind.words), "title": title, "url": of_record(kind, record.reference)}


def _enter(kind: Kind, its: Blueprint) -> None:
    @its.get("/<reference>/history")
    def history(reference: str) -> str:
        return of_one(kind, reference)

    its.add_url_rule(
        "/<reference>/history/<int(max=999999999):number>",
        "put_back",
        moving.of(kind, returning.put_back),
        methods=["GET", "POST"],
    )


for _entered in book.screens.values():
    _enter(_entered.kind, _entered.blueprint)
