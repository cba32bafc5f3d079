"""The walk along all routes, made once for all tests of the rules."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests import databases
from tests.rules.walking import Answer, Walk


@pytest.fixture(scope="session")
def walk(app_on: Callable[[str], Flask]) -> Walk:
    """The walk, with its answers; what it wrote is undone before the first test reads them."""
    app = app_on(databases.LETTERS)
    with app.extensions["engine"].execution_options(write=True).connect() as connection:
        transaction = connection.begin()
        app.extensions["connection"] = connection
        made = Walk(app)
        assert made.answers
        app.extensions["connection"] = None
        transaction.rollback()
    return made


@pytest.fixture
def answers(walk: Walk) -> list[Answer]:
    """Every answer of the walk."""
    return walk.answers
