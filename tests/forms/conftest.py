"""Browsers without script that are signed in."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.browsing import Client

SignedIn = Callable[[str], Client]


@pytest.fixture
def signed_in(app: Flask, sign_in: Callable[[Client, str], Client]) -> SignedIn:
    """A browser of its own for somebody: `signed_in("member")`."""

    def browser(who: str) -> Client:
        client = app.test_client()
        assert isinstance(client, Client)
        return sign_in(client, who)

    return browser
