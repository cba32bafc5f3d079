"""A proposal on the screens: opened again, made smaller, and of what is not there any more."""

from typing import Any

import pytest

from registry import editing
from registry.initiatives.schemas import INITIATIVE
from registry.merging.commands import merge
from tests.browsing import Client, Page, SignedIn
from tests.databases import on_sqlite
from tests.factories import Make
from tests.review.test_pages import handed_in

pytestmark = on_sqlite


@pytest.fixture
def member(signed_in: SignedIn) -> Client:
    return signed_in("member")


@pytest.fixture
def secretariat(signed_in: SignedIn) -> Client:
    return signed_in("secretariat")


@pytest.fixture
def url(member: Client, secretariat: Client, make: Make) -> str:
    """The address of a published initiative of the member."""
    url = handed_in(member, make)
    secretariat.submit(secretariat.page(f"{url}/publish").form("audience"))
    return url


def propose(member: Client, url: str, **values: Any) -> Page:
    form = member.page(f"{url}/edit").form("_lists")
    return member.submit(form.put({k.replace("__", "-"): v for k, v in values.items()}))


def send_back(secretariat: Client, place: str, note: str) -> None:
    secretariat.submit(secretariat.page(f"{place}/return").form("note").fill(note=note))


def change(secretariat: Client, url: str, **values: Any) -> None:
    secretariat.submit(secretariat.page(f"{url}/edit").form("_lists").put(values))


@pytest.mark.parametrize(("lang", "said"), [("nl", "teruggestuurd"), ("en", "sent back")])
def test_a_returned_proposal_opens_on_what_was_proposed_under_the_note(
    member: Client, secretariat: Client, url: str, make: Make, lang: str, said: str
) -> None:
    other = make.reference("partner")
    rows = {"participations-1-partner": other, "participations-1-role": "funder"}
    place = propose(member, url, goal="Stilte", _reason="Beter zo", **rows).url
    send_back(secretariat, place, "Graag langer")
    page = member.page(f"{url}/edit?lang={lang}")
    assert "Graag langer" in page.text
    assert said in page.text
    fields = page.form("_lists").fields
    assert (fields["goal"], fields["_reason"]) == (["Stilte"], ["Beter zo"])
    assert fields["participations-1-partner"] == [other]
    key = fields["participations-1-key"]
    assert key != [""]
    again = member.submit(page.form("_lists").put({"goal": "Stilte en regelmaat"}))
    assert "Stilte en regelmaat" in again.text
    assert member.page(f"{url}/edit").form("_lists").fields["participations-1-key"] == key
    secretariat.submit(secretariat.page(place).form(action=f"{place}/publish"))
    assert member.page(f"{url}/edit").form("_lists").fields["participations-1-key"] == key


def test_what_is_set_back_in_the_form_falls_out_of_the_proposal(member: Client, url: str) -> None:
    propose(member, url, goal="Stilte", summary="Kort")
    page = propose(member, url, goal="Minder werkdruk")
    assert "Kort" in page.text
    assert "Stilte" not in page.text
    form = member.page(f"{url}/edit").form("_lists").put({"summary": ""})
    assert "Trek het voorstel in" in member.submit(form, status=400).text


def test_what_was_changed_since_is_told_with_both_texts_and_chosen(
    member: Client, secretariat: Client, url: str
) -> None:
    place = propose(member, url, goal="Van het lid", summary="Kort").url
    change(secretariat, url, goal="Van het secretariaat")
    assert "gewijzigd sinds het werd voorgesteld" in member.page(place).text
    page = member.page(f"{url}/edit")
    table = " ".join(page.all(".//table[@class='app-conflict']")[0].itertext())
    assert "Van het lid" in table
    assert "Van het secretariaat" in table
    form = page.form("_lists")
    assert (form.fields["goal"], form.fields["_keep-goal"]) == (["Van het lid"], ["yours"])
    kept = member.submit(form)
    secretariat.submit(secretariat.page(place).form(action=f"{place}/publish"))
    assert kept.url == place
    assert "Van het lid" in member.page(url).text


