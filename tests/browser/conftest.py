"""A real server on the letters and a real Chromium, for tests of what people see."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from werkzeug.serving import make_server

from registry import create_app
from tests import databases, people
from tests.browser.looking import Visitor

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[Flask, str]]:
    """An app on its own copy of the letters, and the address at which it is served."""
    with databases.copy(databases.SQLITE, databases.LETTERS) as url:
        app = create_app(databases.settings(url))
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield app, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        app.extensions["engine"].dispose()


@pytest.fixture(scope="module")
def playing() -> Iterator[Playwright]:
    """What starts browsers; there is one at a time."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def chromium(playing: Playwright) -> Iterator[Browser]:
    """The browser of the machine; `tools/browser.py` finds or installs one."""
    with playing.chromium.launch(executable_path=_path(), args=FLAGS) as browser:
        yield browser


@pytest.fixture
def as_people_have_it(playing: Playwright) -> Iterator[Browser]:
    """The same with what is else switched off for tests: it keeps whole pages, to go back to."""
    off = ["--disable-back-forward-cache"]
    launch = playing.chromium.launch
    with launch(executable_path=_path(), args=FLAGS, ignore_default_args=off) as browser:
        yield browser


def _path() -> str:
    return os.environ.get("CHROMIUM") or _found()


def _found() -> str:
    tool = Path(__file__).parents[2] / "tools" / "browser.py"
    found = shutil.which("chromium") or subprocess.check_output([sys.executable, tool], text=True)
    return found.strip()


@pytest.fixture(scope="module")
def visitor(site: tuple[Flask, str], chromium: Browser) -> Iterator[Any]:
    """Opens pages as somebody: `visitor("secretariat", "nl", 1280)`; signed in once each."""
    kept: dict[tuple[str, str, int], Visitor] = {}

    def as_(who: str, language: str, width: int) -> Visitor:
        key = (who, language, width)
        if key not in kept:
            kept[key] = Visitor(_page(chromium, language, width), site[1])
            if who != "public":
                kept[key].sign_in(people.email(who), people.PASSWORD)
        return kept[key]

    yield as_
    for one in kept.values():
        one.page.context.close()


def _page(chromium: Browser, language: str, width: int) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        locale={"nl": "nl-NL", "en": "en-GB"}[language],
        reduced_motion="reduce",
    )
    return context.new_page()
