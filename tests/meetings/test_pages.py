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


def test_an_organisation_tells_whether_it_was_there(
    app: Any, meeting: str, actors: Actors, signed_in: SignedIn
) -> None:
    partner = reference_of(app, actors["member"])
    page = signed_in("member").page(f"/partners/{partner}").text
    assert "Kerngroep van maart 2 maart 2021 · A. Aanwezig, aanwezig" in page


def test_who_was_there_proposes_a_change(meeting: str, api: Any) -> None:
    member, url = api("member"), f"/api/v1/meetings/{meeting}"
    seen = member.get(url)
    change = {"place": "Utrecht"}
    made = member.patch(
        url,
        json=change,
        headers={
            "If-Match": seen.headers["ETag"],
            "Content-Type": "application/merge-patch+json",
        },
    )
    assert made.status_code == 202
    assert member.get(url).get_json()["place"] is None


def test_the_search_finds_a_decision_for_who_may_read_it(
    meeting: str, signed_in: SignedIn, client: Client
) -> None:
    asked = "/search?q=kwartaal"
    assert "Kerngroep van maart" in signed_in("member").get(asked).text
    assert "Kerngroep van maart" not in client.get(asked).text


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


# --- adopting and agreeing ----------------------------------------------------------------


@pytest.fixture
def agreed(app: Any, make: Make, actors: Actors) -> str:
    """A meeting with a decision and an action point that follows from it."""
    owner = reference_of(app, actors["member"])
    row = {"key": "zaal", "text": "Regelt de zaal", "owner": owner, "state": "open", "decision": 1}
    return make.reference("meeting", title="Mei", decisions=[{"text": SAID}], actions=[row])


def test_the_secretariat_adopts_the_minutes_with_one_button(
    agreed: str, signed_in: SignedIn
) -> None:
    secretariat = signed_in("secretariat")
    form = secretariat.page(f"/meetings/{agreed}").form_to(f"/meetings/{agreed}/minutes")
    page = secretariat.submit(form)
    document = next(url for text, url in page.links().items() if text == "Verslag: Mei")
    assert SAID in secretariat.get(document).text
    assert "Het verslag is bij." in page.text


def test_an_action_point_becomes_an_agreement_with_one_button_and_once(
    agreed: str, signed_in: SignedIn
) -> None:
    secretariat = signed_in("secretariat")
    url = f"/meetings/{agreed}/actions/zaal/commitments"
    form = secretariat.page(f"/meetings/{agreed}").form_to(url)
    page = secretariat.submit(form)
    commitment = next(text for text in page.links() if text.startswith("COM-"))
    member = signed_in("member").get(f"/commitments/{commitment}").text
    assert "Afgesproken in" in member
    assert "Mei" in member
    form.fill(version=secretariat.page(f"/meetings/{agreed}/edit").form("_lists").fields["version"])
    again = secretariat.submit(form)
    assert "al een afspraak" in again.text
    assert commitment in again.links()


def test_only_who_may_sees_the_buttons(agreed: str, signed_in: SignedIn) -> None:
    assert "Verslag vaststellen" not in signed_in("member").get(f"/meetings/{agreed}").text


def test_why_the_minutes_cannot_be_adopted_is_said_on_the_page(
    make: Make, signed_in: SignedIn
) -> None:
    about = {"text": SAID, "initiative": make.reference("initiative", state="draft")}
    meeting = make.reference("meeting", decisions=[about])
    secretariat = signed_in("secretariat")
    form = secretariat.page(f"/meetings/{meeting}").form_to(f"/meetings/{meeting}/minutes")
    assert "verruim eerst de zichtbaarheid" in secretariat.submit(form).text


def test_the_api_adopts_and_agrees(agreed: str, api: Any) -> None:
    secretariat = api("secretariat")
    url = f"/api/v1/meetings/{agreed}"
    made = secretariat.post(f"{url}/minutes")
    assert made.status_code == 201
    assert [p["quote"] for p in made.get_json()["passages"]] == [SAID]
    assert secretariat.get(made.headers["Location"]).status_code == 200
    assert secretariat.post(f"{url}/minutes").status_code == 409
    commitment = secretariat.post(f"{url}/actions/zaal/commitments")
    assert commitment.status_code == 201
    told = commitment.get_json()
    assert (told["strength"], told["sources"][0]["quote"]) == ("agreement", SAID)
    refused = secretariat.post(f"{url}/actions/zaal/commitments")
    assert refused.status_code == 409
    assert commitment.headers["Location"] in refused.get_json(force=True)["detail"]
    assert secretariat.post(f"{url}/actions/niets/commitments").status_code == 404
    assert api("member").post(f"{url}/minutes").status_code == 403
    assert api("partner").post(f"{url}/minutes").status_code == 404
    stale = {"If-Match": '"1-x"'}
    assert secretariat.post(f"{url}/minutes", headers=stale).status_code == 412
