"""Who submitted and who judged, and changes of published records that wait to be judged."""

import sqlalchemy as sa
from alembic import op

from registry.db import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PEOPLE = ("submitter_id", "reviewer_id")


def upgrade() -> None:
    with op.batch_alter_table("record") as batch:
        for name in PEOPLE:
            batch.add_column(sa.Column(name, sa.Integer()))
            batch.create_foreign_key(
                op.f(f"fk_record_{name}_account"), "account", [name], ["id"], ondelete="SET NULL"
            )
        batch.add_column(sa.Column("submitted_at", Moment()))
        batch.add_column(sa.Column("reviewed_at", Moment()))
        batch.add_column(sa.Column("review_note", sa.Text(), comment="why it was returned"))
    _revisions()


def _revisions() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column(
            "base_version", sa.Integer(), nullable=False, comment="the version that the author saw"
        ),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("author_id", sa.Integer()),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("author_rights", sa.JSON(), nullable=False, comment="{roles, organisations}"),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("note", sa.Text(), comment="why it was returned"),
        sa.Column("reviewer_id", sa.Integer()),
        sa.Column("reviewer_name", sa.Text()),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.Column("reviewed_at", Moment()),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            ondelete="RESTRICT",
            name=op.f("fk_revision_record_id_record"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["account.id"],
            ondelete="SET NULL",
            name=op.f("fk_revision_author_id_account"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"],
            ["account.id"],
            ondelete="SET NULL",
            name=op.f("fk_revision_reviewer_id_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("key", name=op.f("uq_revision_key")),
    )
    op.create_index(op.f("ix_revision_record_id"), "revision", ["record_id"])
    op.create_index(op.f("ix_revision_author_id"), "revision", ["author_id"])
    op.create_index(op.f("ix_revision_state_record"), "revision", ["state", "record_id"])


def downgrade() -> None:
    op.drop_table("revision")
    with op.batch_alter_table("record") as batch:
        for name in PEOPLE:
            batch.drop_constraint(op.f(f"fk_record_{name}_account"), type_="foreignkey")
            batch.drop_column(name)
        for name in ("submitted_at", "reviewed_at", "review_note"):
            batch.drop_column(name)
