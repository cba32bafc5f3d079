"""Following the feed as a partner does: from one cursor to the next until in step."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.api.contract import ROOT
from tests.browsing import Client

FEED = f"{ROOT}/changes"
Entry = dict[str, Any]
MOST_PAGES = 1000


class Follower:
    """Somebody who keeps up: `cursor` is how far they are."""

    def __init__(self, client: Client, cursor: str | None = None, **asked: Any) -> None:
        self.client, self.cursor, self.asked = client, cursor, asked
        self.pages: list[list[Entry]] = []

    def ask(self) -> bool:
        """Read one page; whether there may be another."""
        here = {} if self.cursor is None else {"cursor": self.cursor}
        response = self.client.get(FEED, query_string={**self.asked, **here})
        assert response.status_code == 200, response.text
        self.pages.append(json.loads(response.data))
        self.cursor = following(response.headers["Link"])
        return response.headers["In-Step"] == "false"

    def news(self) -> list[Entry]:
        """Everything up to now."""
        self.pages = []
        for _ in range(MOST_PAGES):
            if not self.ask():
                return [entry for page in self.pages for entry in page]
        raise AssertionError("the feed has no end")

    def told(self) -> list[tuple[str, str]]:
        """The same, as (reference, type)."""
        return [(entry["reference"], entry["type"]) for entry in self.news()]


def following(link: str) -> str:
    """The cursor in the header Link."""
    address = link.partition('; rel="next"')[0].rpartition("<")[2].rstrip(">")
    return parse_qs(urlsplit(address).query)["cursor"][0]
