"""Private addresses of calendars, and the times of meetings that stand in them."""

import sqlalchemy as sa
from alembic import op

from registry.db import Moment

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("last_used_at", Moment(), comment="to the hour"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            ondelete="CASCADE",
            name=op.f("fk_calendar_address_account_id_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_address")),
        sa.UniqueConstraint("account_id", name=op.f("uq_calendar_address_account_id")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_address_digest")),
    )
    with op.batch_alter_table("meeting") as table:
        for name in ("start_time", "end_time"):
            table.add_column(sa.Column(name, sa.String(5), comment="HH:MM, Dutch time"))


def downgrade() -> None:
    with op.batch_alter_table("meeting") as table:
        for name in ("end_time", "start_time"):
            table.drop_column(name)
    op.drop_table("calendar_address")
