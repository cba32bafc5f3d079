"""A database with as much on the road as the dashboard has to count: initiatives, commitments,
milestones, their statuses and reports."""

import statistics
import tempfile
import time
from datetime import date, timedelta
from typing import Any

from sqlalchemy import event, insert

from bench import filling
from registry import access, clock, migrations, web
from registry.commitments import models as commitments
from registry.extensions import database
from registry.initiatives import models as initiatives
from registry.partners.models import Partner
from registry.plan.models import Milestone, Plan
from registry.record import Record
from registry.themes.models import Theme
from registry.updates.models import Update

Row = dict[str, object]
MANY, MILESTONES = 20_000, 2_000
START = date(2020, 1, 1)
STRENGTHS = ("promise", "motion", "announcement", "intention", "aim", "expectation", "agreement")
COMMITMENT_STATUSES = ("open", "running", "partly_met", "met", "ongoing", "lapsed")
INITIATIVE_STATUSES = ("running", "paused", "completed", "idea", "in_preparation")
STATES = ("not_started", "on_track", "at_risk", "done")
THEMES, PARTNERS, PLAN = range(1, 7), range(7, 207), 207
INITIATIVES = range(208, 208 + MANY)
COMMITMENTS = range(INITIATIVES.stop, INITIATIVES.stop + MANY)
ROAD = range(COMMITMENTS.stop, COMMITMENTS.stop + MILESTONES)


ADDRESS = "/progress?asOf=2021-06-15"


def measured(rounds: int) -> tuple[str, int, str]:
    """The page on the state of affairs as the secretariat sees it: what, rows, figure."""
    with tempfile.TemporaryDirectory() as folder:
        app = filling.application(f"sqlite:///{folder}/bench.db")
        with app.app_context():
            migrations.upgrade(database.engine)
            with database.engine.execution_options(write=True).begin() as connection:
                for table, own in rows():
                    connection.execute(insert(table), own)
        client, statements = app.test_client(), []
        identify, web.book.identify = web.book.identify, lambda: access.system("bench", "cli")
        engine = app.extensions["engine"]
        event.listen(engine, "before_cursor_execute", lambda *_: statements.append(1))
        assert client.get(ADDRESS).status_code == 200
        count, taken = len(statements), []
        for _ in range(rounds):
            begun = time.process_time()
            client.get(ADDRESS)
            taken.append(time.process_time() - begun)
        web.book.identify = identify
    figure = f"{statistics.median(taken) * 1000:.1f} ms of the processor, {count} statements"
    return "state of affairs", MANY * 2 + MILESTONES, figure


def rows() -> list[tuple[Any, list[Row]]]:
    """The rows of each table, in the order in which they can be put in."""
    return [
        (Record.__table__, _records()),
        (Theme.__table__, [{"id": n, "name": f"Thema {n}", "order": n} for n in THEMES]),
        (
            Partner.__table__,
            [{"id": n, "name": f"Organisatie {n}", "is_group": False} for n in PARTNERS],
        ),
        (Plan.__table__, [{"id": PLAN, "title": "Plan van aanpak", **_due(PLAN)}]),
        *_initiatives(),
        *_commitments(),
        (Milestone.__table__, [_milestone(n) for n in ROAD]),
        (Update.__table__, [_update(n) for n in (*INITIATIVES, *COMMITMENTS) if n % 2]),
    ]


def _initiatives() -> list[tuple[Any, list[Row]]]:
    return [
        (
            initiatives.Initiative.__table__,
            [{"id": n, "title": f"Initiatief {n}", "kind": "programme"} for n in INITIATIVES],
        ),
        (
            initiatives.InitiativeStatus.__table__,
            [_status(n, INITIATIVE_STATUSES, k) for n in INITIATIVES for k in range(2)],
        ),
        (
            initiatives.InitiativeTheme.__table__,
            [
                _row(n, k, theme_id=THEMES[(n + k) % len(THEMES)], basis="classified")
                for n in INITIATIVES
                for k in range(n % 3)
            ],
        ),
        (
            initiatives.Participation.__table__,
            [
                _row(n, k, role="participant", partner_id=PARTNERS[(n + k) % len(PARTNERS)])
                for n in INITIATIVES
                for k in range(3)
            ],
        ),
    ]


def _commitments() -> list[tuple[Any, list[Row]]]:
    return [
        (
            commitments.Commitment.__table__,
            [
                {
                    "id": n,
                    "text": f"Toezegging {n}",
                    "strength": STRENGTHS[n % len(STRENGTHS)],
                    "theme_id": THEMES[n % len(THEMES)],
                    **_due(n),
                }
                for n in COMMITMENTS
            ],
        ),
        (
            commitments.CommitmentStatus.__table__,
            [_status(n, COMMITMENT_STATUSES, k) for n in COMMITMENTS for k in range(2)],
        ),
        (
            commitments.CommitmentBy.__table__,
            [_row(n, 0, partner_id=PARTNERS[n % len(PARTNERS)]) for n in COMMITMENTS],
        ),
    ]


def _milestone(number: int) -> Row:
    return {
        "id": number,
        "title": f"Mijlpaal {number}",
        "plan_id": PLAN,
        "state": STATES[number % len(STATES)],
        "owner_id": PARTNERS[number % len(PARTNERS)],
        "theme_id": THEMES[number % len(THEMES)],
        **_due(number),
    }


def _due(number: int) -> Row:
    first = START + timedelta(days=number % 700)
    return {
        "due_text": "in woorden",
        "due_earliest": first,
        "due_latest": first + timedelta(days=60),
        "due_kind": "month",
    }


def _row(parent: int, position: int, **own: object) -> Row:
    return {"parent_id": parent, "key": f"k{position}", "position": position, **own}


def _status(parent: int, codes: tuple[str, ...], position: int) -> Row:
    """The first of two that follow each other, or the second."""
    turn = date(2020, 7, 1)
    days = {"effective_from": None, "effective_until": turn}
    if position:
        days = {"effective_from": turn, "effective_until": None}
    return _row(parent, position, status=codes[(parent + position) % len(codes)], **days)


def _update(record: int) -> Row:
    return {
        "key": f"u{record}",
        "record_id": record,
        "day": START + timedelta(days=record % 360),
        "state": "on_track",
        "actor_name": "bench",
        "reported_at": clock.now(),
    }


def _records() -> list[Row]:
    kinds = (
        (THEMES, "theme", "THE"),
        (PARTNERS, "partner", "ORG"),
        (range(PLAN, PLAN + 1), "plan", "PLA"),
        (INITIATIVES, "initiative", "INI"),
        (COMMITMENTS, "commitment", "COM"),
        (ROAD, "milestone", "MIL"),
    )
    return [_record(n, kind, prefix) for numbers, kind, prefix in kinds for n in numbers]


def _record(number: int, kind: str, prefix: str) -> Row:
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
