"""From invitation to access token in a real browser; what is on screen only once is sound too."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pyotp
import pytest
from flask import Flask

from registry import clock
from registry.notifications.delivery import deliver_due
from tests.browser.looking import Visitor

pytestmark = pytest.mark.browser
PASSWORD = "vier wilde zwanen"
SAVE = "main .app-form__end button"


def link_in_mail(app: Flask) -> str:
    """Send what waits; the path of the link in the last letter."""
    sent: list[EmailMessage] = []
    with app.app_context():
        deliver_due(sent.append)
    found = re.search(r"/wachtwoord/\S+", sent[-1].get_content())
    assert found
    return found[0]


@pytest.mark.parametrize(("language", "width"), [("nl", 1280), ("en", 320)])
def test_invited_signed_in_by_code_and_with_a_token(
    site: tuple[Flask, str], visitor: Callable[..., Visitor], language: str, width: int
) -> None:
    email = f"nieuw-{language}@registry.example"
    administrator = visitor("administrator", language, width).open("/admin/people/new").page
    administrator.fill("#name", "Nieuw Gezicht")
    administrator.fill("#email", email)
    administrator.click(SAVE)
    administrator.click("form[action$='/invite'] button")
    assert "/access" in administrator.url

    newcomer = visitor("public", language, width)
    page = newcomer.open(link_in_mail(site[0])).page
    page.fill("#password", PASSWORD)
    page.click(SAVE)
    newcomer.sign_in(email, PASSWORD)
    key = set_up(newcomer)
    _sign_in_again(newcomer, email, key)
    newcomer.open("/mine/tokens")
    page.click("details.app-admin__add summary")
    page.fill("#name", "Export")
    page.click("details.app-admin__add button")
    assert page.inner_text("code.app-secret").startswith("sr_")
    assert not newcomer.wrong()
    newcomer.open("/mine/account")
    assert not newcomer.wrong()
    page.click("form[action='/mine/sessions/end'] button")


def set_up(newcomer: Visitor) -> str:
    """Set the second step up; its key."""
    page = newcomer.open("/mine/second-step").page
    page.click("form[action^='/mine/second-step/begin'] button")
    key = page.inner_text("code.app-secret").replace(" ", "")
    assert not newcomer.wrong()
    page.fill("#code", _code(key, 0))
    page.click(SAVE)
    assert page.locator("code.app-secret").count() == 10
    assert not newcomer.wrong()
    return key


def _sign_in_again(newcomer: Visitor, email: str, key: str) -> None:
    page: Any = newcomer.open("/mine").page
    page.click("form[action='/afmelden'] button")
    newcomer.sign_in(email, PASSWORD)
    assert "/aanmelden/code" in page.url
    assert not newcomer.wrong()
    page.fill("#code", _code(key, 1))
    page.click(SAVE)
    page.wait_for_url("**/mine")


def _code(key: str, step: int) -> str:
    return pyotp.TOTP(key).at(clock.now(), counter_offset=step)
