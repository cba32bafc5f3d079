"""The sitemap: every page that is for everybody, in parts that no search engine finds too long."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from flask import Blueprint, Response, url_for
from sqlalchemy import func, select

from .. import web
from ..access import ANYBODY, visible_to
from ..db import session
from ..errors import NotFound
from ..kind import kinds
from ..record import Record
from ..web.links import exists
from .facts import public_address

sitemap = web.pages(Blueprint("sitemap", __name__))
PART = 49_000
"""Numbers of records in a part: with the pages of the register itself below the 50,000 addresses
that a sitemap may hold, whatever was removed meanwhile."""
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
OWN = (
    "home.index",
    "home.about",
    "home.accessibility",
    "opendata.index",
    "gaps.index",
    "holders.index",
    "timeline.index",
    "dashboard.index",
    "calendar.index",
    "history.everything",
)


@sitemap.get("/sitemap.xml")
def index() -> Response:
    """All pages, or where the parts are that hold them."""
    last = session().scalar(select(func.max(Record.id)).where(visible_to(ANYBODY))) or 1
    parts = -(-last // PART)
    if parts == 1:
        return _xml("urlset", _pages(1))
    places = (f"{public_address()}{url_for('sitemap.part', part=n + 1)}" for n in range(parts))
    return _xml("sitemapindex", (f"<sitemap><loc>{place}</loc></sitemap>" for place in places))


@sitemap.get("/sitemaps/<int:part>.xml", endpoint="part")
def one(part: int) -> Response:
    """One part: the records with some numbers, by one query on their index."""
    if not 1 <= part < 2**31 // PART:
        raise NotFound
    found = list(_pages(part))
    if not found:
        raise NotFound
    return _xml("urlset", found)


def _pages(number: int) -> Iterator[str]:
    at = public_address()
    if number == 1:
        yield from (f"<url><loc>{at}{escape(path)}</loc></url>" for path in _own())
    shown = {kind.name: kind.collection for kind in kinds() if exists(f"{kind.collection}.show")}
    first = (number - 1) * PART
    query = select(Record.kind, Record.reference, Record.updated_at).where(
        *(visible_to(ANYBODY), Record.kind.in_(shown)),
        *(Record.id > first, Record.id <= first + PART),
    )
    for kind, reference, changed in session().execute(query.order_by(Record.id)):
        place = f"{at}/{shown[kind]}/{reference}"
        yield f"<url><loc>{place}</loc><lastmod>{changed:%Y-%m-%dT%H:%M:%SZ}</lastmod></url>"


def _own() -> Iterator[str]:
    lists = (f"{kind.collection}.index" for kind in kinds())
    for endpoint in (*OWN, *lists):
        if exists(endpoint):
            yield url_for(endpoint)


def _xml(kind: str, parts: Iterator[str] | list[str]) -> Response:
    text = "\n".join(parts)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} xmlns="{NAMESPACE}">'
    whole = f"{head}\n{text}\n</{kind}>\n"
    return Response(whole, content_type="application/xml; charset=utf-8")
