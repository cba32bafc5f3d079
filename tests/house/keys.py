"""Rows with real keys for the table of endpoints: what "member" proposed, reported, was asked,
sent, waits for and signed in with. A key that does not exist is hidden from everybody, and so
tests no right.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from registry import editing, workflow
from registry.access import Actor
from registry.administration.commands import save_window
from registry.annexes import commands as annexes
from registry.attachments import commands as attachments
from registry.calendar.commands import renew
from registry.db import session
from registry.elsewhere.models import ForeignSystem
from registry.fields import json_name
from registry.jobs import commands as jobs
from registry.kind import Kind, kind_named
from registry.nesting import new_key
from registry.planning import commands as planning
from registry.record import ExternalKey, Record
from registry.reminders import commands as reminders
from registry.reminders.models import Escalation
from registry.rounds import commands as rounds
from registry.signin.models import AccountSession
from registry.tokens.models import Token
from registry.updates import commands as updates
from registry.vocabulary import ReadingConvention
from tests import people
from tests.browsing import Client

Keys = dict[str, Any]
ROUND = {
    "title": "Najaar 2020",
    "starts": "2020-07-01",
    "ends": "2020-12-31",
    "deadline": "2021-01-31",
}
FROZEN = {"rounds.frozen", "rounds.compared", "api-rounds.snapshot"}
"""What can be asked of a round that was closed."""
NUMBERLESS = {"number": None, "officialDate": None}
"""What a letter that is still to come has not got."""
NUMBERS = {"tokens.revoke": "token", "admin.revoke_token": "token", "admin.drop": "convention"}
"""Of what the number in an address is; of others of no kind: of an account."""
OF_A_VERSION = {"version", "adopt_version"}
BY_KEY = {"by_key", "put_by_key"}
OF_A_REPORT = {"release_update", "files", "file", "add_file"}


def chosen(endpoint: str, known: Keys) -> Keys:
    """Which of the known keys stand in the address of an endpoint."""
    kind, _, verb = endpoint.rpartition(".")
    if kind.removeprefix("api-") == "rounds":
        return {**known, "key": known["closed" if endpoint in FROZEN else "open"]}
    if kind.removeprefix("api-") == "jobs":
        return {**known, "key": known["job"]}
    if kind == "reminders":
        return {**known, "key": known["escalation"], "number": known["account"], "code": "passed"}
    if "account" in known and verb != "put_back":
        number = known[NUMBERS.get(endpoint, "account")]
        return {**known, "number": number, "key": known["revision"]}
    if verb in BY_KEY:
        return {**known, "system": known["system"], "key": known["elsewhere"]}
    of = "version" if verb in OF_A_VERSION else "report" if verb in OF_A_REPORT else "revision"
    key = known.get(of)
    return {**known, "key": key} if key else known


def of_record(actors: Mapping[str, Actor], kind: Kind, entity: Any, folder: Path) -> Keys:
    """What "member" proposed and reported of a published record that their organisation keeps."""
    member, title = actors["member"], json_name(kind.title_field)
    proposed = workflow.propose(member, kind, entity, {title: "Heel anders"})
    made: Keys = {"revision": proposed.key, "field": title, **_elsewhere(actors, entity)}
    if kind.name == "plan":
        secretariat = actors["secretariat"]
        editing.revise(secretariat, kind, entity, {"ambition": "Minder klachten"})
        made["version"] = planning.freeze(secretariat, entity, {"name": "Eerste versie"}).key
    if kind.name == "annex":
        secretariat = actors["secretariat"]
        made["record"] = _line(actors)
        annexes.freeze(secretariat, entity, {"unagreed": True})
        editing.publish(secretariat, kind, entity, audience="public")
    if kind.name == "document":
        editing.revise(actors["secretariat"], kind, entity, {"planned": True} | NUMBERLESS)
    if kind.contributed:
        report = updates.no_change(member, kind, entity)
        sent = ("a.pdf", b"%PDF-1.7", "Eigen meting")
        file = attachments.add(member, kind, entity, report, sent, folder=folder, scanner="")
        made |= {"report": report.key, "file": file.key}
    return made


def _elsewhere(actors: Mapping[str, Actor], entity: Any) -> Keys:
    """A key in a system of the organisation of "member"."""
    system, home = f"s{new_key()}", actors["member"].home_id
    claimed = {"name": system, "organisation_id": home, "claimed_at": entity.record.created_at}
    session().execute(insert(ForeignSystem).values(**claimed))
    named = {"record_id": entity.id, "system": system, "key": "7"}
    table: Any = ExternalKey.__table__
    session().execute(insert(table).values(**named))
    session().commit()
    return {"system": system, "elsewhere": "7"}


def _line(actors: Mapping[str, Actor]) -> str:
    """An initiative that the organisation of "member" keeps, and every annex has a line for."""
    kind = kind_named("initiative")
    made = editing.create(actors["member"], kind, {"title": "Werkstressweek"})
    editing.publish(actors["secretariat"], kind, made, audience="public")
    return str(made.reference)


def of_round(actors: Mapping[str, Actor], reference: str) -> Keys:
    """A round that asks "member" about a record, and one that was closed."""
    secretariat = actors["secretariat"]
    closed = rounds.close(secretariat, rounds.open_round(secretariat, ROUND))
    open_ = rounds.open_round(secretariat, ROUND)
    return {"record": reference, "open": open_.key, "closed": closed.key}


def of_member(actors: Mapping[str, Actor]) -> Keys:
    """The last session and token of "member", and a reading convention of the secretariat."""
    own = {"account_id": actors["member"].account_id}
    save_window(actors["secretariat"], "medio", {"start": "1-5", "ends": "31-5"})
    for record in session().scalars(select(Record).where(Record.kind == "initiative")):
        paused = {"reference": record.reference, "reason": "Later"}
        reminders.pause(actors["secretariat"], paused)
    wanted = jobs.WORKS["upload"]
    job = jobs.ask(actors["member"], wanted, {}, about="a", language="nl", to=("/", "/"))
    return {
        "job": job.key,
        "escalation": escalation(actors),
        "convention": session().scalars(select(ReadingConvention.id)).one(),
        "session": session().scalars(select(AccountSession.id).filter_by(**own)).all()[-1],
        "token": session().scalars(select(Token.id).filter_by(**own)).all()[-1],
        "account": actors["member"].account_id,
        "secret": renew(actors["member"], people.account("member")),
    }


def escalation(actors: Mapping[str, Actor]) -> str:
    """One that waits, about the organisation of "member"."""
    home = session().get_one(Record, actors["member"].home_id)
    ids = {"record_id": home.id, "organisation_id": home.id, "since": home.created_at.date()}
    made = Escalation(
        key=new_key(), rule="passed", term=new_key(), day=ids["since"], state="waiting", **ids
    )
    session().add(made)
    session().commit()
    return made.key


def uploaded(browser: Client, kind: Kind) -> str:
    """The token of a file that somebody sent to the list of a kind."""
    data = {"file": (BytesIO(f"{json_name(kind.title_field)}\nIets\n".encode()), "a.csv")}
    sent = browser.post(f"/{kind.collection}/import", data=data)
    return sent.headers["Location"].rpartition("/")[2]
