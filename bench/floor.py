"""The floor: a bare WSGI application with SQL by hand on the raw driver, and JSON by orjson.

It answers two questions of the API with the same JSON: a list of 50 filtered by status and theme,
sorted by change, and one record. It knows no token, no visibility, no validator and no problem."""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import parse_qs

import orjson
import psycopg

Row = Sequence[Any]
Run = Callable[[str, Sequence[Any]], list[Any]]

HEAD = """SELECT r.id, r.reference, r.state, r.audience, k.reference, p.name, p.abbreviation,
    r.version, r.created_at, r.updated_at, i.title, i.title_en, i.kind, i.summary, i.goal,
    i.description, i.period_text, i.period_earliest, i.period_latest, i.period_kind,
    i.period_anchor, i.recurrence_text, i.recurrence_earliest, i.recurrence_latest,
    i.recurrence_kind, i.recurrence_anchor, i.relation, i.approach_timing, i.approach_level,
    i.website, i.good_example, i.effectiveness
    FROM record r JOIN initiative i ON i.id = r.id
    LEFT JOIN record k ON k.id = r.keeper_id LEFT JOIN partner p ON p.id = k.id """
SHOWN = "r.deleted_at IS NULL AND r.state = 'published' AND r.audience = 'public'"
ONE = f"{HEAD} WHERE {SHOWN} AND r.reference = ?"
LIST = f"""{HEAD} WHERE {SHOWN} AND r.kind = 'initiative'
    AND EXISTS (SELECT 1 FROM initiative_theme t WHERE t.parent_id = r.id AND t.theme_id =
        (SELECT id FROM record WHERE reference = ?))
    AND EXISTS (SELECT 1 FROM initiative_status s WHERE s.parent_id = r.id AND s.status = ?
        AND (s.effective_from IS NULL OR s.effective_from <= ?)
        AND (s.effective_until IS NULL OR s.effective_until > ?))
    ORDER BY r.last_seq DESC LIMIT 50"""


def policy(text: Any, earliest: Any, latest: Any, kind: Any, anchor: Any) -> Any:
    """A policy date as the API writes it."""
    if text is None and earliest is None and latest is None:
        return None
    days = {"earliest": earliest, "latest": latest, "kind": kind, "anchor": anchor}
    return {"text": text, **days}


def status(r: Row) -> Any:
    """A row of the status in time."""
    return {
        "key": r[1],
        "status": r[2],
        "from": policy(*r[3:8]),
        "until": policy(*r[8:13]),
        "reason": r[13],
        "resumeWhen": r[14],
        "reviewOn": r[15],
        "reviewBy": r[16],
    }


def participation(r: Row) -> Any:
    """A row of who takes part."""
    return {
        "key": r[1],
        "partner": {"reference": r[2], "name": r[3], "abbreviation": r[4]},
        "role": r[5],
        "from": policy(*r[6:11]),
        "until": policy(*r[11:16]),
        "note": r[16],
    }


def classified(name: str) -> Callable[[Row], Any]:
    """Rows under what something is classified."""

    def row(r: Row) -> Any:
        pointer = {"reference": r[6], "name": r[7], "nameEn": r[8]}
        return {"key": r[1], "basis": r[2], "by": r[3], "when": r[4], "why": r[5], name: pointer}

    return row


def edition(r: Row) -> Any:
    """A row of the editions."""
    event = {"reference": r[10], "name": r[11], "nameEn": r[12]} if r[10] else None
    return {
        "key": r[1],
        "title": r[2],
        "motto": r[3],
        "when": policy(*r[4:9]),
        "participants": r[9],
        "event": event,
        "note": r[13],
    }


def result(r: Row) -> Any:
    """A row of what came of it."""
    return {"key": r[1], "title": r[2], "link": r[3], "when": policy(*r[4:9])}


def money(r: Row) -> Any:
    """A row of amounts."""
    return {
        "key": r[1],
        "amount": f"{r[2]:.2f}",
        "currency": r[3],
        "term": r[4],
        "forWhom": r[5],
        "words": r[6],
    }


def related(r: Row) -> Any:
    """A row of what it hangs together with."""
    pointer = {"reference": r[2], "title": r[3], "titleEn": r[4]}
    return {"key": r[1], "initiative": pointer, "how": r[5]}


def document(r: Row) -> Any:
    """A row of documents."""
    pointer = {"reference": r[2], "title": r[3], "identification": r[4], "url": r[5]}
    return {"key": r[1], "document": pointer, "note": r[6]}


def source(r: Row) -> Any:
    """A row of sources."""
    pointer = {"reference": r[2], "title": r[3], "identification": r[4], "url": r[5]}
    return {
        "key": r[1],
        "document": pointer if r[2] else None,
        "quote": r[6],
        "section": r[7],
        "lines": r[8],
        "field": r[9],
        "basis": r[10],
        "why": r[11],
    }


def days(name: str) -> str:
    """The five columns of a policy date."""
    return ", ".join(
        f"x.{name}_{part}" for part in ("text", "earliest", "latest", "kind", "anchor")
    )


def _classified(table: str, to: str, link: str) -> str:
    return f"""x.basis, x.by, x."when", x.why, r.reference, t.name, t.name_en FROM {table} x
        JOIN record r ON r.id = x.{link} JOIN {to} t ON t.id = r.id"""


