"""What a reader sees of meetings: who is told what, and where they are pointed at."""

from typing import Any

import pytest

from registry.access import Actor
from registry.db import session as current
from registry.record import Record
from tests import databases
from tests.browsing import Client, SignedIn
from tests.factories import Make
from tests.uploads.reading import counts, send

Actors = dict[str, Actor]
pytestmark = databases.on_sqlite
SAID = "De kerngroep komt elk kwartaal bijeen."


def reference_of(app: Any, actor: Actor) -> str:
    with app.app_context():
        return current().get_one(Record, actor.home_id).reference


@pytest.fixture
def meeting(app: Any, make: Make, actors: Actors) -> str:
    return make.reference(
        "meeting",
        title="Kerngroep van maart",
        when="2 maart 2021",
        kind="core_group",
        notes="Voor de kerngroep bestemd",
        internalNotes="Alleen intern",
        attendance=[
            {
                "partner": reference_of(app, actors["member"]),
                "person": "A. Aanwezig",
                "presence": "present",
            }
        ],
        decisions=[{"text": SAID}],
    )


def test_a_meeting_is_for_the_core_group_unless_said_otherwise(
    meeting: str, signed_in: SignedIn, client: Client
) -> None:
    assert SAID in signed_in("member").get(f"/meetings/{meeting}").text
    assert signed_in("partner").get(f"/meetings/{meeting}").status_code == 404
    assert client.get(f"/meetings/{meeting}").status_code == 404


def test_internal_notes_are_for_the_secretariat(meeting: str, signed_in: SignedIn) -> None:
    member = signed_in("member").get(f"/meetings/{meeting}").text
    assert "Voor de kerngroep bestemd" in member
    assert "Alleen intern" not in member
    assert "Alleen intern" in signed_in("secretariat").get(f"/meetings/{meeting}").text


def test_who_was_there_is_never_public(
    app: Any, make: Make, actors: Actors, client: Client, api: Any, signed_in: SignedIn
) -> None:
    partner = reference_of(app, actors["member"])
    there = [{"partner": partner, "person": "A. Aanwezig", "presence": "present"}]
    reference = make.reference(
        "meeting", title="Open dag", audience="public", attendance=there, notes="Besloten"
    )
    page = client.get(f"/meetings/{reference}").text
    assert "Open dag" in page
    assert "Aanwezig" not in page
    assert "Besloten" not in page
    told = api("public").get(f"/api/v1/meetings/{reference}").get_json()
    assert not {"attendance", "notes", "internalNotes"} & set(told)
    assert "Open dag" not in client.get(f"/partners/{partner}").text
    assert "Open dag" in signed_in("member").get(f"/partners/{partner}").text


def test_the_menu_leads_to_meetings_for_who_sees_any(
    make: Make, signed_in: SignedIn, client: Client
) -> None:
    entry = 'href="/meetings"'
    assert entry in signed_in("secretariat").get("/initiatives").text
    assert entry not in signed_in("member").get("/initiatives").text
    make("meeting")
    assert entry in signed_in("member").get("/initiatives").text
    assert entry not in signed_in("partner").get("/initiatives").text
    assert entry not in client.get("/initiatives").text


def test_a_theme_tells_what_was_decided_about_it(
    make: Make, signed_in: SignedIn, client: Client
) -> None:
    theme = make.reference("theme", name="Preventie")
    make("meeting", title="Kerngroep van juni", decisions=[{"text": SAID, "theme": theme}])
    assert "Kerngroep van juni" in signed_in("member").get(f"/themes/{theme}").text
    assert "Kerngroep van juni" not in client.get(f"/themes/{theme}").text


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_list_reads_in_again_without_a_change(
    meeting: str, signed_in: SignedIn, form: str
) -> None:
    secretariat = signed_in("secretariat")
    data = secretariat.get(f"/meetings/list.{form}").data
    page = send(secretariat, "meetings", data, f"lijst.{form}")
    assert {told: n for told, n in counts(page).items() if n} == {"ongewijzigd": 1}
