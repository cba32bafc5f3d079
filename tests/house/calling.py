"""Calling any endpoint as anybody, and what that says of who may: for the table of endpoints."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from registry import editing
from registry.access import Actor
from registry.kind import Kind, kind_in, kind_named
from tests import people
from tests.browsing import SIGN_IN, Client
from tests.factories import Make
from tests.house import keys

ALLOWED, FORBIDDEN, HIDDEN, FIRST_SIGN_IN, GONE = "A", "F", "H", "S", "G"
UNASKED = {"HEAD", "OPTIONS"}
PUBLISHED, DRAFT, REMOVED = "published", "draft", "removed"
SITUATIONS = (PUBLISHED, DRAFT, REMOVED)
OTHERS: Mapping[str, Any] = {
    "number": 1,
    "part": 1,
    "secret": "x" * 43,
    "word": "medio",
    "format": "csv",
    "key": "none",  # of a draft, which has neither proposals nor reports
    "file": "none",
    "code": "campaign",
    "field": "goal",
    "name": "initiative-kind",
    "section": "commitments",
    "ending": "json",
    "upload": "A" * 32,
    "token": "none",
    "system": "none",
    "tag": "initiatives",
}
OF_ONE_KIND = {
    *("minutes", "agree", "chain", "hub", "occurrences", "calendar"),
    *("lines", "line", "requests", "ask_line", "remark", "compose", "copy", "coming"),
    *("content", "write_line", "ask"),
    *("as_file", "write_file", "as_document"),
    *("versions", "freeze", "version", "adopt_version", "comparison", "readiness", "document"),
}
"""Verbs that are not shared by all kinds: each has a line of its own."""
Api = Callable[[str], Client]


@dataclass(frozen=True)
class Call:
    """One method of one endpoint. `group` is its line in the table: kinds share theirs."""

    rule: Rule
    method: str

    @property
    def kind(self) -> Kind | None:
        return kind_in(self.rule.endpoint.rpartition(".")[0].removeprefix("api-"))

    @property
    def group(self) -> str:
        blueprint, _, verb = self.rule.endpoint.rpartition(".")
        if self.kind is None or verb in OF_ONE_KIND:
            return f"{self.method} {self.rule.endpoint}"
        door = "api-" if blueprint.startswith("api-") else ""
        return f"{self.method} {door}{'*' if self.kind.contributed else '+'}.{verb}"

    @property
    def of_a_record(self) -> bool:
        return "reference" in self.rule.arguments


def calls(app: Flask) -> Iterator[Call]:
    """Everything that can be called."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - UNASKED):
            yield Call(rule, method)


class Caller:
    """Calls as each of everybody, each time on the same rows."""

    def __init__(self, app: Flask, make: Make, api: Api, actors: Mapping[str, Actor]) -> None:
        self.app, self.make, self.api, self.actors = app, make, api, actors
        self.callers: dict[str, Client] = {}
        self.cookies: dict[str, str] = {}
        self.keys: dict[str, keys.Keys] = {}

    def record(self, kind: Kind, situation: str) -> str:
        """The reference of a published record, a draft kept by the member's organisation, or a
        record that was removed."""
        keeper = self.actors["member"].home_id
        state = DRAFT if situation == DRAFT else PUBLISHED
        with self.app.app_context():
            audience = None if kind.name == "annex" else "public"  # until it is frozen
            made = self.make(kind.name, state=state, keeper_id=keeper, audience=audience)
            found: keys.Keys = {}
            if state == PUBLISHED:
                folder = Path(self.app.instance_path) / "files"
                found = keys.of_record(self.actors, kind, made, folder)
            self.keys[made.reference] = found
            if situation == REMOVED:
                editing.remove(self.actors["secretariat"], kind, made, reason="dubbel")
            return str(made.reference)

    def alone(self) -> None:
        """Make the rows that the endpoints of no kind ask for, which have "" for a reference."""
        for api in (True, False):
            self._client("member", api=api)
        reference = self.record(kind_named("initiative"), PUBLISHED)
        with self.app.app_context():
            rounds = keys.of_round(self.actors, reference)
            own = keys.of_member(self.actors)
        self.keys[""] = {**self.keys[reference], **rounds, **own}

    def sent(self, kind: Kind) -> None:
        """Send a file to the list of a kind: of "member", or who else may."""
        who = "member" if kind.contributed else "secretariat"
        token = keys.uploaded(self._client(who, api=False), kind)
        for known in self.keys.values():
            known["upload"] = token

    def outcome(self, call: Call, reference: str, everybody: Sequence[str]) -> str:
        """A letter for each of `everybody`."""
        built = next(Path(str(self.app.static_folder)).glob("*.css"), Path("none-is-built"))
        own = keys.chosen(call.rule.endpoint, self.keys[reference])
        arguments = {**OTHERS, "filename": built.name, "reference": reference, **own}
        values = {name: arguments[name] for name in call.rule.arguments}
        with self.app.test_request_context():
            url = self.app.url_for(call.rule.endpoint, **values)
        return "".join(self._one(call.method, url, who) for who in everybody)

    def _one(self, method: str, url: str, who: str) -> str:
        api = url.startswith("/api/")
        client = self._client(who, api=api)
        json: dict[str, Any] = {"json": {}} if api and method != "GET" else {}
        savepoint = self.app.extensions["connection"].begin_nested()
        try:
            response = client.open(url, method=method, **json)
        finally:
            savepoint.rollback()
        if response.status_code == 401 or SIGN_IN in response.headers.get("Location", ""):
            return FIRST_SIGN_IN
        return {403: FORBIDDEN, 404: HIDDEN, 410: GONE}.get(response.status_code, ALLOWED)

    def _client(self, who: str, *, api: bool) -> Client:
        if who == "public":
            return self._browser()
        if api:
            if who not in self.callers:
                self.callers[who] = self.api(who)
            return self.callers[who]
        if who not in self.cookies:
            signed_in = self._browser()
            signed_in.sign_in(people.email(who), people.PASSWORD)
            cookie = signed_in.get_cookie("session")
            assert cookie is not None
            self.cookies[who] = cookie.value
        browser = self._browser()  # a new one: the last call may have signed out
        browser.set_cookie("session", self.cookies[who])
        return browser

    def _browser(self) -> Client:
        client = self.app.test_client()
        assert isinstance(client, Client)
        return client
