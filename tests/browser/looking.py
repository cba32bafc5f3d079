"""Opening a page as a person does, and saying what is wrong with it."""

from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What passes is not asked for: gathering it takes longer than all the rest.
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Visitor:
    """A page of a real browser that remembers what went wrong on it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.troubles: list[str] = []
        self.expected = 200
        page.on("console", lambda message: self._said(message.text))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("requestfailed", self._failed)

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # going on to the next page breaks it off
            self.troubles.append(f"failed: {request.url} {request.failure}")

    def _said(self, text: str) -> None:
        if not (self.expected >= 400 and "Failed to load resource" in text):
            self.troubles.append(text)

    def open(self, path: str, status: int = 200) -> "Visitor":
        """Go to `path`, which must answer with `status`."""
        self.troubles, self.expected = [], status
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        return self

    def forget(self) -> "Visitor":
        """Drop what the browser kept of forms that were not saved."""
        self.open("/")
        self.page.evaluate("localStorage.clear()")
        return self

    def sign_in(self, email: str, password: str) -> None:
        """Sign in through the form, as everybody does."""
        self.open("/aanmelden")
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", password)
        self.page.click("main button[type=submit]")
        assert urlsplit(self.page.url).path != "/aanmelden", "signing in failed"

    def wrong(self, *but: str) -> list[str]:
        """Everything that is wrong with the page as it stands now, `but` these rules of axe."""
        self.page.evaluate("document.fonts.ready")
        found = list(self.troubles)
        if over := self.page.evaluate(OVERFLOW):
            found.append(f"{over} px wider than the window")
        options = {**OPTIONS, "rules": {rule: {"enabled": False} for rule in but}}
        answer: dict[str, Any] = Axe().run(self.page, options=options).response
        for rule in answer["violations"]:
            nodes = "; ".join(node["html"][:120] for node in rule["nodes"][:3])
            found.append(f"axe {rule['id']}: {rule['help']} ({nodes})")
        return found
