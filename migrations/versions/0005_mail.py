"""Mail from the outbox: when a row is tried, how often, why it failed; the language of a person."""

import sqlalchemy as sa
from alembic import op

import registry.db

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("seq", existing_type=sa.Integer(), nullable=True)
        outbox.add_column(
            sa.Column(
                "due_at",
                registry.db.Moment(length=27),
                nullable=True,
                comment="when it is (next) tried; empty: done, or given up",
            )
        )
        outbox.add_column(sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
        outbox.add_column(
            sa.Column("failure", sa.Text(), nullable=True, comment="why the last attempt failed")
        )
        outbox.create_index(op.f("ix_outbox_due_at"), ["due_at"])
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("attempts", existing_type=sa.Integer(), server_default=None)
    op.execute("UPDATE outbox SET due_at = created_at WHERE done_at IS NULL")
    with op.batch_alter_table("account") as account:
        account.add_column(
            sa.Column(
                "language",
                sa.String(length=2),
                nullable=False,
                server_default="nl",
                comment="of the mail that it gets",
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("account") as account:
        account.drop_column("language")
    op.execute("DELETE FROM outbox WHERE seq IS NULL")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_index(op.f("ix_outbox_due_at"))
        outbox.drop_column("failure")
        outbox.drop_column("attempts")
        outbox.drop_column("due_at")
        outbox.alter_column("seq", existing_type=sa.Integer(), nullable=False)
