"""The page of a record: facts, sources, what points at it, and what one may do."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.db import session
from registry.kind import kind_named
from registry.record import ExternalKey, Record
from tests import databases
from tests.browsing import Client, Page, SignedIn, words
from tests.factories import Make

pytestmark = databases.on_sqlite

Counting = Callable[[], AbstractContextManager[list[str]]]
SignIn = Callable[[Client, str], Client]


def of_letters(app: Flask, key: str) -> str:
    """The public reference of a record of the letters."""
    with app.app_context():
        query = select(Record.reference).join(ExternalKey, ExternalKey.record_id == Record.id)
        return str(session().scalar(query.where(ExternalKey.key == key)))


def facts(page: Page) -> dict[str, str]:
    """What the list of facts says, by label."""
    return {
        words(fact.find("dt")): words(fact.find("dd"))
        for fact in page.all(".//dl/div[@class='app-fact']")
    }


def panels(page: Page) -> dict[str, list[str]]:
    return {
        words(panel.find("h2")): [words(a) for a in panel.findall(".//ul//a")]
        for panel in page.all(".//section[@class='app-panel']")
    }


def test_the_pilot_is_suspended_with_the_words_of_the_letter_and_their_window(
    letters: Flask, client: Client
) -> None:
    page = client.page(f"/initiatives/{of_letters(letters, 'I16')}?asOf=2020-12-31")
    assert "Stilgelegd sinds begin 2020." in page.text
    assert "gelezen als 1 januari t/m 31 maart 2020 (leesafspraak)" in page.text
    assert facts(page)["Status"] == "stilgelegd"


def test_the_status_is_that_of_the_reference_date(letters: Flask, client: Client) -> None:
    page = client.page(f"/initiatives/{of_letters(letters, 'I16')}?asOf=2019-12-01")
    assert facts(page)["Status"] == "lopend"
    assert "Stand op 1 december 2019." in page.text


@pytest.mark.parametrize(
    "moment", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00%2B14:00", "2021-01-01T00:00:00"]
)
def test_a_moment_that_is_none_in_utc_is_refused(moment: str, client: Client, make: Make) -> None:
    reference = make.reference("initiative")
    page = client.page(f"/initiatives/{reference}?knownAt={moment}", status=400)
    assert "Moment: Geef een dag, of een moment" in page.text


@pytest.mark.parametrize(
    ("moment", "status"), [("9999-12-31", 200), ("0001-01-01", 404), ("0001-01-01T00:00:00Z", 404)]
)
def test_the_first_and_last_moments_can_be_asked(
    moment: str, status: int, client: Client, make: Make
) -> None:
    reference = make.reference("initiative")
    client.page(f"/initiatives/{reference}?knownAt={moment}", status=status)


def test_an_empty_fact_is_not_stated_in_the_letters(letters: Flask, client: Client) -> None:
    page = client.page(f"/initiatives/{of_letters(letters, 'I16')}")
    assert facts(page)["Website"] == "Staat niet in de brieven."


def test_an_empty_field_of_a_members_record_is_left_out(
    app: Flask, client: Client, make: Make
) -> None:
    keeper = make("partner", name="Beheerder")
    reference = make.reference("initiative", keeper_id=keeper.id)
    assert "Website" not in facts(client.page(f"/initiatives/{reference}"))


def test_a_fact_leads_to_the_passage_that_says_it(letters: Flask, client: Client) -> None:
    page = client.page(f"/initiatives/{of_letters(letters, 'I16')}")
    sources = page.all(".//ol[@class='app-source-list']/li")
    targets = {f"#{source.get('id')}" for source in sources}
    notes = page.all(".//a[@class='app-notes__link']")
    assert {note.get("href") for note in notes} == targets
    text = words(sources[0])
    assert "staat er letterlijk" in text
    assert "25 883, nr. 405" in text
    assert "officiële publicatie" in text


def test_equal_words_are_one_source_that_lists_its_fields(letters: Flask, client: Client) -> None:
    page = client.page(f"/initiatives/{of_letters(letters, 'I16')}")
    quotes = [words(q) for q in page.all(".//blockquote")]
    assert any("Titel; Soort" in words(s) for s in page.all(".//li//strong"))
    assert len(quotes) >= len(set(quotes))


def test_relations_are_shown_from_both_sides(letters: Flask, client: Client) -> None:
    partner = of_letters(letters, "P08")
    page = client.page(f"/partners/{partner}")
    shown = next(rows for title, rows in panels(page).items() if title.startswith("Initiatieven"))
    assert shown
    url = page.links()[shown[0]]
    assert partner in "".join(client.page(url).links().values())


def test_a_panel_counts_and_leads_to_the_filtered_list(client: Client, make: Make) -> None:
    theme = make("theme", name="Thema")
    for number in range(10):
        row = {"theme": theme.reference, "basis": "classified"}
        make("initiative", title=f"Onder het thema {number}", themes=[row])
    page = client.page(f"/themes/{theme.reference}")
    box = next(t for t in panels(page) if t.startswith("Initiatieven"))
    assert box == "Initiatieven en activiteiten 10"
    more = next(url for label, url in page.links().items() if label.startswith("Bekijk alle"))
    assert more == f"/initiatives?theme={theme.reference}"
    assert "10 resultaten" in client.page(more).text


def test_a_panel_leaves_out_what_the_reader_may_not_see(client: Client, make: Make) -> None:
    theme = make("theme", name="Thema")
    row = {"theme": theme.reference, "basis": "classified"}
    make("initiative", title="Nog een concept", themes=[row], state="draft")
    assert "Nog een concept" not in client.page(f"/themes/{theme.reference}").text


def test_contact_persons_are_never_public(client: Client, make: Make, sign_in: SignIn) -> None:
    contact = {"name": "Jo Voorbeeld", "email": "jo@voorbeeld.example"}
    path = f"/partners/{make.reference('partner', contacts=[contact])}"
    assert "Jo Voorbeeld" not in client.page(path).text
    assert "Jo Voorbeeld" in sign_in(client, "member").page(path).text


def test_a_commitment_is_titled_by_its_own_strength(client: Client, make: Make) -> None:
    reference = make.reference("commitment", text="Een plan.", strength="aim")
    page = client.page(f"/commitments/{reference}")
    assert words(page.tree.find(".//h1")) == "Streven: Een plan."


@pytest.mark.parametrize(
    ("strength", "said"),
    [
        ("promise", "Termijn verstreken op 1 maart 2020. Nog niet afgedaan"),
        ("intention", "Termijn verstreken op 1 maart 2020. Nog niet afgedaan"),
        ("aim", "Streven: 1 maart 2020. De genoemde periode is voorbij;"),
    ],
)
def test_a_term_that_passed_is_told_as_hard_as_it_was_said(
    strength: str, said: str, client: Client, signed_in: SignedIn, make: Make
) -> None:
    reference = make.reference(
        "commitment", strength=strength, due="1 maart 2020", statuses=[{"status": "open"}]
    )
    member = signed_in("member")
    assert said in member.page(f"/commitments/{reference}?asOf=2020-03-02").text
    assert said not in member.page(f"/commitments/{reference}?asOf=2020-03-01").text
    assert said not in client.page(f"/commitments/{reference}?asOf=2020-03-02").text


def test_the_buttons_are_those_of_the_reader(
    app: Flask, client: Client, make: Make, sign_in: SignIn
) -> None:
    reference = make.reference("initiative")
    public = client.page(f"/initiatives/{reference}")
    assert "Bewerken" not in public.links()
    page = sign_in(client, "secretariat").page(f"/initiatives/{reference}")
    assert page.links()["Bewerken"] == f"/initiatives/{reference}/edit"


def test_a_page_asks_as_often_whatever_its_number_of_rows(
    client: Client, make: Make, count_queries: Counting
) -> None:
    asked = []
    for count in (1, 12):
        partners = [make("partner") for _ in range(count)]
        rows = [{"partner": p.reference, "role": "participant"} for p in partners]
        reference = make.reference("initiative", participations=rows)
        with count_queries() as queries:
            client.page(f"/initiatives/{reference}")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_what_a_reader_may_do_costs_a_few_small_questions(
    signed_in: SignedIn, make: Make, count_queries: Counting
) -> None:
    partners = [make("partner") for _ in range(3)]
    rows = [{"partner": p.reference, "role": "participant"} for p in partners]
    url = f"/initiatives/{make.reference('initiative', participations=rows)}"
    asked = []
    for who in ("public", "other_member"):
        browser = signed_in(who)
        browser.page(url)
        with count_queries() as queries:
            browser.page(url)
        asked.append(queries)
    whole = [query for query in asked[1] if query.startswith("SELECT initiative.id")]
    assert not whole  # the page itself is one statement of finished JSON
    assert len(asked[1]) - len(asked[0]) <= 10


def test_every_kind_of_record_has_a_sound_page_in_both_languages(
    letters: Flask, client: Client
) -> None:
    with letters.app_context():
        first = select(Record.kind, func.min(Record.reference)).group_by(Record.kind)
        found = session().execute(first).all()
    for kind, reference in found:
        for code in ("nl", "en"):
            path = f"/{kind_named(kind).collection}/{reference}?lang={code}"
            assert client.page(path).tree.get("lang") == code
