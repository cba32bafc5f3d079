"""The whole of a long list is sent in constant memory."""

import tracemalloc
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import insert, text

from registry import clock, create_app
from registry.initiatives.models import Initiative, Participation
from registry.partners.models import Partner
from registry.record import Record
from tests import databases
from tests.api.contract import ROOT

pytestmark = pytest.mark.prove

MANY = 20_000
MOST_BYTES = 12_000_000


@pytest.fixture(scope="module")
def filled(dialect: str) -> Iterator[Flask]:
    """An app with many initiatives, each with four participations."""
    with databases.copy(dialect, databases.EMPTY) as url:
        app = create_app(databases.settings(url))
        fill(app)
        yield app
        app.extensions["engine"].dispose()


def fill(app: Flask) -> None:
    """Write them; nothing here is a change of anybody's."""
    now = clock.now()
    numbers = range(1, MANY + 1)
    record = {
        "version": 1, "state": "published", "audience": "public", "last_seq": 1,
        "created_at": now, "updated_at": now,
    }  # fmt: skip
    identities = [
        {**record, "id": 10_000 + n, "kind": "initiative", "reference": f"INI-{n:06}",
         "title": f"Initiatief {n}", "sort_title": f"initiatief {n:06}"}
        for n in numbers
    ]  # fmt: skip
    partner = {**record, "id": 9_999, "kind": "partner", "reference": "ORG-9999"}
    identities.append({**partner, "title": "TNO", "sort_title": "tno"})
    with app.extensions["engine"].execution_options(write=True).begin() as connection:
        connection.execute(insert(Record), identities)
        own = [{"id": 9_999, "name": "TNO", "is_group": False}]
        connection.execute(insert(Partner), own)
        own = [{"id": 10_000 + n, "title": f"Initiatief {n}", "goal": "Doel " * 9} for n in numbers]
        connection.execute(insert(Initiative), own)
        rows = [
            {"parent_id": 10_000 + n, "key": f"p{k}", "position": k, "role": "participant",
             "partner_id": 9_999}
            for n in numbers for k in range(4)
        ]  # fmt: skip
        connection.execute(insert(Participation), rows)
        # PostgreSQL does so by itself, a minute after so much was written.
        connection.execute(text("ANALYZE"))


@pytest.mark.parametrize("media", ["application/x-ndjson", "text/csv"])
@pytest.mark.parametrize("sort", ["title", "-updatedAt,title"])
def test_a_long_list_is_sent_in_constant_memory(filled: Flask, media: str, sort: str) -> None:
    client = filled.test_client()
    client.get(f"{ROOT}/initiatives?perPage=1")  # what is made once is no matter of this
    tracemalloc.start()
    try:
        response = client.get(f"{ROOT}/initiatives?sort={sort}", headers={"Accept": media})
        lines = sum(piece.count(b"\n") for piece in response.iter_encoded())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert lines == MANY + (media == "text/csv")
    assert most < MOST_BYTES
