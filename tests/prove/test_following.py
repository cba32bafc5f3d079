"""Processes that write as fast as they can, and somebody who keeps a copy meanwhile."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from flask import Flask

from registry.access import ANYBODY
from tests import databases
from tests.browsing import Client
from tests.following.following import Follower
from tests.following.world import KINDS, Copy, apply, seen_by, visible

pytestmark = [pytest.mark.prove, databases.on_postgresql]
WRITERS = 4
STEPS = 80


@contextmanager
def writer(app: Flask, root: Path, seed: int) -> Iterator["subprocess.Popen[str]"]:
    """A process in which things happen."""
    command = [sys.executable, "-m", "tests.prove.changing", app.config["DATABASE_URL"]]
    with subprocess.Popen(
        [*command, str(seed), str(STEPS)], cwd=root, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process


def test_a_copy_that_is_kept_while_processes_write_is_the_register(
    fresh_app: Flask, root: Path
) -> None:
    client = fresh_app.test_client()
    assert isinstance(client, Client)
    follower, copy, polls = Follower(client, expand="record", perPage=7), Copy(), 0
    with ExitStack() as ending:
        processes = [ending.enter_context(writer(fresh_app, root, n)) for n in range(WRITERS)]
        while any(process.poll() is None for process in processes):
            polls += bool(news := follower.news())
            apply(copy, news)
        done = [json.loads(process.stdout.read()) for process in processes if process.stdout]
    apply(copy, follower.news())
    assert copy == seen_by(fresh_app, ANYBODY, *KINDS)
    assert set(copy) == visible(fresh_app, ANYBODY)
    assert len(done) == WRITERS
    assert sum(sum(each.values()) for each in done) > WRITERS * STEPS // 3
    assert polls > WRITERS
