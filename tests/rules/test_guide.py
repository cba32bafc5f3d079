"""The guide: every example is carried out, as it is printed, and nothing in it is stale."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from werkzeug.serving import make_server

from registry import create_app
from registry.guide import reading
from registry.guide.dutch import TITLES
from registry.guide.parts import PARTS, Example
from registry.guide.rules import RULES
from registry.guide.written import as_json, as_markdown
from registry.tokens.commands import issue
from tests import databases, people
from tests.payloads import KINDS

EXAMPLES = [one for part in PARTS for one in part.examples]
CURL = shutil.which("curl")
REFUSED = {"curl": 22, "python": 0}
"""What the two end with where the example shows an error: curl tells it, Python catches it."""


class Server(NamedTuple):
    """Where the API is served, and the environment that an example finds."""

    address: str
    environment: dict[str, str]
    of_resources: list[Example]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The letters, served; curl fails where the answer is an error."""
    folder = tmp_path_factory.mktemp("examples")
    (folder / ".curlrc").write_text("fail-with-body\nsilent\nshow-error\n")
    with databases.copy(databases.SQLITE, databases.LETTERS) as url:
        app = create_app(databases.settings(url))
        with app.app_context():
            actor = people.actors()["secretariat"]
            token = issue(actor, people.account("secretariat"), "examples", scope="write")
        served = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=served.serve_forever, daemon=True)
        thread.start()
        own = {"TOKEN": token, "HOME": str(folder), "CURL_HOME": str(folder), "no_proxy": "*"}
        root = f"http://127.0.0.1:{served.server_port}"
        with app.test_request_context(base_url=root):
            pages = [reading.resource(one["tag"]) for one in reading.resources()]
        shown = [page["example"] for page in pages if page and page["example"]]
        yield Server(f"{root}/api/v1", {"PATH": os.environ["PATH"], **own}, shown)
        served.shutdown()
        thread.join()
        app.extensions["engine"].dispose()


def run(command: list[str], server: Server, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=server.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(CURL is None, reason="not run: there is no curl here")
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.title.en)
def test_the_example_at_the_terminal_runs(example: Example, server: Server, tmp_path: Path) -> None:
    done = run(["sh", "-euc", example.at(server.address).curl], server, tmp_path)
    assert done.returncode == (REFUSED["curl"] if example.refused else 0), done.stderr + done.stdout
    assert done.stdout


@pytest.mark.skipif(CURL is None, reason="not run: there is no curl here")
def test_what_follows_goes_on_in_a_folder_where_it_ran_before(
    server: Server, tmp_path: Path
) -> None:
    (example,) = [one for one in EXAMPLES if one.title.en == "Following until you are in step"]
    command = ["sh", "-euc", example.at(server.address).curl]
    first, again = (run(command, server, tmp_path).stdout for _ in range(2))
    assert len(first.splitlines()) == len(again.splitlines()) > 2
    assert "cursor=" in again.splitlines()[-1]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.title.en)
def test_the_example_in_python_runs(example: Example, server: Server, tmp_path: Path) -> None:
    command = [sys.executable, "-I", "-W", "error", "-c", example.at(server.address).python]
    done = run(command, server, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_examples_on_the_pages_of_resources_run(server: Server, tmp_path: Path) -> None:
    """One after the other, as whoever holds a token."""
    assert len(server.of_resources) >= len(KINDS)
    python = "\n".join(one.python for one in server.of_resources)
    done = run([sys.executable, "-I", "-W", "error", "-c", python], server, tmp_path)
    assert done.returncode == 0, done.stderr
    if CURL is not None:
        curl = "\n".join(one.curl for one in server.of_resources)
        done = run(["sh", "-euc", curl], server, tmp_path)
        assert done.returncode == 0, done.stderr + done.stdout[-500:]


def test_every_rule_of_the_table_has_its_test(root: Path) -> None:
    """And every test that is named after a rule has its row in the table."""
    files = (root / "tests" / "rules").glob("test_*.py")
    there = [
        re.findall(r"^def (test_core_\w+)", path.read_text("utf-8"), re.MULTILINE) for path in files
    ]
    assert {rule.test for rule in RULES} == {name for names in there for name in names}


def test_the_guide_is_fresh(root: Path) -> None:
    """Stale? Then: `flask --app wsgi guide`."""
    assert as_markdown() == (root / "docs" / "api.md").read_text("utf-8")


def test_every_operation_has_a_name_in_dutch(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "nl"}):
        pages = [reading.resource(one["tag"]) for one in reading.resources()]
        titles = {one["id"]: one["title"] for page in pages if page for one in page["operations"]}
    summaries = {
        told["operationId"]: told["summary"]
        for item in json.loads(as_json(app))["paths"].values()
        for told in item.values()
        if isinstance(told, dict)
    }
    assert {name for name, title in titles.items() if title == summaries[name]} == set()
    assert set(TITLES) <= set(summaries.values())
