"""A token for one organisation, or for what is public: never more than its account, often less."""

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry.access import Actor
from registry.accounts.models import Grant
from registry.accounts.queries import actor
from registry.errors import Invalid
from registry.jobs.models import Job
from registry.jobs.working import _on_behalf_of
from registry.merging.rights import move
from registry.record import Record
from registry.tokens.commands import issue
from registry.tokens.models import PUBLIC, WRITE, Token
from tests import databases, people
from tests.browsing import Client, SignedIn
from tests.factories import Make

INITIATIVES = "/api/v1/initiatives"


@pytest.fixture
def both(actors: dict[str, Actor], session: Session) -> list[str]:
    """The member acts for two organisations: their references."""
    return people.also_of(actors["member"], "MIND")


def client_of(
    app: Flask, actors: dict[str, Actor], scope: str = WRITE, organisation: str = ""
) -> Client:
    client = app.test_client()
    assert isinstance(client, Client)
    with app.app_context():
        account = people.account("member")
        client.token = issue(actors["member"], account, "x", scope=scope, organisation=organisation)
    return client


def test_what_is_made_with_a_token_is_kept_by_its_organisation(
    app: Flask, actors: dict[str, Actor], both: list[str]
) -> None:
    for place in both:
        client = client_of(app, actors, organisation=place)
        made = client.post(INITIATIVES, json={"title": f"Van {place}"})
        assert made.get_json()["keeper"]["reference"] == place


def test_a_report_is_of_the_organisation_of_the_token(
    app: Flask, actors: dict[str, Actor], both: list[str], make: Make
) -> None:
    rows = [{"partner": place, "role": "lead"} for place in both]
    reference = make.reference("initiative", participations=rows)
    url = f"{INITIATIVES}/{reference}/updates"
    for place, other in (both, both[::-1]):
        client = client_of(app, actors, organisation=place)
        made = client.post(url, json={"state": "on_track", "text": "Loopt"})
        assert made.status_code == 201, made.text
        assert made.get_json()["organisation"]["reference"] == place
        refused = client.post(url, json={"state": "on_track", "text": "x", "organisation": other})
        assert refused.status_code == 400


def test_it_has_nothing_of_the_other_organisation_also_where_its_own_account_made_that(
    app: Flask, actors: dict[str, Actor], both: list[str]
) -> None:
    clients = {place: client_of(app, actors, organisation=place) for place in ("", *both)}
    made = clients[both[1]].post(INITIATIVES, json={"title": "Van de ander"}).get_json()
    url, other = f"{INITIATIVES}/{made['reference']}", clients[both[0]]
    seen = {place: client.get(url).status_code for place, client in clients.items()}
    assert seen == {"": 200, both[0]: 404, both[1]: 200}
    listed = {p: len(client.get(INITIATIVES).get_json()) for p, client in clients.items()}
    assert listed == {"": 1, both[0]: 0, both[1]: 1}
    told = {p: f"{client.get('/api/v1/changes').get_json()}" for p, client in clients.items()}
    assert [made["reference"] in text for text in told.values()] == [True, False, True]
    match = {"If-Match": f'"{made["version"]}"'}
    patched = other.patch(url, json={"title": "Overgenomen"}, headers=match)
    assert (patched.status_code, other.delete(url, headers=match).status_code) == (404, 404)
    assert other.get(f"{url}/history").status_code == 404


def test_it_ends_with_the_membership(
    app: Flask, actors: dict[str, Actor], both: list[str], session: Session, signed_in: SignedIn
) -> None:
    clients = {place: client_of(app, actors, organisation=place) for place in ("", *both)}
    query = select(Record.id).where(Record.reference == both[1])
    left = Grant.organisation_id == session.scalars(query).one()
    session.execute(delete(Grant).where(left, Grant.account_id == actors["member"].account_id))
    session.commit()
    session.expire_all()
    found = {place: client.get(INITIATIVES).status_code for place, client in clients.items()}
    assert found == {"": 200, both[0]: 200, both[1]: 401}
    assert "u hoort daar niet meer bij" in signed_in("member").page("/mine/tokens").text


@databases.on_sqlite
def test_the_secretariat_narrowed_to_an_organisation_is_no_secretariat(
    app: Flask, actors: dict[str, Actor], session: Session
) -> None:
    home = people.also_of(actors["member"], "MIND")[1]
    session.add(Grant(account_id=actors["member"].account_id, role="secretariat"))
    session.commit()
    session.expire_all()
    made = client_of(app, actors, organisation=home).post("/api/v1/themes", json={"name": "x"})
    assert made.status_code == 403
    assert client_of(app, actors).post("/api/v1/themes", json={"name": "x"}).status_code == 201


@databases.on_sqlite
def test_a_token_for_what_is_public_sees_what_anybody_sees(
    app: Flask, actors: dict[str, Actor], make: Make
) -> None:
    draft = make.reference("initiative", state="draft", keeper_id=actors["member"].home_id)
    shown = make.reference("initiative")
    client = client_of(app, actors, scope=PUBLIC)
    assert client.get(f"{INITIATIVES}/{draft}").status_code == 404
    assert client.get(f"{INITIATIVES}/{shown}").status_code == 200
    assert client.post(INITIATIVES, json={"title": "x"}).status_code == 403


@databases.on_sqlite
@pytest.mark.parametrize(
    ("scope", "organisation"), [("write", "ORG-9999"), ("read", "x\0"), ("public", "")]
)
def test_only_an_own_organisation_can_be_chosen(
    actors: dict[str, Actor], session: Session, scope: str, organisation: str
) -> None:
    home = session.get_one(Record, actors["member"].home_id).reference
    with pytest.raises(Invalid) as refused:
        issue(
            actors["member"],
            people.account("member"),
            "x",
            scope=scope,
            organisation=organisation or home,
        )
    assert list(refused.value.errors) == ["organisation"]
    assert session.scalars(select(Token)).all() == []


@databases.on_sqlite
def test_the_organisation_is_chosen_on_the_screen_and_at_the_terminal(
    app: Flask, signed_in: SignedIn, both: list[str], session: Session
) -> None:
    member = signed_in("member")
    form = member.page("/mine/tokens").form("scope")
    member.submit(form.fill(name="Export", scope="read", organisation=both[1]))
    assert "MIND" in member.page("/mine/tokens").text
    run = app.test_cli_runner().invoke
    address = people.email("member")
    assert run(args=["token", address, "--name", "x", "--for", both[0]]).exit_code == 0
    assert run(args=["token", address, "--name", "x", "--for", "ORG-9999"]).exit_code == 1
    listed = run(args=["tokens", address]).output.splitlines()
    assert [line.split("\t")[2] for line in listed] == both


@databases.on_sqlite
def test_a_merged_organisation_takes_the_token_along(
    app: Flask, actors: dict[str, Actor], both: list[str], session: Session
) -> None:
    client_of(app, actors, organisation=both[0])
    gone, into = (
        session.scalars(select(Record).where(Record.reference == place)).one() for place in both
    )
    move(people.REGISTRY, gone, into)
    assert session.scalars(select(Token.organisation_id)).one() == into.id


@databases.on_sqlite
def test_long_work_is_done_with_no_more_than_the_token_may(
    app: Flask, actors: dict[str, Actor], session: Session
) -> None:
    narrow = actor(people.account("member"), "api", only=actors["member"].home_id)
    job = Job(account_id=narrow.account_id, door="api", organisation_id=narrow.only)
    assert _on_behalf_of(job) == narrow
