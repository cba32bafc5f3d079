"""A large file is compared by a worker in pieces, and read in by one as a whole."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from registry import clock, editing
from registry.access import Actor
from registry.db import session
from registry.initiatives.schemas import INITIATIVE
from registry.jobs import working as jobs
from registry.jobs.models import Job, Stage
from registry.ledger import Change
from registry.uploads import commands, working
from tests.browsing import Client, Page, SignedIn
from tests.databases import on_sqlite
from tests.factories import Make
from tests.uploads.reading import confirm, counts, errors, send

pytestmark = on_sqlite
Work = Callable[[Client, Page], Page]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "SMALL", 3)
    monkeypatch.setattr(commands, "PIECE", 2)


@pytest.fixture
def worked(app: Flask) -> Work:
    """What a job's page leads to once a worker has been at work."""

    def worked(client: Client, page: Page) -> Page:
        assert "/jobs/" in page.url
        with app.app_context():
            jobs.work_due()
        links = client.page(page.url).links()
        return client.page(links.get("Bekijk het resultaat") or links["Terug"])

    return worked


def changes(app: Flask) -> int:
    with app.app_context():
        return session().scalar(select(func.count()).select_from(Change)) or 0


def test_a_large_file_is_compared_in_pieces_and_read_in_at_once(
    app: Flask, signed_in: SignedIn, make: Make, worked: Work
) -> None:
    made = make("initiative", title="A")
    client, before = signed_in("secretariat"), changes(app)
    rows = f"reference;title\n{made.reference};B\n" + "".join(f";Nieuw {n}\n" for n in range(5))
    page = worked(client, send(client, "initiatives", rows))
    assert counts(page) == {"geweigerd": 0, "nieuw": 5, "gewijzigd": 1, "ongewijzigd": 0}
    assert changes(app) == before
    waiting = confirm(client, page)
    assert confirm(client, page).url == waiting.url
    listed = worked(client, waiting).text
    assert "Nieuw 4" in listed
    assert changes(app) == before + 6
    assert "Ingelezen: 5 nieuw (als concept), 1 gewijzigd." in client.page("/mine").text
    client.page(page.url, status=404)


def test_what_does_not_hold_any_more_is_shown_and_nothing_is_read_in(
    app: Flask, signed_in: SignedIn, make: Make, actors: dict[str, Actor], worked: Work
) -> None:
    made = make("initiative", title="A")
    client = signed_in("secretariat")
    rows = f"reference;title\n{made.reference};B\n;Nieuw\n;Nieuwer\n"
    page = worked(client, send(client, "initiatives", rows))
    waiting = confirm(client, page)
    with app.app_context():
        entity = editing.one(INITIATIVE, actors["secretariat"], made.reference)
        editing.revise(actors["secretariat"], INITIATIVE, entity, {"title": "C"})
    before = changes(app)
    assert "Er worden rijen geweigerd" in worked(client, waiting).text
    assert changes(app) == before


def test_a_worker_that_lost_its_lease_reads_nothing_in(
    app: Flask, signed_in: SignedIn, worked: Work
) -> None:
    client = signed_in("secretariat")
    rows = "title;goal\n" + "".join(f"Nieuw {n};\n" for n in range(4))
    page = confirm(client, worked(client, send(client, "initiatives", rows)))
    with app.app_context():
        slow = jobs.claim()
        assert slow is not None
        session().execute(update(Job).values(lease_until=clock.now()))
        session().commit()
        assert jobs.claim() is not None
        jobs._take_up(slow)
        assert session().scalar(select(Job.state).order_by(Job.id.desc())) == Stage.RUNNING
    assert "Nieuw 0" not in client.page("/initiatives").text
    assert page.url


def test_what_is_wrong_with_a_large_file_is_told_on_the_page_that_asks_for_one(
    signed_in: SignedIn, worked: Work
) -> None:
    client = signed_in("secretariat")
    rows = "reference;title\n" + "k;Twee keer\n" * 4
    page = worked(client, send(client, "initiatives", rows))
    assert "rij 3, kolom reference: Dit staat ook in een eerdere rij." in errors(page)[0]


def test_columns_of_a_large_file_are_matched_first(signed_in: SignedIn, worked: Work) -> None:
    client = signed_in("secretariat")
    rows = "Titel;Doel\n" + "".join(f"Nieuw {n};Doel\n" for n in range(4))
    page = worked(client, send(client, "initiatives", rows))
    page = worked(client, client.submit(page.form("step"), button="step=match"))
    assert counts(page)["nieuw"] == 4
