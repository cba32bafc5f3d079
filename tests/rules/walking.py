"""Every route of the API, called once: what was answered, for the tests of the rules to read."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from flask import Flask
from sqlalchemy import event, select
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from registry.extensions import database
from registry.kind import kind_in
from registry.record import Record
from registry.tokens.commands import issue
from tests import people
from tests.api.contract import MERGE_PATCH, ROOT, Contract, contract
from tests.browsing import Client

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
VALUES = {"name": "initiative-kind", "field": "goal"}
AS_IT_IS = {"If-Match": "*"}
COMPLETE = {
    "period": {"text": "2021"},
    "themes": [{"theme": "THE-0001", "basis": "classified"}],
}
"""What is asked of an initiative that is submitted."""
UNKNOWN = "?nobodyAsksThis=1&norThis=2"
WRITTEN = re.compile(r"\s*(INSERT|UPDATE|DELETE)\s+(?:INTO\s+|FROM\s+)?(\w+)", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """One answer: to whom, to what, and what it was."""

    path: str  # as the document writes it; "" where it has none
    url: str
    method: str
    who: str
    status: int
    headers: Headers
    response: TestResponse
    wrote: frozenset[str]  # the tables in which the request wrote

    def __str__(self) -> str:
        return f"{self.who} {self.method} {self.url}: {self.status}"

    @property
    def allowed(self) -> set[str]:
        """The methods that Allow names."""
        return set(filter(None, self.headers.get("Allow", "").split(", ")))


class Walk:
    """Calls every path of the document, as anybody and as the secretariat."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.anybody, self.secretariat = _client(app), _client(app)
        with app.app_context():
            secretariat = people.actors()["secretariat"]
            self.secretariat.token = issue(secretariat, people.account("secretariat"), "a walk")
            rows = database.session.execute(
                select(Record.kind, Record.reference).order_by(Record.id.desc())
            )
            self.references = {row.kind: row.reference for row in rows}
        self.contract: Contract = contract(self.anybody)
        self.paths = self.contract.document["paths"]

    @property
    def document(self) -> dict[str, Any]:
        """The document that the API publishes."""
        return self.contract.document

    def parameters(self) -> Iterator[dict[str, Any]]:
        """Every parameter of every operation."""
        for _, _, operation in self.contract.operations():
            yield from map(self.contract.resolved, operation.get("parameters", []))

    def properties(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every property of every schema, by name."""
        yield from _properties(self.document["components"]["schemas"])

    @cached_property
    def answers(self) -> list[Answer]:
        """All answers, in the order in which they were asked."""
        with _Noting(self.app) as self.noted:
            return [*self._all()]

    def _all(self) -> Iterator[Answer]:
        yield self.call("/openapi.json", "GET")
        yield self.call("/nothing", "GET")
        for path, item in self.paths.items():
            there = [method for method in METHODS if method.lower() in item]
            yield from self._beside(path, there)
            for method in there:
                yield from self._reading(path) if method == "GET" else self._writing(path, method)
        yield from self._life()

    def _beside(self, path: str, there: list[str]) -> Iterator[Answer]:
        """What every path is asked, whatever it is."""
        yield self.call(path, "OPTIONS")
        if "/_" not in path:
            yield self.call(path, next(m for m in reversed(METHODS) if m not in there))
        if path != "/":
            yield self.call(path, "GET", after="/")

    def _reading(self, path: str) -> Iterator[Answer]:
        yield (public := self.call(path, "GET"))
        if public.status != 200:
            yield self.call(path, "GET", who="secretariat")
        yield self.call(path, "GET", who="secretariat", after=UNKNOWN)
        yield self.call(path, "GET", headers={"Accept": "text/x-nothing"})
        yield self.call(path, "HEAD", headers={"If-None-Match": "*"})

    def _writing(self, path: str, method: str) -> Iterator[Answer]:
        yield self.call(path, method)
        media = MERGE_PATCH if method == "PATCH" else "application/json"
        sent: Any = {"data": b'{"nobodyAsksThis": 1, "norThis": 2}', "content_type": media}
        yield self.call(path, method, who="secretariat", after=UNKNOWN, **sent)

    def _life(self) -> Iterator[Answer]:
        """What becomes of a record that is made, changed, published and removed again."""
        one, new = "/initiatives/{reference}", {"title": "Werkgesprek"}
        yield (made := self._write("/initiatives", "POST", new, {"Idempotency-Key": "een"}))
        yield self._write("/initiatives", "POST", new, {"Idempotency-Key": "een"})
        yield self._write("/initiatives", "POST", new, after="?dryRun=true")
        born = {"reference": made.response.json["reference"]}  # type: ignore[index]  # made just now
        steps: tuple[tuple[str, str, Any], ...] = (
            (one, "PATCH", {"goal": "Minder werkdruk", **COMPLETE}),
            (f"{one}/publications", "POST", {}),
            (f"{one}/withdrawals", "POST", None),
            (one, "DELETE", None),
        )
        for path, method, body in steps:
            yield self._write(path, method, body, AS_IT_IS, of=born)
        yield self.call(one, "GET", who="secretariat", of=born)
        own, key = "/initiatives/external/{system}/{key}", {"system": "eigen", "key": "1"}
        yield self._write(own, "PUT", new, {"If-None-Match": "*"}, of=key)
        yield self._write(own, "PUT", {**new, "goal": "Rust"}, AS_IT_IS, of=key)
        yield self.call(own, "GET", who="secretariat", of=key)
        make = {"operation": "create", "collection": "initiatives"}
        many = [{**make, "payload": payload} for payload in (new, {})]
        yield self._write("/batches", "POST", {"operations": many})

    def _write(
        self, path: str, method: str, body: Any, headers: Any = None, **asked: Any
    ) -> Answer:
        media = MERGE_PATCH if method == "PATCH" else "application/json"
        sent: dict[str, Any] = {"content_type": media}
        sent |= {} if body is None else {"data": json.dumps(body)}
        headers = {**(headers or {}), "Change-Reason": "dubbel"}
        answer = self.call(path, method, who="secretariat", headers=headers, **sent, **asked)
        assert answer.status < 300, f"{answer} {answer.response.text}"
        return answer

    def call(
        self,
        path: str,
        method: str,
        *,
        who: str = "anybody",
        after: str = "",
        of: Mapping[str, str] = MappingProxyType({}),
        **sent: Any,
    ) -> Answer:
        """One call of a path of the document, with the values that the letters have for it, or
        those that are given."""
        url = ROOT + self._filled(path, of) + after
        self.noted.clear()
        client: Client = getattr(self, who)
        response = client.open(url, method=method, **sent)
        headers = response.headers
        told = path if path in self.paths and after != "/" else ""
        wrote = frozenset(self.noted)
        return Answer(told, url, method, who, response.status_code, headers, response, wrote)

    def _filled(self, path: str, of: Mapping[str, str]) -> str:
        """`path` with a record of the letters where it names one."""
        kind = kind_in(path.split("/")[1])
        reference = self.references.get(kind.name, f"{kind.prefix}-0001") if kind else "INI-0001"
        values = {"reference": reference, "record": self.references["commitment"], **VALUES}
        values |= of
        return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], "none"), path)


def _properties(part: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        yield from part.get("properties", {}).items()
        for inner in part.values():
            yield from _properties(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _properties(inner)


def _client(app: Flask) -> Client:
    client = app.test_client()
    assert isinstance(client, Client)
    return client


class _Noting:
    """Notes the tables that statements write in."""

    def __init__(self, app: Flask) -> None:
        self.engine, self.tables = app.extensions["engine"], set[str]()

    def __enter__(self) -> set[str]:
        event.listen(self.engine, "before_cursor_execute", self._note)
        return self.tables

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)

    def _note(self, _c: object, _k: object, statement: str, *_: object) -> None:
        if found := WRITTEN.match(statement):
            self.tables.add(found[2])


def segments(path: str) -> list[str]:
    """The words of a path, without what stands for a value."""
    return [name for name in path.split("/") if name and not name.startswith("{")]
