"""Reads of one database: the product beside the floor, and what each costs."""

import json
import resource
import time
from pathlib import Path
from typing import Any

from flask import Flask, Response

from bench import asking, words
from bench.asking import Asker, Run
from bench.floor import Floor
from registry import clock
from registry.api.shell import door
from registry.db import connection
from registry.listing.cursors import SEALED
from registry.sealing import opened, sealed

FILTERED = "/api/v1/initiatives?status=running&theme=THE-0003&sort=-updatedAt&perPage=50"
ONE = "/api/v1/initiatives/INI-1000777"
EMPTY = "/api/v1/bench"
DEEP = 10  # pages: as deep as the smallest database goes, times the sizes above it
Costs = dict[str, float]


def enter(app: Flask) -> None:
    """Put up a route that does nothing behind all that stands around a route, but one look-up."""
    look = "SELECT seq FROM ledger_head"

    def empty() -> Response:
        connection().exec_driver_sql(look).scalar()
        return Response(status=204)

    app.add_url_rule(EMPTY, "bench", door(empty))


def costs(app: Flask, url: str, token: str, size: int, rounds: int) -> Costs:
    """What each question costs in milliseconds, by name: of the processor on SQLite, of the clock
    where the database is another process."""
    now = time.process_time if url.startswith("sqlite") else time.perf_counter
    runs = _runs(app, url, token, size)
    return dict(zip(runs, asking.medians(list(runs.values()), now, rounds), strict=True))


def _runs(app: Flask, url: str, token: str, size: int) -> dict[str, Run]:
    api, page = Asker(app.wsgi_app, token), Asker(app.wsgi_app)
    below = Asker(Floor(url, clock.now().date().isoformat()))
    found = {
        "list": api.run(FILTERED),
        "list, floor": below.run(FILTERED),
        "record": api.run(ONE),
        "record, floor": below.run(ONE),
        "deep page": api.run(_deep(app, api, size)),
        "empty route": api.run(EMPTY),
        "304 of the list": api.run(FILTERED, HTTP_IF_NONE_MATCH=_tag(api, FILTERED)),
        "304 of the record": api.run(ONE, HTTP_IF_NONE_MATCH=_tag(api, ONE)),
        "search, rare word": api.run(f"/api/v1/initiatives?q={words.RARE}&perPage=50"),
        "search, common word": api.run(f"/api/v1/initiatives?q={words.COMMON}&perPage=50"),
        "HTML list": page.run(FILTERED.removeprefix("/api/v1")),
        "HTML record": page.run(ONE.removeprefix("/api/v1")),
    }
    if api.run("/api/v1/changes")().status == 200:
        found["change feed"] = api.run(_middle_of_changes(api))
    _compare(found)
    return {name: run for name, run in found.items() if size <= MOST_HTML or "HTML" not in name}


MOST_HTML = 100_000
"""The counts beside a list are of all that it finds: above this they say nothing about a page."""


def _compare(found: dict[str, Run]) -> None:
    """The floor answers the same JSON, or it is no floor."""
    for name in ("list", "record"):
        ours, theirs = found[name](), found[f"{name}, floor"]()
        assert ours.status == 200, ours.body[:500]
        assert json.loads(ours.body) == json.loads(theirs.body), name
    for name, run in found.items():
        status = run().status
        expected = {304} if name.startswith("304") else {200, 204}
        assert status in expected, (name, status)


def _tag(api: Asker, url: str) -> str:
    return api.run(url)().headers["ETag"]


def _deep(app: Flask, api: Asker, size: int) -> str:
    """A page in the middle of all that the filters leave: it is reached by its cursor."""
    first = api.run(FILTERED)()
    with app.app_context():
        key: list[Any] = json.loads(opened(_next(first), SEALED) or b"")
        key[1] = key[1] - size // 2  # the key of the order is the number of the last change
        cursor = sealed(json.dumps(key, separators=(",", ":")).encode(), SEALED)
    return f"{FILTERED}&cursor={cursor}"


def _next(answer: asking.Answer) -> str:
    links = answer.headers["Link"].split(", <")
    following = next(link for link in links if 'rel="next"' in link)
    return following.partition("cursor=")[2].partition(">")[0].partition("&")[0]


def _middle_of_changes(api: Asker) -> str:
    """The feed some pages on from where it begins."""
    url = "/api/v1/changes?perPage=50"
    for _ in range(DEEP):
        url = f"/api/v1/changes?perPage=50&cursor={_next(api.run(url)())}"
    return url


def export(app: Flask, token: str, media: str) -> tuple[float, float]:
    """Records a second of a whole list as a stream, and by how many megabytes the process grew
    after its first hundredth."""
    api, records, grown, first = Asker(app.wsgi_app, token), 0, 0.0, 0.0
    begun = time.perf_counter()
    for piece in api.pieces("/api/v1/initiatives?sort=-updatedAt", media):
        records += piece.count(b"\n")
        grown = max(grown, _resident())
        first = first or grown
    return records / (time.perf_counter() - begun), grown - first


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 2**20
