"""History as people read it: sentences, seen from the first publication on."""

import time
from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from registry import clock, editing
from registry.access import Actor
from registry.db import session
from registry.initiatives.schemas import INITIATIVE
from registry.kind import kind_named
from registry.merging.commands import merge
from tests import databases
from tests.browsing import Client, words
from tests.factories import Make

SignIn = Callable[[Client, str], Client]


def revise(app: Flask, actor: Actor, kind: str, reference: str, **payload: object) -> None:
    with app.app_context():
        entity = editing.one(kind_named(kind), actor, reference)
        editing.revise(actor, kind_named(kind), entity, payload, reason=None)
        session().commit()


def test_a_change_is_told_with_its_old_and_new_value(
    app: Flask, client: Client, make: Make, actors: dict[str, Actor], sign_in: SignIn
) -> None:
    reference = make.reference("initiative", title="Pilot", relation="beside")
    revise(app, actors["secretariat"], "initiative", reference, relation="part_of")
    text = sign_in(client, "member").page(f"/initiatives/{reference}/history").text
    assert "Gewijzigd: Verhouding tot de samenwerking." in text
    assert "naast de samenwerking" in text
    assert "onderdeel ervan" in text
    assert "Secretariat" in text


def test_who_is_not_signed_in_does_not_read_names_of_people(
    app: Flask, client: Client, make: Make, actors: dict[str, Actor]
) -> None:
    reference = make.reference("initiative")
    revise(app, actors["secretariat"], "initiative", reference, goal="Minder klachten")
    text = client.page(f"/initiatives/{reference}/history").text
    assert "Gewijzigd: Doel." in text
    assert actors["secretariat"].name not in text


def test_the_public_reads_from_the_first_publication_on(
    app: Flask, client: Client, make: Make, actors: dict[str, Actor], sign_in: SignIn
) -> None:
    reference = make.reference("initiative", state="draft")
    revise(app, actors["secretariat"], "initiative", reference, goal="Eerst geheim")
    with app.app_context():
        entity = editing.one(INITIATIVE, actors["secretariat"], reference)
        editing.publish(actors["secretariat"], INITIATIVE, entity)
    public = words(client.page(f"/initiatives/{reference}/history").all(".//ol")[-1])
    assert "Gepubliceerd." in public
    assert "Vastgelegd" not in public
    assert "Eerst geheim" not in public
    assert (
        "Vastgelegd"
        in sign_in(client, "secretariat").page(f"/initiatives/{reference}/history").text
    )


def test_a_field_that_the_reader_may_not_see_has_no_history_either(
    app: Flask, client: Client, make: Make, actors: dict[str, Actor], sign_in: SignIn
) -> None:
    reference = make.reference("partner")
    contacts = [{"name": "Jo Voorbeeld"}]
    revise(app, actors["secretariat"], "partner", reference, contacts=contacts)
    path = f"/partners/{reference}/history"
    public = client.page(path).text
    assert "Contactpersonen" not in public
    assert "Jo Voorbeeld" not in public
    assert "Jo Voorbeeld" in sign_in(client, "member").page(path).text


def test_a_row_that_came_is_told_in_one_line_by_name(
    app: Flask, client: Client, make: Make, actors: dict[str, Actor]
) -> None:
    partner = make.reference("partner", name="Stichting Rust")
    hidden = make.reference("partner", name="Stichting Geheim", state="draft")
    reference = make.reference("initiative")
    rows = [{"partner": p, "role": "executor"} for p in (partner, hidden)]
    revise(app, actors["secretariat"], "initiative", reference, participations=rows)
    text = client.page(f"/initiatives/{reference}/history").text
    assert "Stichting Rust, uitvoerder" in text
    assert "Stichting Geheim" not in text


def test_the_history_of_everything_shows_only_what_may_be_seen(client: Client, make: Make) -> None:
    make("initiative", title="Openbaar")
    make("initiative", title="Nog een concept", state="draft")
    page = client.page("/history")
    assert page.links()["Openbaar"].startswith("/initiatives/")
    assert "Openbaar Initiatief Gepubliceerd." in page.text
    assert "Nog een concept" not in page.text


