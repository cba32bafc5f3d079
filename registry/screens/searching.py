"""Search over everything: the hits grouped by kind, each group with its count."""

from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from .. import search
from ..access import visible_to
from ..db import session
from ..kind import Kind, kinds
from ..record import Record
from ..search import SearchEntry
from ..web import links
from ..web.book import pages
from ..web.language import say, t, titled
from ..web.shell import actor

LONGEST = 200
EACH = 5

blueprint = pages(Blueprint("search", __name__))


@blueprint.get("/search")
def index() -> ResponseReturnValue:
    """The page of hits; a reference that exists goes straight to its record."""
    q = " ".join(request.args.get("q", "").split())[:LONGEST].replace("\x00", "")
    if exact := _exact(q):
        return redirect(links.of_reference(exact))
    counts = _counts(q) if search.stems(q) else {}
    hits = _hits(q) if counts else {}
    groups = [
        _group(kind, q, counts[kind.name], hits.get(kind.name, []))
        for kind in kinds()
        if kind.name in counts
    ]
    total = sum(counts.values())
    page = {
        "title": t("Zoeken", "Search"),
        "q": q,
        "total_text": _told(total, q) if q and total else None,
        "groups": groups,
        "empty": _empty(q) if q and not total else None,
    }
    return render_template("search.html", page=page)


def _exact(q: str) -> str | None:
    if not q or " " in q or "-" not in q:
        return None
    query = select(Record.reference).where(Record.reference == q.upper(), visible_to(actor()))
    return session().scalar(query)


def _counts(q: str) -> dict[str, int]:
    where, _ = search.found(q, session().get_bind().dialect.name)
    query = select(Record.kind, func.count()).where(visible_to(actor()), where)
    return dict(session().execute(query.group_by(Record.kind)).all())


def _hits(q: str) -> dict[str, list[Any]]:
    """The best hits of each kind, by one query."""
    where, rank = search.found(q, session().get_bind().dialect.name)
    ranked = (
        select(
            Record.id,
            Record.kind,
            Record.reference,
            Record.title,
            Record.title_en,
            rank.label("rank"),
        )
        .where(visible_to(actor()), where)
        .subquery()
    )
    place = func.row_number().over(
        partition_by=ranked.c.kind, order_by=(ranked.c.rank, ranked.c.id)
    )
    numbered = select(ranked, place.label("place")).subquery()
    query = select(numbered, SearchEntry.body)
    query = query.outerjoin(SearchEntry, SearchEntry.record_id == numbered.c.id)
    query = query.where(numbered.c.place <= EACH).order_by(numbered.c.kind, numbered.c.place)
    found: dict[str, list[Any]] = {}
    for row in session().execute(query):
        found.setdefault(row.kind, []).append(row)
    return found


def _group(kind: Kind, q: str, count: int, rows: list[Any]) -> dict[str, Any]:
    return {
        "label": say(kind.plural),
        "count": count,
        "url": links.of_list(kind, q=q),
        "hits": [_hit(kind, q, row) for row in rows],
    }


def _hit(kind: Kind, q: str, row: Any) -> dict[str, Any]:
    title = titled(row)
    named = (row.title, row.title_en)
    rest = " ".join(line for line in (row.body or "").split("\n") if line not in named)
    return {
        "url": links.of_record(kind, row.reference),
        "reference": row.reference,
        "title": search.marked(title, q, around=len(title)),
        "excerpt": search.marked(rest, q) if rest else "",
    }


def _told(total: int, q: str) -> str:
    if total == 1:
        return t(f"1 resultaat voor “{q}”", f"1 result for “{q}”")
    return t(f"{total} resultaten voor “{q}”", f"{total} results for “{q}”")


def _empty(q: str) -> dict[str, Any]:
    return {
        "title": t(f"Niets gevonden voor “{q}”", f"Nothing found for “{q}”"),
        "text": t(
            "Zoek met minder of andere woorden. Alle woorden moeten in hetzelfde gegeven "
            "staan; de brieven en het register zijn in het Nederlands.",
            "Use fewer or other words. All words have to occur in the same record; the "
            "letters and the registry are in Dutch.",
        ),
        "action": None,
    }
