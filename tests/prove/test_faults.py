"""A writer that is killed, cut off or out of room leaves the old record or the new one, with its
history."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from registry import editing
from registry.access import system
from registry.db import session
from registry.initiatives.schemas import INITIATIVE
from registry.past.verification import verify
from tests import databases
from tests.prove.writing import FULL

KILLS = 120
CUTS = 40
ROOM = 300_000  # bytes that the database may still grow by
WRITER = system("Test", "cli")

pytestmark = pytest.mark.prove


@pytest.fixture
def reference(fresh_app: Flask) -> str:
    """What is written again and again."""
    with fresh_app.app_context():
        made = editing.create(WRITER, INITIATIVE, {"title": "Written often"})
        return str(made.reference)


@pytest.fixture
def nursery(fresh_app: Flask, root: Path, reference: str) -> Iterator["Nursery"]:
    """Where writers of that come from."""
    command = [sys.executable, "-m", "tests.prove.writing", fresh_app.config["DATABASE_URL"]]
    with subprocess.Popen(
        [*command, reference],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        yield Nursery(process)
        os.killpg(process.pid, signal.SIGKILL)  # with a writer that a failed test left alive


def test_a_killed_writer_leaves_a_whole_record(
    fresh_app: Flask, nursery: "Nursery", reference: str
) -> None:
    chance = random.Random(25883)  # noqa: S311  # no secret
    for _ in range(KILLS):
        writer = nursery.bear()
        time.sleep(chance.uniform(0.0, 0.25))
        os.kill(writer, signal.SIGKILL)
        assert nursery.ended() == -signal.SIGKILL
        _is_whole(fresh_app)
    assert _version(fresh_app, reference) > KILLS


@databases.on_postgresql
def test_a_writer_whose_database_goes_away_leaves_a_whole_record(
    fresh_app: Flask, nursery: "Nursery", reference: str
) -> None:
    chance = random.Random(405)  # noqa: S311  # no secret
    for _ in range(CUTS):
        writer = nursery.bear()
        time.sleep(chance.uniform(0.0, 0.2))
        _cut_off_everybody(fresh_app)
        with suppress(ProcessLookupError):  # one that was between two commands connects anew
            os.kill(writer, signal.SIGKILL)
        assert nursery.ended() in {1, -signal.SIGKILL}
        _is_whole(fresh_app)
    assert _version(fresh_app, reference) > CUTS


@databases.on_sqlite
def test_a_full_disk_leaves_a_whole_record_and_writing_goes_on_when_there_is_room(
    fresh_app: Flask, nursery: "Nursery", reference: str
) -> None:
    path = Path(fresh_app.config["DATABASE_URL"].removeprefix("sqlite:///"))
    for _ in range(5):
        most = max(file.stat().st_size for file in path.parent.iterdir()) + ROOM
        nursery.bear(most)
        assert nursery.ended() == FULL
        _is_whole(fresh_app)
    before = _version(fresh_app, reference)
    with fresh_app.app_context():
        entity = editing.one(INITIATIVE, WRITER, reference)
        editing.revise(WRITER, INITIATIVE, entity, {"goal": "Room again"})
    assert _version(fresh_app, reference) == before + 1
    _is_whole(fresh_app)


class Nursery:
    """A process that bears writers: what each of them needs is loaded once."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def bear(self, most: int = 0) -> int:
        """The process number of a new writer, once it has written."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{most}\n")
        self.process.stdin.flush()
        return self._told("began")

    def ended(self) -> int:
        """With what code the writer ended; a signal is negative."""
        return self._told("ended")

    def _told(self, word: str) -> int:
        assert self.process.stdout is not None
        said, _, number = self.process.stdout.readline().partition(" ")
        assert said == word
        return int(number)


def _cut_off_everybody(app: Flask) -> None:
    """End every other connection to this database, as a restart of the server does."""
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    with app.app_context():
        session().execute(
            text(f"{others} WHERE datname = current_database() AND pid <> pg_backend_pid()")
        )


def _is_whole(app: Flask) -> None:
    """Every number of the book is there, and replaying it gives what is stored."""
    with app.app_context():
        assert verify() is None


def _version(app: Flask, reference: str) -> int:
    with app.app_context():
        return int(editing.one(INITIATIVE, WRITER, reference).record.version)
