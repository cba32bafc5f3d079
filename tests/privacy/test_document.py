"""What is held about people is in the document, with what for and until when."""

import re
from importlib import import_module
from pathlib import Path

from sqlalchemy import Table

from registry import ROOMS
from registry.db import Base
from registry.record import Record

for room in ROOMS:
    if room.endswith((".schemas", ".models")):
        import_module(f"registry.{room}")  # what is not imported has no tables yet

ROW = re.compile(r"^\| `(\w+\.\w+)` \| .+ \| .+ \| .+ \|$", re.MULTILINE)
UNTOLD = {"id", "account_id", "organisation_id", "parent_id", "key", "position"}
ABOUT_PEOPLE = ("account", "partner_contact", "person", "erasure")
"""Tables whose every column is about a person; so are those that hang on an account."""
AMONG_OTHERS = {
    *("change.actor_id", "change.actor_name", "change.reason", "change.changes"),
    "meeting_attendance.person",
    *("citation.why", "document.signatory", "outbox.payload", "outbox.failure", "attempt.key"),
    *("record.owner_id", "record.submitter_id", "record.reviewer_id", "record.review_note"),
}
NOBODY = {"erasure": {"opened_at", "closed_at", "changes"}}
TELLING = re.compile(r"(?:^|_)(?:email|phone|actor|signatory|ip|address|user_agent|secret)")


def personal() -> set[str]:
    """Every column that is about a person."""
    found = set(AMONG_OTHERS)
    for table in Base.metadata.sorted_tables:
        columns = {column.name for column in table.columns} - UNTOLD
        if table.name in ABOUT_PEOPLE or _hangs_on_an_account(table):
            columns -= NOBODY.get(table.name, set())
        else:
            columns = {name for name in columns if TELLING.search(name)}
        found |= {f"{table.name}.{name}" for name in columns}
    return found


def _hangs_on_an_account(table: Table) -> bool:
    links = [key for key in table.foreign_keys if key.column.table.name == "account"]
    return bool(links) and table.name != Record.__tablename__


def test_every_column_about_people_is_told_with_its_purpose_and_its_end(root: Path) -> None:
    told = set(ROW.findall((root / "docs/privacy.md").read_text("utf-8")))
    assert personal() - told == set()
    columns = (column for table in Base.metadata.sorted_tables for column in table.columns)
    assert told - {f"{column.table.name}.{column.name}" for column in columns} == set()
