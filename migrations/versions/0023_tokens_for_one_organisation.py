"""A token acts for one organisation where that was chosen, as does the work that it asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

SCOPES = "public, read, write: never more than the account may"
ACTED_FOR = "the only one that it acts for; empty: all of the account's"
ASKED_FOR = "the only one that was acted for; empty: all of the account's"
NARROW = "DELETE FROM token WHERE scope = 'public' OR organisation_id IS NOT NULL"
UNDONE = "DELETE FROM job WHERE organisation_id IS NOT NULL AND ended_at IS NULL"


def upgrade() -> None:
    with op.batch_alter_table("token") as table:
        table.alter_column("scope", existing_type=sa.String(5), type_=sa.String(10), comment=SCOPES)
    _point("token", ACTED_FOR)
    _point("job", ASKED_FOR)


def _point(name: str, comment: str) -> None:
    with op.batch_alter_table(name) as table:
        table.add_column(sa.Column("organisation_id", sa.Integer(), comment=comment))
        table.create_foreign_key(
            op.f(f"fk_{name}_organisation_id_record"),
            "record",
            ["organisation_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        table.create_index(op.f(f"ix_{name}_organisation_id"), ["organisation_id"])


def downgrade() -> None:
    op.execute(NARROW)  # before, they would open more than they were made for
    op.execute(UNDONE)
    for name in ("job", "token"):
        with op.batch_alter_table(name) as table:
            table.drop_index(op.f(f"ix_{name}_organisation_id"))
            table.drop_constraint(op.f(f"fk_{name}_organisation_id_record"), type_="foreignkey")
            table.drop_column("organisation_id")
    with op.batch_alter_table("token") as table:
        table.alter_column(
            "scope", existing_type=sa.String(10), type_=sa.String(5), comment="read, write"
        )
