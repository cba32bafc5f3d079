"""The keys of second factors are encrypted; an account may have a new address that waits to be
confirmed. From here on the book tells of terms and reading conventions."""

import base64
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app, has_app_context

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEYS = sa.table("second_factor", sa.column("account_id"), sa.column("secret"))
FORGOTTEN = "DELETE FROM change WHERE subject IN ('term', 'convention')"
SEALED = "base32, encrypted; the codes are computed of it"


def upgrade() -> None:
    with op.batch_alter_table("second_factor") as table:
        table.alter_column(
            "secret",
            existing_type=sa.String(64),
            type_=sa.Text(),
            existing_nullable=False,
            comment=SEALED,
            existing_comment="base32; the codes are computed of it",
        )
    _each_key(lambda fernet, text: fernet.encrypt(text.encode()).decode())
    with op.batch_alter_table("account") as table:
        table.add_column(
            sa.Column("new_email", sa.String(254), comment="waits until its link is followed")
        )
    _purposes("invitation, reset", "invitation, reset, email")


def downgrade() -> None:
    _forget()
    _purposes("invitation, reset, email", "invitation, reset")
    op.execute("DELETE FROM one_time_link WHERE purpose = 'email'")
    with op.batch_alter_table("account") as table:
        table.drop_column("new_email")
    _each_key(lambda fernet, text: fernet.decrypt(text.encode()).decode())
    with op.batch_alter_table("second_factor") as table:
        table.alter_column(
            "secret",
            existing_type=sa.Text(),
            type_=sa.String(64),
            existing_nullable=False,
            comment="base32; the codes are computed of it",
            existing_comment=SEALED,
        )


def _forget() -> None:
    """What came before knows no terms and conventions in the book. Its triggers let nothing go."""
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


def _purposes(old: str, new: str) -> None:
    with op.batch_alter_table("one_time_link") as table:
        table.alter_column(
            "purpose",
            existing_type=sa.String(10),
            existing_nullable=False,
            comment=new,
            existing_comment=old,
        )


def _each_key(turned: Callable[[Fernet, str], str]) -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(KEYS.c.account_id, KEYS.c.secret)).all()
    if not rows:
        return
    if not has_app_context():
        raise RuntimeError("Run this with `flask --app wsgi`: the keys need its SECRET_KEY.")
    fernet = Fernet(_derived(current_app.config["SECRET_KEY"]))
    for account, secret in rows:
        try:
            values = {"secret": turned(fernet, secret)}
        except InvalidToken as error:
            raise RuntimeError(
                "A key of a second factor was encrypted with another SECRET_KEY. Set that one."
            ) from error
        connection.execute(sa.update(KEYS).where(KEYS.c.account_id == account).values(**values))


def _derived(secret: str) -> bytes:
    """As `registry/factors/sealing.py` derives it."""
    made = HKDF(SHA256(), 32, salt=None, info=b"second factors").derive(secret.encode())
    return base64.urlsafe_b64encode(made)
