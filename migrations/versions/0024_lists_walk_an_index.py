"""A list by change walks one index and stops; what a list is narrowed by leads to the parent."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

SOUGHT = (
    ("participation", "partner_id"),
    ("initiative_theme", "theme_id"),
    ("initiative_sector", "sector_id"),
    ("initiative_group", "group_id"),
    ("initiative_cause", "cause_id"),
)


def upgrade() -> None:
    # Led by the state and the audience, the index gave no order to who may see more than one.
    op.drop_index("ix_record_list", table_name="record")
    op.create_index("ix_record_list", "record", ["kind", "last_seq"])
    for table, key in SOUGHT:
        op.drop_index(f"ix_{table}_{key}", table_name=table)
        op.create_index(f"ix_{table}_{key}_parent_id", table, [key, "parent_id"])


def downgrade() -> None:
    for table, key in SOUGHT:
        op.drop_index(f"ix_{table}_{key}_parent_id", table_name=table)
        op.create_index(f"ix_{table}_{key}", table, [key])
    op.drop_index("ix_record_list", table_name="record")
    op.create_index("ix_record_list", "record", ["kind", "state", "audience", "last_seq"])
