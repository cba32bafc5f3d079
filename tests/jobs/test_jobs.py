"""Long work is done once, for who asked, by what they may do then; what dies is taken up again."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry import clock, editing
from registry.access import Actor
from registry.command import command
from registry.errors import Conflict, Forbidden
from registry.jobs import commands, working
from registry.jobs.commands import WORKS, Task, work
from registry.jobs.models import Job, Stage
from registry.record import Record
from registry.themes.schemas import THEME
from registry.words import Words
from tests import people
from tests.browsing import Client, SignedIn
from tests.databases import on_sqlite

DONE = Words("Gedaan.", "Done.")

Asked = Callable[..., Job]


@pytest.fixture(autouse=True)
def works() -> Iterator[None]:
    @work("test", Words("Iets langs", "Something long"))
    @command
    def run(actor: Actor, task: Task) -> None:
        editing.create(actor, THEME, {"name": task.payload["name"]})
        task.step(1, 2)
        task.ended(DONE, {"made": 1})

    yield
    del WORKS["test"]


@pytest.fixture
def asked(app: Flask, actors: dict[str, Actor]) -> Asked:
    def ask(who: str = "secretariat", *, about: str = "x", name: str = "Thema") -> Job:
        wanted, to = WORKS["test"], ("/themes", "/")
        return commands.ask(actors[who], wanted, {"name": name}, about=about, language="nl", to=to)

    return ask


def made(session: Session) -> list[str]:
    return list(session.scalars(select(Record.title).where(Record.kind == "theme")))


def found(session: Session) -> Job:
    return session.scalars(select(Job), execution_options={"populate_existing": True}).one()


def test_work_is_done_once_for_who_asked(session: Session, asked: Asked) -> None:
    assert asked().key == asked().key
    assert (working.work_due(), working.work_due()) == (1, 0)
    job = found(session)
    assert (job.state, job.words, job.result) == (Stage.DONE, list(DONE), {"made": 1})
    assert (job.done, job.total, made(session)) == (1, 2, ["Thema"])


def test_what_another_is_at_work_on_is_refused(session: Session, asked: Asked) -> None:
    asked()
    with pytest.raises(Conflict):
        asked("administrator")


def test_the_rights_are_those_of_the_moment_at_which_it_is_done(
    session: Session, asked: Asked
) -> None:
    asked("member")
    working.work_due()
    job = found(session)
    assert (job.state, job.words) == (Stage.FAILED, list(Forbidden().detail))
    account = people.account("secretariat")
    asked("secretariat")
    account.active = False
    session.commit()
    working.work_due()
    assert made(session) == []


def test_what_waits_is_called_off_and_what_runs_is_not(
    session: Session, asked: Asked, actors: dict[str, Actor]
) -> None:
    commands.cancel(actors["secretariat"], asked())
    assert working.work_due() == 0
    again = asked()
    working.claim()
    with pytest.raises(Conflict):
        commands.cancel(actors["secretariat"], again)


def test_a_worker_that_lost_its_lease_leaves_no_trace(session: Session, asked: Asked) -> None:
    asked()
    slow = working.claim()
    assert slow is not None
    assert working.claim() is None
    _lapse(session)
    assert working.work_due() == 1
    working._take_up(slow)
    assert (found(session).state, made(session)) == (Stage.DONE, ["Thema"])


def test_what_is_cut_off_each_time_ends_with_a_clear_word(session: Session, asked: Asked) -> None:
    asked()
    for _ in range(working.MOST):
        assert working.claim() is not None
        _lapse(session)
    working.work_due()
    assert (found(session).state, found(session).words) == (Stage.FAILED, list(working.CUT_OFF))
    assert made(session) == []


def _lapse(session: Session) -> None:
    session.execute(update(Job).values(lease_until=clock.now() - timedelta(seconds=1)))
    session.commit()


def test_a_fault_is_told_without_its_inside(session: Session, asked: Asked) -> None:
    WORKS["test"] = commands.Work("test", DONE, lambda _actor, _task: 1 / 0)  # type: ignore[arg-type]
    asked()
    working.work_due()
    assert found(session).words == list(working.BROKEN)


@on_sqlite
def test_a_job_is_followed_on_its_page_and_told_on_ones_own(
    app: Flask, asked: Asked, signed_in: SignedIn, api: Callable[[str], Client]
) -> None:
    with app.app_context():
        key = asked().key
    client, program = signed_in("secretariat"), api("secretariat")
    assert "Het wacht op zijn beurt" in client.page(f"/jobs/{key}").text
    signed_in("administrator").page(f"/jobs/{key}", status=404)
    assert program.get(f"/api/v1/jobs/{key}").json["state"] == "waiting"  # type: ignore[index]
    with app.app_context():
        working.work_due()
    assert client.page(f"/jobs/{key}").links()["Bekijk het resultaat"] == "/themes"
    sent_on = client.get(f"/jobs/{key}", headers={"HX-Request": "true"})
    assert sent_on.headers["HX-Redirect"] == "/themes"
    assert "Iets langs" in client.page("/mine").text
    assert program.delete(f"/api/v1/jobs/{key}").status_code == 409