def test_a_page_of_history_that_is_no_number_is_refused(client: Client) -> None:
    client.page("/history?page=x", status=400)


def test_the_log_is_filtered_in_its_address_with_counts(
    app: Flask, client: Client, make: Make, sign_in: SignIn
) -> None:
    make("theme", name="Een thema")
    make("initiative", title="Een initiatief")
    sign_in(client, "secretariat")
    page = client.page("/history?kind=theme&action=create&who=secr&door=&from=")
    assert "1 wijziging" in page.text
    assert "Een thema" in page.text
    assert "Een initiatief" not in page.text
    assert [o.get("value") for o in page.all(".//option[@selected]")] == ["theme", "create"]
    assert client.page(page.links()["Alles wissen"]).status == 200
    client.page("/history?door=raam", status=400)


def test_who_is_not_signed_in_is_not_asked_for_a_name(client: Client, make: Make) -> None:
    page = client.page("/history")
    assert not page.all(".//input[@name='who']")
    assert page.all(".//select[@name='door']")


def test_the_words_that_differ_in_a_long_text_are_marked(
    app: Flask, client: Client, make: Make, actors: dict[str, Actor]
) -> None:
    before = "De samenwerking wil burn-outklachten in 2021 terugdringen, met werkgevers."
    reference = make.reference("initiative", goal=before)
    after = before.replace("2021", "2022")
    revise(app, actors["secretariat"], "initiative", reference, goal=after)
    page = client.page(f"/initiatives/{reference}/history")
    (gone,), (new,) = (page.all(f".//p[@class='app-words']/{tag}") for tag in ("del", "ins"))
    assert ("".join(gone.itertext()).strip(), "".join(new.itertext()).strip()) == (
        "vervallen: 2021", "nieuw: 2022",
    )  # fmt: skip


def test_a_removed_record_says_who_removed_it_and_why(
    app: Flask, client: Client, make: Make, actors: dict[str, Actor], sign_in: SignIn
) -> None:
    with app.app_context():
        entity = make("initiative", title="Weg ermee")
        editing.remove(actors["secretariat"], INITIATIVE, entity, reason="dubbel met een ander")
        url = f"/initiatives/{entity.reference}"
    for path in (url, f"{url}/history"):
        client.page(path, status=404)
    sign_in(client, "administrator")
    page = client.page(url, status=410)
    assert "Verwijderd op" in page.text
    assert "door Secretariat. Reden: dubbel met een ander" in page.text
    assert "Vastgelegd" in page.text
    assert page.links()["Terugzetten"] == f"{url}/restore"
    assert "Verwijderd op" in client.page(f"{url}/history").text


def test_what_was_changed_under_embargo_is_no_public_history(
    app: Flask, client: Client, make: Make, actors: dict[str, Actor]
) -> None:
    with app.app_context():
        until = clock.now() + timedelta(seconds=1)
        entity = make("initiative", embargo_until=until, goal="onder embargo")
        editing.revise(actors["secretariat"], INITIATIVE, entity, {"goal": "definitief"})
        changed = entity.record.updated_at
        url = f"/initiatives/{entity.reference}"
    while clock.now() <= until:
        time.sleep(0.05)
    assert "definitief" in client.page(url).text
    assert "onder embargo" not in client.page(f"{url}/history").text
    then = changed.isoformat().replace("+00:00", "Z")
    client.page(f"{url}?knownAt={then}", status=404)


@databases.on_sqlite
def test_who_merged_a_record_is_told_to_who_is_signed_in_only(
    app: Flask, client: Client, make: Make, actors: dict[str, Actor], sign_in: SignIn
) -> None:
    with app.app_context():
        gone, into = make("theme"), make("theme")
        merge(actors["secretariat"], kind_named("theme"), gone, into, "dubbel")
        session().commit()
        url = f"/themes/{gone.reference}/history"
    told = client.page(url).text
    assert "Samengevoegd op" in told
    assert "door iemand met een account. Reden: dubbel" in told
    assert actors["secretariat"].name not in told
    assert "door Secretariat. Reden: dubbel" in sign_in(client, "member").page(url).text
