"""The book says for whom a record was before each change, and whether others show what changed."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from registry.db import rfc3339

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KEPT = "seq record_id reference version restored_version at door action".split()
SUBJECT = ["subject", "subject_key"]
NEW = ["shown_before", "keeper_before_id", "elsewhere"]
OPEN = "EXISTS (SELECT 1 FROM erasure WHERE closed_at IS NULL)"
SAME_LENGTH = "json_array_length(new.changes) = json_array_length(old.changes)"
BOOK = "the book of changes is append-only"
AT_ONCE = 500
SHOWN = ("published", "archived")
WHO_SEES = {"workflow", "audience", "embargoUntil", "deletedAt"}
NAMES = {
    *("title", "titleEn", "name", "nameEn", "statement", "statementEn", "text", "textEn"),
    *("strength", "identification", "url", "abbreviation"),
}
CHANGES = (
    "SELECT seq, record_id, at, action, changes FROM change WHERE subject IS NULL "
    "AND (record_id > :record OR (record_id = :record AND seq > :seq)) "
    "ORDER BY record_id, seq LIMIT :most"
)
FILLED = (
    "UPDATE change SET shown_before = :shown, keeper_before_id = :keeper, elsewhere = :elsewhere "
    "WHERE seq = :seq"
)


def upgrade() -> None:
    shown = "for whom the record was just before; empty: it was not there"
    kept = "the organisation that kept it until this change; empty: as now"
    told = "whether other records show something of what changed"
    op.add_column("change", sa.Column("shown_before", sa.String(12), comment=shown))
    op.add_column("change", sa.Column("keeper_before_id", sa.Integer(), comment=kept))
    none: sa.Column[bool] = sa.Column(
        "elsewhere", sa.Boolean(), server_default=sa.false(), nullable=False, comment=told
    )
    op.add_column("change", none)
    _unguard()
    _fill()
    _guard([*KEPT, *SUBJECT, *NEW])
    op.create_index(
        "ix_record_embargo",
        "record",
        ["embargo_until", "reference"],
        sqlite_where=sa.text("embargo_until IS NOT NULL"),
        postgresql_where=sa.text("embargo_until IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_record_embargo", "record")
    _unguard()
    for name in reversed(NEW):
        op.drop_column("change", name)
    _guard([*KEPT, *SUBJECT])


def _fill() -> None:
    """Replay for whom each record was, and by whom it was kept."""
    connection = op.get_bind()
    organisations = {
        reference: number
        for number, reference in connection.execute(sa.text("SELECT id, reference FROM record"))
    }
    known: dict[str, Any] = {}
    of = None
    for seq, record, at, action, changes in _book(connection):
        if record != of:
            known, of = {}, record
        told = {pair["path"]: pair for pair in changes}
        keeper = told.get("keeper", {}).get("old")
        values = {
            "seq": seq,
            "shown": _shown(known, at),
            "keeper": organisations.get(keeper),
            "elsewhere": action != "create" and _elsewhere(told),
        }
        known |= {path: told[path]["new"] for path in WHO_SEES & told.keys()}
        connection.execute(sa.text(FILLED), values)


def _book(connection: sa.Connection) -> Iterator[tuple[int, int, str, str, list[dict[str, Any]]]]:
    at = {"record": 0, "seq": 0}
    while rows := connection.execute(sa.text(CHANGES), {**at, "most": AT_ONCE}).all():
        for seq, record, moment, action, changes in rows:
            told = json.loads(changes) if isinstance(changes, str) else changes
            yield seq, record, moment if isinstance(moment, str) else rfc3339(moment), action, told
        at = {"record": rows[-1].record_id, "seq": rows[-1].seq}


def _shown(known: dict[str, Any], at: str) -> str | None:
    if known.get("workflow") is None or known.get("deletedAt") is not None:
        return None
    embargo = known.get("embargoUntil")
    if known["workflow"] not in SHOWN or (embargo is not None and embargo > at):
        return "secretariat"
    return str(known.get("audience", "public"))


def _elsewhere(told: dict[str, Any]) -> bool:
    return any(path in WHO_SEES | NAMES or path.startswith("passages[") for path in told)


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _unguard() -> None:
    if _sqlite():
        op.execute("DROP TRIGGER change_no_update")
    else:  # its condition names columns that come or go
        op.execute(
            "CREATE OR REPLACE FUNCTION change_append_only() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RETURN new; END $$"
        )


def _guard(kept: list[str]) -> None:
    same = "IS" if _sqlite() else "IS NOT DISTINCT FROM"
    passing = " AND ".join([OPEN, *(f"new.{name} {same} old.{name}" for name in kept), SAME_LENGTH])
    if _sqlite():
        op.execute(
            f"CREATE TRIGGER change_no_update BEFORE UPDATE ON change WHEN NOT ({passing}) "
            f"BEGIN SELECT RAISE(ABORT, '{BOOK}'); END"
        )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION change_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF TG_OP = 'UPDATE' THEN IF {passing} THEN RETURN new; END IF; END IF; "
        f"RAISE EXCEPTION '{BOOK}'; END $$"
    )
