"""The screens of annexes: made by the secretariat, agreed to by who owns a line, then frozen."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry import editing
from registry.access import Actor
from registry.commitments.schemas import COMMITMENT
from registry.drafting import working
from registry.jobs.working import work_due
from registry.reports import commands, queries
from registry.updates import commands as updates
from tests import databases
from tests.browsing import Page, SignedIn
from tests.factories import Make

pytestmark = databases.on_sqlite
Actors = dict[str, Actor]
REPORT = {"day": "2020-12-01", "state": "on_track", "text": "Er ligt een concept."}


@pytest.fixture
def promise(make: Make, actors: Actors) -> str:
    """A promise that the organisation of "member" keeps."""
    keeper = actors["member"].home_id
    return make.reference("commitment", text="Een plan komt medio 2021.", keeper_id=keeper)


@pytest.fixture
def annex(make: Make, promise: str) -> str:
    """An annex that the core group sees, with a line for the promise."""
    return make.reference("annex", title="Bijlage juni")


def shown(page: Page) -> list[str | None]:
    """The lines on a page."""
    return [line.get("id") for line in page.all(".//article[@class='app-line']")]


def reported(actors: Actors, promise: str) -> None:
    """A report that was released."""
    found = editing.one(COMMITMENT, actors["member"], promise)
    made = updates.report(actors["member"], COMMITMENT, found, REPORT)
    updates.release(actors["secretariat"], COMMITMENT, found, made)


def test_a_new_annex_begins_with_the_reference_date_and_every_section(
    session: Session, signed_in: SignedIn, actors: Actors, promise: str
) -> None:
    browser = signed_in("secretariat")
    made = browser.submit(browser.page("/annexes/new?asOf=2021-06-15").form("asOf"))
    reference = made.url.rpartition("/")[2].partition("?")[0]
    found = queries.annex(actors["secretariat"], reference)
    assert (str(found.as_of), len(found.sections)) == ("2021-06-15", 6)
    steering = browser.page("/progress")
    assert steering.links()["Nieuwe bijlage"] == "/annexes/new"


def test_each_number_leads_to_exactly_the_lines_that_it_counts(
    session: Session, signed_in: SignedIn, make: Make, actors: Actors, annex: str, promise: str
) -> None:
    loose = make.reference("commitment")
    found = queries.annex(actors["secretariat"], annex)
    commands.ask(actors["secretariat"], found, [promise])
    browser = signed_in("secretariat")
    tallies = {
        a.get("href"): a[0].text
        for a in browser.page(f"/annexes/{annex}").all(".//a[@class='app-tally']")
    }
    lines = f"/annexes/{annex}/lines"
    asked, rest = f"{lines}?agreement=asked", f"{lines}?agreement=not_asked"
    assert tallies == {lines: "2", asked: "1", rest: "1"}
    assert shown(browser.page(asked)) == [promise]
    assert shown(browser.page(rest)) == [loose]
    assert shown(browser.page(f"{lines}?organisation=none")) == [loose]
    whole = browser.page(f"/annexes/{annex}/document").links()
    assert shown(browser.page(whole["Alle 2 regels – Regels zonder akkoord"])) == [promise, loose]


def test_a_text_is_taken_over_from_the_last_report_and_written_by_one_at_a_time(
    session: Session, signed_in: SignedIn, actors: Actors, annex: str, promise: str
) -> None:
    reported(actors, promise)
    browser, address = signed_in("secretariat"), f"/annexes/{annex}/lines/{promise}"
    beside = browser.page(address)
    form = browser.page(beside.links()["Neem over"]).form("text")
    assert form.fields["text"] == [REPORT["text"]]
    assert "bewaard" in browser.submit(form.fill(text="Het plan komt in juni.")).text
    late = browser.submit(form.fill(text="Het plan komt in juli."), status=412)
    assert "Intussen heeft een ander dit gewijzigd" in late.text
    assert "Het plan komt in juni." in late.text
    assert late.form("text").fields["version"] == ["1"]


def test_the_owner_agrees_to_what_was_read_and_goes_on_to_the_next(
    session: Session, signed_in: SignedIn, make: Make, actors: Actors, annex: str, promise: str
) -> None:
    other = make.reference("commitment", keeper_id=actors["member"].home_id)
    secretariat = signed_in("secretariat")
    page = secretariat.page(f"/annexes/{annex}/requests")
    told = secretariat.submit(page.form_to(f"/annexes/{annex}/requests"))
    assert "Voorgelegd: 2 regels" in told.text
    member = signed_in("member")
    assert "Akkoord gevraagd 2" in member.page("/mine").text
    asked = member.page("/agreements")
    assert shown(asked) == [promise, other]
    first = asked.form_to(f"/annexes/{annex}/lines/{promise}/agree")
    same = member.page(f"/annexes/{annex}/lines").form_to(first.action).fields
    assert {**same, "csrf_token": first.fields["csrf_token"]} == first.fields
    reported(actors, promise)
    assert "De tekst is intussen gewijzigd" in member.submit(first).text
    again = member.page("/agreements").form_to(f"/annexes/{annex}/lines/{promise}/agree")
    assert shown(member.submit(again)) == [other]
    remark = member.page(f"/annexes/{annex}/lines/{other}/remark").form("remark")
    assert "U bent klaar" in member.submit(remark.fill(remark="De datum klopt niet.")).text
    assert "De datum klopt niet." in secretariat.page(f"/annexes/{annex}/lines").text
    nobody = signed_in("other_member").page("/agreements")
    assert shown(nobody) == []


def test_freezing_says_who_has_not_agreed_and_asks_to_confirm_that(
    session: Session, signed_in: SignedIn, actors: Actors, annex: str, promise: str
) -> None:
    browser = signed_in("secretariat")
    page = browser.page(f"/annexes/{annex}/freeze")
    assert "Op 1 regel is nog geen akkoord gegeven. OVAL (1)" in page.text
    refused = browser.submit(page.form("unagreed"), status=400)
    sealed = browser.submit(refused.form("unagreed").fill(unagreed="true"))
    frozen = queries.freeze(queries.annex(actors["secretariat"], annex).id)
    assert frozen is not None
    assert f"nr. 2021-1 · SHA-256 {frozen.sha256}" in sealed.text
    labels = sealed.links()
    assert not {"Bewerken", "Regels bewerken", "Vaststellen"} & labels.keys()
    assert browser.get(f"/annexes/{annex}/lines/{promise}").status_code == 409
    form = browser.page(labels["Nieuwe bijlage op basis van deze"]).form("asOf")
    made = browser.submit(form.fill(title="Bijlage najaar", asOf="2021-10-01"))
    assert "Vergeleken met 2021-1." in made.text
    new = made.url.rpartition("/")[2]
    editing.archive(
        actors["secretariat"], COMMITMENT, editing.one(COMMITMENT, actors["member"], promise)
    )
    assert "1 verschil" in browser.page(f"/annexes/{annex}/comparison?with=now").text
    compared = browser.page(f"/annexes/{new}/comparison?with={annex}")
    assert "1 verschil" in compared.text
    assert "vervallen" in compared.text


def test_a_large_annex_is_composed_by_a_worker_and_read_then(
    session: Session, signed_in: SignedIn, annex: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "SMALL", 0)
    browser, address = signed_in("member"), f"/annexes/{annex}/document"
    asked = browser.page(address)
    assert shown(asked) == []
    followed = browser.submit(asked.form_to(address))
    assert "Bijlage samenstellen" in followed.text
    work_due()
    assert len(shown(browser.page(address))) == 1
    assert browser.get(f"/annexes/{annex}/files/json").json["title"] == "Bijlage juni"  # type: ignore[index]


def test_the_lines_are_read_by_as_many_queries_however_many_there_are(
    session: Session,
    signed_in: SignedIn,
    make: Make,
    annex: str,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    browser, address = signed_in("secretariat"), f"/annexes/{annex}/lines"
    make("commitment")
    browser.page(address)
    with count_queries() as few:
        browser.page(address)
    for _ in range(3):
        make("commitment")
    with count_queries() as many:
        browser.page(address)
    assert len(many) == len(few)


def test_open_commitments_are_linked_to_a_coming_letter(
    session: Session, signed_in: SignedIn, make: Make, actors: Actors, promise: str
) -> None:
    open_ = {"statuses": [{"status": "open", "from": {"text": "januari 2020"}}]}
    promised = make.reference("commitment", payload=open_)
    letter = make.reference("document", payload={"kind": "letter", "planned": True})
    browser = signed_in("secretariat")
    way = browser.page(f"/documents/{letter}").links()["Toezeggingen koppelen"]
    form = browser.page(way).form("chosen")
    assert "Gekoppeld: 1." in browser.submit(form.fill(chosen=promised)).text
    found: Any = editing.one(COMMITMENT, actors["secretariat"], promised)
    assert found.expected_in.reference == letter
    none = browser.page(way).form("chosen").fill(chosen=None)
    assert "Losgemaakt: 1." in browser.submit(none).text
