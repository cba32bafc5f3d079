"""Who is signed in on this browser, for Flask-Login and for the shell of the pages."""

from urllib.parse import urlsplit

from flask_login import UserMixin, current_user

from ..access import ANYBODY, Actor
from ..db import session
from ..extensions import login
from ..web import identified_by
from . import queries
from .models import Account

login.session_protection = "basic"
LONGEST = 500


class SignedIn(UserMixin):
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
    if not (number.isascii() and number.isdigit()) or not secret:
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


def account() -> Account | None:
    """The account that is signed in, or None."""
    return current_user.account if current_user.is_authenticated else None


def local(address: str | None) -> str:
    """Where to go on after signing in: only a path of this registry, else the home page."""
    given = (address or "")[:LONGEST]
    elsewhere = not given.startswith("/") or given.startswith(("//", "/\\")) or "\\" in given
    unseen = any(ord(char) < 33 or ord(char) == 127 for char in given)
    if elsewhere or unseen or _has_host(given):
        return "/"
    return given


def _has_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc)


identified_by(who)
