"""What every test can ask for. A test that asks for `app`, or for anything on it, runs on both
engines, inside a transaction that is rolled back; `letters` puts the letters in the database.

Kernel tests ask for `session` and work inside one app context. Tests of pages and of the API ask
for `client`, `sign_in` and `api`: each of their requests has a context of its own."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from registry import create_app
from registry.access import Actor
from registry.accounts import passwords
from registry.extensions import database
from registry.tokens.commands import issue
from tests import databases, people, postgres
from tests.browsing import Client, SignedIn
from tests.doors import Door, ways_in
from tests.factories import Make
from tests.mailbox import Mailbox, serving

RUN = pytest.StashKey[ExitStack]()
AppOn = Callable[[str], Flask]


def pytest_configure(config: pytest.Config) -> None:
    """Who starts the run makes its folder and, where there are workers, its PostgreSQL."""
    # How slow a hash is, is no matter of these tests: hundreds of people sign in.
    passwords.COST.update(time_cost=1, memory_cost=8, parallelism=1)
    if hasattr(config, "workerinput"):
        databases.apart(config.workerinput["workerid"])
        return
    config.stash[RUN] = ending = ExitStack()
    ending.callback(shutil.rmtree, databases.prepare(), ignore_errors=True)
    if getattr(config.option, "numprocesses", None):
        ending.callback(postgres.start().stop)


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash.get(RUN, ExitStack()).close()


@pytest.fixture(scope="session", params=[databases.SQLITE, databases.POSTGRESQL])
def dialect(request: pytest.FixtureRequest) -> str:
    """The engine: "sqlite" or "postgresql"; see `databases.on_sqlite` for tests of only one."""
    name = str(request.param)
    if name == databases.POSTGRESQL and postgres.FOLDER not in os.environ:
        request.config.stash[RUN].callback(postgres.start().stop)
    return name


@pytest.fixture(scope="session")
def app_on(dialect: str) -> Iterator[AppOn]:
    """The app of this worker on its copy of a template."""
    with ExitStack() as ending:
        apps: dict[str, Flask] = {}

        def app_on(template: str) -> Flask:
            if template not in apps:
                url = ending.enter_context(databases.copy(dialect, template))
                apps[template] = app = create_app(databases.settings(url))
                app.test_client_class = Client
                ending.callback(app.extensions["engine"].dispose)
            return apps[template]

        yield app_on


@pytest.fixture
def app(request: pytest.FixtureRequest, app_on: AppOn) -> Iterator[Flask]:
    """The app in a transaction that is rolled back, whatever the test commits."""
    app = app_on(databases.LETTERS if "letters" in request.fixturenames else databases.EMPTY)
    with app.extensions["engine"].execution_options(write=True).connect() as connection:
        transaction = connection.begin()
        app.extensions["connection"] = connection
        yield app
        app.extensions["connection"] = None
        transaction.rollback()


@pytest.fixture
def letters(app: Flask) -> Flask:
    """The app with the letters loaded; asking for it is enough."""
    return app


@pytest.fixture
def engine_url(dialect: str) -> Iterator[str]:
    """The URL of a database of this test alone, without tables; for tests of migrations."""
    with databases.bare(dialect) as url:
        yield url


@pytest.fixture
def fresh_app(request: pytest.FixtureRequest, dialect: str) -> Iterator[Flask]:
    """An app on a database of this test alone, that really commits: for tests with several
    connections, threads or processes. With `@pytest.mark.parametrize("fresh_app", ["letters"],
    indirect=True)` the letters are in it."""
    template = getattr(request, "param", databases.EMPTY)
    with databases.copy(dialect, template) as url:
        app = create_app(databases.settings(url))
        app.test_client_class = Client
        yield app
        app.extensions["engine"].dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """An app context and its session, for tests that call commands and queries themselves."""
    with app.app_context():
        yield database.session


@pytest.fixture
def actors(app: Flask) -> dict[str, Actor]:
    """Everybody by name: see `people.PEOPLE`."""
    with app.app_context():
        return people.actors()


@pytest.fixture
def make(app: Flask, actors: dict[str, Actor]) -> Make:
    """Makes records: see `factories.Make`."""
    return Make(app, actors)


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser without script: see `browsing.Client`."""
    client = app.test_client()
    assert isinstance(client, Client)
    return client


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Client, str], Client]:
    """Sign somebody in through the form: `sign_in(client, "member")`."""

    def sign_in(client: Client, who: str) -> Client:
        if who != "public":
            client.sign_in(people.email(who), people.PASSWORD)
        return client

    return sign_in


@pytest.fixture
def signed_in(app: Flask, sign_in: Callable[[Client, str], Client]) -> SignedIn:
    """A browser of its own for somebody: `signed_in("member")`."""

    def signed_in(who: str) -> Client:
        browser = app.test_client()
        assert isinstance(browser, Client)
        return sign_in(browser, who)

    return signed_in


@pytest.fixture
def api(app: Flask, actors: dict[str, Actor]) -> Callable[[str], Client]:
    """A client of the JSON API with somebody's bearer token: `api("member")`."""

    def api(who: str) -> Client:
        client = app.test_client()
        assert isinstance(client, Client)
        if who != "public":
            with app.app_context():
                account = people.account(who)
                client.token = issue(actors[who], account, "of a test")
        return client

    return api


@pytest.fixture(params=["html", "json", "import"])
def door(
    request: pytest.FixtureRequest,
    app: Flask,
    client: Client,
    api: Callable[[str], Client],
    tmp_path: Path,
) -> Door:
    """Each way to register a record in turn: the form, the JSON API, files."""
    door: Door = ways_in(app, client, api, tmp_path)[request.param]()
    return door


@pytest.fixture
def mailbox() -> Mailbox:
    """What a mail server received: see `mailbox.Mailbox`."""
    return Mailbox()


@pytest.fixture
def mail_url(mailbox: Mailbox) -> Iterator[str]:
    """The address of that mail server."""
    with serving(mailbox) as url:
        yield url


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """Collects what is asked of the database: `with count_queries() as queries: …`."""

    @contextmanager
    def collecting() -> Iterator[list[str]]:
        queries: list[str] = []

        def note(_c: object, _k: object, statement: str, *_: object) -> None:
            if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
                queries.append(statement)

        engine = app.extensions["engine"]
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield queries
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return collecting


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return Path(__file__).resolve().parents[1]
