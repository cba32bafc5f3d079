"""An annex as a file: at once, by a worker, at the terminal; and nobody fetches what they may not
see by now."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock, editing
from registry.access import Actor
from registry.commitments.schemas import COMMITMENT
from registry.copies import keeping, working
from registry.errors import NotFound
from registry.jobs.models import Job
from registry.jobs.working import work_due
from registry.printing.formats import FORMATS
from registry.reports import queries
from tests import databases
from tests.browsing import Client, SignedIn
from tests.factories import Make

Actors = dict[str, Actor]
pytestmark = databases.on_sqlite


@pytest.fixture
def annex(app: Flask, session: Session, make: Make, monkeypatch: Any, tmp_path: Path) -> Any:
    """An annex with one promise, in an app with a folder of its own."""
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    make("commitment", text="Een overleg", due="in 2021")
    return make("annex", state="published")


def test_a_small_annex_is_downloaded_at_once_in_every_format(
    annex: Any, signed_in: SignedIn, api: Callable[[str], Client]
) -> None:
    assert [*FORMATS] == ["csv", "json", "pdf", "docx", "html"]
    browser = signed_in("member")
    for name, one in FORMATS.items():
        got = browser.get(f"/annexes/{annex.reference}/files/{name}?lang=en")
        told = f'attachment; filename="bijlage-{annex.reference}-2021-06-15.{name}"'
        assert (got.status_code, got.mimetype) == (200, one.mimetype)
        assert got.headers["Content-Disposition"] == told
    assert browser.get(f"/annexes/{annex.reference}/files/exe").status_code == 404
    got = api("member").get(f"/api/v1/annexes/{annex.reference}/file?format=html&language=en")
    assert (got.status_code, got.mimetype) == (200, "text/html")
    assert "DRAFT" in got.get_data(as_text=True)


def test_a_large_one_is_written_by_a_worker_and_kept_for_who_asked(
    session: Session, annex: Any, signed_in: SignedIn, monkeypatch: Any
) -> None:
    monkeypatch.setattr(working, "SMALL", 0)
    url = f"/annexes/{annex.reference}/files/html"
    browser = signed_in("member")
    asking = browser.page(url)
    assert "duurt enkele seconden" in asking.text
    assert browser.get(f"{url}?ready=1").status_code == 404
    browser.submit(asking.form_to(url))
    assert work_due() == 1
    job = session.scalars(select(Job)).one()
    assert (job.state, job.done, job.total) == ("done", 6, 7)
    assert "staat klaar" in browser.get(url).get_data(as_text=True)
    got = browser.get(f"{url}?ready=1")
    assert ("Een overleg" in got.get_data(as_text=True), got.mimetype) == (True, "text/html")
    assert signed_in("other_member").get(f"{url}?ready=1").status_code == 404


def test_a_file_is_not_handed_out_when_something_in_it_was_hidden_since_or_it_is_old(
    session: Session, annex: Any, actors: Actors, make: Make
) -> None:
    who, way = actors["member"], ("/", "/")
    hidden = make("commitment", text="Straks intern")
    found = queries.annex(who, annex.reference)
    working.ask(who, found, "html", language="nl", to=way)
    work_due()
    session.expire_all()
    found = queries.annex(who, annex.reference)
    assert working.made(who, found, "html").data.startswith(b"<!doctype html>")
    for audience in ("secretariat", "public"):
        promise = editing.one(COMMITMENT, actors["secretariat"], hidden.reference)
        editing.publish(actors["secretariat"], COMMITMENT, promise, audience=audience)
        if audience == "secretariat":
            with pytest.raises(NotFound):
                working.made(who, found, "html")
    job = working.ready(who, found, "html")
    assert job is not None
    keeping.tidy()
    assert keeping.there(job.key)
    old = (clock.now() - keeping.KEPT - timedelta(minutes=1)).timestamp()
    path = keeping._folder() / job.key
    os.utime(path, (old, old))
    keeping.tidy()
    with pytest.raises(NotFound):
        working.made(who, found, "html")


def test_a_document_is_written_at_the_terminal_without_any_annex(
    letters: Flask, tmp_path: Path
) -> None:
    path = tmp_path / "bijlage.html"
    asked = ("--as-of", "2021-06-15", "--format", "html", "--lang", "en", "--output", str(path))
    found = letters.test_cli_runner().invoke(args=["annex", *asked, "--reader", "public"])
    assert found.exit_code == 0, found.output
    told = path.read_text("utf-8")
    assert "As of 15 June 2021" in told
    assert "window open" not in told
