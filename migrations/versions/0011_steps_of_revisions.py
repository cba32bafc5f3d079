"""A proposal keeps what became of it, step by step: its record's history is for every reader."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    told = "[{at, action, account, by, door, fields, note}]"
    steps = sa.Column("steps", sa.JSON(), nullable=False, server_default="[]", comment=told)
    op.add_column("revision", steps)
    with op.batch_alter_table("revision") as table:
        table.alter_column("steps", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("revision") as table:
        table.drop_column("steps")
