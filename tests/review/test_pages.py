"""Handing in and judging, on the screens."""

from tests.browsing import Client, SignedIn
from tests.databases import on_sqlite
from tests.factories import Make

URL = "/initiatives"


def handed_in(member: Client, make: Make) -> str:
    """The address of an initiative that a member registered and submitted in one go."""
    theme = make.reference("theme")
    form = member.page(f"{URL}/new").form("_lists")
    form.put(
        {
            "title": "Rust op het werk",
            "goal": "Minder werkdruk",
            "period-text": "2021",
            "themes-0-theme": theme,
            "themes-0-basis": "reported",
            "participations-0-partner": own_organisation(member),
            "participations-0-role": "lead",
        }
    )
    page = member.submit(form, button="_then=submit")
    assert "Rust op het werk is ingediend." in page.text
    return page.url


def own_organisation(member: Client) -> str:
    """The reference of OVAL, as the API tells it."""
    found = member.get("/api/v1/partners?q=OVAL").get_json(force=True)
    return str(found[0]["reference"])


@on_sqlite
def test_what_is_missing_is_shown_at_the_fields_and_the_draft_is_kept(
    signed_in: SignedIn,
) -> None:
    member = signed_in("member")
    form = member.page(f"{URL}/new").form("_lists")
    page = member.submit(form.put({"title": "Half af"}), status=400, button="_then=submit")
    assert "Half af is bewaard als concept." in page.text
    for name in ("goal", "period-text"):
        assert page.all(f".//*[@id='{name}-fout']"), name
    again = member.submit(page.form("_lists").put({"goal": "Rust"}))
    assert "De wijzigingen zijn bewaard." in again.text


@on_sqlite
def test_from_submitted_by_way_of_returned_to_published(signed_in: SignedIn, make: Make) -> None:
    member, secretariat = signed_in("member"), signed_in("secretariat")
    url = handed_in(member, make)
    assert "Rust op het werk" in secretariat.page("/review").text
    form = secretariat.page(f"{url}/return").form("note")
    assert secretariat.submit(form, status=400).all(".//*[@id='note-fout']")
    secretariat.submit(secretariat.page(f"{url}/return").form("note").fill(note="Graag korter"))
    assert "Graag korter" in member.page(url).text
    member.submit(member.page(url).form(action=f"{url}/submit"))
    form = secretariat.page(f"{url}/publish").form("audience")
    secretariat.submit(form.fill(audience="public"))
    assert "Rust op het werk" in signed_in("public").page(url).text
    told = secretariat.page(f"{url}/history").text
    for step in ("Ingediend", "Teruggestuurd", "Gepubliceerd"):
        assert step in told


@on_sqlite
def test_a_change_of_what_is_published_is_a_proposal_until_it_is_adopted(
    signed_in: SignedIn, make: Make
) -> None:
    member, secretariat = signed_in("member"), signed_in("secretariat")
    url = handed_in(member, make)
    secretariat.submit(secretariat.page(f"{url}/publish").form("audience"))
    form = member.page(f"{url}/edit").form("_lists")
    proposal = member.submit(form.put({"goal": "Veel minder werkdruk"}))
    assert "Uw voorstel is ingediend." in proposal.text
    assert "Veel minder werkdruk" in proposal.text
    assert "Veel minder werkdruk" not in signed_in("public").page(url).text
    seen = secretariat.page(proposal.url)
    secretariat.submit(seen.form(action=f"{proposal.url}/publish"))
    assert "Veel minder werkdruk" in signed_in("public").page(url).text
    assert "overgenomen" in member.page("/mine").text
    signed_in("other_member").page(proposal.url, status=404)


@on_sqlite
def test_an_author_takes_a_proposal_back(signed_in: SignedIn, make: Make) -> None:
    member, secretariat = signed_in("member"), signed_in("secretariat")
    url = handed_in(member, make)
    secretariat.submit(secretariat.page(f"{url}/publish").form("audience"))
    form = member.page(f"{url}/edit").form("_lists")
    proposal = member.submit(form.put({"goal": "Toch niet"}))
    member.submit(member.page(proposal.url).form(action=f"{proposal.url}/retract"))
    assert "Toch niet" not in secretariat.page("/review").text


@on_sqlite
def test_the_queue_is_counted_on_every_page(signed_in: SignedIn, make: Make) -> None:
    secretariat = signed_in("secretariat")
    before = secretariat.page("/").text
    handed_in(signed_in("member"), make)
    assert "Te beoordelen 1 wachten" in secretariat.page("/").text
    assert "Te beoordelen 1" not in before
