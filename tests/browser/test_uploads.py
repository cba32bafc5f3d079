"""Reading in a file and changing many at once, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
LOOKS = [("nl", 1280), ("nl", 320), ("en", 1280), ("en", 320)]
PLAIN = "Titel;Looptijd;Budget\nWandelen op het werk;medio 2021;1.234,50\n"
MIXED = (
    "reference;title;website\nINI-0001;Andere titel voor de samenwerking;\n"
    "INI-0003;Manifest;geen adres\n;Wandelen;\n"
)


def send(page: Any, text: str) -> None:
    file = {"name": "mijn lijst.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.set_input_files("#file", file)
    page.click("main form button")


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_every_step_of_reading_in_is_sound(language: str, width: int, visitor: Any) -> None:
    wrong = []
    for text in (PLAIN, MIXED):
        visiting = visitor("secretariat", language, width).open("/initiatives/import")
        send(visiting.page, text)
        expect(visiting.page.locator("button[name=step]").first).to_be_visible()
        wrong += visiting.wrong()
    visiting = visitor("secretariat", language, width).open("/initiatives/import")
    visiting.expected = 400
    send(visiting.page, "")
    expect(visiting.page.locator(".app-error-summary")).to_be_focused()
    assert wrong + visiting.wrong() == []


def test_a_list_is_downloaded_edited_and_read_in(visitor: Any) -> None:
    visiting = visitor("secretariat", "nl", 1280).open("/initiatives")
    page = visiting.page
    with page.expect_download() as download:
        page.click("text=CSV")
    text = download.value.path().read_text("utf-8-sig")
    first = text.replace("Week van de Werkstress;", "Week van de werkstress (bewerkt);", 1)
    assert first != text
    page.click("text=Bestand inlezen")
    send(page, first)
    expect(page.locator(".app-differences")).to_contain_text("Week van de werkstress (bewerkt)")
    page.locator("button[value=read]").press("Enter")
    expect(page.locator(".app-alert")).to_contain_text("1 gewijzigd")


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_a_preview_of_many_changes_is_sound(language: str, width: int, visitor: Any) -> None:
    visiting = visitor("secretariat", language, width).open("/initiatives/bulk?theme=none")
    page = visiting.page
    page.select_option("select[name=status]", "stopped")
    page.click("button[value=preview]")
    expect(page.locator("button[value=change]")).to_be_visible()
    assert visiting.wrong() == []
