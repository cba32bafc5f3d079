"""Every screen, in both languages, wide and narrow, in a real browser: nothing is wrong with it.

The list of screens is the list of routes: a new one is looked at without being named here."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from secrets import token_hex
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from registry import clock, create_app, editing, workflow
from registry.bulk import working as bulk
from registry.commitments.schemas import COMMITMENT
from registry.extensions import database
from registry.initiatives.schemas import INITIATIVE
from registry.invitations import commands as links
from registry.jobs import commands as jobs
from registry.jobs.models import Job
from registry.jobs.working import work_due
from registry.kind import Kind, kinds
from registry.plan.schemas import PLAN
from registry.planning import commands as planning
from registry.record import Record
from registry.rounds import commands as rounds
from registry.sources.schemas import DOCUMENT
from registry.updates import commands as updates
from tests import databases, people
from tests.factories import minimal
from tests.house import keys

pytestmark = pytest.mark.browser
NO_SCREEN = ("/api/", "/static/", "/.well-known/", "/sitemap", "/robots.txt")
FRAGMENTS = {
    "similar",
    "as_xlsx",
    "as_csv",
    "preview",
    "file",
    "chart",
    "public",
    "personal",
    "calendar",
    "as_file",
}
"""A piece of a page, a file, or what only a sent file leads to: test_uploads looks at that."""
COLOURS = "color-contrast"  # the same when narrow; to judge them twice is left to the long runs
Look = tuple[Any, ...]  # language, width, and rules that are not asked
LOOKS = [("nl", 1280), ("en", 320)]
OTHER_LOOKS = [("nl", 320), ("en", 1280)]


def _rules() -> Iterator[Rule]:
    app = create_app({"DATABASE_URL": "sqlite://", "SECRET_KEY": "of a test"})
    for rule in app.url_map.iter_rules():
        to_read = rule.endpoint.startswith("docs.") or not rule.rule.startswith(NO_SCREEN)
        if (
            "GET" in (rule.methods or ())
            and to_read
            and rule.endpoint.split(".")[-1] not in FRAGMENTS
            and rule.rule != "/api"
        ):
            yield rule


RULES = sorted(_rules(), key=lambda rule: rule.rule)
WHO = {"rounds.report": "member"}
"""Who looks; where nobody is named, the administrator, who sees most."""
ASKED = {
    "title": "Najaar",
    "starts": "2020-07-01",
    "ends": "2020-12-31",
    "deadline": date(clock.now().year + 1, 1, 31).isoformat(),
}
OWN = {"index", "show", "edit"}
"""Screens on which every kind looks different; the others are one template for all kinds, and what
registers is the form of what edits."""
LOOKED_AT = ("initiatives", "partners")


def _often(rule: Rule) -> bool:
    collection, _, verb = rule.endpoint.rpartition(".")
    of_a_kind = any(kind.collection == collection for kind in kinds())
    return not of_a_kind or verb in OWN or collection in LOOKED_AT


def _screens() -> Iterator[Any]:
    """Every screen; those that are the same for all kinds are looked at for two of them, and for
    the rest in the long runs."""
    for rule in RULES:
        yield pytest.param(rule, id=rule.rule, marks=() if _often(rule) else pytest.mark.prove)


def _path(rule: Rule, app: Flask) -> str:
    """The address of a screen, with a record of the letters where it shows one."""
    with app.app_context():
        values = _values(rule)
    built = rule.build(values)
    assert built is not None
    return built[1]


def _value(rule: Rule, name: str) -> Any:
    if name == "reference":
        return _reference(_kind(rule), rule.endpoint.split(".")[-1])
    made: dict[str, Callable[[], str]] = {
        "name": lambda: "initiative-kind",
        "code": lambda: "passed" if rule.endpoint.startswith("reminders") else "research",
        "record": lambda: _reference(COMMITMENT, "show"),
        "word": lambda: "medio",
        "tag": lambda: "initiatives",
        "key": KEYS.get(rule.endpoint.partition(".")[0], _waiting),
        "secret": lambda: _link(rule),
        "token": lambda: _looked(_kind(rule)),
    }
    if name in made:
        return made[name]()
    return 1 if rule.endpoint.endswith("put_back") else people.account("member").id


def _kind(rule: Rule) -> Kind:
    return next(k for k in kinds() if k.collection == rule.rule.split("/")[1])


def _values(rule: Rule) -> dict[str, Any]:
    """What stands in the address of a screen."""
    if rule.endpoint.startswith("rounds.") and rule.arguments:
        return {name: value for name, value in _round(rule).items() if name in rule.arguments}
    if rule.endpoint == "dashboard.response":
        _round(rule)
    if rule.endpoint.endswith(".files"):
        return _report(_kind(rule))
    if rule.rule.startswith("/plans/<reference>/versions/"):
        return _version()
    if rule.endpoint == "documents.coming":
        return {"reference": _changed(DOCUMENT, {"kind": "letter", "planned": True})}
    return {name: _value(rule, name) for name in rule.arguments}


def _round(rule: Rule) -> dict[str, str]:
    """A round in which a member is asked about an initiative; closed where that is looked at."""
    everybody = people.actors()
    made = editing.create(everybody["member"], INITIATIVE, minimal(INITIATIVE.name))
    editing.publish(people.REGISTRY, INITIATIVE, made)
    found = rounds.open_round(everybody["secretariat"], ASKED)
    if "/frozen" in rule.rule:
        rounds.close(everybody["secretariat"], found)
    return {"key": found.key, "record": made.reference}


def _report(kind: Kind) -> dict[str, str]:
    """A record with a report of how it stands."""
    secretariat = people.actors()["secretariat"]
    entity = editing.one(kind, secretariat, _changed(kind))
    made = updates.report(secretariat, kind, entity, {"state": "on_track", "text": "Loopt."})
    return {"reference": entity.reference, "key": made.key}


def _version() -> dict[str, str]:
    """A plan with a version of it."""
    secretariat = people.actors()["secretariat"]
    plan = editing.one(PLAN, secretariat, _reference(PLAN, "show"))
    return {
        "reference": plan.reference,
        "key": planning.freeze(secretariat, plan, {"name": token_hex(4)}).key,
    }


def _proposal() -> str:
    """A change that a member proposes."""
    member = people.actors()["member"]
    entity = editing.create(member, INITIATIVE, minimal(INITIATIVE.name))
    editing.publish(people.REGISTRY, INITIATIVE, entity)
    return workflow.propose(member, INITIATIVE, entity, {"goal": "Anders"}).key


def _escalation() -> str:
    return keys.escalation(people.actors())


KEYS = {"review": _proposal, "reminders": _escalation}
"""Of what the key in an address is; of others, of long work."""


def _link(rule: Rule) -> str:
    """The secret of an invitation, or of a link that confirms another address."""
    member = people.account("member")
    if rule.endpoint != "invitations.confirm_email":
        return links.make(people.REGISTRY, member, links.INVITATION)
    links.readdress(people.actors()["member"], member, "nieuw@registry.example")
    return links.make(people.REGISTRY, member, links.EMAIL)


def _look_at_all(kind: Kind, token: str) -> Job:
    """A change of all records of a kind that the administrator asks to be worked out."""
    status = "completed" if kind is INITIATIVE else "met"
    payload = {"kind": kind.name, "asked": {"status": status}, "question": {}}
    wanted, about = bulk.look_at_all, bulk.ABOUT.format(token)
    payload, to = {**payload, "asOf": "2020-12-31"}, ("/", "/")
    administrator = people.actors()["administrator"]
    return jobs.ask(administrator, wanted, payload, about=about, language="nl", to=to)


def _waiting() -> str:
    return _look_at_all(INITIATIVE, token_hex(12)).key


def _looked(kind: Kind) -> str:
    """The same when it has been worked out."""
    _look_at_all(kind, token := token_hex(12))
    work_due()
    return token


def _reference(kind: Kind, verb: str) -> str:
    """Of pages the first record, which says the most; of the steps the last, as all of them are
    alike; to put back, one that is gone."""
    query = select(Record).where(Record.kind == kind.name)
    if verb == "restore":
        gone = database.session.scalar(query.where(Record.deleted_at.is_not(None)))
        return gone.reference if gone is not None else _removed(kind)
    if verb == "put_back":
        return _changed(kind)
    order = Record.id if verb in ("show", "history") else Record.id.desc()
    found = database.session.scalar(query.where(Record.deleted_at.is_(None)).order_by(order))
    if found is not None:
        return str(found.reference)
    return _meeting(kind) if kind.name == "meeting" else _changed(kind)


def _meeting(kind: Kind) -> str:
    """The letters tell of no meetings: one with everything that its page can show."""
    rows = {
        "agenda": [{"title": "Plan van aanpak"}],
        "attendance": [{"person": "A. Aanwezig", "presence": "present"}],
        "decisions": [{"text": "De kerngroep komt elk kwartaal bijeen."}],
        "actions": [{"text": "Regelt een zaal.", "state": "open", "decision": 1}],
    }
    entity = editing.create(people.REGISTRY, kind, minimal(kind.name, **rows))
    for place in ("Den Haag", "Utrecht", "Zwolle", "Breda"):
        editing.revise(people.REGISTRY, kind, entity, {"place": place})
    editing.publish(people.REGISTRY, kind, entity)
    return str(entity.reference)


def _changed(kind: Kind, more: dict[str, Any] | None = None) -> str:
    """A record with an earlier version."""
    entity = editing.create(people.REGISTRY, kind, minimal(kind.name) | (more or {}))
    editing.publish(people.REGISTRY, kind, entity)
    return str(entity.reference)


def _removed(kind: Kind) -> str:
    entity = editing.create(people.REGISTRY, kind, minimal(kind.name))
    editing.remove(people.REGISTRY, kind, entity)
    return str(entity.reference)


def _wrong(rule: Rule, app: Flask, visitor: Any, looks: Sequence[Look]) -> list[str]:
    path, who = _path(rule, app), WHO.get(rule.endpoint, "administrator")
    return [
        f"{language} {width}: {text}"
        for language, width, *but in looks
        for text in visitor(who, language, width).open(path).wrong(*but)
    ]


@pytest.mark.parametrize("rule", [*_screens()])
def test_a_screen_is_sound_in_dutch_when_wide_and_in_english_when_narrow(
    rule: Rule, site: tuple[Flask, str], visitor: Any
) -> None:
    (wide, narrow) = LOOKS
    assert not _wrong(rule, site[0], visitor, [wide, (*narrow, COLOURS)])


@pytest.mark.prove
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule)
def test_a_screen_is_sound_in_dutch_when_narrow_and_in_english_when_wide(
    rule: Rule, site: tuple[Flask, str], visitor: Any
) -> None:
    assert not _wrong(rule, site[0], visitor, OTHER_LOOKS)


@pytest.mark.parametrize(
    "path",
    ["/", "/initiatives", "/commitments", "/aanmelden", "/wachtwoord-vergeten", "/bestaat-niet"],
)
def test_a_visitor_who_is_not_signed_in_sees_sound_screens_too(path: str, visitor: Any) -> None:
    status = 404 if path == "/bestaat-niet" else 200
    for language, width in [*LOOKS, *OTHER_LOOKS]:
        assert not visitor("public", language, width).open(path, status).wrong()


def test_the_letters_are_there(site: tuple[Flask, str]) -> None:
    assert databases.LETTERS
    with site[0].app_context():
        assert database.session.scalar(select(Record.id).limit(1))
