"""Forms with script: a row comes without loading the page, many choices can be searched."""

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_row_is_added_in_place_and_what_was_typed_stays(visitor: Any) -> None:
    visiting = visitor("member", "nl", 1280).forget().open("/initiatives/new")
    page = visiting.page
    page.fill("#title", "Werkdruk te lijf")
    page.evaluate("window.same = true")
    page.click("button[name=_add][value=participations]")
    row = page.locator("#participations-0")
    expect(row).to_be_visible()
    expect(row).to_be_focused()
    expect(page.locator("#title")).to_have_value("Werkdruk te lijf")
    assert page.evaluate("window.same"), "the page was loaded again"
    assert not visiting.wrong()


def test_an_organisation_is_found_by_typing(visitor: Any) -> None:
    page = visitor("member", "nl", 1280).forget().open("/initiatives/new").page
    page.fill("#title", "Werkdruk in de zorg")
    page.click("button[name=_add][value=participations]")
    box = page.locator("input#participations-0-partner")
    box.fill("volksgez")
    page.locator("[id^=participations-0-partner__option]").first.click()
    page.select_option("select[name=participations-0-role]", "lead")
    page.click(".app-form__end button[type=submit]")
    expect(page.locator("h1")).to_have_text("Werkdruk in de zorg")
    expect(page.locator("main")).to_contain_text("trekker")


def test_similar_titles_appear_while_typing(visitor: Any) -> None:
    page = visitor("member", "nl", 1280).forget().open("/initiatives/new").page
    page.locator("#title").press_sequentially("Week van de werkstress")
    expect(page.locator("#lijkt-op")).to_contain_text("Week van de Werkstress")


def test_a_form_with_errors_leads_to_the_first(visitor: Any) -> None:
    visiting = visitor("member", "nl", 320).forget().open("/initiatives/new")
    page = visiting.page
    visiting.expected = 400
    page.click(".app-form__end button[type=submit]")
    expect(page.locator(".app-error-summary")).to_be_focused()
    page.click(".app-error-list a")
    expect(page.locator("#title")).to_be_focused()
    assert not visiting.wrong()
