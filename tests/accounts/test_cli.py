"""`flask account`: the first administrator, made at the terminal."""

from flask import Flask

from tests import people
from tests.browsing import Client
from tests.databases import on_sqlite

FIRST = ["account", "eerste@registry.example", "--name", "Eerste Beheerder"]


@on_sqlite
def test_the_printed_password_signs_in(app: Flask, client: Client) -> None:
    printed = app.test_cli_runner().invoke(args=FIRST)
    assert printed.exit_code == 0, printed.output
    client.sign_in("eerste@registry.example", printed.output.strip())
    assert client.get("/admin/people").status_code == 200


@on_sqlite
def test_an_address_that_is_known_is_refused(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(
        args=["account", people.email("member"), "--name", "Nog een"]
    )
    assert printed.exit_code == 1
    assert "known already" in printed.output
