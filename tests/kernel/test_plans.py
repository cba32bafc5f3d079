"""However many records there are, a page costs the same: what partners ask most walks an index and
stops. It is read off the plans, as times would say more about the machine."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests import databases
from tests.api.conftest import Api

pytestmark = databases.on_sqlite
LIST = "/api/v1/initiatives?status=running&theme=THE-0001&sort=-updatedAt&perPage=1"
SMALL = ("ledger_head", "json_each", "CONSTANT ROW", "anon_", "(subquery")
"""What has one row, or as many as one record or one reader has."""


@pytest.fixture
def ran(app: Flask) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is run, with its values."""
    found: list[tuple[str, Any]] = []

    def note(_c: Any, _k: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            found.append((statement, values))

    event.listen(app.extensions["engine"], "before_cursor_execute", note)
    yield found
    event.remove(app.extensions["engine"], "before_cursor_execute", note)


def test_what_is_asked_most_looks_through_no_table(
    app: Flask, api: Api, letters: None, ran: list[tuple[str, Any]]
) -> None:
    client = api("partner")
    first = client.get(LIST)
    asked: dict[str, tuple[str, dict[str, str]]] = {
        "list": (LIST, {}),
        "deep page": (_next(first.headers["Link"]), {}),
        "record": (f"/api/v1/initiatives/{first.get_json()[0]['reference']}", {}),
        "304": (LIST, {"If-None-Match": first.headers["ETag"]}),
        "changes": ("/api/v1/changes?perPage=1", {}),
    }
    looked = {}
    for name, (address, headers) in asked.items():
        ran.clear()
        answer = client.get(address, headers=headers)
        assert answer.status_code == (304 if name == "304" else 200)
        assert ran
        looked[name] = [line for run in ran for line in _scans(app, *run)]
    assert looked == {name: [] for name in asked}


def test_what_a_filter_points_at_is_looked_up_in_an_index_alone(
    app: Flask, api: Api, letters: None, ran: list[tuple[str, Any]]
) -> None:
    client = api("partner")
    ran.clear()
    client.get(LIST)
    plan = _plan(app, *max(ran, key=lambda one: len(one[0])))
    (filtered, *_) = [told for _, _, _, told in plan if "initiative_theme" in told]
    assert "COVERING INDEX" in filtered
    assert filtered.endswith("(theme_id=? AND parent_id=?)")


def _next(links: str) -> str:
    found = next(link for link in links.split(", ") if 'rel="next"' in link)
    return found.partition("/api/")[2].partition(">")[0].join(("/api/", ""))


def _plan(app: Flask, statement: str, values: Any) -> list[tuple[int, int, int, str]]:
    connection: sqlite3.Connection = app.extensions["connection"].connection.driver_connection
    return connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()


def _scans(app: Flask, statement: str, values: Any) -> Iterator[str]:
    for _, parent, _, told in _plan(app, statement, values):
        sorts = parent == 0 and "TEMP B-TREE" in told
        if sorts or (told.startswith("SCAN") and not any(name in told for name in SMALL)):
            yield told