def test_who_adopts_what_somebody_changed_meanwhile_is_asked_to_look_again(
    member: Client, secretariat: Client, url: str
) -> None:
    place = propose(member, url, goal="Van het lid").url
    form = secretariat.page(place).form(action=f"{place}/publish")
    change(secretariat, url, summary="Kort")
    stale = secretariat.submit(form)
    assert stale.url == place
    assert "een ander dit gewijzigd. U hebt niets gepubliceerd. Kijk opnieuw." in stale.text
    del form.fields["version"]
    assert "U hebt niets gepubliceerd. Kijk opnieuw." in secretariat.submit(form).text
    assert "Van het lid" not in member.page(url).text


def test_of_what_was_changed_since_the_other_text_may_stay(
    member: Client, secretariat: Client, url: str
) -> None:
    propose(member, url, goal="Van het lid", summary="Kort")
    change(secretariat, url, goal="Van het secretariaat")
    page = propose(member, url, **{"_keep-goal": "theirs"})
    assert "Van het lid" not in page.text
    assert "Kort" in page.text


def test_one_field_is_taken_back_and_of_the_last_is_asked(member: Client, url: str) -> None:
    page = propose(member, url, goal="Stilte", summary="Kort")
    place = page.url
    left = member.submit(page.form(action=f"{place}/fields/goal/retract"))
    assert "Teruggenomen: Doel" in left.text
    assert "Stilte" not in left.text
    asked = member.submit(left.form(action=f"{place}/fields/summary/retract"))
    assert "het hele voorstel intrekken?" in asked.text
    assert "Ingediend" in member.page(place).text
    member.submit(asked.form_to(f"{place}/retract"))
    assert "Ingetrokken" in member.page(place).text


def test_only_its_author_takes_a_field_back(member: Client, secretariat: Client, url: str) -> None:
    place = propose(member, url, goal="Stilte", summary="Kort").url
    page = secretariat.page(place)
    form = page.form_to(f"{place}/publish")
    form.action = f"{place}/fields/goal/retract"
    secretariat.submit(form, status=403)
    assert "Stilte" in member.page(place).text


def test_of_a_record_that_was_merged_away_is_told_where_it_went(
    member: Client,
    secretariat: Client,
    signed_in: SignedIn,
    url: str,
    app: Any,
    make: Make,
    actors: Any,
) -> None:
    place = propose(member, url, goal="Stilte").url
    with app.app_context():
        into = make("initiative", title="Blijft").reference
        who = actors["secretariat"]
        gone = editing.one(INITIATIVE, who, url.rpartition("/")[2])
        merge(who, INITIATIVE, gone, editing.one(INITIATIVE, who, into), "hetzelfde")
    page = member.page(place)
    assert "samengevoegd met een ander" in page.text
    assert "Stilte" in page.text
    assert f"/initiatives/{into}" in page.links().values()
    assert place in member.page("/mine").links().values()
    assert secretariat.page(place).status == 200
    for who in ("other_member", "partner"):
        signed_in(who).page(place, status=404)
    aside = member.submit(page.form_to(f"{place}/retract"))
    assert aside.url == "/mine"
    assert "ingetrokken" in aside.text


def test_of_a_record_that_was_removed_is_told_so_unless_it_was_hidden(
    member: Client, secretariat: Client, url: str, app: Any, make: Make, actors: Any
) -> None:
    place = propose(member, url, goal="Stilte").url
    form = secretariat.page(f"{url}/remove").form("reason")
    secretariat.submit(form.fill(reason="dubbel"))
    page = member.page(place)
    assert "Dit gegeven is verwijderd" in page.text
    assert "Stilte" in page.text
    assert place not in secretariat.page("/review").links().values()


def test_of_a_record_that_was_hidden_again_nothing_is_told(
    secretariat: Client, signed_in: SignedIn, url: str, actors: Any
) -> None:
    other = signed_in("other_member")
    with_part = secretariat.page(f"{url}/edit").form("_lists")
    own = other.get("/api/v1/partners?q=MIND").get_json(force=True)[0]["reference"]
    rows = {"participations-1-partner": own, "participations-1-role": "funder"}
    secretariat.submit(with_part.put(rows))
    place = propose(other, url, goal="Stilte").url
    form = secretariat.page(f"{url}/withdraw").form("reason")
    secretariat.submit(form.fill(reason="te vroeg"))
    other.page(place, status=404)
    secretariat.submit(secretariat.page(f"{url}/remove").form("version"))
    other.page(place, status=404)
    assert place not in other.page("/mine").links().values()
