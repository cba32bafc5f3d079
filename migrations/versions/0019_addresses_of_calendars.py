"""Private addresses of calendars."""

import sqlalchemy as sa
from alembic import op

from registry.db import Moment

revision = "0019"
down_revision = "0017"
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


def downgrade() -> None:
    op.drop_table("calendar_address")
