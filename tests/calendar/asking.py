"""A private address of a calendar, as somebody gets one."""

from tests.browsing import Client


def address(browser: Client) -> str:
    """A private address of who is signed in, made through the page."""
    page = browser.submit(browser.page("/calendar").form_to("/mine/calendar"))
    return (page.all(".//code")[0].text or "").removeprefix("https://registry.example")
