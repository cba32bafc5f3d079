"""What the tests of the JSON API share."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from registry.kind import Kind, kinds
from tests.api.contract import Contract, Problem, contract
from tests.browsing import Client

Api = Callable[[str], Client]
COLLECTIONS = (
    "partners themes sectors groups causes initiatives commitments milestones indicators documents "
    "events plans views offices persons"
).split()


@pytest.fixture
def agreed(client: Client) -> Contract:
    """The document of the app, to hold answers against."""
    return contract(client)


@pytest.fixture
def every_kind(app: Flask) -> list[Kind]:
    """All kinds; each has a collection in the API."""
    return [*kinds()]


def problem(response: TestResponse) -> Problem:
    """The problem in a response, which must be one."""
    return Problem.of(response)
