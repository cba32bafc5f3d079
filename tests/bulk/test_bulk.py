"""One change on many records: previewed, all or nothing, and never over another change."""

import pytest
from flask import Flask
from sqlalchemy import select

from registry import editing
from registry.access import Actor
from registry.bulk import views
from registry.db import session
from registry.jobs import working
from registry.kind import kind_named
from registry.ledger import Change
from tests.browsing import Client, Page, SignedIn
from tests.databases import on_sqlite
from tests.factories import Make
from tests.uploads.reading import counts, errors, outcomes

pytestmark = on_sqlite


def worked(app: Flask, client: Client, page: Page) -> Page:
    """What the page of a job leads to once a worker has been at work."""
    with app.app_context():
        assert working.work_due() == 1
    links = client.page(page.url).links()
    return client.page(links.get("Bekijk het resultaat") or links["Terug"])


def test_a_whole_list_is_changed_by_a_worker(
    app: Flask, signed_in: SignedIn, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST", 2)
    for title in "ABCD":
        make("initiative", title=title, kind="campaign" if title < "D" else "research")
    client = signed_in("secretariat")
    asked = look(client, "/initiatives/bulk?kind=campaign", status="completed", whole="1")
    page = worked(app, client, asked)
    assert counts(page) == {"gewijzigd": 3}
    done = worked(app, client, do(client, page))
    assert done.url == "/initiatives"
    assert client.page("/initiatives?status=completed").links().keys() & set("ABCD") == set("ABC")
    again = worked(app, client, do(client, client.page(page.url)))
    assert "0 gewijzigd." in client.page("/mine").text
    assert again.url == "/initiatives"


def look(client: Client, address: str, **answers: str) -> Page:
    form = client.page(address, headers={"Accept-Language": "nl"}).form("record")
    return client.submit(form.put(dict(answers)), button="step=preview")


def do(client: Client, page: Page, *, status: int = 200) -> Page:
    return client.submit(page.form("step"), status=status, button="step=change")


def test_a_status_is_changed_of_all_that_a_filter_leaves(
    app: Flask, signed_in: SignedIn, make: Make
) -> None:
    for title, kind in (("A", "campaign"), ("B", "campaign"), ("C", "research")):
        make("initiative", title=title, kind=kind, statuses=[{"status": "running"}])
    client = signed_in("secretariat")
    page = look(
        client, "/initiatives/bulk?kind=campaign", status="completed", **{"from-text": "eind 2019"}
    )
    assert [row[1:3] for row in outcomes(page)] == [
        ["INI-0001 A", "gewijzigd"],
        ["INI-0002 B", "gewijzigd"],
    ]
    assert "nieuwe rij: leeg → afgerond · eind 2019" in outcomes(page)[0][3]
    assert "2 gewijzigd" in do(client, page).text
    assert sorted(
        client.page("/initiatives?status=completed").links().keys() & {"A", "B", "C"}
    ) == [
        *("A", "B"),
    ]
    with app.app_context():
        doors = session().execute(select(Change.door, Change.action).order_by(Change.seq.desc()))
        assert doors.first() == ("screen", "revise")


def test_a_status_without_a_date_holds_from_the_reference_date(
    signed_in: SignedIn, make: Make
) -> None:
    made = make("initiative", title="A", statuses=[{"status": "running", "from": {"text": "2019"}}])
    client = signed_in("secretariat")
    do(client, look(client, "/initiatives/bulk", status="stopped"))
    assert "A" in client.page("/initiatives?status=stopped").links()
    assert "31 december 2020" in client.page(f"/initiatives/{made.reference}").text


def test_a_theme_is_added_once_and_only_to_the_rows_that_are_ticked(
    signed_in: SignedIn, make: Make
) -> None:
    theme = make("theme", name="Preventie").reference
    row = {"theme": theme, "basis": "classified"}
    make("initiative", title="A", themes=[row])
    make("initiative", title="B")
    make("initiative", title="C")
    client = signed_in("secretariat")
    form = client.page("/initiatives/bulk").form("record")
    form.put({"theme": theme, "record": [v for v in form.fields["record"] if "0003" not in v]})
    page = client.submit(form, button="step=preview")
    assert counts(page) == {"gewijzigd": 1, "ongewijzigd": 1}
    do(client, page)
    listed = client.page(f"/initiatives?theme={theme}").links()
    assert listed.keys() & {"A", "B", "C"} == {"A", "B"}


def test_a_commitment_has_its_stand_of_affairs_changed(signed_in: SignedIn, make: Make) -> None:
    make("commitment", text="Doen")
    client = signed_in("secretariat")
    page = look(client, "/commitments/bulk", status="met", reason="Brief verstuurd")
    assert "voldaan" in outcomes(page)[0][3]
    assert "1 gewijzigd" in do(client, page).text


def test_what_moved_on_meanwhile_stops_the_whole(
    app: Flask, signed_in: SignedIn, make: Make, actors: dict[str, Actor]
) -> None:
    first, second = make("initiative", title="A"), make("initiative", title="B")
    client, kind = signed_in("secretariat"), kind_named("initiative")
    page = look(client, "/initiatives/bulk", status="running")
    with app.app_context():
        entity = editing.one(kind, actors["secretariat"], second.reference)
        editing.revise(actors["secretariat"], kind, entity, {"goal": "Intussen"})
    refused = do(client, page, status=409)
    assert counts(refused) == {"geweigerd": 1, "gewijzigd": 1}
    assert "Rij 2: Intussen heeft een ander dit gewijzigd" in outcomes(refused)[0][3]
    assert "lopend" not in client.page(f"/initiatives/{first.reference}").text


def test_only_what_is_ones_own_to_change_is_offered_and_taken(
    signed_in: SignedIn, make: Make
) -> None:
    theirs = make("initiative", title="Van een ander").reference
    own = make("initiative", title="Eigen", by="member", state="draft").reference
    hidden = make("initiative", title="Verborgen", state="draft").reference
    member = signed_in("member")
    form = member.page("/initiatives/bulk", headers={"Accept-Language": "nl"}).form("record")
    assert [value.split()[0] for value in form.fields["record"]] == [own]
    form.put({"status": "running", "record": [f"{theirs} 2", f"{own} 1", f"{hidden} 1"]})
    page = member.submit(form, button="step=preview")
    assert counts(page) == {"geweigerd": 2, "gewijzigd": 1}
    assert "Verborgen" not in page.text


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"record": None, "status": "running"}, "Kies ten minste één rij."),
        ({"status": ""}, "Kies wat er moet veranderen."),
        ({"record": "x", "status": "running"}, "Kies ten minste één rij."),
    ],
)
def test_an_empty_choice_is_refused(
    signed_in: SignedIn, make: Make, answers: dict[str, str], wrong: str
) -> None:
    make("initiative", title="A")
    client = signed_in("secretariat")
    form = client.page("/initiatives/bulk", headers={"Accept-Language": "nl"}).form("record")
    assert errors(client.submit(form.put(dict(answers)), status=400, button="step=preview")) == [
        wrong
    ]


def test_a_tampered_choice_is_refused_in_words(signed_in: SignedIn, make: Make) -> None:
    make("initiative", title="A")
    client = signed_in("secretariat")
    page = look(client, "/initiatives/bulk", status="onzin", **{"from-earliest": "gisteren"})
    assert counts(page) == {"geweigerd": 1}
    assert "Kies een van" in outcomes(page)[0][3]
