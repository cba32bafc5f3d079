"""Meetings: agenda, attendance, decisions and action points."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

LINKS = {
    "meeting_agenda": {"by_id": "partner"},
    "meeting_attendance": {"partner_id": "partner"},
    "meeting_decision": {"theme_id": "theme", "initiative_id": "initiative"},
    "meeting_action": {"owner_id": "partner", "commitment_id": "commitment"},
}


def _policy_date(name: str) -> list[Any]:
    return [
        sa.Column(f"{name}_text", sa.Text()),
        sa.Column(f"{name}_earliest", sa.Date()),
        sa.Column(f"{name}_latest", sa.Date()),
        sa.Column(f"{name}_kind", sa.String(12)),
        sa.Column(f"{name}_anchor", sa.Date()),
    ]


def _link(table: str, column: str, to: str, ondelete: str = "RESTRICT") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def _rows(table: str, *columns: Any) -> None:
    """The table of a nested list of a meeting, with what it points at."""
    links = LINKS[table]
    op.create_table(
        table,
        *columns,
        *(sa.Column(name, sa.Integer()) for name in links),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        *(_link(table, name, to) for name, to in links.items()),
        _link(table, "parent_id", "meeting", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("parent_id", "key", name=op.f(f"uq_{table}_parent_id_key")),
    )
    for name in links:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("title", sa.Text(), nullable=False),
        *_policy_date("when"),
        sa.Column("place", sa.Text()),
        sa.Column("kind", sa.String(20)),
        sa.Column("minutes_id", sa.Integer()),
        sa.Column("notes", sa.Text()),
        sa.Column("internal_notes", sa.Text()),
        sa.Column("id", sa.Integer(), nullable=False),
        _link("meeting", "id", "record"),
        _link("meeting", "minutes_id", "document"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index(op.f("ix_meeting_kind"), "meeting", ["kind"])
    op.create_index(op.f("ix_meeting_minutes_id"), "meeting", ["minutes_id"])
    title, text = (sa.Column(name, sa.Text(), nullable=False) for name in ("title", "text"))
    _rows("meeting_agenda", title, sa.Column("note", sa.Text()))
    _rows(
        "meeting_attendance",
        sa.Column("person", sa.Text(), comment="who it was, in words"),
        sa.Column("presence", sa.String(12), nullable=False),
    )
    _rows("meeting_decision", text, sa.Column("note", sa.Text()))
    _rows(
        "meeting_action",
        sa.Column("text", sa.Text(), nullable=False),
        *_policy_date("due"),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("decision", sa.Integer(), comment="the number of the decision, from 1"),
    )


def downgrade() -> None:
    for table in reversed(LINKS):
        op.drop_table(table)
    op.drop_table("meeting")
    # Their identities stay, as the book of changes points at them: nobody sees them any more.
    op.execute(
        "UPDATE record SET deleted_at = updated_at WHERE kind = 'meeting' AND deleted_at IS NULL"
    )
