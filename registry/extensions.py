"""Bare instances of the extensions; create_app binds them to an app."""

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


class Database:
    """One engine per app and one session per app context.

    On SQLite every transaction of a writing request starts with BEGIN IMMEDIATE: two deferred
    transactions that both read before they write lose an update or fail at once.
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
        app.extensions["database"] = self
        app.extensions["engine"] = engine
        # One for reading and one for writing, once: making either for every request is dear.
        app.extensions["engines"] = {w: engine.execution_options(write=w) for w in (False, True)}
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
        from flask import current_app

        connection: Connection | None = current_app.extensions["connection"]
        if connection is not None:  # a test that rolls everything back
            return Session(
                connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
            )
        if (reading := g.get("connection")) is not None:
            return Session(reading, expire_on_commit=False, join_transaction_mode="control_fully")
        return Session(self._engine(not _only_reads()), expire_on_commit=False)

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

    @contextmanager
    def aside(self) -> Iterator[Session]:
        """A short transaction that writes, beside the reading one of this request."""
        from flask import current_app

        connection: Connection | None = current_app.extensions["connection"]
        if connection is None:
            made = Session(self._engine(True))
        else:
            made = Session(connection, join_transaction_mode="create_savepoint")
        with made as short:
            yield short
            short.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to read with for longer than this request: what is sent while it is read."""
        from flask import current_app

        connection: Connection | None = current_app.extensions["connection"]
        if connection is None:
            made = Session(self._engine(False))
        else:
            made = Session(connection, join_transaction_mode="create_savepoint")
        with made:
            yield made

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Let a block read the database as it is at its first question, however long it takes;
        nobody who writes waits for it."""
        from flask import current_app

        connection: Connection | None = current_app.extensions["connection"]
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        if connection is not None:
            made = Session(connection, join_transaction_mode="create_savepoint")
        elif self.engine.dialect.name == "postgresql":
            made = Session(self.engine.execution_options(**options))
        else:
            made = Session(self._engine(False))
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
        "busy_timeout=5000",
        "synchronous=NORMAL",
        # A page of fifty touches thousands of pages: reading each by a call took half of its time.
        "mmap_size=2147418112",
        "cache_size=-32000",
    ):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("write"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # it may wait, and be refused
        return
    driver: Any = connection.connection.driver_connection  # past all that a statement costs
    driver.execute("BEGIN")


database = Database()
login = LoginManager()
csrf = CSRFProtect()
babel = Babel()
