"""A client that sends what no library would: the bytes of a request as they are."""

import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPResponse
from typing import Any

from tests.api.contract import JSON, ROOT


@dataclass(frozen=True)
class Ask:
    """A request: a method and a target below the API, or any other that begins with `http` or
    `/api`. A header that is None is left out."""

    line: str
    headers: Mapping[str, str | None] = field(default_factory=dict)
    body: bytes | None = None
    who: str | None = "member"

    def written(self, token: str | None) -> bytes:
        """The request on the wire."""
        own: dict[str, str | None] = {"Host": "localhost", "Connection": "close"}
        if token:
            own["Authorization"] = f"Bearer {token}"
        if self.body is not None:
            own |= {"Content-Length": str(len(self.body)), "Content-Type": JSON}
        lines = [f"{n}: {v}" for n, v in {**own, **self.headers}.items() if v is not None]
        method, _, target = self.line.partition(" ")
        where = target if target.startswith(("http", "/api")) else ROOT + target
        head = "\r\n".join([f"{method} {where} HTTP/1.1", *lines, "", ""])
        return head.encode("latin-1") + (self.body or b"")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str

    def errors(self) -> dict[str, str]:
        """The errors of the problem that this must be: "in location" → code."""
        assert self.headers["Content-Type"] == "application/problem+json", self
        assert self.headers["API-Version"]
        assert self.headers["Cache-Control"] == "no-store"
        said: dict[str, Any] = json.loads(self.text)
        assert said["status"] == self.status
        assert all(said[name] for name in ("type", "title", "detail"))
        return {f"{e['in']} {e['location']}": e["code"] for e in said.get("errors", [])}


def answered(port: int, wire: bytes, *, waiting: bool = False) -> Answer:
    """What a server answers to bytes; `waiting`: the rest of them could still come."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(wire)
        if not waiting:
            connection.shutdown(socket.SHUT_WR)
        response = HTTPResponse(connection)
        response.begin()
        text = response.read().decode(errors="replace")
        return Answer(response.status, dict(response.getheaders()), text)
