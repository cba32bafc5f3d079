"""A record as it stood: replayed from its changes, and equal to the record of now at the end."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import sleep
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from registry import clock, editing
from registry.access import ANYBODY, Actor, acting_as, system
from registry.db import session
from registry.initiatives.schemas import INITIATIVE
from registry.kind import kind_named
from registry.ledger import Change
from registry.past import replay
from registry.record import Record
from registry.screens.fetching import fetch
from tests.browsing import Client
from tests.factories import Make
from tests.history.test_pages import revise

SignIn = Callable[[Client, str], Client]


@pytest.mark.parametrize("who", [ANYBODY, system("Test", "cli")])
def test_replaying_everything_gives_the_record_of_now(letters: Flask, who: Actor) -> None:
    different = []
    with letters.app_context(), acting_as(who):
        for reference, name in session().execute(select(Record.reference, Record.kind)).all():
            kind = kind_named(name)
            _, now = fetch(kind, who, reference)
            _, then = replay.known_at(kind, who, reference, clock.now())
            if _own(now) != _own(then):
                different.append(reference)
    assert different == []


def _own(item: dict[str, Any]) -> dict[str, Any]:
    """What a record says itself: what a passage supports is told by other records, and how long
    ago somebody reported on it by the reports."""
    item = {k: v for k, v in item.items() if k not in ("reportedOn", "actuality")}
    passages = [
        {k: v for k, v in row.items() if k != "supports"} for row in item.get("passages", [])
    ]
    return {**item, "passages": passages}


def moments(app: Flask, reference: str) -> list[datetime]:
    with app.app_context():
        query = select(Change.at).where(Change.reference == reference).order_by(Change.seq)
        return list(session().scalars(query))


def written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def test_a_page_shows_the_record_as_it_was_registered_then(
    app: Flask, client: Client, make: Make, actors: dict[str, Actor]
) -> None:
    reference = make.reference("initiative", title="Oude naam", relation="beside")
    partner = make.reference("partner", name="Stichting Rust")
    rows = [{"partner": partner, "role": "executor"}]
    revise(
        app,
        actors["secretariat"],
        "initiative",
        reference,
        title="Nieuwe naam",
        participations=rows,
    )
    before = moments(app, reference)[-1] - timedelta(microseconds=1)
    page = client.page(f"/initiatives/{reference}?knownAt={written(before)}")
    assert "Oude naam" in page.text
    assert "Stichting Rust" not in page.text
    assert "Zoals geregistreerd op" in page.text
    assert "Nieuwe naam" in client.page(f"/initiatives/{reference}").text


def test_the_public_does_not_see_a_record_before_its_publication(
    app: Flask, client: Client, make: Make, sign_in: SignIn, actors: dict[str, Actor]
) -> None:
    reference = make.reference("initiative", state="draft")
    with app.app_context():
        entity = editing.one(INITIATIVE, actors["secretariat"], reference)
        editing.publish(actors["secretariat"], INITIATIVE, entity)
    first, last = moments(app, reference)
    early = f"/initiatives/{reference}?knownAt={written(last - timedelta(microseconds=1))}"
    client.page(early, status=404)
    client.page(f"/initiatives/{reference}?knownAt={written(last)}")
    sign_in(client, "secretariat").page(early)
    client.page(f"/initiatives/{reference}?knownAt={written(first - timedelta(1))}", status=404)


@pytest.mark.parametrize("moment", ["gisteren", "2021-01-01T10:00:00", "2021-02-30"])
def test_a_moment_that_cannot_be_read_is_refused(client: Client, make: Make, moment: str) -> None:
    reference = make.reference("initiative")
    page = client.page(f"/initiatives/{reference}?knownAt={moment}", status=400)
    assert "Moment: Geef een dag, of een moment" in page.text


def test_a_day_means_its_end(client: Client, make: Make) -> None:
    reference = make.reference("initiative")
    today = clock.now().date().isoformat()
    client.page(f"/initiatives/{reference}?knownAt={today}")


def test_what_was_hidden_again_is_hidden_then_too(
    app: Flask, client: Client, make: Make, actors: dict[str, Actor]
) -> None:
    reference = make.reference("initiative")
    secretariat = actors["secretariat"]
    with app.app_context():
        entity = editing.one(INITIATIVE, secretariat, reference)
        editing.withdraw(secretariat, INITIATIVE, entity, reason="fout")
        editing.publish(secretariat, INITIATIVE, entity)
    *_, withdrawn, _again = moments(app, reference)
    client.page(f"/initiatives/{reference}?knownAt={written(withdrawn)}", status=404)


def test_what_was_changed_under_embargo_stays_inside_when_it_ends(
    app: Flask, make: Make, actors: dict[str, Actor], client: Client
) -> None:
    soon = clock.now() + timedelta(milliseconds=400)
    with app.app_context():
        entity = make("initiative", summary="geheime eerste", embargo_until=soon)
        during = clock.now()
        editing.revise(actors["secretariat"], INITIATIVE, entity, {"summary": "openbare tweede"})
        reference = entity.reference
    sleep(max((soon - clock.now()).total_seconds(), 0) + 0.05)
    for url in (f"/initiatives/{reference}", f"/initiatives/{reference}/history", "/history"):
        assert "geheime eerste" not in client.page(url).text
    assert "openbare tweede" in client.page(f"/initiatives/{reference}").text
    moment = during.isoformat().replace("+", "%2B")
    for url in (f"/initiatives/{reference}", f"/api/v1/initiatives/{reference}"):
        assert client.get(f"{url}?knownAt={moment}").status_code == 404
