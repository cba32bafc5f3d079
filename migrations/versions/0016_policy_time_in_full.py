"""Policy time in full: moves of terms, days to look again, recesses of each Chamber, anchors."""

import sqlalchemy as sa
from alembic import op

from registry.db import Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
WINDOW = "uq_reading_convention_window"
REVIEWED = ("commitment", "milestone", "initiative_status")


def upgrade() -> None:
    for parent in ("commitment", "milestone"):
        _moves(parent)
    for table in REVIEWED:
        op.add_column(table, sa.Column("review_on", sa.Date()))
        op.add_column(table, sa.Column("review_by", sa.Text()))
    _chambers()
    _anchors()


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


def _chambers() -> None:
    """What is known is of the Tweede Kamer, whose recess was all that could be entered."""
    comment = "whose recess: house, senate"
    op.add_column("reading_convention", sa.Column("chamber", sa.String(6), comment=comment))
    op.execute("UPDATE reading_convention SET chamber = 'house' WHERE year IS NOT NULL")
    _distinct(["word", "year"], ["word", "year", "chamber"])


def _distinct(old: list[str], new: list[str]) -> None:
    """Another unique constraint. SQLite writes the table anew, and would lose the partial index."""
    before, after = (f"uq_reading_convention_{'_'.join(names)}" for names in (old, new))
    op.drop_index(WINDOW, "reading_convention")
    with op.batch_alter_table("reading_convention") as batch:
        batch.drop_constraint(op.f(before), type_="unique")
        batch.create_unique_constraint(op.f(after), new)
    every = sa.text("year IS NULL")
    op.create_index(
        WINDOW,
        "reading_convention",
        ["word"],
        unique=True,
        sqlite_where=every,
        postgresql_where=every,
    )


def _anchors() -> None:
    op.create_table(
        "policy_confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(120), nullable=False, comment="of the date in its JSON"),
        sa.Column("words", sa.Text(), nullable=False, comment="as they were when confirmed"),
        sa.Column("anchor", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer()),
        sa.Column("confirmed_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            ondelete="SET NULL",
            name=op.f("fk_policy_confirmation_account_id_account"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            ondelete="CASCADE",
            name=op.f("fk_policy_confirmation_record_id_record"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_confirmation")),
        sa.UniqueConstraint(
            "record_id", "path", name=op.f("uq_policy_confirmation_record_id_path")
        ),
    )
    op.create_index(
        op.f("ix_policy_confirmation_account_id"), "policy_confirmation", ["account_id"]
    )


def downgrade() -> None:
    op.drop_table("policy_confirmation")
    op.execute("DELETE FROM reading_convention WHERE chamber = 'senate'")
    _distinct(["word", "year", "chamber"], ["word", "year"])
    op.drop_column("reading_convention", "chamber")
    for table in REVIEWED:
        for name in ("review_by", "review_on"):
            op.drop_column(table, name)
    for parent in ("milestone", "commitment"):
        op.drop_table(f"{parent}_move")
