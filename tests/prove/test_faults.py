"""A writer that is killed leaves the old record or the new one, with its history."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from registry import editing
from registry.access import system
from registry.db import session
from registry.kind import kind_named
from registry.ledger import Change, LedgerHead
from registry.record import Record

KILLS = 15
WRITER = system("Test", "cli")


@pytest.mark.prove
def test_a_killed_writer_leaves_a_whole_record(fresh_app: Flask, root: Path) -> None:
    kind = kind_named("initiative")
    with fresh_app.app_context():
        reference = editing.create(WRITER, kind, {"title": "Written often"}).reference
    chance = random.Random(25883)  # noqa: S311
    for _ in range(KILLS):
        _write_and_kill(fresh_app, root, reference, chance.uniform(0.0, 0.25))
        with fresh_app.app_context():
            _is_whole(reference)
    with fresh_app.app_context():
        entity = editing.one(kind, WRITER, reference)
        assert entity.record.version > KILLS


def _write_and_kill(app: Flask, root: Path, reference: str, wait: float) -> None:
    command = [sys.executable, "-m", "tests.prove.writing", app.config["DATABASE_URL"], reference]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"started\n"
        time.sleep(wait)
        writer.kill()


def _is_whole(reference: str) -> None:
    """The record says what its history says, and no number of the book is missing."""
    entity = editing.one(kind_named("initiative"), WRITER, reference)
    changes = session().scalars(select(Change).order_by(Change.seq)).all()
    own = [change for change in changes if change.reference == reference]
    assert [change.version for change in own] == list(range(1, entity.record.version + 1))
    told = {pair["path"]: pair["new"] for change in own for pair in change.changes}
    assert entity.goal == told["goal"]
    assert [change.seq for change in changes] == list(range(1, len(changes) + 1))
    assert session().scalar(select(LedgerHead.seq)) == len(changes)
    last = session().scalar(select(Record.last_seq).where(Record.reference == reference))
    assert last == own[-1].seq
