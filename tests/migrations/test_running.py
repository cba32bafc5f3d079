"""How migrations run, on a folder of migrations made for the occasion: children survive the
recreation of their parent's table, and what fails leaves nothing behind."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from registry import create_app, migrations
from tests import databases

FIRST = """
    op.create_table("house", sa.Column("id", sa.Integer, primary_key=True),
                    sa.Column("name", sa.String(20)))
    op.create_table("room", sa.Column("id", sa.Integer, primary_key=True),
                    sa.Column("house_id", sa.Integer, sa.ForeignKey(
                        "house.id", ondelete="CASCADE", name="fk_room_house_id_house")))
"""
CHANGED = """
    with op.batch_alter_table("house") as house:
        house.alter_column("name", type_=sa.Text, existing_type=sa.String(20))
        house.add_column(sa.Column("colour", sa.Text))
"""
CHANGED_BACK = """
    with op.batch_alter_table("house") as house:
        house.drop_column("colour")
        house.alter_column("name", type_=sa.String(20), existing_type=sa.Text)
"""
FAILS = """
    op.create_table("garden", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("UPDATE house SET name = 'half'")
    raise ZeroDivisionError
"""
Write = Callable[..., None]


@pytest.fixture
def write(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a migration into a folder of this test: `write("0002", up=…, down=…)`."""
    shutil.copy(root / "migrations/env.py", tmp_path)
    (tmp_path / "versions").mkdir()
    monkeypatch.setattr(migrations, "FOLDER", tmp_path)

    def write(number: str, *, up: str, down: str = "\n    pass\n") -> None:
        below = f"{int(number) - 1:04d}"
        (tmp_path / f"versions/{number}_made.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n\n"
            f"revision = {number!r}\n"
            f"down_revision = {None if number == '0001' else below!r}\n\n"
            f"def upgrade():{up}\n\ndef downgrade():{down}\n"
        )

    write("0001", up=FIRST)
    return write


@pytest.fixture
def engine(engine_url: str, write: Write) -> Iterator[Engine]:
    """A database with a house of two rooms."""
    engine: Engine = create_app(databases.settings(engine_url)).extensions["engine"]
    migrations.upgrade(engine)
    with engine.execution_options(write=True).begin() as connection:
        connection.execute(text("INSERT INTO house (id, name) VALUES (1, 'home')"))
        connection.execute(text("INSERT INTO room (id, house_id) VALUES (1, 1), (2, 1)"))
    yield engine
    engine.dispose()


def ask(engine: Engine, query: str) -> object:
    with engine.connect() as connection:
        return connection.scalar(text(query))


def test_children_survive_when_their_parent_changes(engine: Engine, write: Write) -> None:
    write("0002", up=CHANGED, down=CHANGED_BACK)
    migrations.upgrade(engine)
    assert ask(engine, "SELECT count(*) FROM room") == 2
    migrations.downgrade(engine, "0001")
    assert ask(engine, "SELECT count(*) FROM room") == 2
    assert ask(engine, "SELECT name FROM house") == "home"


def test_what_fails_leaves_nothing_behind(engine: Engine, write: Write) -> None:
    write("0002", up=CHANGED, down=CHANGED_BACK)
    write("0003", up=FAILS)
    with pytest.raises(ZeroDivisionError):
        migrations.upgrade(engine)
    assert sorted(inspect(engine).get_table_names()) == ["alembic_version", "house", "room"]
    assert [c["name"] for c in inspect(engine).get_columns("house")] == ["id", "name"]
    assert ask(engine, "SELECT version_num FROM alembic_version") == "0001"
    assert ask(engine, "SELECT name FROM house") == "home"


def test_after_a_failure_the_mended_migration_runs(engine: Engine, write: Write) -> None:
    write("0002", up=FAILS)
    with pytest.raises(ZeroDivisionError):
        migrations.upgrade(engine)
    write("0002", up=CHANGED)
    migrations.upgrade(engine)
    assert ask(engine, "SELECT version_num FROM alembic_version") == "0002"


@pytest.mark.parametrize("fails", [False, True])
@databases.on_sqlite
def test_foreign_keys_count_again_afterwards(engine: Engine, write: Write, *, fails: bool) -> None:
    write("0002", up=FAILS if fails else CHANGED)
    try:
        migrations.upgrade(engine)
    except ZeroDivisionError:
        assert fails
    assert ask(engine, "PRAGMA foreign_keys") == 1


@databases.on_sqlite
def test_a_migration_that_orphans_rows_is_refused(engine: Engine, write: Write) -> None:
    write("0002", up="\n    op.execute('DELETE FROM house')\n")
    with pytest.raises(RuntimeError, match="rows without their parent"):
        migrations.upgrade(engine)
    assert ask(engine, "SELECT count(*) FROM house") == 1
    assert ask(engine, "SELECT version_num FROM alembic_version") == "0001"
