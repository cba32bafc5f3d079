"""How a migration runs: on SQLite with foreign keys off, as recreating a table would otherwise
delete the children of its rows, and checked afterwards; on both inside one transaction."""

from alembic import context
from sqlalchemy import Connection, Engine

from registry.db import Base

GENERATED = ("search_fts", "ix_search_entry_words")  # made by hand in migrations, per engine


def _ours(name: str | None, _kind: str, _parents: object) -> bool:
    return not (name or "").startswith(GENERATED)


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        include_name=_ours,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            _refuse_orphans(connection)


def _refuse_orphans(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"rows without their parent after migrating: {broken[:5]}")


def _sqlite(engine: Engine) -> None:
    with engine.execution_options(write=True).connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            _run(connection)
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


engine: Engine = context.config.attributes["engine"]
if engine.dialect.name == "sqlite":
    _sqlite(engine)
else:
    with engine.connect() as connection:
        _run(connection)
