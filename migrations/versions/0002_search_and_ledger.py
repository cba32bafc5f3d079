"""The index of each engine for the search, and triggers that keep the book append-only."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# FTS5 over the plain table: the same writes on both engines, the index follows by triggers.
SQLITE_SEARCH = (
    """CREATE VIRTUAL TABLE search_fts USING fts5(
        title_stems, body_stems, content='search_entry', content_rowid='record_id',
        tokenize='unicode61')""",
    """CREATE TRIGGER search_entry_insert AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_fts(rowid, title_stems, body_stems)
        VALUES (new.record_id, new.title_stems, new.body_stems); END""",
    """CREATE TRIGGER search_entry_delete AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_fts(search_fts, rowid, title_stems, body_stems)
        VALUES ('delete', old.record_id, old.title_stems, old.body_stems); END""",
    """CREATE TRIGGER search_entry_update AFTER UPDATE ON search_entry BEGIN
        INSERT INTO search_fts(search_fts, rowid, title_stems, body_stems)
        VALUES ('delete', old.record_id, old.title_stems, old.body_stems);
        INSERT INTO search_fts(rowid, title_stems, body_stems)
        VALUES (new.record_id, new.title_stems, new.body_stems); END""",
    "INSERT INTO search_fts(search_fts) VALUES ('rebuild')",
    "INSERT INTO search_fts(search_fts, rank) VALUES ('rank', 'bm25(10.0, 1.0)')",
)
SQLITE_BOOK = tuple(
    f"""CREATE TRIGGER change_no_{verb} BEFORE {verb} ON change BEGIN
        SELECT RAISE(ABORT, 'the book of changes is append-only'); END"""
    for verb in ("update", "delete")
)
POSTGRES = (
    """CREATE INDEX ix_search_entry_words ON search_entry USING gin ((
        setweight(to_tsvector('simple'::regconfig, title_stems), 'A') ||
        setweight(to_tsvector('simple'::regconfig, body_stems), 'B')))""",
    """CREATE FUNCTION change_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the book of changes is append-only'; END $$""",
    """CREATE TRIGGER change_no_update BEFORE UPDATE OR DELETE ON change
        FOR EACH ROW EXECUTE FUNCTION change_append_only()""",
    """CREATE TRIGGER change_no_truncate BEFORE TRUNCATE ON change
        FOR EACH STATEMENT EXECUTE FUNCTION change_append_only()""",
)


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in (*SQLITE_SEARCH, *SQLITE_BOOK) if sqlite else POSTGRES:
        op.execute(statement)
    op.execute("INSERT INTO ledger_head (id, seq) SELECT 1, coalesce(max(seq), 0) FROM change")


def downgrade() -> None:
    op.execute("DELETE FROM ledger_head")
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER change_no_{verb}")
        for verb in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER search_entry_{verb}")
        op.execute("DROP TABLE search_fts")
        return
    op.execute("DROP TRIGGER change_no_update ON change")
    op.execute("DROP TRIGGER change_no_truncate ON change")
    op.execute("DROP FUNCTION change_append_only()")
    op.execute("DROP INDEX ix_search_entry_words")
