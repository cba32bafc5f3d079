"""Nothing typed is lost: a closed tab, an expired session, a lost connection."""

import re
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests import people
from tests.browser.looking import Visitor

pytestmark = pytest.mark.browser
NOTICE = "#draft-notice"


def typed(page: Any) -> None:
    page.fill("#title", "Half getypt")
    page.click("button[name=_add][value=results]")
    page.locator("#results-0-title").fill("Eerste uitkomst")
    kept(page, "Eerste uitkomst")


def kept(page: Any, text: str) -> None:
    """Wait until the browser has kept this; it saves a moment after the last key."""
    for _ in range(50):
        if text in page.evaluate("JSON.stringify({...localStorage})"):
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.evaluate("JSON.stringify({...localStorage})"))


def forgotten(page: Any) -> None:
    """Wait until nothing is kept: what one tab clears reaches another a moment later."""
    for _ in range(50):
        if not page.evaluate("Object.keys(localStorage)"):
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.evaluate("Object.keys(localStorage)"))


def test_what_was_typed_comes_back_rows_included_and_is_gone_once_saved(visitor: Any) -> None:
    visiting = visitor("member", "nl", 1280).open("/initiatives/new")
    page = visiting.page
    typed(page)
    page.goto(page.url)  # as a tab that was closed and opened again
    expect(page.locator(NOTICE)).to_contain_text("Niet-bewaarde tekst teruggezet")
    expect(page.locator("#title")).to_have_value("Half getypt")
    expect(page.locator("#results-0-title")).to_have_value("Eerste uitkomst")
    assert not visiting.wrong()
    page.click(".app-form__end button[type=submit]")
    expect(page.locator("h1")).to_have_text("Half getypt")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_what_is_discarded_does_not_come_back(visitor: Any) -> None:
    page = visitor("member", "nl", 1280).open("/initiatives/new").page
    typed(page)
    page.goto(page.url)
    page.click(f"{NOTICE} button")
    expect(page.locator("#title")).to_have_value("")
    expect(page.locator(NOTICE)).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_refused_form_keeps_its_reasons_and_its_draft(visitor: Any) -> None:
    visiting = visitor("member", "nl", 1280).open("/initiatives/new")
    page = visiting.page
    typed(page)
    visiting.expected = 400
    page.fill("#website", "geen adres")
    page.click(".app-form__end button[type=submit]")
    expect(page.locator(".app-error-summary")).to_be_visible()
    expect(page.locator(NOTICE)).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).length") == 1


def test_what_is_typed_outlives_a_lost_connection(visitor: Any) -> None:
    page = visitor("member", "nl", 1280).open("/initiatives/new").page
    typed(page)
    address = page.url
    page.context.set_offline(True)
    page.fill("#goal", "Getypt zonder verbinding")
    kept(page, "Getypt zonder verbinding")
    page.context.set_offline(False)
    page.goto(address)
    expect(page.locator("#goal")).to_have_value("Getypt zonder verbinding")


def test_signing_out_leaves_nothing_behind(visitor: Any) -> None:
    page = visitor("member", "nl", 1280).open("/initiatives/new").page
    typed(page)
    page.click("form[data-sign-out] button")
    page.wait_for_load_state("load")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_who_uses_the_browser_next_finds_nothing_of_who_signed_out(
    site: tuple[Flask, str], as_people_have_it: Browser
) -> None:
    context = as_people_have_it.new_context(locale="nl-NL")
    visiting, beside = (Visitor(context.new_page(), site[1]) for _ in range(2))
    visiting.sign_in(people.email("member"), people.PASSWORD)
    visiting.open("/initiatives/new").page.fill("#title", "Nog geheim")
    page = visiting.open("/mine").page
    beside.open("/commitments/new").page.fill("#text", "Ook nog geheim")
    kept(beside.page, "Ook nog geheim")
    page.click("form[data-sign-out] button")
    expect(page.locator(".app-main")).to_contain_text("U bent afgemeld.")
    beside.open("/over")
    forgotten(page)
    for _ in range(2):
        page.go_back(wait_until="commit")
        expect(page).to_have_url(re.compile("/aanmelden"))
    context.close()