LISTS: Sequence[tuple[str, str, Callable[[Row], Any]]] = (
    (
        "participations",
        f"""r.reference, p.name, p.abbreviation, x.role, {days("from")}, {days("until")}, x.note
        FROM participation x JOIN record r ON r.id = x.partner_id JOIN partner p ON p.id = r.id""",
        participation,
    ),
    (
        "statuses",
        f"""x.status, {days("from")}, {days("until")}, x.reason, x.resume_when, x.review_on,
        x.review_by, x.effective_from, x.effective_until FROM initiative_status x""",
        status,
    ),
    ("themes", _classified("initiative_theme", "theme", "theme_id"), classified("theme")),
    ("sectors", _classified("initiative_sector", "sector", "sector_id"), classified("sector")),
    ("groups", _classified("initiative_group", "target_group", "group_id"), classified("group")),
    ("causes", _classified("initiative_cause", "cause", "cause_id"), classified("cause")),
    (
        "editions",
        f"""x.title, x.motto, {days("when")}, x.participants, r.reference, e.name, e.name_en,
        x.note FROM initiative_edition x LEFT JOIN record r ON r.id = x.event_id
        LEFT JOIN event e ON e.id = r.id""",
        edition,
    ),
    ("results", f"x.title, x.link, {days('when')} FROM initiative_result x", result),
    (
        "money",
        "x.amount, x.currency, x.term, x.for_whom, x.words FROM initiative_money x",
        money,
    ),
    (
        "related",
        """r.reference, i.title, i.title_en, x.how FROM initiative_related x
        JOIN record r ON r.id = x.initiative_id JOIN initiative i ON i.id = r.id""",
        related,
    ),
    (
        "documents",
        """r.reference, d.title, d.identification, d.url, x.note FROM initiative_document x
        JOIN record r ON r.id = x.document_id JOIN document d ON d.id = r.id""",
        document,
    ),
    (
        "sources",
        """r.reference, d.title, d.identification, d.url, p.quote, p.section, p.lines, x.field,
        x.basis, x.why FROM citation x LEFT JOIN record r ON r.id = x.document_id
        LEFT JOIN document d ON d.id = r.id LEFT JOIN passage p ON p.id = x.passage_id""",
        source,
    ),
)


def item(r: Row, day: str, lists: dict[str, dict[int, list[Any]]], series: list[Row]) -> Any:
    """One initiative with all that hangs on it."""
    keeper = {"reference": r[4], "name": r[5], "abbreviation": r[6]} if r[4] else None
    now = _holding(series, day)
    return {
        "reference": r[1],
        "workflow": r[2],
        "audience": r[3],
        "keeper": keeper,
        "version": r[7],
        "createdAt": r[8],
        "updatedAt": r[9],
        "title": r[10],
        "titleEn": r[11],
        "kind": r[12],
        "summary": r[13],
        "goal": r[14],
        "description": r[15],
        "status": now[2] if now else None,
        "statusReason": now[13] if now else None,
        "period": policy(*r[16:21]),
        "recurrence": policy(*r[21:26]),
        "relation": r[26],
        "approachTiming": r[27],
        "approachLevel": r[28],
        "website": r[29],
        "goodExample": r[30],
        "effectiveness": r[31],
        **{name: found.get(r[0], []) for name, found in lists.items()},
    }


def _holding(series: list[Row], day: str) -> Row | None:
    held = [
        r
        for r in series
        if (r[17] is None or str(r[17]) <= day) and (r[18] is None or str(r[18]) > day)
    ]
    return max(held, key=lambda r: str(r[17] or ""), default=None)


class Floor:
    """The application; every thread has a connection of its own."""

    def __init__(self, url: str, day: str) -> None:
        self.url, self.day = url, day
        self.mine = threading.local()

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        asked = environ["QUERY_STRING"]
        body = self.page(asked) if asked else self.one(environ["PATH_INFO"])
        start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    def page(self, query: str) -> bytes:
        """The page of 50."""
        asked = parse_qs(query)
        values = [asked["theme"][0], asked["status"][0], self.day, self.day]
        return orjson.dumps(self._items(self.run(LIST, values)), option=orjson.OPT_UTC_Z)

    def one(self, path: str) -> bytes:
        """One record."""
        found = self.run(ONE, [path.rpartition("/")[2]])
        return orjson.dumps(self._items(found)[0], option=orjson.OPT_UTC_Z)

    def _items(self, found: list[Row]) -> list[Any]:
        ids = [r[0] for r in found]
        marks = ",".join("?" * len(ids))
        lists: dict[str, dict[int, list[Any]]] = {}
        series: dict[int, list[Row]] = {}
        for name, columns, make in LISTS:
            own: dict[int, list[Any]] = {}
            lists[name] = own
            query = f"SELECT x.parent_id, x.key, {columns} WHERE x.parent_id IN ({marks}) "
            for row in self.run(query + "ORDER BY x.parent_id, x.position, x.id", ids):
                own.setdefault(row[0], []).append(make(row))
                if make is status:
                    series.setdefault(row[0], []).append(row)
        return [item(r, self.day, lists, series.get(r[0], [])) for r in found]

    @property
    def run(self) -> Run:
        """What runs a statement on the connection of this thread."""
        if not hasattr(self.mine, "run"):
            self.mine.run = _sqlite(self.url) if self.url.startswith("sqlite") else _pg(self.url)
        run: Run = self.mine.run
        return run


def _sqlite(url: str) -> Run:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in ("mmap_size=2147418112", "cache_size=-32000"):
        connection.execute(f"PRAGMA {pragma}")
    return lambda query, values: connection.execute(query, values).fetchall()


def _pg(url: str) -> Run:
    connection = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)

    def run(query: str, values: Sequence[Any]) -> list[Any]:
        return connection.execute(query.replace("?", "%s"), values).fetchall()

    return run
