"""A person is written out and erased: their values go, that something changed stays."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from registry import editing
from registry.access import Actor, system
from registry.accounts.models import Account
from registry.accounts.queries import actor
from registry.errors import NotSignedIn
from registry.extensions import database
from registry.initiatives.schemas import INITIATIVE
from registry.ledger import Change, LedgerHead
from registry.partners.models import Contact
from registry.partners.schemas import PARTNER
from registry.past import verification
from registry.privacy import commands, queries
from registry.privacy.models import Erasure
from registry.record import Record
from registry.tokens.commands import issue
from tests import databases, people
from tests.factories import Make

JO = {
    "name": "Jo Voorbeeld",
    "function": "adviseur",
    "email": "Jo@Elders.example",
    "phone": "070-3334455",
}
AN = {"name": "An Ander", "email": "an@elders.example"}
EMAIL = "jo@elders.example"
TERMINAL = system("Register (privacy)", "cli")


def everything(session: Session) -> str:
    """All that the tables hold, as text."""
    tables = "account account_grant token record partner partner_contact initiative citation change"
    rows = [session.execute(text(f"SELECT * FROM {t}")).all() for t in tables.split()]  # noqa: S608
    return str(rows)


@pytest.fixture
def organisation(session: Session, make: Make, actors: dict[str, Actor]) -> Any:
    """An organisation whose contact Jo moved to another number, beside An."""
    entity = make("partner", contacts=[JO, AN])
    key = entity.contacts[0].key
    rows = [{"key": key, "phone": "071-3334455"}, {"key": entity.contacts[1].key}]
    return editing.revise(actors["secretariat"], PARTNER, entity, {"contacts": rows})


def test_what_is_held_of_a_contact_is_written_out(session: Session, organisation: Any) -> None:
    held = queries.held("JO@elders.example")
    assert held["account"] is None
    told = {**JO, "organisation": organisation.reference, "title": organisation.name}
    assert held["contacts"] == [{**told, "phone": "071-3334455"}]
    assert [m["reference"] for m in held["mentions"]] == [organisation.reference] * 2


def test_what_is_held_of_an_account_is_written_out(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    issue(actors["member"], people.account("member"), "mijn script")
    made = make.reference("initiative", by="member", state="draft")
    held = queries.held(people.email("member"))
    account = held["account"]
    assert (account["name"], account["email"]) == ("Member", people.email("member"))
    assert account["account_grant"][0]["role"] == "member"
    assert account["token"][0]["name"] == "mijn script"
    assert account["made"] == [made]
    assert [entry["reference"] for entry in held["entries"]] == [made]
    assert not any("password" in name or name == "session_key" for name in account)
    assert "digest" not in account["token"][0]
    assert json.dumps(held)


def test_a_contact_goes_from_what_is_and_from_what_was(session: Session, organisation: Any) -> None:
    head = session.scalar(select(LedgerHead.seq)) or 0
    report = commands.erase(TERMINAL, EMAIL)
    assert (report.account, report.contacts, report.records) == (False, 1, 1)
    session.expire_all()
    held = everything(session)
    words = ("Jo Voorbeeld", "jo@elders", "Jo@elders", "adviseur", "3334455")
    assert [word for word in words if word in held] == []
    assert "An Ander" in held
    assert list(session.scalars(select(Contact.name))) == ["An Ander"]
    assert verification.verify() is None
    last = session.get_one(Change, head + 1)
    assert (last.action, last.door, last.reference) == ("erase", "cli", organisation.reference)
    assert {p["old"] for p in last.changes if not p["path"].endswith("position")} == {"[gewist]"}


def test_the_fact_of_each_change_stays(session: Session, organisation: Any) -> None:
    columns = (Change.seq, Change.record_id, Change.version, Change.at, Change.door, Change.action)
    told = select(Change.changes).order_by(Change.seq)
    before = session.execute(select(*columns).order_by(Change.seq)).all()
    paths = [[p["path"] for p in c] for c in session.scalars(told)]
    commands.erase(TERMINAL, EMAIL)
    session.expire_all()
    after = session.execute(select(*columns).order_by(Change.seq)).all()
    assert after[: len(before)] == before
    assert [[p["path"] for p in c] for c in session.scalars(told)][:-1] == paths


def test_an_account_goes_and_its_entries_stay_without_a_name(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    member = actors["member"]
    entity = make("initiative", by="member", state="draft", goal="Rust")
    editing.revise(member, INITIATIVE, entity, {"goal": "Ruimte"}, reason="na overleg")
    issue(member, people.account("member"), "script")
    report = commands.erase(TERMINAL, people.email("member"))
    session.expire_all()
    assert report.account
    assert session.get(Account, member.account_id) is None
    assert session.scalar(select(func.count()).select_from(text("token"))) == 0
    query = select(Change).where(Change.record_id == entity.id).order_by(Change.seq)
    made = session.scalars(query).all()
    erasure = session.scalars(select(Erasure)).one()
    assert {(c.actor_name, c.actor_id) for c in made} == {("[gewist]", -erasure.id)}
    assert made[-1].reason == "na overleg"
    assert session.get_one(Record, entity.id).owner_id is None
    assert (erasure.changes, erasure.closed_at is not None) == (2, True)
    assert verification.verify() is None


def test_what_somebody_stated_for_no_organisation_loses_their_name(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    account = people.account("partner")
    account.grants[0].organisation_id = None
    session.commit()
    alone = actor(account, "screen")
    made = editing.create(alone, INITIATIVE, {"title": "Alleen"})
    cited = [{"field": "title", "basis": "reported", "why": "Opgave van Partner, 1 mei 2020"}]
    editing.revise(people.REGISTRY, INITIATIVE, made, {"sources": cited})  # as it once was told
    assert "Opgave van Partner, " in everything(session)
    commands.erase(TERMINAL, people.email("partner"))
    session.expire_all()
    assert "Opgave van Partner, " not in everything(session)
    assert "Opgave van [gewist], " in everything(session)
    assert verification.verify() is None


def test_an_address_in_a_text_goes_too_and_removed_records_are_not_spared(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    who = actors["secretariat"]
    entity = make("initiative", summary=f"Vraag het {EMAIL.upper()}.", goal="a.jo@elders.example")
    gone = make("partner", contacts=[JO])
    editing.remove(who, PARTNER, gone, reason=f"op verzoek van {EMAIL}")
    commands.erase(TERMINAL, EMAIL)
    session.expire_all()
    found = editing.one(INITIATIVE, who, entity.reference)
    assert (found.summary, found.goal) == ("Vraag het [gewist].", "a.jo@elders.example")
    assert "op verzoek van [gewist]" in everything(session)
    assert session.get_one(Record, gone.id).deleted_at is not None
    assert "Jo Voorbeeld" not in everything(session)
    assert verification.verify() is None


def test_a_row_that_passed_to_somebody_else_keeps_their_values(
    session: Session, organisation: Any, actors: dict[str, Actor]
) -> None:
    key = organisation.contacts[0].key
    rows = [{"key": key, **AN, "email": "nieuw@elders.example", "name": "Nu Nieuw"}]
    editing.revise(actors["secretariat"], PARTNER, organisation, {"contacts": rows})
    commands.erase(TERMINAL, EMAIL)
    session.expire_all()
    assert list(session.scalars(select(Contact.name))) == ["Nu Nieuw"]
    assert "Jo Voorbeeld" not in everything(session)
    assert "Nu Nieuw" in str(session.scalars(select(Change.changes)).all())
    assert verification.verify() is None


def test_erasing_again_finds_nothing_more(session: Session, organisation: Any) -> None:
    commands.erase(TERMINAL, EMAIL)
    again = commands.erase(TERMINAL, EMAIL)
    assert (again.contacts, again.records, again.changes) == (0, 0, 0)


def test_who_may_not_manage_people_erases_nobody(
    session: Session, organisation: Any, actors: dict[str, Actor]
) -> None:
    with pytest.raises(Exception, match="may not"):
        commands.erase(actors["secretariat"], EMAIL)


REWRITES = {
    "nothing without an open erasure": (False, "actor_name = 'x'"),
    "not the moment": (True, "at = at, version = 9"),
    "not the door": (True, "door = 'seed'"),
    "not the number of values": (True, "changes = '[]'"),
}


@pytest.mark.parametrize("name", REWRITES)
def test_the_triggers_let_an_erasure_change_only_who_why_and_what(
    session: Session, organisation: Any, name: str
) -> None:
    is_open, assignment = REWRITES[name]
    closed = {"closed": None if is_open else "2021-01-01T00:00:00.000000Z"}
    session.execute(
        text(
            "INSERT INTO erasure (opened_at, closed_at, actor_name, changes)"
            " VALUES ('2021-01-01T00:00:00.000000Z', :closed, 'x', 0)"
        ),
        closed,
    )
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(f"UPDATE change SET {assignment}"))  # noqa: S608


def test_the_terminal_writes_out_and_erases(
    app: Flask, session: Session, organisation: Any
) -> None:
    runner = app.test_cli_runner()
    told = runner.invoke(args=["privacy", "export", EMAIL])
    assert json.loads(told.output)["contacts"][0]["name"] == "Jo Voorbeeld"
    asked = runner.invoke(args=["privacy", "erase", EMAIL], input="n\n")
    assert asked.exit_code == 1
    assert "Jo Voorbeeld" in everything(session)
    done = runner.invoke(args=["privacy", "erase", EMAIL, "--yes"])
    assert done.exit_code == 0, done.output
    assert "Jo Voorbeeld" not in everything(session)
    assert runner.invoke(args=["privacy", "export", EMAIL]).exit_code == 1
    assert runner.invoke(args=["history", "verify"]).exit_code == 0


def test_who_was_erased_while_at_work_writes_nothing_more(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    made = make("initiative", by="member", state="draft")
    commands.erase(TERMINAL, people.email("member"))
    with pytest.raises(NotSignedIn):
        editing.revise(actors["member"], INITIATIVE, made, {"goal": "Nog even"})
    assert "Member" not in session.scalars(select(Change.actor_name)).all()


@databases.on_postgresql
def test_what_a_person_is_at_is_waited_for_and_erased_too(fresh_app: Flask) -> None:
    def erase() -> None:
        with fresh_app.app_context():
            commands.erase(TERMINAL, people.email("member"))

    with ThreadPoolExecutor(1) as pool, fresh_app.extensions["engine"].connect() as job:
        job.execute(text("SELECT id FROM account FOR KEY SHARE"))  # as by what somebody makes
        erasing = pool.submit(erase)
        try:
            while not job.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                assert not erasing.done()
            with fresh_app.app_context():
                editing.create(people.actors()["member"], INITIATIVE, {"title": "Net nog"})
        finally:
            job.rollback()
        erasing.result(10)
    with fresh_app.app_context():
        assert "Member" not in database.session.scalars(select(Change.actor_name)).all()
