"""How far somebody has followed: for one caller with their rights, and of one book."""

from typing import Any

from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from registry.access import Actor
from registry.ledger import LedgerHead
from tests import databases, people
from tests.api.conftest import Api, problem
from tests.factories import Make
from tests.following.conftest import Follow
from tests.following.following import FEED

pytestmark = databases.on_sqlite
INITIATIVE = "initiative"


def test_a_cursor_is_of_one_caller_with_their_rights_and_of_one_book(
    app: Flask, make: Make, actors: dict[str, Actor], follow: Follow, api: Api
) -> None:
    make(INITIATIVE)
    public, member = follow(), follow("member")
    assert api("member").get(FEED, query_string={"cursor": member.cursor}).status_code == 200

    def refused(client: Any, cursor: Any) -> int:
        response = client.get(FEED, query_string={"cursor": cursor})
        problem(response)
        return int(response.status_code)

    assert refused(public.client, member.cursor) == 410
    assert refused(api("other_member"), member.cursor) == 410
    assert refused(api("member"), public.cursor) == 410
    with app.app_context():
        people.also_of(actors["member"], "MIND")
    assert refused(member.client, member.cursor) == 410
    assert public.cursor is not None
    for forged in ("", "x", public.cursor[:-1], f"a{public.cursor}", "WzFd.x", "é", "a.b.c"):
        assert refused(public.client, forged) == 400


def test_a_restored_book_does_not_know_later_cursors(
    session: Session, make: Make, follow: Follow, app: Flask
) -> None:
    make(INITIATIVE)
    later = follow()
    session.execute(update(LedgerHead).values(seq=LedgerHead.seq - 1))
    session.commit()
    assert later.client.get(FEED, query_string={"cursor": later.cursor}).status_code == 400
