"""Bare instances of the extensions; create_app binds them to an app."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, g, has_request_context, request
from flask_babel import Babel
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

READING = ("GET", "HEAD", "OPTIONS")
"""The methods of requests that change nothing."""
BEGUN = ("session", "connection")
"""What an app context reads and writes with, as far as it was asked for."""
PATIENCE = 10.0  # seconds that who is to write on SQLite waits for others
ASK_AGAIN = 0.004  # seconds
BUSY = 5000  # milliseconds that SQLite waits by itself, in what was not known to write


class Database:
    """One engine per app and one session per app context.

    On SQLite every transaction of a writing request starts with BEGIN IMMEDIATE, until its change
    stands: two deferred transactions that both read before they write lose an update or fail at
    once.
    """

    def init_app(self, app: Flask) -> None:
        url = app.config["DATABASE_URL"]
        lite = url.startswith("sqlite")
        # A value with a name is bound once, however often a statement asks for it.
        named = {"paramstyle": "named"} if lite else {}
        engine = create_engine(url, pool_pre_ping=not lite, **named)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        else:
            event.listen(engine, "connect", _prepare_postgresql)
        app.extensions["database"] = self
        app.extensions["engine"] = engine
        # One for reading and one for writing, once: making either for every request is dear.
        app.extensions["engines"] = {
            # A rollback makes psycopg forget the statements that it prepared on a connection.
            False: engine.execution_options(**({} if lite else {"isolation_level": "AUTOCOMMIT"})),
            True: engine.execution_options(write=True) if lite else engine,
        }
        app.extensions["connection"] = None
        app.teardown_appcontext(self._close)

    @property
    def engine(self) -> Engine:
        from flask import current_app

        engine: Engine = current_app.extensions["engine"]
        return engine

    @property
    def session(self) -> Session:
        """The session of this app context, opened at first use."""
        if "session" not in g:
            g.session = self._open()
        session: Session = g.session
        return session

    def _open(self) -> Session:
        if (reading := g.get("connection")) is not None:
            return Session(reading, expire_on_commit=False, join_transaction_mode="control_fully")
        return self._made(self._engine(not _only_reads()), expire_on_commit=False)

    @staticmethod
    def _made(engine: Engine, **how: Any) -> Session:
        from flask import current_app

        connection: Connection | None = current_app.extensions["connection"]
        if connection is not None:  # a test that rolls everything back
            return Session(connection, join_transaction_mode="create_savepoint", **how)
        return Session(engine, **how)

    @property
    def connection(self) -> Connection:
        """The connection of this app context, to read with where nothing needs a session, which
        costs more to make than most questions; a session that comes later is on it too."""
        from flask import current_app

        connection: Connection | None = g.get("connection")
        if connection is not None:
            return connection
        if "session" in g or current_app.extensions["connection"] or not _only_reads():
            return self.session.connection()
        g.connection = connection = self._engine(False).connect()
        return connection

    @staticmethod
    def rest() -> None:
        """Let go of what this app context reads, and of what it wrote and did not commit."""
        for name in BEGUN:
            if (held := g.get(name)) is not None:
                held.rollback()

    @staticmethod
    def _engine(writing: bool) -> Engine:  # noqa: FBT001  # the key of one of two
        from flask import current_app

        engine: Engine = current_app.extensions["engines"][writing]
        return engine

    def done(self, current: Session) -> None:
        """Let what a request reads after its change, such as for its answer, wait for nobody who
        writes: a change that stands would else be answered with a refusal."""
        if has_request_context() and current.bind is self._engine(True):
            current.bind = self._engine(False)

    def change(self, current: Session) -> None:
        """Let a session that has only read so far take its turn to write, in a transaction."""
        if current.bind is self._engine(False) or current.bind is g.get("connection"):
            current.commit()  # what was loaded stays
            current.bind = self._engine(True)
            if (reading := g.pop("connection", None)) is not None:
                reading.close()

    @contextmanager
    def aside(self) -> Iterator[Session]:
        """A short transaction that writes, beside the reading one of this request."""
        with self._made(self._engine(True)) as short:
            yield short
            short.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to read with for longer than this request, in one transaction: what is sent
        while it is read."""
        with self._made(self.engine) as made:
            yield made

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Let a block read the database as it is at its first question, however long it takes;
        nobody who writes waits for it."""
        engine = self.engine
        if engine.dialect.name == "postgresql":
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            engine = engine.execution_options(**options)
        made = self._made(engine)
        before = {name: g.pop(name) for name in BEGUN if name in g}
        g.session = made
        try:
            yield made
        finally:
            made.close()
            del g.session
            for name, held in before.items():
                setattr(g, name, held)

    @staticmethod
    def _close(_error: BaseException | None) -> None:
        for name in BEGUN:
            if (held := g.pop(name, None)) is not None:
                held.close()


def _only_reads() -> bool:
    return has_request_context() and request.method in READING


def _prepare_sqlite(connection: object, _record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # we BEGIN ourselves
    for pragma in (
        "foreign_keys=ON",
        "journal_mode=WAL",
        f"busy_timeout={BUSY}",
        "synchronous=NORMAL",
        # A page of fifty touches thousands of pages: reading each by a call took half of its time.
        "mmap_size=2147418112",
        "cache_size=-32000",
    ):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


def _prepare_postgresql(connection: Any, _record: object) -> None:
    connection.execute(
        # A page is some hundred small questions by key. Compiled to machine code, read from the
        # start of a table or merged with the whole of another, each takes twice its time.
        "SELECT set_config('jit', 'off', false), set_config('random_page_cost', '1.1', false),"
        " set_config('enable_mergejoin', 'off', false)"
    )
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection  # past all that a statement costs
    if not connection.get_execution_options().get("write"):
        driver.execute("BEGIN")
        return
    driver.execute("PRAGMA busy_timeout=0")
    try:
        if not _turn(driver):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # refused in the words of the toolkit
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY}")


def _turn(driver: Any) -> bool:
    """Whether the lock came free within PATIENCE. SQLite has who waits sleep longer and longer, so
    that whoever comes later goes first; where all ask as often, all have the same chance."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                return False
            time.sleep(ASK_AGAIN)
        else:
            return True
    return False


database = Database()
login = LoginManager()
csrf = CSRFProtect()
babel = Babel()
