"""Each request to the API is one line in the log, with its number and without its values."""

import json
import logging
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from flask import Flask, Response

from registry import logs
from registry.api import noting
from tests import databases
from tests.browsing import Client

pytestmark = databases.on_sqlite


@pytest.fixture
def written(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """What is written to the log as JSON lines."""
    handler = next(kept for kept in app.logger.handlers if isinstance(kept, logs.Handler))
    stream = StringIO()
    before = handler.setStream(stream)
    monkeypatch.setattr(handler, "formatter", logs.ForPrograms())
    yield stream
    handler.setStream(before)


def lines(stream: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_request_is_one_line_with_its_number_and_nobodys_name(
    api: Callable[[str], Client], written: StringIO
) -> None:
    client = api("member")
    client.get("/api/v1/partners?q=Janssen", headers={"X-Request-ID": "abc-1"})
    [line] = lines(written)
    told = {"request": "abc-1", "method": "GET", "route": "/api/v1/partners", "status": 200}
    assert line.items() >= told.items()
    assert isinstance(line["account"], int)
    assert isinstance(line["ms"], float)
    assert isinstance(line["bytes"], int)
    assert line["token"]
    assert "Janssen" not in written.getvalue()
    assert "Member" not in written.getvalue()


def test_no_line_holds_a_token(api: Callable[[str], Client], written: StringIO) -> None:
    client = api("member")
    secret = str(client.token)
    for url in ("/api/v1/themes", f"/api/v1/themes/{secret}", f"/api/v1/{secret}?x={secret}"):
        client.get(url)
    client.token = secret[:-1]
    client.post("/api/v1/initiatives", json={"title": secret})
    logging.getLogger("registry").warning("refused %s", secret)
    assert len(lines(written)) == 5
    assert secret[4:30] not in written.getvalue()


def test_a_fault_is_logged_under_the_number_that_the_caller_gets(
    app: Flask, client: Client, written: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("registry.api.root.answers.only", broken)
    monkeypatch.setattr(app, "testing", False)
    answer = client.get("/api/v1", headers={"X-Request-ID": "abc-2"})
    assert (answer.status_code, answer.get_json()["requestId"]) == (500, "abc-2")
    fault, request = lines(written)
    assert (fault["request"], request["request"]) == ("abc-2", "abc-2")
    assert "RuntimeError: a fault" in str(fault["trace"])
    assert "a fault" not in answer.text


def test_what_is_streamed_is_counted_until_its_end(app: Flask, written: StringIO) -> None:
    with app.test_request_context("/api/v1/themes"):
        noting.begin()
        response = Response(part for part in ("één", "twee"))
        noting.note(response)
    assert written.getvalue() == ""
    assert response.get_data() == "ééntwee".encode()
    response.close()
    response.close()
    assert [line["bytes"] for line in lines(written)] == [9]
