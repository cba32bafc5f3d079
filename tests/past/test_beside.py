"""What is said beside records stays as it was said, and whatever was changed behind its back is
named: reports, what they rest on, their files, rounds and what they froze."""

from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from registry import editing
from registry.access import Actor
from registry.attachments import commands as attachments
from registry.initiatives.schemas import INITIATIVE
from registry.ledger import Change
from registry.past.verification import verify
from registry.rounds import commands as rounds
from registry.updates import commands as updates
from registry.updates.models import Update
from tests.factories import Make

ASKED = {
    "title": "Najaar",
    "starts": "2020-07-01",
    "ends": "2020-12-31",
    "deadline": "2021-01-31",
}
REST = [{"why": "Eigen meting", "link": "https://elders.example/"}]
SAID = {"state": "on_track", "text": "Volgens plan.", "evidence": REST}
PDF = "a.pdf", b"%PDF-1.7\n", "Eigen meting"
KEPT = r"stays as it is|append-only|opened and closed once"
TABLES = ("record_update", "update_evidence", "update_file", "round_snapshot", "reporting_round")


@pytest.fixture
def made(session: Session, make: Make, actors: dict[str, Actor], tmp_path: Path) -> Update:
    """A report with evidence and a file, in a round that was closed; it was corrected since."""
    boss, member = actors["secretariat"], actors["member"]
    entity = make("initiative", title="De pilot", keeper_id=member.home_id)
    asked = rounds.open_round(boss, ASKED)
    made = updates.report(member, INITIATIVE, entity, SAID)
    attachments.add(member, INITIATIVE, entity, made, PDF, folder=tmp_path, scanner="")
    rounds.close(boss, asked)
    updates.release(boss, INITIATIVE, entity, made)
    updates.report(member, INITIATIVE, entity, {**SAID, "replaces": made.key})
    return made


WHERE = {
    "later": "WHERE replaces_id IS NOT NULL",
    "first": "WHERE update_id = (SELECT min(update_id) FROM update_evidence)",
}
ROW = "SELECT key FROM update_evidence ORDER BY update_id LIMIT 1"
SLIPPED = (
    "INSERT INTO record_update (id, key, record_id, day, state, actor_name, reported_at)"
    " SELECT 99, 'slipped', record_id, day, state, actor_name, reported_at"
    " FROM record_update {later}"
)
CORRUPTIONS = (
    ("UPDATE record_update SET text = 'Anders'", "text"),
    ("UPDATE record_update SET state = 'behind'", "state"),
    ("UPDATE record_update SET actor_name = 'Iemand'", "by"),
    ("UPDATE record_update SET released_at = NULL", "releasedAt"),
    ("DELETE FROM record_update {later}", ""),
    (SLIPPED, "by"),
    ("DELETE FROM update_evidence {first}", "evidence[{row}].link"),
    ("UPDATE update_evidence SET link = 'x' {first}", "evidence[{row}].link"),
    ("DELETE FROM update_file", "files[{file}].addedAt"),
    ("UPDATE update_file SET sha256 = 'x'", "files[{file}].sha256"),
    ("UPDATE round_snapshot SET content = '[]'", "snapshots[{record}].sha256"),
    ("DELETE FROM round_snapshot", "snapshots[{record}].sha256"),
    ("UPDATE reporting_round SET deadline = '2022-01-01'", "deadline"),
    ("UPDATE reporting_round SET closed_actor_name = 'X'", "closedBy"),
)


def test_what_was_changed_behind_its_back_is_named(
    session: Session, made: Update, tmp_path: Path
) -> None:
    at = {
        "row": session.scalars(text(ROW)).one(),
        "file": session.scalars(text("SELECT key FROM update_file")).one(),
        "record": made.record.reference,
    }
    assert verify(folder=tmp_path) is None
    found = {}
    for statement, _ in CORRUPTIONS:
        with session.begin_nested() as undone:
            _unguard(session)
            session.execute(text(statement.format(**WHERE)))
            session.expire_all()
            fault = verify(folder=tmp_path)
            found[statement] = fault and fault.path.partition("].")[2]
            undone.rollback()
    assert found == {statement: path.format(**at) for statement, path in CORRUPTIONS}


def _unguard(session: Session) -> None:
    """Change what is stored without the triggers that keep it."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    for table in TABLES:
        if sqlite:
            session.execute(text(f"DROP TRIGGER {table}_no_update"))
            session.execute(text(f"DROP TRIGGER {table}_no_delete"))
        else:
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))


def test_a_file_that_lies_otherwise_on_disk_is_named(
    session: Session, made: Update, tmp_path: Path
) -> None:
    (kept,) = tmp_path.iterdir()
    for step in (lambda: kept.write_bytes(b"iets anders"), kept.unlink):
        step()
        fault = verify(folder=tmp_path)
        assert fault is not None
        assert fault.path.endswith(kept.name)
    assert verify() is None


REFUSED = (
    *map("DELETE FROM {}".format, TABLES),
    "UPDATE record_update SET text = 'x'",
    "UPDATE record_update SET actor_name = 'x'",
    "UPDATE record_update SET released_at = NULL",
    "UPDATE record_update SET record_id = organisation_id",
    "UPDATE update_evidence SET why = 'x'",
    "UPDATE update_file SET sha256 = 'x'",
    "UPDATE update_file SET name = 'x'",
    "UPDATE round_snapshot SET content = '{}'",
    "UPDATE reporting_round SET closed_at = NULL",
    "UPDATE reporting_round SET deadline = '2022-01-01'",
    "UPDATE change SET subject_key = 'x'",
)


def test_the_database_keeps_what_was_said(session: Session, made: Update) -> None:
    for statement in REFUSED:
        with pytest.raises(DatabaseError, match=KEPT), session.begin_nested():
            session.execute(text(statement))


def test_a_report_moves_nothing_of_its_record(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    member = actors["member"]
    entity = make("initiative", keeper_id=member.home_id)
    record = entity.record
    before = record.version, record.updated_at, record.last_seq
    updates.report(member, INITIATIVE, entity, SAID)
    session.expire_all()
    assert (record.version, record.updated_at, record.last_seq) == before
    told = session.scalars(select(Change).where(Change.subject == "report")).one()
    assert (told.actor_name, told.door, told.version) == ("Member", member.door, before[0])
    values = {pair["path"]: pair["new"] for pair in told.changes}
    assert values["text"] == "Volgens plan."
    again = editing.one(INITIATIVE, actors["secretariat"], record.reference)
    editing.revise(actors["secretariat"], INITIATIVE, again, {"goal": "x"}, version=before[0])
    assert verify() is None
