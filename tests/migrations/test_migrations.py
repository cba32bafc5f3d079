"""The real migrations: down and up again with the letters in the tables, and in step with the
models."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Engine, func, inspect, select, table, text
from sqlalchemy.engine.interfaces import ReflectedIndex
from sqlalchemy.exc import DatabaseError

from registry import create_app, migrations, search
from registry.db import session
from registry.ledger import Change
from registry.past import replay
from registry.record import Record
from registry.sources.models import Citation
from tests import databases

LETTERS = pytest.mark.parametrize("fresh_app", [databases.LETTERS], indirect=True)
REVISIONS = [path.stem for path in sorted(migrations.FOLDER.glob("versions/*.py"))]


@pytest.fixture
def engine(engine_url: str) -> Iterator[Engine]:
    """The engine of an app on a database without tables."""
    engine: Engine = create_app(databases.settings(engine_url)).extensions["engine"]
    yield engine
    engine.dispose()


def scripts() -> ScriptDirectory:
    return ScriptDirectory(str(migrations.FOLDER))


def rows(engine: Engine) -> Counter[str]:
    """How many rows each table holds."""
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        tables = [name for name in names if not name.startswith(("search_fts", "alembic"))]
        count = {t: select(func.count()).select_from(table(t)) for t in tables}
        return Counter({name: connection.scalar(query) or 0 for name, query in count.items()})


def shape(engine: Engine) -> dict[str, object]:
    """The tables as the database describes them."""
    with engine.connect() as connection:
        found = inspect(connection)
        return {
            name: (
                sorted(str(column) for column in found.get_columns(name)),
                sorted(str(key) for key in found.get_foreign_keys(name)),
                sorted(_told(index) for index in found.get_indexes(name)),
                sorted(str(rule) for rule in found.get_unique_constraints(name)),
                found.get_pk_constraint(name),
            )
            for name in found.get_table_names()
        }


def _told(index: ReflectedIndex) -> str:
    """An index, with the words of its clause: the object that holds them differs every time."""
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return str({**index, "dialect_options": options})


def test_there_is_one_line_of_migrations() -> None:
    assert len(scripts().get_heads()) == 1
    assert len(scripts().get_bases()) == 1


@pytest.mark.parametrize("name", REVISIONS)
def test_a_migration_is_numbered_and_named(name: str) -> None:
    assert re.fullmatch(r"\d{4}_[a-z0-9_]+", name)
    assert scripts().get_revision(name[:4]) is not None


def test_numbers_follow_each_other() -> None:
    assert [name[:4] for name in REVISIONS] == [f"{n + 1:04d}" for n in range(len(REVISIONS))]


def test_the_models_and_the_tables_agree(engine: Engine) -> None:
    migrations.upgrade(engine)
    migrations.check(engine)


def test_down_to_nothing_and_up_again(engine: Engine) -> None:
    migrations.upgrade(engine)
    first = shape(engine)
    migrations.downgrade(engine, "base")
    assert set(shape(engine)) <= {"alembic_version"}
    migrations.upgrade(engine)
    assert shape(engine) == first


def test_what_is_up_to_date_stays_as_it_is(engine: Engine) -> None:
    migrations.upgrade(engine)
    first = shape(engine)
    migrations.upgrade(engine)
    assert shape(engine) == first


@pytest.mark.parametrize(
    "dialect",
    [databases.SQLITE, pytest.param(databases.POSTGRESQL, marks=pytest.mark.prove)],
    indirect=True,
)
@LETTERS
def test_the_letters_the_search_and_the_book_survive_every_step_down_and_up(
    fresh_app: Flask,
) -> None:
    engine = fresh_app.extensions["engine"]
    described, found, head = shape(engine), found_by(fresh_app), head_of(engine)
    for name in reversed(REVISIONS[1:]):
        step_down_and_up(engine, name)
    migrations.upgrade(engine)
    assert shape(engine) == described
    assert found_by(fresh_app) == found != set()
    assert head_of(engine) == head > 0
    migrations.check(engine)


def found_by(app: Flask) -> set[int]:
    """What the search finds."""
    with app.app_context():
        clause, _ = search.found("werkstress", session().get_bind().dialect.name)
        return set(session().scalars(select(Record.id).where(clause)))


def head_of(engine: Engine) -> int:
    """The number of the last change."""
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT seq FROM ledger_head")) or 0)


def step_down_and_up(engine: Engine, name: str) -> None:
    """Take a migration back, hold what it does again against what was there, take it back."""
    before, described = rows(engine), shape(engine)
    below = f"{int(name[:4]) - 1:04d}"
    migrations.downgrade(engine, below)
    kept = rows(engine).keys()  # a table that goes takes its rows along
    migrations.upgrade(engine, name[:4])
    after = rows(engine)
    assert {table: after[table] for table in kept} == {table: before[table] for table in kept}, name
    assert shape(engine) == described, name
    migrations.downgrade(engine, below)


@LETTERS
def test_what_is_said_beside_records_goes_with_the_migration_that_made_room_for_it(
    fresh_app: Flask,
) -> None:
    engine = fresh_app.extensions["engine"]
    said = text(
        "INSERT INTO change (seq, reference, version, subject, subject_key, at, actor_name, door, "
        "action, changes) VALUES (:seq, :key, 0, :of, :key, CURRENT_TIMESTAMP, 'x', 'cli', 'x', "
        "'[]')"
    )
    subjects = {"report": "k1", "round": "k2", "term": "event-kind.debate", "convention": "medio"}
    with engine.begin() as connection:
        last = connection.scalar(text("SELECT max(seq) FROM change"))
        for seq, (name, key) in enumerate(subjects.items(), last + 1):
            connection.execute(said, {"seq": seq, "of": name, "key": key})
        posted = "INSERT INTO outbox (id, seq, topic, payload, created_at, attempts) VALUES "
        connection.execute(text(f"{posted} (9000, {last + 1}, 'x', '{{}}', CURRENT_TIMESTAMP, 0)"))
    for below, left in (("0012", ["report", "round"]), ("0011", [])):
        migrations.downgrade(engine, below)
        with engine.begin() as connection:
            if left:
                told = connection.scalars(text("SELECT subject FROM change ORDER BY seq")).all()
                assert [name for name in told if name] == left
            assert connection.scalar(text("SELECT max(seq) FROM change")) == last + len(left)
        with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
            connection.execute(text("DELETE FROM change"))
    migrations.upgrade(engine)
    migrations.check(engine)


@LETTERS
def test_a_state_without_a_day_becomes_the_first_of_a_series_and_the_book_tells_it(
    fresh_app: Flask,
) -> None:
    engine = fresh_app.extensions["engine"]
    migrations.downgrade(engine, "0014")
    one = _told_as_before(engine)
    migrations.upgrade(engine)
    with fresh_app.app_context():
        changes = session().scalars(select(Change).where(Change.record_id == one)).all()
        told = replay.values(sorted(changes, key=lambda change: change.seq))
        row = "states[niet-gestart]"
        assert {path for path in told if path.startswith("state")} == {
            f"{row}.position",
            f"{row}.state",
        }
        record = session().get_one(Record, one)
        assert (record.version, record.last_seq) == (changes[-1].version, changes[-1].seq)
        cited = set(session().scalars(select(Citation.field).where(Citation.parent_id == one)))
        assert f"{row}.state" in cited
        assert "state" not in cited


def _told_as_before(engine: Engine) -> int:
    """Make the book of a milestone tell its state as it did before there was a series."""
    query = "SELECT id FROM milestone WHERE state = 'not_started' ORDER BY id LIMIT 1"
    old = [{"path": "states[niet-gestart].state", "old": "not_started", "new": None}]
    old += [{"path": "state", "old": None, "new": "not_started"}]
    book = (
        "INSERT INTO change (seq, record_id, reference, version, at, actor_name, door, action, "
        "changes) SELECT h.seq + 1, r.id, r.reference, r.version + 1, r.updated_at, 'Iemand', "
        "'screen', 'revise', :told FROM record r, ledger_head h WHERE r.id = :id"
    )
    with engine.execution_options(write=True).begin() as connection:
        one = int(connection.scalar(text(query)) or 0)
        connection.execute(text(book), {"id": one, "told": json.dumps(old)})
        connection.execute(text("UPDATE ledger_head SET seq = seq + 1"))
        counted = text("UPDATE record SET version = version + 1 WHERE id = :id")
        connection.execute(counted, {"id": one})
    return one


def test_no_migration_is_left_without_a_way_back(root: Path) -> None:
    for path in sorted(root.glob("migrations/versions/*.py")):
        way_back = path.read_text().partition("def downgrade")[2]
        assert len(way_back.strip().splitlines()) > 1, path.name
        assert "pass" not in way_back.split(), path.name
