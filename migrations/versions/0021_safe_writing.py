"""Conditional and safe writing: keys of requests with what was answered, and whose the systems are
in which records have another name."""

import sqlalchemy as sa
from alembic import op

from registry.db import Moment

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _keys()
    op.create_table(
        "foreign_system",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), comment="empty: the secretariat"),
        sa.Column("claimed_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["record.id"],
            name=op.f("fk_foreign_system_organisation_id_record"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_foreign_system")),
    )
    op.create_index(
        op.f("ix_foreign_system_organisation_id"), "foreign_system", ["organisation_id"]
    )


def _keys() -> None:
    op.create_table(
        "idempotency_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("request", sa.String(64), nullable=False, comment="SHA-256 of what was asked"),
        sa.Column("lease", sa.String(16), nullable=False, comment="of who is at work on it"),
        sa.Column("lease_until", Moment(), nullable=False),
        sa.Column("begun_at", Moment(), nullable=False),
        sa.Column("done_at", Moment(), comment="empty: it is being done, or was cut off"),
        sa.Column("parts", sa.JSON(), nullable=False, comment="of a batch: what is done so far"),
        sa.Column("status", sa.Integer()),
        sa.Column("headers", sa.JSON()),
        sa.Column("body", sa.Text(), comment="empty when done: it was erased"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_idempotency_key_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotency_key")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_idempotency_key_account_id_key")),
    )
    op.create_index(op.f("ix_idempotency_key_begun_at"), "idempotency_key", ["begun_at"])


def downgrade() -> None:
    op.drop_table("foreign_system")
    op.drop_table("idempotency_key")
