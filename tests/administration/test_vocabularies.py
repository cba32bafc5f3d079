"""The secretariat extends the open vocabularies and says how vague words are read."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from registry.past.verification import verify
from tests.browsing import Client, SignedIn
from tests.databases import on_sqlite
from tests.factories import Make

SCREENS = (
    "/admin/vocabularies",
    "/admin/vocabularies/event-kind",
    "/admin/vocabularies/event-kind/new",
    "/admin/vocabularies/event-kind/terms/debate",
    "/admin/reading-conventions",
    "/admin/reading-conventions/words/medio",
    "/admin/reading-conventions/recess",
)


@pytest.mark.parametrize("path", SCREENS)
@on_sqlite
def test_the_secretariat_keeps_the_vocabularies(path: str, signed_in: SignedIn) -> None:
    assert signed_in("secretariat").get(path).status_code == 200
    assert signed_in("member").get(path).status_code == 403


def test_a_new_term_can_be_chosen_at_once_and_a_retired_one_no_more(
    signed_in: SignedIn, make: Make
) -> None:
    secretariat = signed_in("secretariat")
    form = secretariat.page("/admin/vocabularies/event-kind/new").form("code")
    secretariat.submit(form.fill(code="round_table", nl="rondetafel", en="round table"))
    made = make.reference("event", payload={"kind": "round_table"})
    edit = secretariat.page(f"/events/{made}/edit")
    assert edit.all(".//select[@name='kind']/option[@value='round_table']")
    term = secretariat.page("/admin/vocabularies/event-kind/terms/round_table").form("nl")
    secretariat.submit(term.fill(nl="rondetafelgesprek", retired="true"))
    assert not secretariat.page("/events/new").all(".//option[@value='round_table']")
    kept = secretariat.page(f"/events/{made}/edit")
    assert kept.form("version").fields["kind"] == ["round_table"]
    assert "rondetafelgesprek" in secretariat.page(f"/events/{made}").text


@pytest.mark.parametrize(
    "code", ["", "Hoofdletter", "met spatie", "debate", "none", "é", "a" * 41, "\0"]
)
@on_sqlite
def test_a_wrong_or_known_code_is_refused_at_the_code(code: str, signed_in: SignedIn) -> None:
    secretariat = signed_in("secretariat")
    form = secretariat.page("/admin/vocabularies/event-kind/new").form("code")
    refused = secretariat.submit(form.fill(code=code, nl="a", en="a"), status=400)
    assert refused.all(".//*[@id='code-fout']")


@on_sqlite
def test_a_fixed_list_is_shown_and_not_changed(signed_in: SignedIn) -> None:
    secretariat = signed_in("secretariat")
    page = secretariat.page("/admin/vocabularies/strength")
    assert "Deze lijst ligt vast" in page.text
    assert "Begrip toevoegen" not in page.links()
    assert secretariat.get("/admin/vocabularies/strength/new").status_code == 409
    assert secretariat.get("/admin/vocabularies/bestaat-niet").status_code == 404


def test_what_medio_means_is_changed_and_put_back(signed_in: SignedIn) -> None:
    secretariat = signed_in("secretariat")
    form = secretariat.page("/admin/reading-conventions/words/medio").form("start")
    assert form.fields["start"] == ["1-6"]
    page = secretariat.submit(form.fill(start="15-5", ends="15-7", reason="Afgesproken"))
    assert "15 mei" in page.text
    new = secretariat.page("/plans/new").form("_lists")
    made = secretariat.submit(new.put({"title": "Plan", "due-text": "medio 2021"}))
    assert "15 mei t/m 15 juli 2021" in made.text
    token = page.form("csrf_token").fields["csrf_token"]
    secretariat.post("/admin/reading-conventions/1/remove", data={"csrf_token": token})
    assert "1 juni" in secretariat.page("/admin/reading-conventions").text


@pytest.mark.parametrize(("start", "ends"), [("1-12", "29-2"), ("29-2", "1-1"), ("29-2", "29-2")])
@on_sqlite
def test_a_window_may_span_two_years(start: str, ends: str, signed_in: SignedIn) -> None:
    secretariat = signed_in("secretariat")
    form = secretariat.page("/admin/reading-conventions/words/winter").form("start")
    page = secretariat.submit(form.fill(start=start, ends=ends))
    assert "bewaard" in page.text


@on_sqlite
def test_a_window_of_another_word_does_not_run_backwards(signed_in: SignedIn) -> None:
    secretariat = signed_in("secretariat")
    form = secretariat.page("/admin/reading-conventions/words/medio").form("start")
    refused = secretariat.submit(form.fill(start="1-7", ends="1-6"), status=400)
    assert refused.all(".//*[@id='ends-fout']")


@pytest.mark.parametrize("wrong", ["31-2", "32-1", "mei", "", "1-13", "\0"])
@on_sqlite
def test_a_day_that_no_year_has_is_refused(wrong: str, signed_in: SignedIn) -> None:
    secretariat = signed_in("secretariat")
    form = secretariat.page("/admin/reading-conventions/words/medio").form("start")
    refused = secretariat.submit(form.fill(start=wrong), status=400)
    assert refused.all(".//*[@id='start-fout']")


@pytest.mark.parametrize(
    ("start", "ends", "field"),
    [
        ("2019-07-09", "2019-08-29", "start"),
        ("2020-12-20", "2021-01-03", "start"),
        ("2021-07-09", "2023-08-29", "ends"),
        ("2021-07-09", "2021-07-08", "ends"),
    ],
)
@on_sqlite
def test_a_recess_lies_in_its_own_year(
    start: str, ends: str, field: str, signed_in: SignedIn
) -> None:
    secretariat = signed_in("secretariat")
    form = secretariat.page("/admin/reading-conventions/recess").form("recess")
    form.fill(recess="summer", year="2021", start=start, ends=ends)
    refused = secretariat.submit(form, status=400)
    assert refused.all(f".//*[@id='{field}-fout']")


@on_sqlite
def test_the_christmas_recess_ends_in_the_next_year(signed_in: SignedIn) -> None:
    secretariat = signed_in("secretariat")
    form = secretariat.page("/admin/reading-conventions/recess").form("recess")
    form.fill(recess="christmas", year="2020", start="2020-12-18", ends="2021-01-11")
    assert "bewaard" in secretariat.submit(form).text


@on_sqlite
def test_a_recess_is_entered_corrected_and_used(signed_in: SignedIn) -> None:
    secretariat = signed_in("secretariat")
    for ends in ("2021-08-29", "2021-08-30"):
        form = secretariat.page("/admin/reading-conventions/recess").form("recess")
        form.fill(recess="summer", year="2021", start="2021-07-09", ends=ends)
        page = secretariat.submit(form)
    assert page.text.count("zomerreces 2021") == 1
    new = secretariat.page("/plans/new").form("_lists")
    made = secretariat.submit(
        new.put({"title": "Plan", "due-text": "voor het zomerreces van 2021"})
    )
    assert "8 juli 2021" in made.text


def change_some(secretariat: Client) -> None:
    """Reword a term, once; and read “medio” otherwise for a while."""
    term = secretariat.page("/admin/vocabularies/event-kind/terms/debate").form("nl")
    secretariat.submit(term.fill(nl="commissiedebat"))
    again = secretariat.page("/admin/vocabularies/event-kind/terms/debate").form("nl")
    secretariat.submit(again)  # nothing differs: nothing happened
    window = secretariat.page("/admin/reading-conventions/words/medio").form("start")
    page = secretariat.submit(window.fill(start="15-5", reason="Afgesproken"))
    actions = [str(form.get("action")) for form in page.all(".//form")]
    secretariat.submit(page.form_to(next(a for a in actions if a.endswith("/remove"))))


def test_the_log_tells_who_changed_a_term_or_a_convention_and_from_what(
    session: Session, signed_in: SignedIn, api: Any
) -> None:
    secretariat = signed_in("secretariat")
    change_some(secretariat)
    told = api("secretariat").get("/api/v1/history?kind=term&kind=convention").get_json()
    assert [(e["kind"], e["key"], e["who"], e["door"]) for e in told] == [
        ("convention", "medio", "Secretariat", "screen"),
        ("convention", "medio", "Secretariat", "screen"),
        ("term", "event-kind.debate", "Secretariat", "screen"),
    ]
    assert told[2]["changes"] == [
        {"field": "nl", "old": "Algemeen Overleg", "new": "commissiedebat"}
    ]
    back = {pair["field"]: (pair["old"], pair["new"]) for pair in told[0]["changes"]}
    assert back == {"start": ("--05-15", "--06-01"), "reason": ("Afgesproken", None)}
    log = secretariat.page("/history?kind=convention").text
    assert "15 mei" in log
    assert "Algemeen Overleg" not in log
    assert "Algemeen Overleg" in secretariat.page("/history?action=term").text
    assert api("member").get("/api/v1/history?kind=term").get_json() == []
    assert api("member").get("/api/v1/history?action=convention").get_json() == []
    assert verify() is None
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(text("UPDATE change SET actor_name = 'x' WHERE record_id IS NULL"))
