"""Several writers at once: no update is lost, no number skipped, and nobody reads a gap."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from registry import editing, extensions
from registry.access import Actor
from registry.command import command
from registry.db import connection
from registry.db import session as current
from registry.errors import Invalid, Stale
from registry.extensions import database
from registry.initiatives.models import Initiative
from registry.initiatives.schemas import INITIATIVE
from registry.ledger import Change, LedgerHead, Unaudited
from registry.partners.models import Partner
from registry.partners.schemas import PARTNER
from registry.record import Record
from tests import databases, people
from tests.factories import Make

WRITERS, TIMES = 4, 12


@pytest.fixture
def secretariat(fresh_app: Flask) -> Actor:
    with fresh_app.app_context():
        return people.actors()["secretariat"]


@pytest.fixture
def at_once(fresh_app: Flask) -> Iterator[Callable[[Callable[[int], int]], int]]:
    """Run `work(n)` in several threads that start together; the sum of what they return."""
    with ThreadPoolExecutor(WRITERS) as pool:

        def run(work: Callable[[int], int]) -> int:
            start = Barrier(WRITERS)

            def one(number: int) -> int:
                start.wait(10)
                return work(number)

            return sum(pool.map(one, range(WRITERS)))

        yield run


def test_numbers_have_no_gap_at_any_moment(
    fresh_app: Flask, secretariat: Actor, at_once: Callable[[Callable[[int], int]], int]
) -> None:
    done, gaps = Event(), []

    def read() -> None:
        while not done.is_set():
            with fresh_app.test_request_context():
                query = select(func.count(), func.coalesce(func.max(Change.seq), 0))
                count, highest = current().execute(query).one()
                gaps.extend([(count, highest)] if count != highest else [])

    def write(_number: int) -> int:
        for _ in range(TIMES):
            with fresh_app.app_context():
                editing.create(secretariat, INITIATIVE, {"title": "Tegelijk"})
        return TIMES

    with ThreadPoolExecutor(1) as reader:
        reading = reader.submit(read)
        try:
            assert at_once(write) == WRITERS * TIMES
        finally:
            done.set()
        reading.result()
    assert gaps == []
    with fresh_app.app_context():
        numbers = list(current().scalars(select(Change.seq).order_by(Change.seq)))
        assert numbers == list(range(1, len(numbers) + 1))
        assert current().scalar(select(LedgerHead.seq)) == len(numbers)


def test_references_are_each_given_once(
    fresh_app: Flask, secretariat: Actor, at_once: Callable[[Callable[[int], int]], int]
) -> None:
    def write(_number: int) -> int:
        for _ in range(TIMES):
            with fresh_app.app_context():
                editing.create(secretariat, INITIATIVE, {"title": "Tegelijk"})
        return 0

    at_once(write)
    with fresh_app.app_context():
        found = {e.reference for e in current().scalars(select(Initiative))}
    assert found == {f"INI-{n:04d}" for n in range(1, WRITERS * TIMES + 1)}


def test_no_update_is_lost(
    fresh_app: Flask, secretariat: Actor, at_once: Callable[[Callable[[int], int]], int]
) -> None:
    """Each adds one to a number that it read in the same request, again when it comes too late."""
    with fresh_app.app_context():
        reference = Make(fresh_app, people.actors()).reference("initiative", summary="0")

    def add(_number: int) -> int:
        added = 0
        while added < TIMES // 2:
            with fresh_app.app_context():
                entity = editing.one(INITIATIVE, secretariat, reference)
                payload = {"summary": str(int(entity.summary) + 1)}
                try:
                    editing.revise(secretariat, INITIATIVE, entity, payload)
                except Stale:
                    continue
                added += 1
        return added

    total = at_once(add)
    with fresh_app.app_context():
        entity = editing.one(INITIATIVE, secretariat, reference)
        assert int(entity.summary) == total == WRITERS * (TIMES // 2)


@pytest.mark.parametrize(
    ("pragma", "value"), [("foreign_keys", 1), ("journal_mode", "wal"), ("busy_timeout", 5000)]
)
@databases.on_sqlite
def test_sqlite_is_set_up_for_writers_and_readers(
    fresh_app: Flask, pragma: str, value: object
) -> None:
    with fresh_app.app_context():
        assert current().scalar(text(f"PRAGMA {pragma}")) == value


@pytest.mark.parametrize(
    ("method", "begins"), [("GET", "BEGIN"), ("HEAD", "BEGIN"), ("POST", "BEGIN IMMEDIATE"),
                           ("PATCH", "BEGIN IMMEDIATE"), ("DELETE", "BEGIN IMMEDIATE")]
)  # fmt: skip
@databases.on_sqlite
def test_only_what_writes_waits_for_the_lock(fresh_app: Flask, method: str, begins: str) -> None:
    with fresh_app.test_request_context(method=method):
        locked = database_is_locked(fresh_app)
    assert locked == (begins == "BEGIN IMMEDIATE")


def database_is_locked(app: Flask) -> bool:
    """Whether this request keeps another connection from writing."""
    current().execute(text("SELECT 1"))
    with app.extensions["engine"].connect() as other:
        other.exec_driver_sql("PRAGMA busy_timeout=0")
        try:
            other.execute(text("UPDATE ledger_head SET seq = seq"))
        except Exception as error:
            return "locked" in str(error)
        finally:
            other.rollback()
            other.exec_driver_sql("PRAGMA busy_timeout=5000")
    return False


@databases.on_sqlite
def test_patience_ends_and_the_next_has_its_turn(
    fresh_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extensions, "PATIENCE", 0.02)
    with fresh_app.extensions["engines"][True].connect() as long:
        long.exec_driver_sql("SELECT 1")
        with fresh_app.app_context(), pytest.raises(OperationalError, match="locked"):
            current().execute(text("SELECT 1"))
    with fresh_app.app_context():
        assert current().scalar(text("PRAGMA busy_timeout")) == extensions.BUSY


def test_two_writers_do_not_close_a_circle_together(
    fresh_app: Flask, secretariat: Actor, at_once: Callable[[Callable[[int], int]], int]
) -> None:
    with fresh_app.app_context():
        make = Make(fresh_app, {"secretariat": secretariat})
        ring = [make.reference("partner") for _ in range(WRITERS)]

    def point_at_the_next(number: int) -> int:
        with fresh_app.app_context():
            entity = editing.one(PARTNER, secretariat, ring[number])
            try:
                editing.revise(secretariat, PARTNER, entity, {"parent": ring[number - 1]})
            except Invalid:
                return 0
            return 1

    assert at_once(point_at_the_next) == WRITERS - 1


@databases.on_postgresql
def test_who_waits_for_a_record_keeps_nobody_from_writing(
    fresh_app: Flask, secretariat: Actor
) -> None:
    """One changes a record for long, such as a list that is read in; one waits for that record."""
    with fresh_app.app_context():
        reference = Make(fresh_app, people.actors()).reference("initiative")

    def revise() -> None:
        with fresh_app.app_context():
            entity = editing.one(INITIATIVE, secretariat, reference)
            editing.revise(secretariat, INITIATIVE, entity, {"summary": "Later"})

    with ThreadPoolExecutor(1) as pool, fresh_app.extensions["engine"].connect() as long:
        long.execute(text("UPDATE record SET title = title"))
        waiting = pool.submit(revise)
        try:
            while not long.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                assert not waiting.done()
            with fresh_app.app_context():
                current().execute(text("SET lock_timeout = '2s'"))
                editing.create(secretariat, INITIATIVE, {"title": "Intussen"})
        finally:
            long.rollback()
        waiting.result(10)


@databases.on_postgresql
def test_of_two_who_wait_for_each_other_one_is_told_that_it_was_changed(
    fresh_app: Flask, secretariat: Actor, at_once: Callable[[Callable[[int], int]], int]
) -> None:
    """Of one record, a title is held before the summary, and a summary before the record."""
    with fresh_app.app_context():
        reference = Make(fresh_app, people.actors()).reference("initiative")

    def change(number: int) -> int:
        with fresh_app.app_context():
            current().execute(text("SET LOCAL deadlock_timeout = '50ms'"))
            entity = editing.one(INITIATIVE, secretariat, reference)
            name = ("title", "summary")[number % 2]
            try:
                editing.revise(secretariat, INITIATIVE, entity, {name: f"van {number}"})
            except Stale:
                return 0
            return 1

    assert sum(at_once(change) for _ in range(4)) >= 4


@pytest.mark.parametrize("first", ["nothing", "a session", "a connection"])
def test_a_change_by_a_request_that_reads_happens_whole_or_not_at_all(
    fresh_app: Flask, secretariat: Actor, first: str
) -> None:
    @command
    def broken_off(actor: Actor) -> None:
        editing.create(actor, PARTNER, {"name": "Half"})
        current().flush()
        raise Invalid({})

    with fresh_app.test_request_context():
        if first == "a session":
            current().scalar(select(func.count(Change.seq)))
        elif first == "a connection":
            connection().execute(select(func.count(Change.seq)))
        with pytest.raises(Invalid):
            broken_off(secretariat)
    with fresh_app.app_context():
        left = select(func.count(Record.id)).where(Record.title == "Half")
        assert current().scalar(left) == 0


def test_what_a_request_that_reads_changes_past_the_commands_is_not_kept(
    fresh_app: Flask, secretariat: Actor
) -> None:
    with fresh_app.app_context():
        made = editing.create(secretariat, PARTNER, {"name": "Whole"}).id
    with fresh_app.test_request_context():
        current().get_one(Partner, made).name = "Broken"
        with pytest.raises(Unaudited):
            current().commit()
    with fresh_app.app_context():
        assert current().get_one(Partner, made).name == "Whole"


def test_what_is_read_as_a_snapshot_is_of_one_moment(fresh_app: Flask, secretariat: Actor) -> None:
    count = select(func.count(Record.id)).where(Record.title == "Later")
    with fresh_app.app_context():
        with database.snapshot() as reading:
            assert reading.scalar(count) == 0
            with ThreadPoolExecutor(1) as pool:
                pool.submit(register, fresh_app, secretariat, "Later").result(20)
            assert reading.scalar(count) == 0
            many = reading.scalars(select(Record.id).execution_options(yield_per=1))
            assert len([*many]) > 1
        assert current().scalar(count) == 1


def register(app: Flask, actor: Actor, name: str) -> None:
    with app.app_context():
        editing.create(actor, PARTNER, {"name": name})
