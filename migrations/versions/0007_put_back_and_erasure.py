"""A change says which version it put back; one open erasure may overwrite values of the book."""

import sqlalchemy as sa
from alembic import op

import registry.db

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEPT = "seq record_id reference version restored_version at door action".split()
OPEN = "EXISTS (SELECT 1 FROM erasure WHERE closed_at IS NULL)"
REFUSED = "the book of changes is append-only"
SAME_LENGTH = "json_array_length(new.changes) = json_array_length(old.changes)"


def _sqlite_guard(condition: str = "") -> None:
    op.execute("DROP TRIGGER change_no_update")
    op.execute(
        f"CREATE TRIGGER change_no_update BEFORE UPDATE ON change {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    )


def _postgresql_guard(exception: str = "") -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION change_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {exception} RAISE EXCEPTION '{REFUSED}'; END $$"
    )


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opened_at", registry.db.Moment(length=27), nullable=False),
        sa.Column(
            "closed_at",
            registry.db.Moment(length=27),
            nullable=True,
            comment="while it is empty, values of the book may be overwritten",
        ),
        sa.Column("actor_name", sa.Text(), nullable=False, comment="who erased"),
        sa.Column("changes", sa.Integer(), nullable=False, comment="how many rows of the book"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.add_column(
        "change",
        sa.Column(
            "restored_version",
            sa.Integer(),
            nullable=True,
            comment="the earlier version that this change put back",
        ),
    )
    if op.get_bind().dialect.name == "sqlite":
        kept = " AND ".join(f"new.{name} IS old.{name}" for name in KEPT)
        _sqlite_guard(f"WHEN NOT ({OPEN} AND {kept} AND {SAME_LENGTH})")
        return
    kept = " AND ".join(f"new.{name} IS NOT DISTINCT FROM old.{name}" for name in KEPT)
    # On TRUNCATE there is no old row, and the condition is not looked at.
    _postgresql_guard(
        f"IF TG_OP = 'UPDATE' THEN IF {OPEN} AND {kept} AND {SAME_LENGTH} "
        "THEN RETURN new; END IF; END IF;"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_guard()
    else:
        _postgresql_guard()
    op.drop_column("change", "restored_version")
    op.drop_table("erasure")
