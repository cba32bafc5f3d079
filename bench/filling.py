"""Databases of any size for the measurements: what is pointed at row by row, and the initiatives
with all that hangs on them by INSERT … SELECT, the indexes afterwards."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import (
    JSON,
    Connection,
    Date,
    Integer,
    String,
    Text,
    case,
    cast,
    func,
    insert,
    literal,
    select,
    text,
    type_coerce,
    union_all,
)

from bench import words
from registry import access, clock, create_app, migrations, search
from registry.accounts import commands as accounts
from registry.extensions import database
from registry.initiatives import models as own
from registry.ledger.models import Change, LedgerHead
from registry.partners.models import Partner
from registry.record import Record, ReferenceCounter
from registry.sources.models import Citation, Document, Passage
from registry.themes.models import Sector, Theme
from registry.tokens.commands import issue

THEMES, SECTORS = range(1, 11), range(11, 31)
PARTNERS, DOCUMENTS = range(31, 231), range(231, 233)
PASSAGES = range(1, 41)
FIRST = 1000
"""The id of the first initiative is the one after this."""
STATUSES = ("running", "running", "running", "paused", "completed")
TURN = date(2020, 7, 1)
FAR = 611_953  # a prime: who changed last has nothing to do with who came first
BENCH = access.system("bench", "cli")


LIMITS = "read=1000000000 write=1000000000"
"""Requests are counted, and none is one too many."""


def application(url: str) -> Flask:
    """An application on the database at `url`."""
    settings = {"DATABASE_URL": url, "SECRET_KEY": "bench", "WORKER": "none"}
    return create_app({**settings, "RATE_LIMITS": LIMITS})


def make(url: str, size: int) -> tuple[Flask, str, str]:
    """An application on a new database with `size` initiatives, the token of somebody of a
    partner, and the token of the secretariat."""
    app = application(url)
    with app.app_context():
        engine = database.engine
        migrations.upgrade(engine)
        with engine.execution_options(write=True).begin() as connection, _bare(connection):
            _around(connection)
            _initiatives(connection, size)
        _settle(engine)
        partner = _token("partner", access.Role.PARTNER, PARTNERS[-1])
        secretariat = _token("secretariat", access.Role.SECRETARIAT, None)
    return app, partner, secretariat


def _token(name: str, role: access.Role, place: int | None) -> str:
    grants = [(str(role), place, None, None)]
    email = f"{name}@registry.example"
    made = accounts.register(BENCH, email=email, name=name, password=None, grants=grants)
    return issue(BENCH, made, "bench")


# --- without indexes and triggers, as a restored copy is loaded ---------------------------


@contextmanager
def _bare(connection: Connection) -> Iterator[None]:
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
    kept = list(connection.execute(text(SQLITE_INDEXES if sqlite else POSTGRES_INDEXES)))
    for name, _ in kept:
        connection.execute(text(f'DROP INDEX "{name}"'))
    triggers = list(connection.execute(text(SQLITE_TRIGGERS))) if sqlite else []
    for name, _ in triggers:
        connection.execute(text(f'DROP TRIGGER "{name}"'))
    yield
    if sqlite:
        connection.execute(text("INSERT INTO search_fts(search_fts) VALUES ('rebuild')"))
    for _, made in [*kept, *triggers]:
        connection.exec_driver_sql(made)


SQLITE_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
SQLITE_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
POSTGRES_INDEXES = """SELECT i.indexname, i.indexdef FROM pg_indexes i
    WHERE i.schemaname = 'public' AND NOT EXISTS (
        SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)"""


def _settle(engine: Any) -> None:
    """What the engines do by themselves in time."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name != "postgresql":
            return
        for model in (Record, Passage):  # the others that have numbers of their own took them
            name = model.__tablename__
            last = f"(SELECT max(id) FROM {name})"
            sequence = f"pg_get_serial_sequence('{name}', 'id')"
            connection.execute(text(f"SELECT setval({sequence}, {last})"))
        connection.execute(text("VACUUM ANALYZE"))


# --- what initiatives point at --------------------------------------------------------------


