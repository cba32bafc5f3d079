"""Long work that outlives a request."""

import sqlalchemy as sa
from alembic import op

from registry.db import Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
UNENDED = sa.text("state IN ('waiting', 'running')")


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("door", sa.String(10), nullable=False, comment="by which it was asked"),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("work", sa.String(40), nullable=False, comment="what is to be done"),
        sa.Column("about", sa.String(80), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("onward", sa.Text(), nullable=False, comment="the page that shows what was done"),
        sa.Column("back", sa.Text(), nullable=False, comment="the page to go to where it was not"),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", Moment(), comment="when another worker may take it"),
        sa.Column("words", sa.JSON(), comment="how it ended: [Dutch, English]"),
        sa.Column("result", sa.JSON()),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("started_at", Moment()),
        sa.Column("ended_at", Moment()),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            ondelete="CASCADE",
            name=op.f("fk_job_account_id_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    op.create_index(op.f("ix_job_account_id"), "job", ["account_id"])
    op.create_index("ix_job_state_id", "job", ["state", "id"])
    op.create_index(
        "ix_job_about",
        "job",
        ["about"],
        unique=True,
        sqlite_where=UNENDED,
        postgresql_where=UNENDED,
    )


def downgrade() -> None:
    op.drop_table("job")
