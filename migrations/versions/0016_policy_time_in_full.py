"""Policy time in full: every move of a term, and the day to look at it again."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None
REVIEWED = ("commitment", "milestone", "initiative_status")


def upgrade() -> None:
    for parent in ("commitment", "milestone"):
        _moves(parent)
    for table in REVIEWED:
        op.add_column(table, sa.Column("review_on", sa.Date()))
        op.add_column(table, sa.Column("review_by", sa.Text()))


def _moves(parent: str) -> None:
    table = f"{parent}_move"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(12), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("when", sa.Date()),
        sa.Column("document_id", sa.Integer()),
        *_policy_date("from"),
        *_policy_date("to"),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            ondelete="RESTRICT",
            name=op.f(f"fk_{table}_document_id_document"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            [f"{parent}.id"],
            ondelete="CASCADE",
            name=op.f(f"fk_{table}_parent_id_{parent}"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("parent_id", "key", name=op.f(f"uq_{table}_parent_id_key")),
        *(
            sa.CheckConstraint(
                f'"{name}_earliest" <= "{name}_latest"', name=op.f(f"ck_{table}_{name}_window")
            )
            for name in ("from", "to")
        ),
    )
    op.create_index(op.f(f"ix_{table}_document_id"), table, ["document_id"])


def _policy_date(name: str) -> list[sa.Column[object]]:
    return [
        sa.Column(f"{name}_text", sa.Text()),
        sa.Column(f"{name}_earliest", sa.Date()),
        sa.Column(f"{name}_latest", sa.Date()),
        sa.Column(f"{name}_kind", sa.String(12)),
        sa.Column(f"{name}_anchor", sa.Date()),
    ]


def downgrade() -> None:
    for table in REVIEWED:
        for name in ("review_by", "review_on"):
            op.drop_column(table, name)
    for parent in ("milestone", "commitment"):
        op.drop_table(f"{parent}_move")
