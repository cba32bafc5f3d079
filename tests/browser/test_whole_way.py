"""Three people, one initiative: from an invitation by mail to the closed round and the list read
in again, each in a browser of their own."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from registry import clock
from tests.browser.looking import Visitor
from tests.browser.test_accounts import PASSWORD, SAVE, link_in_mail, set_up
from tests.browser.test_uploads import send

pytestmark = pytest.mark.browser
EMAIL = "lid@oval.example"
TITLE = "Rust in het rooster"
Visit = Callable[..., Visitor]


def test_three_people_from_invitation_to_the_list_read_in_again(
    site: tuple[Flask, str], visitor: Visit
) -> None:
    secretariat = visitor("secretariat", "nl", 1280)
    other = visitor("other_member", "nl", 1280)
    member = _invited(site[0], visitor)
    path = _handed_in(member)
    other.open(path, 404)
    _sent_back(secretariat, path)
    _handed_in_again(member, path)
    _published(secretariat, path)
    _seen_but_not_to_change(other, path)
    before = clock.now().isoformat().replace("+00:00", "Z")
    _changed_by_proposal(member, secretariat, path)
    _asked_and_answered(secretariat, member, path)
    then = secretariat.open(f"{path}?knownAt={before}").page
    expect(then.locator("main")).to_contain_text("Minder werkdruk.")
    expect(secretariat.open(path).page.locator("main")).to_contain_text("Veel minder werkdruk.")
    _read_in_again(secretariat)
    for visiting in (secretariat, member, other):
        assert not visiting.open(path).wrong()


def _invited(app: Flask, visitor: Visit) -> Visitor:
    administrator = visitor("administrator", "nl", 1280).open("/admin/people/new").page
    administrator.fill("#name", "Lid van OVAL")
    administrator.fill("#email", EMAIL)
    administrator.click("button[name=_add][value=grants]")
    administrator.locator("#grants-0").wait_for()
    administrator.select_option("select[name=grants-0-role]", "member")
    _choose(administrator, "grants-0-organisation", "OVAL")
    administrator.click(SAVE)
    administrator.click("form[action$='/invite'] button")
    newcomer = visitor("public", "nl", 1280)
    newcomer.open(link_in_mail(app))
    newcomer.page.fill("#password", PASSWORD)
    newcomer.page.click(SAVE)
    newcomer.sign_in(EMAIL, PASSWORD)
    set_up(newcomer)
    return newcomer


def _choose(page: Page, name: str, words: str) -> None:
    """Choose in a list that can be searched, or in a short one."""
    if page.locator(f"input#{name}").count():
        page.locator(f"input#{name}").fill(words)
        page.locator(f"[id^={name}__option]").first.click()
    else:
        page.select_option(f"select[name={name}]", label=words)


def _handed_in(member: Visitor) -> str:
    page = member.forget().open("/initiatives/new").page
    page.fill("#title", TITLE)
    page.fill("#goal", "Minder werkdruk.")
    page.fill("#period-text", "begin 2021")
    for name in ("themes", "participations"):
        page.click(f"button[name=_add][value={name}]")
        page.locator(f"#{name}-0").wait_for()
    _choose(page, "themes-0-theme", "Preventie")
    _choose(page, "participations-0-partner", "OVAL")
    page.select_option("select[name=participations-0-role]", "lead")
    page.click(".app-form__end button[name=_then]")
    expect(page.locator("main")).to_contain_text(f"{TITLE} is ingediend.")
    assert not member.wrong()
    return page.url.removeprefix(member.address)


def _sent_back(secretariat: Visitor, path: str) -> None:
    page = secretariat.open("/review").page
    expect(page.locator("main")).to_contain_text(TITLE)
    assert not secretariat.wrong()
    secretariat.open(f"{path}/return")
    page.fill("#note", "Noem ook de sector.")
    page.click(SAVE)
    expect(page.locator("main")).to_contain_text("is teruggestuurd")


def _handed_in_again(member: Visitor, path: str) -> None:
    page = member.open(path).page
    expect(page.locator("main")).to_contain_text("Noem ook de sector.")
    page.click(f"form[action='{path}/submit'] button")
    expect(page.locator("main")).to_contain_text("is ingediend")


def _published(secretariat: Visitor, path: str) -> None:
    page = secretariat.open(f"{path}/publish").page
    page.click(SAVE)
    expect(page.locator("main")).to_contain_text("is gepubliceerd")


def _seen_but_not_to_change(other: Visitor, path: str) -> None:
    page = other.open(path).page
    assert page.locator(f"a[href='{path}/edit']").count() == 0
    other.open(f"{path}/edit", 403)


def _changed_by_proposal(member: Visitor, secretariat: Visitor, path: str) -> None:
    page = member.open(f"{path}/edit").page
    page.fill("#goal", "Veel minder werkdruk.")
    page.locator(".app-form__end button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Uw voorstel is ingediend.")
    assert not member.wrong()
    judging = secretariat.open(page.url.removeprefix(member.address)).page
    judging.click("form[action$='/publish'] button")
    expect(judging.locator("main")).to_contain_text("is gepubliceerd")


def _asked_and_answered(secretariat: Visitor, member: Visitor, path: str) -> None:
    page = secretariat.open("/rounds/new").page
    deadline = date(clock.now().year + 1, 1, 31).isoformat()
    days = {"starts": "2020-07-01", "ends": "2020-12-31", "deadline": deadline}
    for name, text in {"title": "Najaar 2020", **days}.items():
        page.fill(f"#{name}", text)
    page.click(SAVE)
    url = page.url.removeprefix(secretariat.address)
    assert not secretariat.wrong()
    answering = member.open(url).page
    expect(answering.locator("main")).to_contain_text(TITLE)
    answering.click(f"form[action^='{url}/{path.rpartition('/')[2]}/same'] button")
    expect(answering.locator("main")).to_contain_text("De stand van zaken is vastgelegd.")
    assert not member.wrong()
    secretariat.open(url)
    page.click(f"form[action='{url}/close'] button")
    expect(page.locator("main")).to_contain_text("gesloten")
    expect(secretariat.open(f"{url}/frozen").page.locator("main")).to_contain_text(TITLE)
    assert not secretariat.wrong()


def _read_in_again(secretariat: Visitor) -> None:
    page: Any = secretariat.open("/initiatives").page
    with page.expect_download() as download:
        page.click("text=CSV")
    text = download.value.path().read_text("utf-8-sig")
    changed = re.sub(re.escape(TITLE), f"{TITLE} (vervolg)", text, count=1)
    assert changed != text
    page.click("text=Bestand inlezen")
    send(page, changed)
    page.locator("button[value=read]").press("Enter")
    expect(page.locator(".app-alert")).to_contain_text("1 gewijzigd")