def _around(connection: Connection) -> None:
    kinds = (
        (THEMES, "theme", "THE", Theme, "name"),
        (SECTORS, "sector", "SEC", Sector, "name"),
        (PARTNERS, "partner", "ORG", Partner, "name"),
        (DOCUMENTS, "document", "DOC", Document, "title"),
    )
    for numbers, kind, prefix, model, title in kinds:
        connection.execute(insert(Record), [_record(n, kind, prefix) for n in numbers])
        extra: dict[str, Any] = {"is_group": False} if model is Partner else {}
        extra = {"planned": False} if model is Document else extra
        rows = [{"id": n, title: words.name(kind, n), **extra} for n in numbers]
        connection.execute(insert(model), rows)
    connection.execute(
        insert(Passage),
        [
            {"id": n, "parent_id": DOCUMENTS[n % 2], "key": f"k{n}", "position": n}
            | {"quote": words.quote(n), "section": "2", "lines": f"{n}-{n + 2}"}
            for n in PASSAGES
        ],
    )


def _record(number: int, kind: str, prefix: str) -> dict[str, Any]:
    now = clock.now()
    name = words.name(kind, number)
    return {
        "id": number,
        "kind": kind,
        "reference": f"{prefix}-{number:04d}",
        "version": 1,
        "title": name,
        "sort_title": search.fold(name),
        "state": "published",
        "audience": "public",
        "created_at": now,
        "updated_at": now,
        "published_at": now,
    }


# --- the initiatives ------------------------------------------------------------------------


def _initiatives(connection: Connection, size: int) -> None:
    base = select(literal(1).label("i")).cte("n", recursive=True)
    n = base.union_all(select(base.c.i + 1).where(base.c.i < size))
    i = n.c.i
    _put(connection, Record, n, _identity(i, size))
    _put(connection, own.Initiative, n, _facts(i))
    _put(connection, search.SearchEntry, n, _words(i))
    lists = (
        _statuses(i),
        _participations(i),
        _classified(own.InitiativeTheme, "theme_id", THEMES, i),
        _classified(own.InitiativeSector, "sector_id", SECTORS, i),
        (Citation, 3, _citations(i)),
    )
    for model, count, values in lists:
        _put_rows(connection, model, n, count, values)
    _book(connection, n, size)
    connection.execute(insert(ReferenceCounter), [{"kind": "initiative", "last": 10**7}])
    connection.execute(text(f"UPDATE {LedgerHead.__tablename__} SET seq = {2 * size}"))


def _put(connection: Connection, model: Any, n: Any, values: dict[str, Any]) -> None:
    query = select(*values.values()).select_from(n)
    connection.execute(insert(model.__table__).from_select(list(values), query))


K = "k"


def _put_rows(connection: Connection, model: Any, n: Any, count: int, values: Any) -> None:
    """So many rows for each; `values(k)` of the one at position k."""
    many = union_all(*(select(literal(at).label(K)) for at in range(count))).subquery()
    made = {"parent_id": FIRST + n.c.i, "position": many.c.k, **values(many.c.k)}
    made.setdefault("key", "k" + cast(many.c.k, String))
    query = select(*made.values()).select_from(n.join(many, literal(1) == literal(1)))
    connection.execute(insert(model.__table__).from_select(list(made), query))


def _later(i: Any, size: int) -> Any:
    """When it was last changed: the number of that change."""
    return size + 1 + (cast(i, Integer) % size * (FAR % size)) % size


def _identity(i: Any, size: int) -> dict[str, Any]:
    now = clock.now()
    moment = Record.__table__.c.created_at.type
    return {
        "id": FIRST + i,
        "kind": literal("initiative"),
        "reference": "INI-" + cast(1_000_000 + i, String),
        "title": _title(i),
        "sort_title": "initiatief " + cast(10_000_000 + i, String),
        "keeper_id": _one_of(PARTNERS, i * 3),
        "state": literal("published"),
        "audience": literal("public"),
        "version": literal(2),
        "last_seq": _later(i, size),
        "created_at": literal(now, moment),
        "updated_at": literal(now, moment),
        "published_at": literal(now, moment),
    }


