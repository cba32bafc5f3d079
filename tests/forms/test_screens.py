"""Registering and changing records of every kind through the pages, without script."""

import re

import pytest

from registry.kind import Kind
from tests.browsing import Client, SignedIn
from tests.databases import on_sqlite
from tests.factories import Make, minimal
from tests.payloads import KINDS


def reference(client: Client, path: str) -> str:
    found = re.search(r"[A-Z]{3}-\d{4}", path)
    assert found is not None, path
    return found[0]


@pytest.mark.parametrize("kind", KINDS)
@on_sqlite
def test_a_record_of_every_kind_is_registered_shown_and_changed(
    kind: Kind, signed_in: SignedIn
) -> None:
    secretariat, payload = signed_in("secretariat"), minimal(kind.name)
    form = secretariat.page(f"/{kind.collection}/new").form("_lists")
    shown = secretariat.submit(form.put(payload))
    title = next(iter(payload.values()))
    assert title in shown.text
    assert "bewaard als concept" in shown.text
    edit = secretariat.page(f"{shown.url}/edit").form("version")
    changed = secretariat.submit(edit.put({next(iter(payload)): f"{title} anders"}))
    assert changed.url == shown.url
    assert f"{title} anders" in changed.text


@pytest.mark.parametrize("kind", KINDS)
@on_sqlite
def test_a_form_that_is_sent_empty_says_what_is_needed_at_the_field_and_on_top(
    kind: Kind, signed_in: SignedIn
) -> None:
    secretariat = signed_in("secretariat")
    form = secretariat.page(f"/{kind.collection}/new").form("_lists")
    name = next(iter(minimal(kind.name)))
    refused = secretariat.submit(form.put({name: ""}), status=400)
    assert refused.all(f".//*[@id='{name}'][@aria-invalid='true']")
    assert refused.all(f".//*[@id='{name}-fout']")
    assert refused.all(f".//a[@href='#{name}']")


@pytest.mark.parametrize("kind", KINDS)
@on_sqlite
def test_who_may_not_write_gets_no_form(kind: Kind, client: Client, signed_in: SignedIn) -> None:
    asked = client.get(f"/{kind.collection}/new")
    assert asked.status_code == 302
    assert asked.location.startswith("/aanmelden?next=")
    answer = signed_in("member").get(f"/{kind.collection}/new")
    assert answer.status_code == (200 if kind.contributed else 403)


@on_sqlite
def test_an_initiative_with_its_lists_is_one_form(signed_in: SignedIn, make: Make) -> None:
    partner = make.reference("partner", name="TNO")
    member = signed_in("member")
    form = member.page("/initiatives/new").form("_lists")
    added = member.submit(form.fill(title="Werkdruk"), button="_add=participations")
    assert added.form("_lists").fields["title"] == ["Werkdruk"]
    filled = added.form("_lists").put(
        {
            "participations-0-partner": partner,
            "participations-0-role": "coordinator",
            "participations-0-from-text": "begin 2020",
            "period-text": "medio 2021",
        }
    )
    shown = member.submit(filled)
    assert "TNO" in shown.text
    assert "coördinator" in shown.text
    assert "begin 2020" in shown.text


@on_sqlite
def test_a_row_is_removed_by_its_button_and_then_for_good(signed_in: SignedIn, make: Make) -> None:
    names = [{"title": "Eerste"}, {"title": "Tweede"}]
    made = make.reference("initiative", results=names)
    secretariat = signed_in("secretariat")
    form = secretariat.page(f"/initiatives/{made}/edit").form("version")
    without = secretariat.submit(form, button="_remove=results-0").form("version")
    assert without.fields["results-0-title"] == ["Tweede"]
    assert "results-1-title" not in without.fields
    shown = secretariat.submit(without)
    assert "Tweede" in shown.text
    assert "Eerste" not in shown.html.split("geschiedenis")[0].split("app-sections")[-1]
    emptied = secretariat.page(f"/initiatives/{made}/edit").form("version")
    emptied = secretariat.submit(emptied, button="_remove=results-0").form("version")
    secretariat.submit(emptied)
    again = secretariat.page(f"/initiatives/{made}/edit").form("version")
    assert "results-0-title" not in again.fields


