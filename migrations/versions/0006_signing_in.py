"""Sessions, attempts, links, second steps and the log of accounts; tokens get a scope."""

import sqlalchemy as sa
from alembic import op

import registry.db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SQLITE = tuple(
    f"""CREATE TRIGGER account_event_no_{verb} BEFORE {verb} ON account_event BEGIN
        SELECT RAISE(ABORT, 'the log of accounts is append-only'); END"""
    for verb in ("update", "delete")
)
POSTGRES = (
    """CREATE FUNCTION account_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the log of accounts is append-only'; END $$""",
    """CREATE TRIGGER account_event_no_update BEFORE UPDATE OR DELETE ON account_event
        FOR EACH ROW EXECUTE FUNCTION account_event_append_only()""",
    """CREATE TRIGGER account_event_no_truncate BEFORE TRUNCATE ON account_event
        FOR EACH STATEMENT EXECUTE FUNCTION account_event_append_only()""",
)


def moment(name: str, *, empty: bool = False, comment: str | None = None) -> sa.Column[object]:
    return sa.Column(name, registry.db.Moment(length=27), nullable=empty, comment=comment)


def of_account(table: str, rule: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_account_id_account")
    return sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=name, ondelete=rule)


def upgrade() -> None:
    _sessions()
    _factors()
    _links()
    _events()
    with op.batch_alter_table("account") as account:
        account.drop_column("session_key")
    with op.batch_alter_table("token") as token:
        token.add_column(moment("last_used_at", empty=True, comment="to the minute"))
        token.add_column(
            sa.Column(
                "scope",
                sa.String(length=5),
                nullable=False,
                server_default="write",
                comment="read, write",
            )
        )
    with op.batch_alter_table("token") as token:
        token.alter_column(
            "scope",
            existing_type=sa.String(length=5),
            server_default=None,
            existing_comment="read, write",
        )


def _sessions() -> None:
    op.create_table(
        "account_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "waiting",
            sa.String(length=5),
            nullable=True,
            comment="what is still asked: code, setup; empty: signed in",
        ),
        moment("created_at"),
        moment("last_seen_at"),
        moment("proven_at", comment="when a password was last given"),
        moment("expires_at"),
        sa.Column(
            "device", sa.String(length=300), nullable=False, comment="as the browser names itself"
        ),
        sa.Column("address", sa.String(length=45), nullable=False),
        of_account("account_session"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sa.UniqueConstraint("digest", name=op.f("uq_account_session_digest")),
    )
    op.create_index(op.f("ix_account_session_account_id"), "account_session", ["account_id"])
    op.create_table(
        "attempt",
        sa.Column("key", sa.String(length=64), nullable=False, comment="SHA-256 of what counts"),
        sa.Column("count", sa.Integer(), nullable=False),
        moment("since"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_since"), "attempt", ["since"])


def _factors() -> None:
    op.create_table(
        "second_factor",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "secret",
            sa.String(length=64),
            nullable=False,
            comment="base32; the codes are computed of it",
        ),
        moment("confirmed_at", empty=True),
        sa.Column(
            "last_step",
            sa.Integer(),
            nullable=False,
            comment="of the last code that was accepted",
        ),
        of_account("second_factor"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        moment("used_at", empty=True),
        of_account("recovery_code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"])
    op.create_table(
        "factor_rule",
        sa.Column("role", sa.String(length=20), nullable=False),
        moment("since"),
        sa.PrimaryKeyConstraint("role", name=op.f("pk_factor_rule")),
    )


def _links() -> None:
    op.create_table(
        "one_time_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False, comment="invitation, reset"),
        sa.Column("digest", sa.String(length=64), nullable=False),
        moment("created_at"),
        moment("expires_at"),
        moment("used_at", empty=True, comment="when it was used, or another took its place"),
        of_account("one_time_link"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_one_time_link_digest")),
    )
    op.create_index(op.f("ix_one_time_link_account_id"), "one_time_link", ["account_id"])


def _events() -> None:
    op.create_table(
        "account_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        moment("at"),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("door", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=True),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False, comment="never a secret nor an address"),
        of_account("account_event", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_event")),
    )
    op.create_index("ix_account_event_account", "account_event", ["account_id", "id"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRES:
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("token") as token:
        token.drop_column("scope")
        token.drop_column("last_used_at")
    with op.batch_alter_table("account") as account:
        account.add_column(
            sa.Column(
                "session_key",
                sa.String(length=32),
                nullable=True,
                comment="changing it signs out everywhere",
            )
        )
    sqlite = op.get_bind().dialect.name == "sqlite"
    key = "lower(hex(randomblob(16)))" if sqlite else "md5(gen_random_uuid()::text)"
    op.execute(f"UPDATE account SET session_key = {key}")  # noqa: S608  # one of two constants
    with op.batch_alter_table("account") as account:
        account.alter_column(
            "session_key",
            existing_type=sa.String(length=32),
            nullable=False,
            existing_comment="changing it signs out everywhere",
        )
    gone = "account_event one_time_link factor_rule recovery_code second_factor attempt"
    for table in (*gone.split(), "account_session"):
        op.drop_table(table)
    if not sqlite:
        op.execute("DROP FUNCTION account_event_append_only()")
