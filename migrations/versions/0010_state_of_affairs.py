"""The state of affairs: reports of records, what they rest on, and rounds that ask for them."""

import sqlalchemy as sa
from alembic import op

from registry.db import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _key(
    table: str, column: str, to: str, *, ondelete: str = "RESTRICT"
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], ondelete=ondelete, name=name)


def upgrade() -> None:
    _updates()
    _evidence()
    _rounds()
    _reminders()
    _snapshots()
    _files()


def _updates() -> None:
    op.create_table(
        "record_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("reason", sa.String(20), comment="why it is behind"),
        sa.Column("reason_words", sa.Text()),
        sa.Column("replaces_id", sa.Integer()),
        sa.Column(
            "organisation_id",
            sa.Integer(),
            comment="for which organisation it was reported; empty: the secretariat",
        ),
        sa.Column("actor_id", sa.Integer()),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("reported_at", Moment(), nullable=False),
        sa.Column(
            "released_at", Moment(), comment="from when readers outside the core group see it"
        ),
        _key("record_update", "record_id", "record"),
        _key("record_update", "replaces_id", "record_update"),
        _key("record_update", "organisation_id", "record"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_update")),
        sa.UniqueConstraint("key", name=op.f("uq_record_update_key")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_record_update_replaces_id")),
    )
    op.create_index(op.f("ix_record_update_series"), "record_update", ["record_id", "day", "id"])
    op.create_index(op.f("ix_record_update_organisation_id"), "record_update", ["organisation_id"])


def _evidence() -> None:
    op.create_table(
        "update_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("link", sa.Text()),
        sa.Column("document_id", sa.Integer()),
        sa.Column("passage_id", sa.Integer()),
        _key("update_evidence", "update_id", "record_update", ondelete="CASCADE"),
        _key("update_evidence", "document_id", "document"),
        _key("update_evidence", "passage_id", "passage"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_evidence")),
        sa.UniqueConstraint("update_id", "key", name=op.f("uq_update_evidence_update_id_key")),
    )
    op.create_index(op.f("ix_update_evidence_document_id"), "update_evidence", ["document_id"])
    op.create_index(op.f("ix_update_evidence_passage_id"), "update_evidence", ["passage_id"])


def _rounds() -> None:
    op.create_table(
        "reporting_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False, comment="the first day of the period"),
        sa.Column("ends", sa.Date(), nullable=False, comment="the last day of the period"),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False, comment="{kinds, themes, organisations}"),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("closed_at", Moment()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_round")),
        sa.UniqueConstraint("key", name=op.f("uq_reporting_round_key")),
    )
    op.create_index(op.f("ix_reporting_round_closed_at"), "reporting_round", ["closed_at"])
    op.create_table(
        "round_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer()),
        _key("round_item", "round_id", "reporting_round", ondelete="CASCADE"),
        _key("round_item", "record_id", "record"),
        _key("round_item", "organisation_id", "record"),
        _key("round_item", "update_id", "record_update"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_item")),
        sa.UniqueConstraint(
            "round_id",
            "record_id",
            "organisation_id",
            name=op.f("uq_round_item_round_id_record_id_organisation_id"),
        ),
    )
    for name in ("record_id", "organisation_id", "update_id"):
        op.create_index(op.f(f"ix_round_item_{name}"), "round_item", [name])


def _reminders() -> None:
    op.create_table(
        "round_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sent_at", Moment(), nullable=False),
        _key("round_reminder", "round_id", "reporting_round", ondelete="CASCADE"),
        _key("round_reminder", "organisation_id", "record"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_reminder")),
        sa.UniqueConstraint(
            "round_id", "account_id", "day", name=op.f("uq_round_reminder_round_id_account_id_day")
        ),
    )


def _snapshots() -> None:
    op.create_table(
        "round_snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False, comment="{record, updates}"),
        _key("round_snapshot", "round_id", "reporting_round", ondelete="CASCADE"),
        _key("round_snapshot", "record_id", "record"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_snapshot")),
        sa.UniqueConstraint(
            "round_id", "record_id", name=op.f("uq_round_snapshot_round_id_record_id")
        ),
    )
    op.create_index(op.f("ix_round_snapshot_record_id"), "round_snapshot", ["record_id"])


def _files() -> None:
    op.create_table(
        "update_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="as it was called, made safe"),
        sa.Column("extension", sa.String(4), nullable=False, comment="by its content"),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("stored", sa.String(32), nullable=False, comment="its name in the folder"),
        sa.Column("added_at", Moment(), nullable=False),
        _key("update_file", "update_id", "record_update", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_file")),
        sa.UniqueConstraint("key", name=op.f("uq_update_file_key")),
        sa.UniqueConstraint("stored", name=op.f("uq_update_file_stored")),
    )
    op.create_index(op.f("ix_update_file_update_id"), "update_file", ["update_id"])


def downgrade() -> None:
    op.drop_table("update_file")
    for name in ("round_snapshot", "round_reminder", "round_item", "reporting_round"):
        op.drop_table(name)
    op.drop_table("update_evidence")
    op.drop_table("record_update")
