"""`python -m bench`: fill a database, time the ways to read a page of fifty, print the ratios.

The floor is the projection (the database builds the JSON); beside it stand the ORM with
`schema.dump`, and the same page from a table of fifty times as many rows."""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, insert

from bench import road
from registry import access, clock, create_app, listing, migrations, web
from registry.db import session
from registry.editing import one
from registry.extensions import database
from registry.initiatives import models
from registry.kind import kind_named
from registry.partners.models import Partner
from registry.record import Record, ReferenceCounter

Tables = list[tuple[Any, list[dict[str, object]]]]
SIZES = (400, 20_000)
ROAD = "/progress?asOf=2021-06-15"
ROUNDS = 15
RESULTS = Path(__file__).with_name("results.md")
READER = access.system("bench", "cli")


def main() -> None:
    """Fill, time, print, and write `bench/results.md`."""
    lines = ["| what | rows | median ms | ratio |", "|---|---|---|---|"]
    floor = 0.0
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            app = _filled(Path(folder), size)
            with app.app_context():
                projected, dumped = _timed(_page), _timed(_dumped)
            floor = floor or projected
            lines.append(_line("page of 50, JSON by the database", size, projected, floor))
            lines.append(_line("page of 50, ORM and schema.dump", size, dumped, floor))
    lines += _road()
    text = "\n".join(lines)
    sys.stdout.write(text + "\n")
    RESULTS.write_text(f"# Lists, medians of {ROUNDS} rounds in one run\n\n{text}\n")


def _road() -> list[str]:
    """The page on the state of affairs, as the secretariat sees it, with its statements."""
    with tempfile.TemporaryDirectory() as folder:
        app = _made(Path(folder), road.rows())
        statements: list[str] = []
        client = app.test_client()
        web.book.identify = lambda: READER
        event.listen(
            app.extensions["engine"],
            "before_cursor_execute",
            lambda _c, _k, statement, *_: statements.append(statement),
        )
        assert client.get(ROAD).status_code == 200
        count = len(statements)
        # The database is in the process: what it takes of the processor is all the time there is.
        seconds = _timed(lambda: client.get(ROAD), time.process_time)
    size = road.MANY * 2 + road.MILESTONES
    told = f"state of affairs, {count} statements, processor time"
    return [f"| {told} | {size:,} | {seconds * 1000:.1f} | |"]


def _line(what: str, size: int, seconds: float, floor: float) -> str:
    return f"| {what} | {size:,} | {seconds * 1000:.1f} | {seconds / floor:.2f} |"


def _timed(run: Callable[[], object], now: Callable[[], float] = time.perf_counter) -> float:
    run()
    taken = []
    for _ in range(ROUNDS):
        start = now()
        run()
        taken.append(now() - start)
    return statistics.median(taken)


def _page() -> list[str]:
    kind = kind_named("initiative")
    question = listing.ask(kind, READER, {"perPage": ["50"], "sort": ["-updatedAt"]})
    return listing.page(kind, READER, question).items


def _dumped() -> list[object]:
    kind = kind_named("initiative")
    references = [json.loads(item)["reference"] for item in _page()]
    session().expunge_all()
    with access.acting_as(READER):
        schema = kind.schema()
        return [schema.dump(one(kind, READER, reference)) for reference in references]


def _filled(folder: Path, size: int) -> Flask:
    return _made(folder, _rows(size))


def _made(folder: Path, rows: Tables) -> Flask:
    app = create_app({"DATABASE_URL": f"sqlite:///{folder}/bench.db", "SECRET_KEY": "bench"})
    with app.app_context():
        migrations.upgrade(database.engine)
        with database.engine.execution_options(write=True).begin() as connection:
            for table, own in rows:
                connection.execute(insert(table), own)
    return app


def _rows(size: int) -> Tables:
    partners, initiatives = range(1, 51), range(51, 51 + size)
    records = [_record(n, "partner", "ORG") for n in partners]
    records += [_record(n, "initiative", "INI") for n in initiatives]
    return [
        (Record.__table__, records),
        (ReferenceCounter.__table__, [{"kind": "initiative", "last": size}]),
        (
            Partner.__table__,
            [{"id": n, "name": f"Organisatie {n}", "is_group": False} for n in partners],
        ),
        (
            models.Initiative.__table__,
            [
                {"id": n, "title": f"Initiatief {n}", "goal": "Doel " * 20, "kind": "programme"}
                for n in initiatives
            ],
        ),
        (
            models.Participation.__table__,
            [
                {
                    "parent_id": n,
                    "key": f"p{k}",
                    "position": k,
                    "role": "participant",
                    "partner_id": (n + k) % 50 + 1,
                }
                for n in initiatives
                for k in range(4)
            ],
        ),
        (
            models.InitiativeStatus.__table__,
            [{"parent_id": n, "key": "s", "position": 0, "status": "running"} for n in initiatives],
        ),
    ]


def _record(number: int, kind: str, prefix: str) -> dict[str, object]:
    now = clock.now()
    return {
        "id": number,
        "kind": kind,
        "reference": f"{prefix}-{number:06d}",
        "version": 1,
        "title": f"{kind} {number}",
        "sort_title": f"{kind} {number:08d}",
        "state": "published",
        "audience": "public",
        "last_seq": number,
        "created_at": now,
        "updated_at": now,
    }


if __name__ == "__main__":
    main()
