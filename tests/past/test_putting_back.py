"""An earlier version comes back along the path of every change, or is refused with all reasons."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import editing
from registry.access import Actor, acting_as
from registry.administration.commands import save_term
from registry.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from registry.initiatives.schemas import INITIATIVE
from registry.kind import Kind, kind_named
from registry.ledger import Change
from registry.past import commands, verification
from registry.projection import project
from registry.record import Record
from tests.api.conftest import Api, problem
from tests.browsing import SignedIn
from tests.databases import on_sqlite
from tests.factories import Make
from tests.kernel.conftest import full as full  # a fixture is found by its name
from tests.payloads import KINDS, Full

OF_THE_VERSION = ("version", "updatedAt")


def item(session: Session, kind: Kind, who: Actor, reference: str) -> dict[str, Any]:
    """What the record says now."""
    query = project(kind.schema(), who, session.get_bind().dialect.name)
    with acting_as(who):
        found = session.scalar(query.where(Record.reference == reference))
    said = json.loads(found) if isinstance(found, str) else found
    return {name: value for name, value in said.items() if name not in OF_THE_VERSION}


@pytest.mark.parametrize("kind", KINDS)
def test_everything_comes_back_as_it_was(
    session: Session, full: Full, make: Make, actors: dict[str, Actor], kind: Kind
) -> None:
    who, reference = actors["secretariat"], make.reference(kind.name)
    payload = full.payload(kind.schema())
    editing.revise(who, kind, editing.one(kind, who, reference), payload)
    then = item(session, kind, who, reference)
    optional = {n: f for n, f in kind.schema().load_fields.items() if not f.required}
    emptied = {str(f.data_key or n): None for n, f in optional.items()}
    entity = editing.one(kind, who, reference)
    for kept in ("madeAt", "moves", "due"):  # a published term says why it changes
        emptied.pop(kept, None)
    editing.revise(who, kind, entity, emptied)
    assert item(session, kind, who, reference) != then
    commands.put_back(who, kind, entity, entity.record.version - 1, reason="te snel")
    session.expire_all()
    assert item(session, kind, who, reference) == then
    assert verification.verify() is None


def test_the_history_says_which_version_came_back_and_why(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    who = actors["secretariat"]
    entity = make("initiative", goal="Rust")
    editing.revise(who, INITIATIVE, entity, {"goal": "Reuring"})
    commands.put_back(who, INITIATIVE, entity, 1, reason="vergissing")
    last = session.scalars(select(Change).order_by(Change.seq.desc())).first()
    assert last is not None
    assert (last.action, last.restored_version, last.reason) == ("put_back", 1, "vergissing")
    assert last.changes == [{"path": "goal", "old": "Reuring", "new": "Rust"}]
    assert entity.record.state == "published"


def test_rows_come_back_with_their_keys_and_in_their_order(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    who = actors["secretariat"]
    entity = make("initiative", editions=[{"title": "a"}, {"title": "b"}, {"title": "c"}])
    keys = [row.key for row in entity.editions]
    editing.revise(who, INITIATIVE, entity, {"editions": [{"key": keys[2]}, {"title": "d"}]})
    commands.put_back(who, INITIATIVE, entity, 1)
    assert [row.key for row in entity.editions] == keys


def test_all_that_cannot_come_back_is_told_at_once(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    who = actors["secretariat"]
    partner, theme = make("partner"), make("theme")
    entity = make(
        "initiative",
        payload={"kind": "campaign"},
        participations=[{"partner": partner.reference, "role": "lead"}],
        themes=[{"theme": theme.reference, "basis": "classified"}],
    )
    emptied: dict[str, Any] = {"kind": None, "participations": [], "themes": []}
    editing.revise(who, INITIATIVE, entity, emptied)
    for target in (partner, theme):
        editing.remove(who, kind_named(target.record.kind), target, reason="dubbel")
    term = {"nl": "Campagne", "en": "Campaign", "retired": True}
    save_term(who, "initiative-kind", "campaign", term)
    before = entity.record.version
    with pytest.raises(Invalid) as refused:
        commands.put_back(who, INITIATIVE, entity, 1)
    codes = {name: str(found) for name, found in refused.value.errors.items()}
    assert codes.keys() == {"kind", "participations", "themes"}
    assert "no longer in use: campaign" in codes["kind"]
    assert "has been removed" in codes["participations"]
    assert editing.one(INITIATIVE, who, entity.reference).record.version == before


def test_a_row_that_stays_and_points_at_what_is_removed_stays(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    who, partner = actors["secretariat"], make("partner")
    rows = [{"partner": partner.reference, "role": "lead"}]
    entity = make("initiative", goal="Rust", participations=rows)
    more = make.reference("partner")
    key = {"key": entity.participations[0].key}
    extra = {"partner": more, "role": "executor"}
    editing.revise(who, INITIATIVE, entity, {"goal": "x", "participations": [key, extra]})
    editing.remove(who, kind_named("partner"), partner, reason="opgeheven")
    commands.put_back(who, INITIATIVE, entity, 1)
    assert [row.partner_id for row in entity.participations] == [partner.id]


@pytest.mark.parametrize(
    ("who", "earlier", "version", "refusal"),
    [
        ("member", 1, 3, Forbidden),
        ("secretariat", 7, 3, NotFound),
        ("secretariat", 1, 2, Stale),
        ("secretariat", 3, 3, Conflict),
    ],
)
def test_what_is_no_restoration_is_refused(
    session: Session,
    make: Make,
    actors: dict[str, Actor],
    who: str,
    earlier: int,
    version: int,
    refusal: type[Exception],
) -> None:
    entity = make("initiative", goal="Rust")
    editing.revise(actors["secretariat"], INITIATIVE, entity, {"goal": "Reuring"})
    with pytest.raises(refusal):
        commands.put_back(actors[who], INITIATIVE, entity, earlier, version=version)
    assert entity.goal == "Reuring"


def test_a_member_puts_an_own_draft_back_and_keeps_its_statements(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    member = actors["member"]
    entity = make("initiative", by="member", state="draft", goal="Rust")
    editing.revise(member, INITIATIVE, entity, {"goal": None, "summary": "kort"})
    commands.put_back(member, INITIATIVE, entity, 1)
    assert (entity.goal, entity.summary) == ("Rust", None)
    assert verification.verify() is None


# --- the doors ----------------------------------------------------------------------------


def changed(app: Flask, make: Make, who: Actor, **fields: Any) -> str:
    """A published initiative of which version 3 has no goal any more."""
    with app.app_context():
        entity = make("initiative", **{"goal": "Rust en ruimte", **fields})
        editing.revise(who, INITIATIVE, entity, {"goal": None, "website": None})
        return str(entity.reference)


@on_sqlite
def test_the_page_shows_what_changes_and_puts_it_back(
    app: Flask, signed_in: SignedIn, make: Make, actors: dict[str, Actor]
) -> None:
    reference = changed(app, make, actors["secretariat"])
    secretariat = signed_in("secretariat")
    page = secretariat.page(f"/initiatives/{reference}/history")
    links = [url for words, url in page.links().items() if "Terugzetten naar deze stand" in words]
    assert sorted(links) == [f"/initiatives/{reference}/history/{n}" for n in (1, 2)]
    asked = secretariat.page(links[0])
    assert "Rust en ruimte" in asked.text
    done = secretariat.submit(asked.form("reason").fill(reason="Toch wel"))
    assert "Rust en ruimte" in done.text
    history = secretariat.page(f"/initiatives/{reference}/history").text
    assert "Versie 1 teruggezet" in history or "Versie 2 teruggezet" in history
    assert "Reden: Toch wel" in history


@on_sqlite
def test_who_may_not_edit_sees_no_way_to_put_back(
    app: Flask, signed_in: SignedIn, make: Make, actors: dict[str, Actor]
) -> None:
    reference = changed(app, make, actors["secretariat"])
    text = signed_in("member").page(f"/initiatives/{reference}/history").text
    assert "Terugzetten naar deze stand" not in text


@on_sqlite
def test_a_stale_page_compares_anew(
    app: Flask, signed_in: SignedIn, make: Make, actors: dict[str, Actor]
) -> None:
    reference = changed(app, make, actors["secretariat"])
    secretariat = signed_in("secretariat")
    form = secretariat.page(f"/initiatives/{reference}/history/1").form("reason")
    with app.app_context():
        entity = editing.one(INITIATIVE, actors["secretariat"], reference)
        editing.revise(actors["secretariat"], INITIATIVE, entity, {"summary": "tussendoor"})
    page = secretariat.submit(form, status=412)
    assert "Intussen heeft een ander dit gewijzigd" in page.text
    assert "tussendoor" in page.text
    assert "Rust en ruimte" in secretariat.submit(page.form("reason")).text


@on_sqlite
def test_the_page_tells_every_reason_by_its_field(
    app: Flask, signed_in: SignedIn, make: Make, actors: dict[str, Actor]
) -> None:
    who = actors["secretariat"]
    with app.app_context():
        partner = make("partner")
        rows = [{"partner": partner.reference, "role": "lead"}]
        entity = make("initiative", participations=rows)
        editing.revise(who, INITIATIVE, entity, {"participations": []})
        editing.remove(who, kind_named("partner"), partner, reason="dubbel")
        reference = entity.reference
    secretariat = signed_in("secretariat")
    form = secretariat.page(f"/initiatives/{reference}/history/1").form("reason")
    text = secretariat.submit(form, status=400).text
    assert "Dit kan niet worden teruggezet" in text
    assert "Betrokken organisatie 1 – Organisatie: Waar dit naar verwees is verwijderd" in text


@on_sqlite
def test_the_api_puts_back(app: Flask, api: Api, make: Make, actors: dict[str, Actor]) -> None:
    reference = changed(app, make, actors["secretariat"])
    client, url = api("secretariat"), f"/api/v1/initiatives/{reference}"
    tag = {"If-Match": client.get(url).headers["ETag"]}
    sent = {"version": 1, "reason": "via de API"}
    assert client.post(f"{url}/restorations", json=sent).status_code == 428
    stale = client.post(f"{url}/restorations", json=sent, headers={"If-Match": '"1-0"'})
    assert problem(stale).status == 412
    wrong = client.post(f"{url}/restorations", json={"version": "x", "why": 1}, headers=tag)
    assert problem(wrong).status == 400
    none = client.post(f"{url}/restorations", json={"version": 9}, headers=tag)
    assert problem(none).status == 404
    done = client.post(f"{url}/restorations", json=sent, headers=tag)
    assert (done.status_code, done.get_json()["goal"]) == (200, "Rust en ruimte")
    again = {"If-Match": done.headers["ETag"]}
    assert client.post(f"{url}/restorations", json=sent, headers=again).status_code == 409


@on_sqlite
def test_the_api_takes_the_reason_of_a_change_in_a_header(
    app: Flask, session: Session, api: Api, make: Make
) -> None:
    url, client = f"/api/v1/initiatives/{make.reference('initiative')}", api("secretariat")
    headers = {"If-Match": "*", "Change-Reason": "Reünie %E2%82%AC 5"}
    refused = client.delete(url, headers={"If-Match": "*"})
    assert problem(refused).errors == {"header Change-Reason": "required"}
    wrong = {**headers, "Change-Reason": "%ff"}
    assert problem(client.delete(url, headers=wrong)).status == 400
    headers["Change-Reason"] = "Re%C3%BCnie %E2%82%AC 5"
    media = "application/merge-patch+json"
    assert (
        client.patch(url, data='{"goal": "x"}', headers=headers, content_type=media).status_code
        == 200
    )
    assert client.delete(url, headers=headers).status_code == 204
    reasons = session.scalars(select(Change.reason).order_by(Change.seq.desc()).limit(2)).all()
    assert reasons == ["Reünie € 5"] * 2
