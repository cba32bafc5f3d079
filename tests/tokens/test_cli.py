"""`flask token`: a new token at the terminal."""

from flask import Flask

from tests import people
from tests.browsing import Client


def test_a_token_is_printed_and_opens_the_api(app: Flask, client: Client) -> None:
    address = people.email("member")
    printed = app.test_cli_runner().invoke(args=["token", address, "--name", "test"])
    assert printed.exit_code == 0, printed.output
    client.token = printed.output.strip()
    made = client.post("/api/v1/initiatives", json={"title": "Met een token"})
    assert made.status_code == 201


def test_nobody_has_no_token(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["token", "x@registry.example", "--name", "x"])
    assert printed.exit_code != 0
    assert "Nobody" in printed.output
    assert "Traceback" not in printed.output


def test_a_token_has_a_name(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["token", people.email("member")])
    assert printed.exit_code != 0
