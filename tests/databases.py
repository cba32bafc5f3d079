"""Databases for tests on both engines: each template is made once per run, then copied.

The empty template holds the tables, three organisations and an account per role; the other one
holds the letters and the same accounts, for organisations of the letters."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

import config
from registry import create_app, migrations
from tests import people, postgres

SQLITE, POSTGRESQL = "sqlite", "postgresql"
EMPTY, LETTERS = "empty", "letters"
FOLDER = "TEST_FOLDER"
PREFIX = "registry-test-"

on_sqlite = pytest.mark.parametrize("dialect", [SQLITE], indirect=True)
"""For tests to which the engine makes no difference, such as those of a page."""
on_postgresql = pytest.mark.parametrize("dialect", [POSTGRESQL], indirect=True)


def prepare() -> Path:
    """Make the folder of this run and see to it that no test touches anybody's own data."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        process = left.name.removeprefix(PREFIX).partition("-")[0]
        if process.isdigit() and not postgres.is_running(int(process)):
            shutil.rmtree(left, ignore_errors=True)  # of a run that was killed
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    os.environ |= {
        FOLDER: str(folder),
        "REGISTRY_INSTANCE": str(folder / "instance"),
        "REGISTRY_DEMO": "1",
        "SECRET_KEY": "of a test",
    }
    for name in ("DATABASE_URL", "REGISTRY_TODAY", "PUBLIC_URL", "MAIL_URL", "MAIL_FROM"):
        os.environ.pop(name, None)
    return folder


def apart(worker: str) -> None:
    """Give one of several workers files of its own: where a test of another is days ahead in time,
    what was uploaded just now is swept away."""
    os.environ["REGISTRY_INSTANCE"] = str(Path(os.environ[FOLDER], f"instance-{worker}"))


def settings(url: str) -> dict[str, Any]:
    """The configuration of an app on the database at `url`."""
    own = config.from_environment(Path(os.environ["REGISTRY_INSTANCE"]), {})
    return {
        **own,
        "DATABASE_URL": url,
        "TESTING": True,
        "SESSION_COOKIE_SECURE": False,
        "WORKER": "none",
        "RATE_LIMITS": "0",
        "RATE_LIMIT_STORAGE": "",
        "LOG_FORMAT": "text",
    }


@contextmanager
def copy(dialect: str, template: str) -> Iterator[str]:
    """Yield the URL of a copy of a template for one user alone; it goes away afterwards."""
    if dialect == POSTGRESQL:
        postgres.template(template, lambda url: _fill(url, template))
        with postgres.database(template) as url:
            yield url
        return
    with tempfile.TemporaryDirectory(dir=os.environ[FOLDER]) as folder:
        shutil.copyfile(_sqlite(template), path := Path(folder, "registry.db"))
        yield f"sqlite:///{path}"


@contextmanager
def bare(dialect: str) -> Iterator[str]:
    """Yield the URL of a database without any table."""
    if dialect == POSTGRESQL:
        with postgres.database() as url:
            yield url
        return
    with tempfile.TemporaryDirectory(dir=os.environ[FOLDER]) as folder:
        yield f"sqlite:///{Path(folder, 'registry.db')}"


def _sqlite(template: str) -> Path:
    """The file of a template, made by whichever worker comes first."""
    made = Path(os.environ[FOLDER], f"{template}.db")
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            unfinished = made.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            _fill(f"sqlite:///{unfinished}", template)
            unfinished.rename(made)
    return made


_failed: dict[str, Exception] = {}


def _fill(url: str, template: str) -> None:
    """Fill a template; what failed once in this worker is not tried again for every test."""
    if template in _failed:
        raise _failed[template]
    try:
        _make(url, template)
    except Exception as error:
        _failed[template] = error
        raise


def _make(url: str, template: str) -> None:
    app = create_app(settings(url))
    try:
        migrations.upgrade(app.extensions["engine"])
        if template == LETTERS:
            _load_letters(app)
        with app.app_context():
            people.register(template == LETTERS)
    finally:
        app.extensions["engine"].dispose()


def _load_letters(app: Flask) -> None:
    loaded = app.test_cli_runner().invoke(args=["load", "seed"])
    if loaded.exit_code:
        raise RuntimeError(f"flask load seed: {loaded.output}") from loaded.exception
