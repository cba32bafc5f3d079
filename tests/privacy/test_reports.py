"""What somebody reported is written out and stays; their name and address go, from a round too."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from registry.access import Actor, system
from registry.attachments import commands as attachments
from registry.attachments.models import UpdateFile
from registry.copies import keeping as copies
from registry.initiatives.schemas import INITIATIVE
from registry.jobs.models import Job, Stage
from registry.ledger import Change
from registry.past.verification import verify
from registry.privacy import commands, queries
from registry.rounds import commands as rounds
from registry.rounds.models import Snapshot
from registry.updates import commands as updates
from registry.updates.models import Evidence, Update
from tests import people
from tests.databases import on_sqlite
from tests.factories import Make

ASKED = {
    "title": "Najaar",
    "starts": "2020-07-01",
    "ends": "2020-12-31",
    "deadline": "2021-01-31",
}


def test_reports_stay_without_name_or_address(
    session: Session, make: Make, actors: dict[str, Actor], tmp_path: Path
) -> None:
    boss, member, email = actors["secretariat"], actors["member"], people.email("member")
    entity = make("initiative", keeper_id=member.home_id)
    found = rounds.open_round(boss, ASKED)
    rounds.remind(boss, found)
    rests = {"link": f"https://elders.example/?van={email}", "why": f"volgens {email}"}
    said: dict[str, Any] = {"state": "behind", "reason": "other", "reasonWords": f"vraag {email}"}
    said |= {"text": f"Vraag {email}.", "evidence": [rests]}
    made = updates.report(member, INITIATIVE, entity, said)
    file = f"{email}.pdf", b"%PDF-1.7", email
    attachments.add(member, INITIATIVE, entity, made, file, folder=tmp_path, scanner="")
    rounds.close(replace(boss, account_id=member.account_id, name=member.name), found)
    held = queries.held(email)
    assert [row["key"] for row in held["reports"]] == [made.key]
    assert len(held["reminders"]) == 1
    commands.erase(system("Register (privacy)", "cli"), email)
    session.expire_all()
    frozen = session.scalars(select(Snapshot)).one().content
    assert frozen["updates"][0]["by"] == "[gewist]"
    rows = [session.scalars(select(model)).one() for model in (Update, Evidence, UpdateFile)]
    words = [str({k: v for k, v in vars(row).items() if k != "_sa_instance_state"}) for row in rows]
    assert not any(email in text for text in (str(frozen), *words))
    assert "Vraag [gewist]." in words[0]
    told = session.scalars(select(Change.changes).where(Change.subject.is_not(None))).all()
    assert email not in str(told)
    assert found.closed_actor_name == "[gewist]"
    assert verify(folder=tmp_path) is None


@on_sqlite
def test_what_a_worker_made_and_keeps_for_a_while_goes_too(
    session: Session, actors: dict[str, Actor]
) -> None:
    boss, name = actors["secretariat"], actors["member"].name
    asked: dict[str, Any] = {"work": "annex-look", "about": "x", "onward": "", "back": ""}
    asked |= {"key": "k", "door": "screen", "language": "nl", "payload": {}}
    made = Job(**asked, account_id=boss.account_id, asked_at=clock.now(), state=Stage.DONE)
    made.result = {"by": name}
    session.add(made)
    copies.keep("a-copy", name.encode())
    commands.erase(system("Register (privacy)", "cli"), people.email("member"))
    assert (session.scalars(select(Job)).all(), copies.there("a-copy")) == ([], False)
