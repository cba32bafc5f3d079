"""The pages of history: of one record, and of everything."""

from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request, url_for

from ..access import Actor, can
from ..db import session
from ..errors import Invalid, Message
from ..kind import Kind, kind_named
from ..ledger import Change
from ..past import replay
from ..record import Record
from ..web import actor, book, lang, links, moving, pages, say, t
from ..web.links import of_record
from ..web.lists import pager
from ..web.records import breadcrumb, fetch
from . import queries, returning
from .sentences import Teller, entries

PER_PAGE = 20
LAST = 10
MOST_PAGES = 10_000
NO_PAGE = Message("Give a page number.", "Geef een paginanummer.", "range")

blueprint = pages(Blueprint("history", __name__))


class Ledger:
    """What this room adds to the page of a record."""

    def recent(self, kind: Kind, who: Actor, record: Record, item: Any) -> list[dict[str, Any]]:
        """The last entries."""
        changes = session().scalars(queries.of_record(who, record).limit(LAST)).all()
        teller = Teller(who, [(kind, change) for change in changes])
        return [teller.entry(kind, change) for change in changes]

    def known_at(self, kind: Kind, who: Actor, reference: str, moment: datetime) -> Any:
        """The record as it stood."""
        return replay.known_at(kind, who, reference, moment)


book.memory = Ledger()


def of_one(kind: Kind, reference: str) -> str:
    """The whole history of one record."""
    who = actor()
    record, item = fetch(kind, who, reference)
    query = queries.of_record(who, record)
    number = _page()
    changes = session().scalars(_slice(query, number)).all()
    teller = Teller(who, [(kind, change) for change in changes])
    way = breadcrumb(kind, item)
    way[-1]["url"] = of_record(kind, reference)
    page = {
        "title": t(
            f"Geschiedenis van {kind.title(item, lang())}", f"History of {kind.title(item, lang())}"
        ),
        "intro": None,
        "breadcrumb": [*way, {"label": t("Geschiedenis", "History"), "url": None}],
        "entries": [
            {**teller.entry(kind, change), "put_back": _put_back(kind, who, record, change)}
            for change in changes
        ],
        "pager": pager(number, PER_PAGE, queries.counted(query)),
    }
    return render_template("history.html", page=page)


@blueprint.get("/history")
def everything() -> str:
    """The last changes of all records."""
    who, number = actor(), _page()
    query = queries.of_everything(who)
    found = [tuple(row) for row in session().execute(_slice(query, number))]
    told = entries(who, found)
    for entry, (_, record) in zip(told, found, strict=True):
        entry["text"] = f"{named(record)}: {entry['text']}"
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
        "pager": pager(number, PER_PAGE, queries.counted(query)),
    }
    return render_template("history.html", page=page)


def _put_back(kind: Kind, who: Actor, record: Record, change: Change) -> str | None:
    """Where an earlier version is put back, for who may edit."""
    if change.version >= record.version or not can(who, kind.edit, record):
        return None
    number, name = change.version, f"{kind.collection}.put_back"
    return url_for(name, reference=record.reference, number=number)


def named(record: Record) -> str:
    """A record in a sentence: what it is and how it is called."""
    title = (record.title_en if lang() == "en" else None) or record.title
    return f"{say(kind_named(record.kind).words)} «{title}»"


def _slice(query: Any, number: int) -> Any:
    return query.limit(PER_PAGE).offset((number - 1) * PER_PAGE)


def _page() -> int:
    given = request.args.get("page", "1")
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= MOST_PAGES):
        raise Invalid({"page": [NO_PAGE]})
    return int(given)


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
