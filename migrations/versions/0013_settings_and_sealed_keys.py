"""The book of changes also tells of vocabularies and reading conventions; the keys of second
factors are encrypted; an account may have a new address that waits to be confirmed."""

import base64
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app, has_app_context

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None

KEYS = sa.table("second_factor", sa.column("account_id"), sa.column("secret"))
OF_RECORD = "empty: of a vocabulary or a reading convention"
NAMED = "of the record; or the list, or the word"
SEALED = "base32, encrypted; the codes are computed of it"


def upgrade() -> None:
    _of_record(nullable=True)
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
    count = sa.text("SELECT count(*) FROM change WHERE record_id IS NULL")
    if op.get_bind().scalar(count):
        raise RuntimeError(
            "The book of changes holds changes of vocabularies or reading conventions, and it is "
            "append-only: the tables before this migration cannot hold them."
        )
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
    _of_record(nullable=False)


def _of_record(*, nullable: bool) -> None:
    """SQLite makes the table anew, without its triggers: they are read before and made again."""
    connection = op.get_bind()
    triggers: list[str] = []
    if connection.dialect.name == "sqlite":
        query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'change'"
        triggers = list(connection.scalars(sa.text(query)))
    with op.batch_alter_table("change") as table:
        table.alter_column(
            "record_id",
            existing_type=sa.Integer(),
            nullable=nullable,
            comment=OF_RECORD if nullable else None,
            existing_comment=None if nullable else OF_RECORD,
        )
        table.alter_column(
            "reference",
            existing_type=sa.String(20),
            existing_nullable=False,
            comment=NAMED if nullable else None,
            existing_comment=None if nullable else NAMED,
        )
    for trigger in triggers:
        op.execute(trigger)


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
