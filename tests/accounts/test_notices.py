"""People learn by mail of what was done to their account; what a name shows is what it is."""

from email.message import EmailMessage

import pyotp
import pytest
from sqlalchemy.orm import Session

from registry import clock
from registry.accounts import commands as accounts
from registry.accounts import queries
from registry.errors import Invalid
from registry.factors import commands as factors
from registry.notifications.delivery import deliver_due
from registry.signin import commands as signin
from registry.tokens import commands as tokens
from tests import people
from tests.databases import on_sqlite

pytestmark = on_sqlite


def test_somebody_learns_of_what_was_done_to_their_account(session: Session) -> None:
    account = people.account("member")
    who = queries.actor(account, "screen")
    code = pyotp.TOTP(factors.prepare(who, account)).at(clock.now())
    factors.check(who, account, factors.confirm(who, account, code)[0])
    signin.set_password(who, account, "vier wilde zwanen vliegen")
    tokens.issue(who, account, "Koppeling")
    factors.remove(who, account)
    post: list[EmailMessage] = []
    deliver_due(post.append)
    told = " ".join(letter.get_content() for letter in post)
    assert {letter["To"].addresses[0].addr_spec for letter in post} == {account.email}
    for words in ("ingesteld", "herstelcode", "wachtwoord van", "toegangstoken", "uitgezet"):
        assert words in told
    assert "Koppeling" not in told


@pytest.mark.parametrize("name", ["Jan\u202eneJ", "Jan\x00", "Jan\u2066"])
def test_a_name_shows_what_it_is(session: Session, name: str) -> None:
    with pytest.raises(Invalid) as person:
        accounts.change(
            people.REGISTRY, people.account("member"), name=name, active=True, grants=[]
        )
    with pytest.raises(Invalid) as token:
        tokens.issue(people.REGISTRY, people.account("member"), name)
    assert {*person.value.errors, *token.value.errors} == {"name"}
