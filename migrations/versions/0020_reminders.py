"""Reminders: rules, preferences, pauses, what was sent, and what waits to be escalated."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from registry.db import Moment

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None
FORGOTTEN = "DELETE FROM change WHERE subject = 'reminder'"
TABLES = ("escalation", "line", "mail", "pause", "preference", "day", "rule")


def upgrade() -> None:
    _settings()
    _mail()
    _lines()
    _escalations()
    with op.batch_alter_table("round_reminder") as table:
        table.add_column(sa.Column("outbox_id", sa.Integer()))
        table.create_foreign_key(
            op.f("fk_round_reminder_outbox_id_outbox"),
            "outbox",
            ["outbox_id"],
            ["id"],
            ondelete="SET NULL",
        )
        table.create_index(op.f("ix_round_reminder_outbox_id"), ["outbox_id"])


def _key(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def _settings() -> None:
    op.create_table(
        "reminder_rule",
        sa.Column("code", sa.String(10), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("days", sa.Integer(), comment="how many days before"),
        sa.Column("every", sa.Integer(), comment="again after so many days"),
        sa.Column("most", sa.Integer(), comment="how many times in all"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_reminder_rule")),
    )
    op.create_table(
        "reminder_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_reminder_day")),
    )
    op.create_table(
        "reminder_preference",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False, comment="one mail a day with everything"),
        sa.Column("paused_until", sa.Date(), comment="the last day without reminders"),
        sa.Column(
            "refused_address",
            sa.Text(),
            comment="a mail server refused it; another address ends that",
        ),
        sa.Column("refused_why", sa.Text()),
        sa.Column("refused_at", Moment()),
        _key("reminder_preference", "account_id", "account", "CASCADE"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_reminder_preference")),
    )
    op.create_table(
        "reminder_pause",
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.Date(), comment="the last day of it; empty: until further"),
        sa.Column("reason", sa.Text(), nullable=False),
        _key("reminder_pause", "record_id", "record", "CASCADE"),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_reminder_pause")),
    )


def _mail() -> None:
    op.create_table(
        "reminder_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.Integer()),
        _key("reminder_mail", "account_id", "account", "CASCADE"),
        _key("reminder_mail", "outbox_id", "outbox", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_mail")),
        sa.UniqueConstraint(
            "account_id", "day", "part", name=op.f("uq_reminder_mail_account_id_day_part")
        ),
    )
    op.create_index(op.f("ix_reminder_mail_outbox_id"), "reminder_mail", ["outbox_id"])


def _lines() -> None:
    op.create_table(
        "reminder_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        *_about(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False, comment="queued, paused, held or dropped"),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Integer()),
        sa.Column("made_at", Moment(), nullable=False),
        _key("reminder_line", "account_id", "account", "CASCADE"),
        _key("reminder_line", "record_id", "record", "RESTRICT"),
        _key("reminder_line", "organisation_id", "record", "RESTRICT"),
        _key("reminder_line", "mail_id", "reminder_mail", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_line")),
        sa.UniqueConstraint(
            "account_id",
            "record_id",
            "rule",
            "term",
            "number",
            name=op.f("uq_reminder_line_account_id_record_id_rule_term_number"),
        ),
    )
    for column in ("record_id", "organisation_id", "mail_id"):
        op.create_index(op.f(f"ix_reminder_line_{column}"), "reminder_line", [column])
    op.create_index("ix_reminder_line_day", "reminder_line", ["day", "id"])


def _about() -> list[sa.Column[Any]]:
    term = "the days of the term, or of the report"
    return [
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(10), nullable=False),
        sa.Column("term", sa.String(40), nullable=False, comment=term),
        sa.Column("words", sa.Text(), comment="the term as it was written"),
    ]


def _escalations() -> None:
    op.create_table(
        "reminder_escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        *_about(),
        sa.Column("since", sa.Date(), nullable=False, comment="since when it is so"),
        sa.Column("day", sa.Date(), nullable=False, comment="when it was prepared"),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text(), comment="why it was not sent"),
        _key("reminder_escalation", "record_id", "record", "RESTRICT"),
        _key("reminder_escalation", "organisation_id", "record", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_escalation")),
        sa.UniqueConstraint("key", name=op.f("uq_reminder_escalation_key")),
        sa.UniqueConstraint(
            "record_id",
            "organisation_id",
            "rule",
            "term",
            name=op.f("uq_reminder_escalation_record_id_organisation_id_rule_term"),
        ),
    )
    for column in ("organisation_id", "state"):
        op.create_index(op.f(f"ix_reminder_escalation_{column}"), "reminder_escalation", [column])


def downgrade() -> None:
    with op.batch_alter_table("round_reminder") as table:
        table.drop_index(op.f("ix_round_reminder_outbox_id"))
        table.drop_constraint(op.f("fk_round_reminder_outbox_id_outbox"), type_="foreignkey")
        table.drop_column("outbox_id")
    _forget()
    for name in TABLES:
        op.drop_table(f"reminder_{name}")


def _forget() -> None:
    """What came before knows no reminders in the book. Its triggers let nothing go."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'change'"
        triggers = connection.execute(sa.text(query)).all()
        for name, _ in triggers:
            op.execute(f"DROP TRIGGER {name}")
        op.execute(FORGOTTEN)
        for _, made in triggers:
            op.execute(made)
        return
    op.execute("ALTER TABLE change DISABLE TRIGGER USER")
    op.execute(FORGOTTEN)
    op.execute("ALTER TABLE change ENABLE TRIGGER USER")
