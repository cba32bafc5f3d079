"""Who is signed in on this browser, for Flask-Login and for the shell of the pages."""

from flask_login import UserMixin, current_user

from ..access import ANYBODY, Actor
from ..db import session
from ..extensions import login
from ..web import identified_by
from . import queries
from .models import Account


class SignedIn(UserMixin):  # type: ignore[misc]  # flask-login has no types
    """An account as Flask-Login knows it. Its id dies with the session key of the account."""

    def __init__(self, account: Account) -> None:
        self.account = account

    @property
    def is_active(self) -> bool:
        return self.account.active

    def get_id(self) -> str:
        return f"{self.account.id}.{self.account.session_key}"


@login.user_loader
def _load(key: str) -> SignedIn | None:
    number, _, secret = key.partition(".")
    if not number.isdigit() or not secret:
        return None
    account = session().get(Account, int(number))
    if account is None or not account.active or account.session_key != secret:
        return None
    return SignedIn(account)


def who() -> Actor:
    """The actor of this request."""
    if not current_user.is_authenticated:
        return ANYBODY
    return queries.actor(current_user.account, "screen")


identified_by(who)
