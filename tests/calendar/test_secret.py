"""The private address of a calendar: shown once, renewed, taken back, and in no log."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from registry.access import Actor
from registry.accounts import commands as accounts
from registry.calendar.commands import renew
from registry.calendar.models import CalendarAddress
from registry.extensions import database
from registry.logs import HIDDEN, redacted
from tests import databases, people
from tests.browsing import Client, SignedIn
from tests.calendar.asking import address

pytestmark = databases.on_sqlite
GONE = "Deze agenda bestaat niet (meer)."
BROKEN = """
from flask import request
from registry import create_app
app = create_app()
@app.get("/calendar/<secret>/broken")
def broken(secret):
    raise RuntimeError(request.url)
"""


def test_it_is_shown_once_kept_as_a_hash_and_replaced(
    client: Client, signed_in: SignedIn, session: Session
) -> None:
    member = signed_in("member")
    first = address(member)
    assert re.fullmatch(r"/calendar/agenda_[\w-]{43}\.ics", first)
    page = member.page("/calendar")
    assert "agenda_" not in page.html
    assert first[10:-4] not in session.scalars(select(CalendarAddress.digest)).one()
    assert client.get(first).status_code == 200
    second = address(member)
    assert [client.get(url).status_code for url in (first, second)] == [404, 200]
    events = member.page("/mine/account").text
    assert "adres van agenda gemaakt" in events
    member.submit(member.page("/calendar").form_to("/mine/calendar/revoke"))
    assert client.get(second).text == GONE


def test_it_tells_nothing_to_who_has_it_no_longer(
    app: Flask, client: Client, signed_in: SignedIn, actors: dict[str, Actor]
) -> None:
    url = address(signed_in("member"))
    read = client.get(url)
    assert read.headers["Cache-Control"] == "private, no-cache"
    assert read.headers["Referrer-Policy"] == "no-referrer"
    tag = {"If-None-Match": read.headers["ETag"]}
    again = client.get(url, headers=tag)
    assert (again.status_code, again.data) == (304, b"")
    assert client.head(url).status_code == 200
    assert client.get(f"{url}?lang=en", headers=tag).status_code == 200
    with app.app_context():
        person = people.account("member")
        grants = [(g.role, g.organisation_id, None, None) for g in person.grants]
        name = person.name
        accounts.change(actors["administrator"], person, name=name, active=False, grants=grants)
    assert client.get(url, headers=tag).status_code == 404
    with app.app_context():
        person = people.account("member")
        accounts.change(actors["administrator"], person, name=name, active=True, grants=grants)
    assert client.get(url).status_code == 404  # who comes back asks for a new one


@pytest.mark.parametrize(
    "secret", ["x", "agenda_", "agenda_" + "x" * 43, "x" * 10_000, "%00", "é", "' OR 1=1 --"]
)
def test_what_opens_nothing_gets_a_short_answer_without_an_address(
    client: Client, secret: str
) -> None:
    refused = client.get(f"/calendar/{secret}.ics", headers={"Accept-Language": "nl"})
    assert (refused.status_code, refused.text) == (404, GONE)
    assert refused.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "line",
    [
        '"GET /calendar/{}.ics?lang=nl HTTP/1.1" 200',
        '"GET /%63alendar%2F{}.ics HTTP/1.1" 200',
        '"GET /x HTTP/1.1" 404 "https://registry.example/calendar/{}.ics"',
        "/wachtwoord/{} and /e-mailadres/{}",
    ],
)
@pytest.mark.parametrize("secret", ["agenda_" + "s3cr3T-_" * 6, "s3cr3T-_" * 6])
def test_a_line_of_a_log_is_read_over(app: Flask, line: str, secret: str) -> None:
    told = redacted(line.replace("{}", secret))
    assert "s3cr3T" not in told
    assert HIDDEN in told
    assert redacted("GET /calendar.ics 100% of /partners") == "GET /calendar.ics 100% of /partners"


def test_a_bearer_token_in_a_log_is_read_over_as_well(app: Flask) -> None:
    assert redacted("Authorization: Bearer sr_abcdefgh12345678") == (
        f"Authorization: Bearer {HIDDEN}"
    )


@pytest.fixture
def served(fresh_app: Flask, tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A real gunicorn that tells all that it can: its port, and the file with what it said."""
    (tmp_path / "broken_wsgi.py").write_text(BROKEN)
    said = tmp_path / "said"
    port = _free()
    command = f"-m gunicorn --bind 127.0.0.1:{port} --access-logfile - --log-level debug"
    root = Path(__file__).parents[2]
    environment = {**os.environ, "DATABASE_URL": fresh_app.config["DATABASE_URL"]}
    environment |= {"PYTHONPATH": f"{root}:{tmp_path}", "WORKER": "none"}
    with said.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, *command.split(), "broken_wsgi:app"],
            cwd=tmp_path,
            env=environment,
            stdout=out,
            stderr=out,
        )
        yield port, said
        server.terminate()
        server.wait(20)


def _free() -> int:
    server = make_server("127.0.0.1", 0, lambda *_: [])
    server.server_close()
    return int(server.server_port)


def _asked(port: int, path: str, referrer: str) -> int:
    """Ask it; a server that is still starting is asked again."""
    for _ in range(100):
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("GET", path, headers={"Referer": referrer})
            return connection.getresponse().status
        except ConnectionRefusedError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise TimeoutError(path)


def _everything_is_asked(app: Flask, port: int) -> str:
    """Of a server, in every way in which an address could get into its log; the secret."""
    with app.app_context():
        person = people.account("member")
        secret = renew(people.actors()["member"], person)
        database.session.commit()
    url = f"/calendar/{secret}.ics"
    found = [
        _asked(port, path, f"http://127.0.0.1:{port}{url}")
        for path in (
            url,
            f"{url}?lang=en",
            url.replace("/calendar/", "/%63alendar%2F"),
            f"/calendar/{secret}x.ics",
            f"/calendar/{secret}/broken",
            "/partners/ORG-9999",
        )
    ]
    assert found in ([200, 200, 200, 404, 500, 404], [200, 200, 200, 404, 404, 404])
    return secret


def test_no_log_of_gunicorn_holds_it(fresh_app: Flask, served: tuple[int, Path]) -> None:
    port, said = served
    secret = _everything_is_asked(fresh_app, port)
    told = said.read_text()
    assert f'"GET /calendar/{HIDDEN} HTTP/1.1" 200' in told
    assert "RuntimeError" in told
    assert secret[7:27] not in told


def test_no_log_of_the_development_server_holds_it(
    fresh_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    server = make_server("127.0.0.1", 0, fresh_app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with caplog.at_level("INFO"):
        secret = _everything_is_asked(fresh_app, server.server_port)
    server.shutdown()
    thread.join()
    assert f"GET /calendar/{HIDDEN}" in caplog.text
    assert secret[7:27] not in caplog.text
