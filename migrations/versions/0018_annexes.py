"""Annexes to progress letters, what was said of their lines, and what was frozen; documents that
are still to come, and the commitments that come back in them."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from registry.db import Moment

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

FROZEN = "an annex that was frozen stays as it is"
FREEZE = "annex_freeze"
NEW = (
    *(FREEZE, "annex_line", "annex_section", "annex_strength"),
    *("annex_organisation", "annex_theme", "annex_indicator"),
)
LINKS = {
    "letter_id": "document",
    "previous_letter_id": "document",
    "previous_annex_id": "annex",
}


def _key(
    table: str, column: str, to: str, *, ondelete: str = "RESTRICT"
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], ondelete=ondelete, name=name)


def _days(name: str) -> Iterator[sa.Column[Any]]:
    yield sa.Column(f"{name}_text", sa.Text())
    yield sa.Column(f"{name}_earliest", sa.Date())
    yield sa.Column(f"{name}_latest", sa.Date())
    yield sa.Column(f"{name}_kind", sa.String(12))
    yield sa.Column(f"{name}_anchor", sa.Date())


def _nested(table: str, *columns: Any, links: dict[str, str] | None = None) -> None:
    op.create_table(
        table,
        *columns,
        *(_key(table, column, to) for column, to in (links or {}).items()),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        _key(table, "parent_id", "annex", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("parent_id", "key", name=op.f(f"uq_{table}_parent_id_key")),
    )
    for column in links or {}:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    _coming()
    _annexes()
    _lines()
    _frozen()


def _coming() -> None:
    with op.batch_alter_table("document") as table:
        flag = sa.Boolean()
        no = sa.false()
        comment = "it is still to be sent"
        table.add_column(
            sa.Column("planned", flag, nullable=False, server_default=no, comment=comment)
        )
        for column in _days("expected"):
            table.add_column(column)
        table.create_check_constraint(
            op.f("ck_document_expected_window"), "expected_earliest <= expected_latest"
        )
    with op.batch_alter_table("document") as table:
        table.alter_column("planned", server_default=None)
    with op.batch_alter_table("commitment") as table:
        table.add_column(sa.Column("expected_in_id", sa.Integer()))
        table.create_index(op.f("ix_commitment_expected_in_id"), ["expected_in_id"])
        name = op.f("fk_commitment_expected_in_id_document")
        table.create_foreign_key(name, "document", ["expected_in_id"], ["id"], ondelete="RESTRICT")


def _annexes() -> None:
    op.create_table(
        "annex",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text()),
        sa.Column("as_of", sa.Date(), nullable=False),
        *(sa.Column(column, sa.Integer()) for column in LINKS),
        sa.Column("dossier", sa.String(10)),
        sa.Column("introduction", sa.Text()),
        sa.Column("introduction_en", sa.Text()),
        sa.Column("id", sa.Integer(), nullable=False),
        _key("annex", "id", "record"),
        *(_key("annex", column, to) for column, to in LINKS.items()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annex")),
    )
    for column in LINKS:
        op.create_index(op.f(f"ix_annex_{column}"), "annex", [column])
    number = sa.Integer()
    _nested(
        "annex_theme", sa.Column("theme_id", number, nullable=False), links={"theme_id": "theme"}
    )
    _nested(
        "annex_organisation",
        sa.Column("partner_id", number, nullable=False),
        links={"partner_id": "partner"},
    )
    _nested(
        "annex_indicator",
        sa.Column("indicator_id", number, nullable=False),
        links={"indicator_id": "indicator"},
    )
    _nested("annex_strength", sa.Column("strength", sa.String(20), nullable=False))
    _nested(
        "annex_section",
        sa.Column("section", sa.String(12), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("heading", "heading_en", "text", "text_en")),
        sa.Column("omitted", sa.Boolean(), nullable=False),
    )


def _lines() -> None:
    table = "annex_line"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("annex_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), comment="empty: the last report that was released"),
        sa.Column("agreement", sa.String(10), nullable=False),
        sa.Column("remark", sa.Text()),
        sa.Column("actor_id", sa.Integer(), comment="who took the last step of agreement"),
        sa.Column("actor_name", sa.Text()),
        sa.Column(
            "organisation_id",
            sa.Integer(),
            comment="for which organisation; empty: the secretariat",
        ),
        sa.Column("stepped_at", Moment()),
        sa.Column(
            "update_key",
            sa.String(24),
            comment="the report that was agreed to, where the text is empty",
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        _key(table, "annex_id", "annex"),
        _key(table, "record_id", "record"),
        _key(table, "organisation_id", "record"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("annex_id", "record_id", name=op.f(f"uq_{table}_annex_id_record_id")),
    )
    for column in ("record_id", "organisation_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _frozen() -> None:
    op.create_table(
        FREEZE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("annex_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False, comment="2021-1: the first of its year"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("frozen_at", Moment(), nullable=False),
        sa.Column(
            "content",
            sa.JSON(),
            nullable=False,
            comment="the whole annex, as a member of the core group saw it",
        ),
        sa.Column(
            "sha256", sa.String(64), nullable=False, comment="of the content as canonical JSON"
        ),
        sa.Column(
            "unagreed",
            sa.Integer(),
            nullable=False,
            comment="how many lines nobody had agreed to",
        ),
        _key(FREEZE, "annex_id", "annex"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{FREEZE}")),
        sa.UniqueConstraint("annex_id", name=op.f(f"uq_{FREEZE}_annex_id")),
        sa.UniqueConstraint("number", name=op.f(f"uq_{FREEZE}_number")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {FREEZE}_no_{verb} BEFORE {verb.upper()} ON {FREEZE} "
                f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {FREEZE}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{FROZEN}'; END $$"
    )
    for when, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER {FREEZE}_no_{when.split()[0].lower()} BEFORE {when} ON {FREEZE} "
            f"FOR EACH {each} EXECUTE FUNCTION {FREEZE}_frozen()"
        )


def downgrade() -> None:
    for name in (*NEW, "annex"):
        op.drop_table(name)
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"DROP FUNCTION {FREEZE}_frozen")
    # Their identities stay, as the book of changes points at them: nobody sees them any more.
    op.execute(
        "UPDATE record SET deleted_at = updated_at WHERE kind = 'annex' AND deleted_at IS NULL"
    )
    with op.batch_alter_table("commitment") as table:
        table.drop_constraint(op.f("fk_commitment_expected_in_id_document"), type_="foreignkey")
        table.drop_index(op.f("ix_commitment_expected_in_id"))
        table.drop_column("expected_in_id")
    with op.batch_alter_table("document") as table:
        table.drop_constraint(op.f("ck_document_expected_window"), type_="check")
        for column in reversed([*_days("expected")]):
            table.drop_column(column.name)
        table.drop_column("planned")
