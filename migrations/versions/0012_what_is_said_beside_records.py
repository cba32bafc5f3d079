"""The book tells of reports and rounds beside the records; what was reported, added and frozen is
kept as it is by triggers, but for what a merger moves and an open erasure takes away."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEPT = "seq record_id reference version restored_version at door action".split()
SUBJECT = ("subject", "subject_key")
NAMED = "of the record; without one, the key of the subject"
BOOK = "the book of changes is append-only"
SERIES = "what was reported stays as it is"
FROZEN = "what was frozen stays as it is"
ROUND = "a round is opened and closed once"
OPEN = "EXISTS (SELECT 1 FROM erasure WHERE closed_at IS NULL)"
SAME_LENGTH = "json_array_length(new.changes) = json_array_length(old.changes)"

# Per table: why it is refused, and per column when it may change. Other columns never do.
ONCE = "old.{0} IS NULL AND new.{0} IS NOT NULL"
MOVED = "EXISTS (SELECT 1 FROM record WHERE id = old.{0} AND merged_into_id = new.{0})"
SAME_WORDS = (
    "EXISTS (SELECT 1 FROM passage a JOIN passage b ON a.quote = b.quote "
    "WHERE a.id = old.{0} AND b.id = new.{0})"
)
CLOSING = "old.closed_at IS NULL AND new.closed_at IS NOT NULL"
GUARDED = {
    "record_update": (
        SERIES,
        "id key day state reason replaces_id reported_at".split(),
        {
            "record_id": MOVED,
            "organisation_id": MOVED,
            "released_at": ONCE,
            **dict.fromkeys(("text", "reason_words", "actor_id", "actor_name"), OPEN),
        },
    ),
    "update_evidence": (
        SERIES,
        "id key position update_id".split(),
        {"document_id": MOVED, "passage_id": SAME_WORDS, "why": OPEN, "link": OPEN},
    ),
    "update_file": (
        SERIES,
        "id key update_id extension size sha256 stored added_at".split(),
        {"why": OPEN, "name": OPEN},
    ),
    "round_snapshot": (FROZEN, "id round_id record_id".split(), {"content": OPEN}),
    "reporting_round": (
        ROUND,
        "id key starts ends deadline opened_at".split(),
        {
            "closed_at": CLOSING,
            **dict.fromkeys(("closed_actor_id", "closed_actor_name"), f"({CLOSING} OR {OPEN})"),
            **dict.fromkeys(("title", "scope", "opened_actor_id", "opened_actor_name"), OPEN),
        },
    ),
}
JSON = ("content", "scope")


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _same(name: str) -> str:
    if _sqlite():
        return f"new.{name} IS old.{name}"
    cast = "::text" if name in JSON else ""
    return f"new.{name}{cast} IS NOT DISTINCT FROM old.{name}{cast}"


def _passing(kept: list[str], free: dict[str, str]) -> str:
    parts = [_same(name) for name in kept]
    parts += [f"({_same(name)} OR {when.format(name)})" for name, when in free.items()]
    return " AND ".join(parts)


def upgrade() -> None:
    with op.batch_alter_table("change") as batch:
        batch.alter_column(
            "record_id",
            existing_type=sa.Integer(),
            nullable=True,
            comment="empty: it is about no record",
        )
        batch.alter_column(
            "reference",
            existing_type=sa.String(20),
            type_=sa.String(64),
            existing_nullable=False,
            comment=NAMED,
        )
        batch.add_column(
            sa.Column(
                "subject",
                sa.String(10),
                comment="what was changed beside the record; empty: the record itself",
            )
        )
        batch.add_column(sa.Column("subject_key", sa.String(64)))
        batch.create_index(op.f("ix_change_subject"), [*SUBJECT])
    for verb, comment in (("opened", "who opened it"), ("closed", "who closed it")):
        op.add_column("reporting_round", sa.Column(f"{verb}_actor_id", sa.Integer()))
        name = sa.Column(f"{verb}_actor_name", sa.Text(), comment=comment)
        op.add_column("reporting_round", name)
    _guard_the_book([*KEPT, *SUBJECT])
    for table, (refused, kept, free) in GUARDED.items():
        _guard(table, refused, _passing(kept, free))


def _guard(table: str, refused: str, passing: str) -> None:
    if _sqlite():
        for statement in _sqlite_guard(table, refused, passing):
            op.execute(statement)
        return
    op.execute(
        f"CREATE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'UPDATE' THEN IF {passing} THEN RETURN new; END IF; END IF; "
        f"RAISE EXCEPTION '{refused}'; END $$"
    )
    for name, when, each in (
        ("no_update", "UPDATE OR DELETE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_{name} BEFORE {when} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {table}_kept()"
        )


def _sqlite_guard(table: str, refused: str, passing: str) -> Iterator[str]:
    for verb, when in (("update", f"WHEN NOT ({passing})"), ("delete", "")):
        yield (
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} {when} "
            f"BEGIN SELECT RAISE(ABORT, '{refused}'); END"
        )


def _guard_the_book(kept: list[str]) -> None:
    """Write its triggers anew: on SQLite they went with the table that was made anew."""
    passing = " AND ".join([OPEN, *map(_same, kept), SAME_LENGTH])
    if _sqlite():
        for statement in _sqlite_guard("change", BOOK, passing):
            op.execute(statement)
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION change_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF TG_OP = 'UPDATE' THEN IF {passing} THEN RETURN new; END IF; END IF; "
        f"RAISE EXCEPTION '{BOOK}'; END $$"
    )


def downgrade() -> None:
    for table in GUARDED:
        _unguard(table)
    _forget()
    if not _sqlite():  # the columns that its condition names are about to go
        _guard_the_book(KEPT)
    with op.batch_alter_table("change") as batch:
        batch.drop_index(op.f("ix_change_subject"))
        for name in SUBJECT:
            batch.drop_column(name)
        batch.alter_column("record_id", existing_type=sa.Integer(), nullable=False)
        batch.alter_column(
            "reference",
            existing_type=sa.String(64),
            type_=sa.String(20),
            existing_nullable=False,
        )
    if not _sqlite():
        for name in ("record_id", "reference"):
            op.alter_column("change", name, comment=None)
    else:
        _guard_the_book(KEPT)
    with op.batch_alter_table("reporting_round") as batch:
        for verb in ("opened", "closed"):
            batch.drop_column(f"{verb}_actor_id")
            batch.drop_column(f"{verb}_actor_name")


def _unguard(table: str) -> None:
    if _sqlite():
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{verb}")
        return
    for name in ("no_update", "no_truncate"):
        op.execute(f"DROP TRIGGER {table}_{name} ON {table}")
    op.execute(f"DROP FUNCTION {table}_kept()")


def _forget() -> None:
    """The book of before has no room for what was said beside records."""
    if _sqlite():
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER change_no_{verb}")
    else:
        op.execute("ALTER TABLE change DISABLE TRIGGER USER")
    op.execute(
        "UPDATE outbox SET seq = NULL "
        "WHERE seq IN (SELECT seq FROM change WHERE subject IS NOT NULL)"
    )
    op.execute("DELETE FROM change WHERE subject IS NOT NULL")
    if not _sqlite():
        op.execute("ALTER TABLE change ENABLE TRIGGER USER")
