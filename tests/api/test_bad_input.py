"""Bad input through a real gunicorn: always a problem with the right status, nothing changed, and
the server goes on."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, create_engine, insert, select

from registry import clock
from registry.accounts.models import Account
from registry.ledger import LedgerHead
from registry.tokens.models import Token
from registry.tokens.queries import digest
from tests import databases, people
from tests.api.bad_requests import BODY, ONE, ROWS, SERVERS, Row
from tests.api.raw import Answer, Ask, answered
from tests.serving import by_gunicorn

TOKENS = ("member", "secretariat", "reader", "expired", "revoked")


class Site:
    """A gunicorn on a copy of the letters; the token of somebody is `sr_` and their name."""

    def __init__(self, port: int, engine: Engine) -> None:
        self.port, self.engine = port, engine

    def asked(self, ask: Ask) -> Answer:
        """The answer to a request by whom it names."""
        return answered(self.port, ask.written(f"sr_{ask.who}" if ask.who else None))

    def head(self) -> int:
        """The number of the last change."""
        with self.engine.connect() as connection:
            return int(connection.execute(select(LedgerHead.seq)).scalar_one())

    def goes_on(self) -> bool:
        """Whether it answers as before."""
        return self.asked(Ask(f"GET {ONE}")).status == 200


@pytest.fixture(scope="module")
def site(dialect: str) -> Iterator[Site]:
    """One for all rows on an engine."""
    with databases.copy(dialect, databases.LETTERS) as url:
        engine = create_engine(url)
        with engine.begin() as connection:
            for name in TOKENS:
                _give(connection, name)
        with by_gunicorn(url) as port:
            yield Site(port, engine)
        engine.dispose()


def _give(connection: Connection, name: str) -> None:
    """A token of the member, or of the secretariat, as its name says."""
    now, who = clock.now(), "member" if name == "member" else "secretariat"
    holder = select(Account.id).where(Account.email == people.email(who)).scalar_subquery()
    connection.execute(
        insert(Token).values(
            account_id=holder,
            name=name,
            scope="read" if name == "reader" else "write",
            digest=digest(f"sr_{name}"),
            created_at=now - timedelta(days=9),
            expires_at=now + timedelta(days=-1 if name == "expired" else 9),
            revoked_at=now if name == "revoked" else None,
        )
    )


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_is_wrong_is_refused_and_changes_nothing(row: Row, site: Site) -> None:
    before = site.head()
    refused = site.asked(row.ask)
    assert refused.status == row.status, refused
    errors = refused.errors()
    assert row.errors is None or errors == row.errors
    assert site.head() == before
    assert site.goes_on()


def test_what_is_right_is_taken(site: Site) -> None:
    before = site.head()
    made = site.asked(Ask("POST /themes", body=BODY, who="secretariat"))
    assert made.status == 201, made
    assert site.head() > before


@databases.on_sqlite
def test_half_a_form_is_refused_by_a_page_too(site: Site) -> None:
    form = b"email=member%40registry.example&password=wat"
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": "99"}
    page = answered(site.port, Ask("POST http://localhost/aanmelden", headers, form).written(None))
    assert page.status == 400
    assert page.headers["Content-Type"].startswith("text/html")


@databases.on_sqlite
@pytest.mark.parametrize(("line", "status"), SERVERS.items())
def test_what_the_server_itself_refuses_is_no_problem_of_ours(
    line: bytes, status: int, site: Site
) -> None:
    assert answered(site.port, line).status == status
    assert site.goes_on()


@databases.on_sqlite
def test_a_body_that_is_too_large_is_refused_before_it_is_sent(site: Site) -> None:
    """10 MB are announced and 1 byte is sent: the answer does not wait for the rest."""
    headers = {"Content-Length": str(10 * 1024 * 1024)}
    ask = Ask("POST /themes", headers, b"{", "secretariat")
    refused = answered(site.port, ask.written("sr_secretariat"), waiting=True)
    assert refused.status == 413
    assert site.goes_on()
