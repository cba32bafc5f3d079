"""Erasing somebody takes them out of what lies beside the records, too."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from registry import clock, editing, ledger, workflow
from registry.access import Actor, system
from registry.accounts.events import note
from registry.accounts.models import AccountEvent
from registry.command import command
from registry.db import session as current
from registry.factors.models import RecoveryCode
from registry.initiatives.schemas import INITIATIVE
from registry.invitations.commands import RESET
from registry.invitations.commands import make as make_link
from registry.ledger import Outbox
from registry.past import verification
from registry.privacy import commands, queries
from registry.signin.commands import begin
from registry.signin.models import Attempt
from registry.signin.throttle import SIGN_IN, take
from registry.tokens.commands import issue
from registry.workflow import Revision
from tests import people
from tests.factories import Make

TERMINAL = system("Register (privacy)", "cli")
EMAIL = people.email("member")
ADDRESS = "192.0.2.77"
Actors = dict[str, Actor]
TABLES = (
    "account account_event account_grant account_session attempt change one_time_link outbox "
    "recovery_code record revision token"
)


def everything(session: Session) -> str:
    """All that these tables hold, as text."""
    rows = [session.execute(text(f"SELECT * FROM {t}")).all() for t in TABLES.split()]  # noqa: S608
    return str(rows)


@command
def _live(actor: Actor, boss: Actor) -> None:
    """What somebody leaves behind by being here."""
    account = people.account("member")
    take(actor, SIGN_IN, EMAIL, account)
    begin(actor, account, device="Vuurvos 1", lasts=timedelta(days=1), new_hash=None)
    take(actor, SIGN_IN, EMAIL, account)
    issue(actor, account, "mijn script")
    make_link(boss, account, RESET)
    note(boss, account, "changed", old="Rol van Member", fields=["name"])
    note(actor, people.account("partner"), "changed", fields=["name"])
    ledger.post(current(), "reset", {"account": account.id})
    current().add(RecoveryCode(account_id=account.id, digest="a" * 64))


@pytest.fixture
def proposed(session: Session, make: Make, actors: Actors) -> Any:
    """A proposal of somebody that is returned, and one that was adopted."""
    member, boss = actors["member"], actors["secretariat"]
    entity = make("initiative", by="member")
    adopted = workflow.propose(member, INITIATIVE, entity, {"goal": "Rust"}, reason="na overleg")
    workflow.adopt(boss, INITIATIVE, entity, adopted)
    waiting = workflow.propose(member, INITIATIVE, entity, {"summary": f"Bel {EMAIL}."})
    workflow.return_revision(boss, waiting, note=f"Zie {EMAIL}")
    here = replace(member, address=ADDRESS)
    _live(here, actors["administrator"])
    return entity


def test_all_that_somebody_left_is_written_out_without_secrets(
    session: Session, proposed: Any
) -> None:
    account = queries.held(EMAIL)["account"]
    assert account["account_session"][0]["device"] == "Vuurvos 1"
    assert account["token"][0]["name"] == "mijn script"
    assert [event["what"] for event in account["account_event"]][-1] == "changed"
    assert account["acted"][-1]["address"] == ADDRESS
    assert [proposal["state"] for proposal in account["revision"]] == ["published", "returned"]
    assert account["revision"][0]["payload"] == {"goal": "Rust"}
    assert "digest" not in json.dumps(account)


def test_who_judges_gets_their_judgement_and_not_the_proposal(
    session: Session, proposed: Any
) -> None:
    account = queries.held(people.email("secretariat"))["account"]
    assert [found["note"] for found in account["judged"]] == [None, f"Zie {EMAIL}"]
    assert "revision" not in account


def test_nothing_of_them_stays(session: Session, proposed: Any) -> None:
    member = people.account("member").id
    commands.erase(TERMINAL, EMAIL)
    session.expire_all()
    held = everything(session).replace(people.email("other_member"), "")
    assert [w for w in (EMAIL, ADDRESS, "Vuurvos", "'Member'", "Rol van Member") if w in held] == []
    for table in "account_session one_time_link recovery_code token".split():
        counted = select(func.count()).select_from(text(table))
        assert session.scalar(counted) == 0, table
    assert session.scalar(select(func.count()).select_from(Attempt)) == 0
    outbox = session.scalars(select(Outbox)).all()
    assert all(row.payload.get("account") != member for row in outbox)
    assert [row.due_at for row in outbox if row.topic == "reset"] == [None]
    assert verification.verify() is None


def test_what_happened_stays_in_the_log_of_accounts(session: Session, proposed: Any) -> None:
    columns = (AccountEvent.id, AccountEvent.at, AccountEvent.what, AccountEvent.door)
    before = session.execute(select(*columns).order_by(AccountEvent.id)).all()
    commands.erase(TERMINAL, EMAIL)
    assert session.execute(select(*columns).order_by(AccountEvent.id)).all() == before


def test_what_waits_can_still_be_judged_without_a_name(
    session: Session, proposed: Any, actors: Actors
) -> None:
    waiting = workflow.propose(actors["member"], INITIATIVE, proposed, {"summary": "Kort."})
    commands.erase(TERMINAL, EMAIL)
    session.expire_all()
    assert {r.author_name for r in session.scalars(select(Revision))} == {"[gewist]"}
    closed = session.scalars(select(Revision).where(Revision.id != waiting.id)).one()
    assert closed.author_rights == {"roles": [], "organisations": []}
    entity = editing.one(INITIATIVE, actors["secretariat"], proposed.reference)
    workflow.adopt(actors["secretariat"], INITIATIVE, entity, session.get_one(Revision, waiting.id))
    assert entity.summary == "Kort."
    assert verification.verify() is None


REWRITES = {
    "nothing without an open erasure": (False, "actor_name = 'x'"),
    "not the moment": (True, "at = '2020-01-01T00:00:00.000000Z'"),
    "not what happened": (True, "what = 'signed_in'"),
    "not to somebody else": (True, "account_id = 1"),
}


@pytest.mark.parametrize("name", REWRITES)
def test_the_log_of_accounts_stays_append_only(session: Session, proposed: Any, name: str) -> None:
    is_open, assignment = REWRITES[name]
    moment = clock.now().isoformat()
    session.execute(
        text(
            "INSERT INTO erasure (opened_at, closed_at, actor_name, changes)"
            " VALUES (:now, :closed, 'x', 0)"
        ),
        {"now": moment, "closed": None if is_open else moment},
    )
    last = select(func.max(AccountEvent.id)).scalar_subquery()
    number = session.scalar(select(last))
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(
            text(f"UPDATE account_event SET {assignment} WHERE id = :number"),  # noqa: S608
            {"number": number},
        )
