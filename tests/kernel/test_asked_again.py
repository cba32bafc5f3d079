"""On PostgreSQL a question that comes back is planned once, and costs what its rows cost."""

from typing import Any

from flask import Flask
from sqlalchemy import event, text

from registry.extensions import database
from tests import databases
from tests.api.conftest import Api
from tests.factories import Make

pytestmark = databases.on_postgresql
LIST = "/api/v1/initiatives?theme=none&sort=-updatedAt"
TIMES = 12
"""Five before the driver prepares it, five that PostgreSQL plans by their values."""


def test_what_is_asked_often_stays_prepared_between_requests(fresh_app: Flask) -> None:
    client = fresh_app.test_client()
    for _ in range(TIMES):
        assert client.get(LIST).status_code == 200
    asked = text("SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE :like")
    with fresh_app.extensions["engine"].connect() as connection:
        found = connection.scalars(asked, {"like": "SELECT CAST(json_build_object%"}).all()
    assert found == [TIMES - 10]


def test_which_record_a_filter_names_is_found_before_the_list_is_walked(
    app: Flask, api: Api, make: Make
) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _k: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    client, address = api("partner"), LIST.replace("none", make.reference("theme"))
    event.listen(app.extensions["engine"], "before_cursor_execute", note)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(app.extensions["engine"], "before_cursor_execute", note)
    statement, values = max(asked, key=lambda one: len(one[0]))
    with app.app_context():
        plan = database.connection.exec_driver_sql(f"EXPLAIN {statement}", values).scalars().all()
    filters = [line for line in plan if "theme_id = ANY" in line]
    assert any("(InitPlan " in line for line in filters), plan


def test_no_setting_of_the_server_makes_small_questions_dear(fresh_app: Flask) -> None:
    wanted = {"jit": "off", "random_page_cost": "1.1", "enable_mergejoin": "off"}
    with fresh_app.extensions["engine"].connect() as connection:
        told = {name: connection.scalar(text(f"SHOW {name}")) for name in wanted}
        connection.rollback()
        again = {name: connection.scalar(text(f"SHOW {name}")) for name in wanted}
    assert told == again == wanted
