"""Targets, directions and breaks of figures; views laid beside each other."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None
AIMED = (
    "direction",
    "target_value",
    "target_by_text",
    "target_by_earliest",
    "target_by_latest",
    "target_by_kind",
    "target_by_anchor",
    "target_words",
)
WINDOW = "target_by_earliest <= target_by_latest"


def upgrade() -> None:
    with op.batch_alter_table("indicator") as table:
        table.add_column(sa.Column("direction", sa.String(10), comment="which way it should go"))
        table.add_column(sa.Column("target_value", sa.Double()))
        table.add_column(sa.Column("target_by_text", sa.Text()))
        table.add_column(sa.Column("target_by_earliest", sa.Date()))
        table.add_column(sa.Column("target_by_latest", sa.Date()))
        table.add_column(sa.Column("target_by_kind", sa.String(12)))
        table.add_column(sa.Column("target_by_anchor", sa.Date()))
        table.add_column(sa.Column("target_words", sa.Text()))
        table.create_check_constraint(op.f("ck_indicator_target_by_window"), WINDOW)
    with op.batch_alter_table("observation") as table:
        table.add_column(
            sa.Column(
                "break_before",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="it cannot be compared with what came before",
            )
        )
        table.add_column(sa.Column("break_why", sa.Text()))
    with op.batch_alter_table("observation") as table:
        table.alter_column("break_before", server_default=None)
    _comparisons()


def _comparisons() -> None:
    op.create_table(
        "view_comparison",
        sa.Column("view_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(10), nullable=False),
        sa.Column("basis", sa.String(12), nullable=False),
        sa.Column("why", sa.Text()),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["standpoint.id"],
            ondelete="CASCADE",
            name=op.f("fk_view_comparison_parent_id_standpoint"),
        ),
        sa.ForeignKeyConstraint(
            ["view_id"],
            ["standpoint.id"],
            ondelete="RESTRICT",
            name=op.f("fk_view_comparison_view_id_standpoint"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_view_comparison")),
        sa.UniqueConstraint("parent_id", "key", name=op.f("uq_view_comparison_parent_id_key")),
    )
    op.create_index(op.f("ix_view_comparison_view_id"), "view_comparison", ["view_id"])


def downgrade() -> None:
    op.drop_table("view_comparison")
    with op.batch_alter_table("observation") as table:
        table.drop_column("break_why")
        table.drop_column("break_before")
    with op.batch_alter_table("indicator") as table:
        table.drop_constraint(op.f("ck_indicator_target_by_window"), type_="check")
        for name in reversed(AIMED):
            table.drop_column(name)
