"""A record says what it was merged into; an erasure may reach the log of accounts, too."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

REFUSED = "the log of accounts is append-only"
OPEN = "EXISTS (SELECT 1 FROM erasure WHERE closed_at IS NULL)"
MERGED = "fk_record_merged_into_id_record"
ERASED = "empty: it was erased"
KEPT = "id at door what".split()


def _guard(condition: str = "") -> None:
    """Write the triggers: `condition` is where an update may pass."""
    if op.get_bind().dialect.name == "sqlite":
        guarded = f"WHEN NOT ({condition})" if condition else ""
        for verb, when in (("update", guarded), ("delete", "")):
            op.execute(f"DROP TRIGGER IF EXISTS account_event_no_{verb}")
            op.execute(
                f"CREATE TRIGGER account_event_no_{verb} BEFORE {verb} ON account_event {when} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            )
        return
    passing = f"IF TG_OP = 'UPDATE' THEN IF {condition} THEN RETURN new; END IF; END IF;"
    op.execute(
        "CREATE OR REPLACE FUNCTION account_event_append_only() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN {passing if condition else ''} RAISE EXCEPTION '{REFUSED}'; END $$"
    )


def _may_be_nobody(*, nullable: bool) -> None:
    comments = (None, ERASED) if nullable else (ERASED, None)
    with op.batch_alter_table("account_event") as batch:
        batch.alter_column(
            "account_id",
            existing_type=sa.Integer(),
            nullable=nullable,
            existing_comment=comments[0],
            comment=comments[1],
        )


def upgrade() -> None:
    _merging()
    _may_be_nobody(nullable=True)
    same = "IS" if op.get_bind().dialect.name == "sqlite" else "IS NOT DISTINCT FROM"
    kept = " AND ".join(f"new.{name} {same} old.{name}" for name in KEPT)
    whose = f"(new.account_id IS NULL OR new.account_id {same} old.account_id)"
    _guard(f"{OPEN} AND {kept} AND {whose}")


def _merging() -> None:
    with op.batch_alter_table("record") as batch:
        batch.add_column(
            sa.Column(
                "merged_into_id",
                sa.Integer(),
                nullable=True,
                comment="the record of the same thing that stayed",
            )
        )
        batch.create_foreign_key(
            op.f(MERGED), "record", ["merged_into_id"], ["id"], ondelete="RESTRICT"
        )
        batch.create_index(op.f("ix_record_merged_into_id"), ["merged_into_id"])


def downgrade() -> None:
    with op.batch_alter_table("record") as batch:
        batch.drop_index(op.f("ix_record_merged_into_id"))
        batch.drop_constraint(op.f(MERGED), type_="foreignkey")
        batch.drop_column("merged_into_id")
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        op.execute("DROP TRIGGER account_event_no_delete")
    else:
        op.execute("ALTER TABLE account_event DISABLE TRIGGER USER")
    op.execute("DELETE FROM account_event WHERE account_id IS NULL")
    if not sqlite:
        op.execute("ALTER TABLE account_event ENABLE TRIGGER USER")
    _may_be_nobody(nullable=False)
    _guard()
