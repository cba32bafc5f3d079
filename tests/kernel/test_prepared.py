"""What the driver is asked itself, on the connection that a session shares."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from registry.db import connection
from registry.extensions import database
from registry.prepared import told
from tests import databases


def test_what_goes_wrong_is_raised_as_the_toolkit_raises_it(session: Session) -> None:
    with pytest.raises(DBAPIError) as raised:
        told(connection(), "SELECT nothing FROM nowhere", {})
    assert raised.value.statement == "SELECT nothing FROM nowhere"
    assert not raised.value.connection_invalidated


def test_a_session_reads_on_the_connection_that_was_read_from(fresh_app: Flask) -> None:
    with fresh_app.test_request_context("/api/v1/"):
        here = database.connection
        assert told(here, "SELECT 1", {}) == [(1,)]
        assert here.in_transaction()
        assert database.session.connection() is here
        assert database.session.scalar(text("SELECT 2")) == 2
        database.rest()
        assert not here.in_transaction()
        assert told(database.connection, "SELECT 3", {}) == [(3,)]
    assert here.closed


@databases.on_sqlite  # on PostgreSQL a transaction is not begun to write
def test_who_changes_something_reads_in_the_transaction_that_writes(fresh_app: Flask) -> None:
    with fresh_app.test_request_context("/api/v1/", method="POST"):
        assert database.connection is database.session.connection()
        assert database.connection.get_execution_options()["write"]