@on_sqlite
def test_an_error_in_a_row_stands_at_that_row_though_a_row_before_it_is_empty(
    signed_in: SignedIn,
) -> None:
    member = signed_in("member")
    page = member.page("/initiatives/new")
    for _ in range(2):
        page = member.submit(page.form("_lists"), button="_add=results")
    form = page.form("_lists").put({"title": "Iets", "results-1-link": "geen adres"})
    refused = member.submit(form, status=400)
    assert refused.all(".//a[@href='#results-1-title']")
    assert refused.all(".//*[@id='results-1-link-fout']")
    assert not refused.all(".//*[@id='results-0-title-fout']")
    assert refused.form("_lists").fields["results-1-link"] == ["geen adres"]


@on_sqlite
def test_errors_speak_the_language_of_the_reader(signed_in: SignedIn) -> None:
    member = signed_in("member")
    form = member.page("/initiatives/new?lang=en").form("_lists")
    assert "Title: Fill this in." in member.submit(form, status=400).text


@on_sqlite
def test_a_window_with_its_end_before_its_start_is_refused_at_the_end(
    signed_in: SignedIn,
) -> None:
    member = signed_in("member")
    form = member.page("/initiatives/new").form("_lists")
    form.put({"title": "Iets", "period-earliest": "2021-05-01", "period-latest": "2021-04-01"})
    refused = member.submit(form, status=400)
    assert refused.all(".//*[@id='period-latest-fout']")
    form.put({"period-earliest": "1 mei", "period-latest": ""})
    refused = member.submit(form, status=400)
    assert refused.all(".//*[@id='period-earliest-fout']")
    assert refused.form("_lists").fields["period-earliest"] == ["1 mei"]


@on_sqlite
def test_words_of_time_that_cannot_be_read_are_kept_with_a_notice(signed_in: SignedIn) -> None:
    member = signed_in("member")
    form = member.page("/initiatives/new").form("_lists")
    shown = member.submit(form.put({"title": "Iets", "period-text": "ergens in het blauw"}))
    assert "niet als datum gelezen" in shown.text
    assert "ergens in het blauw" in shown.text


@on_sqlite
def test_a_second_document_with_the_same_number_is_refused_at_the_number(
    signed_in: SignedIn, make: Make
) -> None:
    first = make.reference("document", dossier="25883", number="999")
    secretariat = signed_in("secretariat")
    form = secretariat.page("/documents/new").form("_lists")
    refused = secretariat.submit(
        form.put({"title": "Nog een", "dossier": "25883", "number": "999"}), status=400
    )
    assert first in refused.text
    assert refused.all(".//*[@id='number-fout']")


@on_sqlite
def test_a_circle_of_parents_is_refused_at_the_parent(signed_in: SignedIn, make: Make) -> None:
    above = make.reference("sector", name="Boven")
    below = make.reference("sector", name="Onder", parent=above)
    secretariat = signed_in("secretariat")
    form = secretariat.page(f"/sectors/{above}/edit").form("version")
    refused = secretariat.submit(form.put({"parent": below}), status=400)
    assert refused.all(".//*[@id='parent-fout']")


@on_sqlite
def test_numbers_are_written_as_the_language_of_the_page_does(
    signed_in: SignedIn, make: Make
) -> None:
    made = make.reference("indicator", observations=[{"value": 17.5}])
    secretariat = signed_in("secretariat")
    form = secretariat.page(f"/indicators/{made}/edit").form("version")
    assert form.fields["observations-0-value"] == ["17,5"]
    secretariat.submit(form.put({"observations-0-value": "1.300.000,25"}))
    english = secretariat.page(f"/indicators/{made}/edit?lang=en").form("version")
    assert english.fields["observations-0-value"] == ["1300000.25"]