def _one_of(numbers: range, i: Any) -> Any:
    return numbers[0] + i % len(numbers)


def _title(i: Any) -> Any:
    return "Initiatief " + cast(i, String) + " voor werkplezier"


def _facts(i: Any) -> dict[str, Any]:
    return {
        "id": FIRST + i,
        "title": _title(i),
        "kind": literal("programme"),
        "summary": literal(words.SUMMARY),
        "goal": literal(words.GOAL),
        "website": "https://registry.example/" + cast(i, String),
        "effectiveness": literal("not_assessed"),
        "period_text": literal("2020"),
        "period_earliest": literal(date(2020, 1, 1)),
        "period_latest": literal(date(2020, 12, 31)),
        "period_kind": literal("year"),
    }


def _words(i: Any) -> dict[str, Any]:
    rare = case((i % words.SELDOM == 0, f" {words.RARE}"), else_="")
    body = f"\n{words.SUMMARY}\n{words.GOAL}"
    stems = " ".join(search.stems(body))
    return {
        "record_id": FIRST + i,
        "body": _title(i) + body + rare,
        "title_stems": "initiatief " + cast(i, String) + " voor werkplezier",
        "body_stems": "initiatief " + cast(i, String) + " voor werkplezier " + stems + rare,
    }


def _statuses(i: Any) -> tuple[Any, int, Any]:
    def values(k: Any) -> dict[str, Any]:
        running = case(*((i // 10 % len(STATUSES) == at, code) for at, code in enumerate(STATUSES)))
        return {
            "position": k,
            "status": case((k == 0, "in_preparation"), else_=running),
            "from_text": case((k == 1, "1 juli 2020")),
            "from_earliest": case((k == 1, literal(TURN, Date))),
            "from_latest": case((k == 1, literal(TURN, Date))),
            "from_kind": case((k == 1, "day")),
            "effective_from": case((k == 1, literal(TURN, Date))),
            "effective_until": case((k == 0, literal(TURN, Date))),
        }

    return own.InitiativeStatus, 2, values


def _participations(i: Any) -> tuple[Any, int, Any]:
    def values(k: Any) -> dict[str, Any]:
        role = case((k == 0, "lead"), else_="participant")
        return {"position": k, "partner_id": _one_of(PARTNERS, i * 7 + k * 13), "role": role}

    return own.Participation, 4, values


def _classified(model: Any, link: str, among: range, i: Any) -> tuple[Any, int, Any]:
    def values(k: Any) -> dict[str, Any]:
        target = _one_of(among, i * 3 + k * 4)
        return {"position": k, link: target, "basis": literal("classified")}

    return model, 2, values


def _citations(i: Any) -> Any:
    def values(k: Any) -> dict[str, Any]:
        passage = _one_of(PASSAGES, i + k)
        field = case((k == 0, "title"), (k == 1, "goal"), else_="participations[k0].role")
        return {
            "position": k,
            "field": field,
            "passage_id": passage,
            "document_id": DOCUMENTS[0] + passage % 2,
            "basis": literal("stated"),
        }

    return values


# --- the book of changes ----------------------------------------------------------------------


def _book(connection: Connection, n: Any, size: int) -> None:
    """What made each, and its publication, which is what changed it last."""
    i = n.c.i
    made = {"seq": cast(i, Integer), "version": literal(1), "action": literal("create")}
    shown = {"seq": _later(i, size), "version": literal(2), "action": literal("publish")}
    paths = [(made, words.created()), (shown, words.published())]
    for step, changes in paths:
        said = func.replace(json.dumps(changes), words.HERE, _title(i))
        written = cast(said, JSON) if connection.dialect.name == "postgresql" else said
        values = {
            "record_id": FIRST + i,
            "reference": "INI-" + cast(1_000_000 + i, String),
            "at": literal(clock.now(), Change.__table__.c.at.type),
            "actor_name": literal("bench"),
            "door": literal("cli"),
            "changes": type_coerce(written, Text),
            **step,
        }
        _put(connection, Change, n, values)
