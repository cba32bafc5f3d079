"""A vague word has one window: the unique constraint did not see rows without a year."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAME = "uq_reading_convention_window"


def upgrade() -> None:
    # Of windows that were entered twice the last one is what people saw: it stays.
    op.execute(
        "DELETE FROM reading_convention WHERE year IS NULL AND id NOT IN ("
        "SELECT max(id) FROM reading_convention WHERE year IS NULL GROUP BY word)"
    )
    op.create_index(
        NAME,
        "reading_convention",
        ["word"],
        unique=True,
        sqlite_where=sa.text("year IS NULL"),
        postgresql_where=sa.text("year IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(NAME, table_name="reading_convention")
