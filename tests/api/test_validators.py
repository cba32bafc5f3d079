"""What the caller has already is not asked of the database again, and never said wrongly."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from registry import clock, editing
from registry.access import Actor
from registry.db import Base, session
from registry.kind import kind_named
from registry.ledger.collecting import RECORDED
from registry.privacy import commands as privacy
from registry.record import Record
from tests import databases, people
from tests.api.conftest import Api
from tests.api.contract import ROOT
from tests.browsing import Client
from tests.factories import Make

Counting = Callable[[], AbstractContextManager[list[str]]]
ONE_LOOK_UP = 1
UNDER = "history updates occurrences external-keys"
TABLE = re.compile(r"(?:FROM|JOIN) ([a-z_]+)")
TOLD = """account account_grant token change ledger_head erasure
record_update update_evidence update_file reporting_round round_item vocabulary_term
reading_convention foreign_system"""
"""Who asks, the book itself, and what is told in it beside the records. Whoever adds a table here
has seen that each of its changes is a statement, or is among `ledger.besides`."""
OF_THE_BOOK = (
    "initiatives history gaps progress holders calendar vocabularies vocabularies/initiative-kind"
)


def has(client: Client, url: str, tag: str) -> int:
    """The status for a caller who has `tag`."""
    return client.get(url, headers={"If-None-Match": tag}).status_code


def asked(queries: list[str]) -> list[str]:
    """What was asked, without who asks."""
    return [q for q in queries if "FROM token" not in q and "account_grant" not in q]


@pytest.mark.parametrize("path", OF_THE_BOOK.split())
@databases.on_sqlite
def test_a_list_that_the_caller_has_takes_one_look_up(
    path: str, client: Client, make: Make, count_queries: Counting
) -> None:
    make("initiative")
    tag = client.get(f"{ROOT}/{path}").headers["ETag"]
    with count_queries() as queries:
        assert has(client, f"{ROOT}/{path}", tag) == 304
    assert len(queries) == ONE_LOOK_UP
    make("initiative", title="Nog een")
    assert has(client, f"{ROOT}/{path}", tag) == 200


def test_a_record_is_read_once_until_something_changes(
    app: Flask, api: Api, make: Make, actors: dict[str, Actor], count_queries: Counting
) -> None:
    made = make("theme")
    url, member = f"{ROOT}/themes/{made.reference}", api("member")
    tag = member.get(url).headers["ETag"]
    assert has(member, url, tag) == 304
    with count_queries() as queries:
        assert has(member, url, tag) == 304
        assert has(member, f"{ROOT}/themes", member.get(f"{ROOT}/themes").headers["ETag"]) == 304
    assert sum("json_object" in q or "json_build_object" in q for q in asked(queries)) == 1
    assert has(member, url, '"1-anders"') == 200
    with app.app_context():
        theme = kind_named("theme")
        found = editing.one(theme, actors["secretariat"], made.reference)
        editing.withdraw(actors["secretariat"], theme, found, reason="te vroeg")
    assert has(member, url, tag) == 404
    assert has(api("secretariat"), url, tag) == 200


def test_an_embargo_that_passes_is_another_list_and_another_record(
    app: Flask, client: Client, make: Make
) -> None:
    make("theme")
    hidden = make("theme", embargo_until=clock.now() + timedelta(hours=1))
    url = f"{ROOT}/themes"
    tag = client.get(url).headers["ETag"]
    assert has(client, f"{url}/{hidden.reference}", "*") == 404
    assert has(client, url, tag) == 304
    with app.app_context():  # as if an hour went by: nothing is written in the book
        table: Any = Record.__table__
        passed = update(table).where(table.c.id == hidden.record.id)
        session().execute(passed.values(embargo_until=clock.now()))
        session().commit()
    assert has(client, url, tag) == 200
    assert client.get(f"{url}/{hidden.reference}").status_code == 200


@databases.on_sqlite
def test_a_tag_is_of_who_asks_what_on_which_day(
    app: Flask, api: Api, client: Client, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("initiative")
    url = f"{ROOT}/initiatives"
    tag = client.get(url).headers["ETag"]
    for other in (f"{url}?perPage=1", f"{url}?asOf=2020-01-01", f"{ROOT}/history"):
        assert has(client, other, tag) == 200
    seen = [api(who).get(url).headers["ETag"] for who in ("member", "partner", "secretariat")]
    assert len({tag, *seen}) == 4
    monkeypatch.setitem(app.config, "REGISTRY_TODAY", "2021-06-15")
    assert has(client, url, tag) == 200


@databases.on_sqlite
def test_what_such_a_tag_stands_for_is_in_the_book(
    api: Api, make: Make, count_queries: Counting
) -> None:
    made, who = make("initiative"), api("secretariat")
    under = [f"initiatives/{made.reference}/{name}" for name in UNDER.split()]
    under.append(f"commitments/{make.reference('commitment')}/chain")
    with count_queries() as queries:
        for path in (*OF_THE_BOOK.split(), *under):
            assert who.get(f"{ROOT}/{path}").status_code == 200
    recorded = {t.name for t in Base.metadata.sorted_tables if _model(t.name)}
    read = {name for query in queries for name in TABLE.findall(query)}
    assert (read & set(Base.metadata.tables)) - recorded - set(TOLD.split()) == set()


def _model(table: str) -> bool:
    """Whether the book collects what is changed in a table by itself."""
    models = (mapper.class_ for mapper in Base.registry.mappers)
    return any(m.__tablename__ == table and issubclass(m, RECORDED) for m in models)


@databases.on_sqlite
def test_what_is_refused_is_refused_whatever_the_caller_has(client: Client) -> None:
    assert has(client, f"{ROOT}/initiatives?perPage=0", "*") == 400
    assert has(client, f"{ROOT}/history?x=1", "*") == 400


@databases.on_sqlite
def test_an_erasure_is_another_answer(app: Flask, client: Client, actors: dict[str, Any]) -> None:
    tag = client.get(f"{ROOT}/history").headers["ETag"]
    with app.app_context():
        privacy.erase(actors["administrator"], people.email("partner"))
    assert has(client, f"{ROOT}/history", tag) == 200
