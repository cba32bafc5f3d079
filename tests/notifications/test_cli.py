"""`flask mail`, and where letters go by MAIL_URL."""

from pathlib import Path

import pytest
from flask import Flask

from registry.db import session
from registry.ledger import post
from registry.notifications import letters
from registry.notifications.letters import Letter
from registry.notifications.post import carrier
from tests import people
from tests.databases import on_sqlite

pytestmark = on_sqlite


@pytest.fixture(autouse=True)
def letter(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(letters.LETTERS, "greeting", lambda *_: Letter("Groet", "Dag."))
    with app.app_context():
        post(session(), "greeting", {"account": people.account("member").id})
        session().commit()


def run(app: Flask, monkeypatch: pytest.MonkeyPatch, url: str) -> tuple[int, str]:
    monkeypatch.setitem(app.config, "MAIL_URL", url)
    done = app.test_cli_runner().invoke(args=["mail"])
    return done.exit_code, done.output


def test_a_folder_gets_a_file_for_each_letter(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code, said = run(app, monkeypatch, tmp_path.as_uri())
    (file,) = tmp_path.glob("*.eml")
    assert (code, str(file) in said, "1 done, 0 waiting" in said) == (0, True, True)
    assert b"Subject: Groet" in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


def test_the_console_shows_the_letter(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = run(app, monkeypatch, "console:")
    assert code == 0
    assert "To: Member <member@registry.example>\nSubject: Groet\n\nDag." in said


def test_where_nothing_is_set_letters_wait_and_one_is_told(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = run(app, monkeypatch, "")
    assert code == 1
    assert "MAIL_URL is not set" in said
    assert "1 waiting" in said


@pytest.mark.parametrize("url", ["http://x", "smtp://", "file:", "mail.example"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="MAIL_URL is smtp://"):
        carrier(url)
