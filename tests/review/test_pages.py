"""Handing in and judging, on the screens."""

from collections.abc import Callable

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
    for name in ("goal", "period-text", "rijen-themes", "rijen-participations"):
        assert page.all(f".//a[@href='#{name}']"), name
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


@on_sqlite
def test_a_report_waits_in_the_queue_until_it_is_released(signed_in: SignedIn, make: Make) -> None:
    secretariat, reference = (
        signed_in("secretariat"),
        make.reference("initiative", title="De pilot"),
    )
    url = f"{URL}/{reference}/updates"
    form = secretariat.page(f"{url}/new").form("state")
    secretariat.submit(form.put({"state": "on_track", "text": "Loopt."}))
    assert secretariat.page("/review").links()["De pilot"] == url
    page = secretariat.page(url)
    actions = (form.get("action", "") for form in page.all(".//form"))
    (release,) = (action for action in actions if action.endswith("/release"))
    secretariat.submit(page.form_to(release))
    assert "De pilot" not in secretariat.page("/review").links()


@on_sqlite
def test_nobody_publishes_what_they_submitted_and_is_told_so(
    signed_in: SignedIn, make: Make
) -> None:
    ready = {
        "goal": "Minder werkdruk",
        "period": "2021",
        "themes": [{"theme": make.reference("theme"), "basis": "classified"}],
        "participations": [{"partner": make.reference("partner"), "role": "lead"}],
    }
    url = f"{URL}/{make.reference('initiative', state='draft', **ready)}"
    secretariat = signed_in("secretariat")
    secretariat.submit(secretariat.page(url).form(action=f"{url}/submit"))
    form = secretariat.page(f"{url}/publish").form("audience")
    told = {"nl": "U hebt dit zelf ingediend.", "en": "You submitted this yourself."}
    for lang, said in told.items():
        secretariat.get(f"/?lang={lang}")
        assert said in secretariat.submit(form, status=403).text
    signed_in("public").page(url, status=404)


@on_sqlite
def test_who_publishes_second_is_told_that_it_was_done(signed_in: SignedIn, make: Make) -> None:
    member, first, second = (signed_in(w) for w in ("member", "secretariat", "administrator"))
    url = handed_in(member, make)
    forms = [who.page(f"{url}/publish").form("audience") for who in (first, second)]
    first.submit(forms[0].fill(audience="core_group"))
    assert "Intussen heeft een ander dit gewijzigd" in second.submit(forms[1], status=412).text
    signed_in("public").page(url, status=404)
    place = member.submit(member.page(f"{url}/edit").form("_lists").put({"goal": "Stilte"})).url
    pages = [who.page(place).form(action=f"{place}/publish") for who in (first, second)]
    assert "is gepubliceerd" in first.submit(pages[0]).text
    assert "Intussen heeft een ander dit gewijzigd" in second.submit(pages[1]).text
    assert member.page(f"{url}/history").text.count("Voorstel overgenomen.") == 1


@on_sqlite
def test_an_embargo_ends_as_its_day_begins_here_and_keeps_its_hour(
    signed_in: SignedIn, api: Callable[[str], Client], make: Make
) -> None:
    secretariat, url = signed_in("secretariat"), handed_in(signed_in("member"), make)
    form = secretariat.page(f"{url}/publish").form("audience")
    secretariat.submit(form.fill(embargoUntil="2100-07-01"))
    signed_in("public").page(url, status=404)
    json = {"audience": "public", "embargoUntil": "2100-07-01"}
    again = api("secretariat").post(f"/api/v1{url}/publications", json=json)
    assert again.status_code == 409  # it is that already: the day is the same moment at both doors
    json["embargoUntil"] = "2100-07-01T09:00:00Z"
    api("secretariat").post(f"/api/v1{url}/publications", json=json)
    form = secretariat.page(f"{url}/publish").form("audience")
    assert form.fields["embargoUntil"] == ["2100-07-01"]
    secretariat.submit(form.fill(audience="partners"))
    json["audience"] = "partners"
    answer = api("secretariat").post(f"/api/v1{url}/publications", json=json)
    assert answer.status_code == 409
