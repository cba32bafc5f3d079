"""A recess that somebody enters changes nothing by itself: a person confirms, record by record."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from registry import editing
from registry.access import Actor
from registry.administration.commands import save_recess
from registry.errors import Conflict, Forbidden, NotFound
from registry.kind import kind_named
from registry.policydate import Conventions, read
from registry.readings import commands, queries
from registry.vocabulary import conventions
from tests import databases
from tests.browsing import SignedIn
from tests.factories import Make

SUMMER = {"recess": "summer", "year": "2021", "start": "2021-07-09", "ends": "2021-08-30"}
WORDS = "voor het zomerreces van 2021"


def test_a_recess_changes_only_what_somebody_confirms(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    who, kind = actors["secretariat"], kind_named("commitment")
    entity, other = make("commitment", due=WORDS), make("commitment", due=WORDS)
    make("commitment", due="medio 2021")
    assert queries.to_reread(who) == []
    save_recess(who, SUMMER)
    found = {one.record.reference: one for one in queries.to_reread(who)}
    assert set(found) == {entity.reference, other.reference}
    assert str(found[entity.reference].value.latest) == "2021-06-30"
    assert str(found[entity.reference].anew.latest) == "2021-07-08"
    commands.reread(who, kind, entity, "due")
    assert str(entity.due.latest) == "2021-07-08"
    assert str(other.due.latest) == "2021-06-30"
    (row,) = entity.moves
    assert (row.change, str(row.from_.latest)) == ("reread", "2021-06-30")
    assert [one.record.reference for one in queries.to_reread(who)] == [other.reference]


@databases.on_sqlite
def test_what_was_set_by_hand_is_left_alone(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    days = {"text": WORDS, "earliest": "2021-05-01", "latest": "2021-05-31"}
    make("commitment", due=days)
    save_recess(actors["secretariat"], SUMMER)
    assert queries.to_reread(actors["secretariat"]) == []


@databases.on_sqlite
def test_a_row_of_a_list_is_read_anew_too(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    who, kind = actors["secretariat"], kind_named("initiative")
    entity = make("initiative", statuses=[{"status": "running", "until": WORDS}])
    save_recess(who, SUMMER)
    (one,) = queries.to_reread(who)
    commands.reread(who, kind, entity, one.path)
    assert str(entity.statuses[0].until.latest) == "2021-07-08"


@databases.on_sqlite
def test_each_chamber_has_its_own_recess(session: Session, actors: dict[str, Actor]) -> None:
    who = actors["secretariat"]
    save_recess(who, SUMMER)
    save_recess(who, {**SUMMER, "chamber": "senate", "start": "2021-07-14"})
    known: Conventions = conventions()
    of_the_senate = "voor het zomerreces van de Eerste Kamer van 2021"
    told = {
        words: str(read(words, conventions=known).value.latest) for words in (WORDS, of_the_senate)
    }
    assert told == {WORDS: "2021-07-08", of_the_senate: "2021-07-13"}


def test_an_anchor_is_confirmed_until_the_words_change(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    who, kind = actors["secretariat"], kind_named("commitment")
    due = {"text": "begin volgend jaar", "anchor": "2020-12-31"}
    entity = make("commitment", due=due, state="draft")
    make("commitment", due="medio 2021")
    waiting, confirmed = queries.anchored(who)
    assert [one.path for one in waiting] == ["due"]
    assert confirmed == []
    commands.confirm(who, kind, entity, "due")
    waiting, ((_, row),) = queries.anchored(who)
    assert (waiting, row.account_id) == ([], who.account_id)
    payload: dict[str, Any] = {"due": {"text": "eind volgend jaar", "anchor": "2020-12-31"}}
    editing.revise(who, kind, entity, payload)
    assert [one.path for one in queries.anchored(who)[0]] == ["due"]


@databases.on_sqlite
def test_only_the_secretariat_confirms_and_only_what_is_there(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    kind, entity = kind_named("commitment"), make("commitment", due="medio 2021")
    with pytest.raises(Forbidden):
        commands.confirm(actors["member"], kind, entity, "due")
    with pytest.raises(Conflict):
        commands.confirm(actors["secretariat"], kind, entity, "due")
    for path in ("text", "nothing", "statuses[x].from"):
        with pytest.raises(NotFound):
            commands.confirm(actors["secretariat"], kind, entity, path)


@databases.on_sqlite
def test_the_letters_are_read_anew_by_hand(letters: Flask, signed_in: SignedIn) -> None:
    secretariat = signed_in("secretariat")
    assert "Opnieuw te lezen door een reces: 0" in secretariat.page("/admin/readings").text
    form = secretariat.page("/admin/reading-conventions/recess").form("recess")
    secretariat.submit(form.fill(chamber="house", **SUMMER))
    page = secretariat.page("/admin/readings")
    assert "Opnieuw te lezen door een reces: 2" in page.text
    assert "1 januari t/m 8 juli 2021" in page.text
    done = secretariat.submit(page.form_to("/admin/readings/anew"))
    assert "De termijn is opnieuw gelezen." in done.text
    assert "Opnieuw te lezen door een reces: 1" in done.text
    confirmed = secretariat.submit(done.form_to("/admin/readings/confirm"))
    assert "Bevestigd: 1" in confirmed.text
    assert "Lezing van de termijn bevestigd" in secretariat.page("/history").text
