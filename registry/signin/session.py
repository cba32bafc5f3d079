"""Who is signed in on this browser, for Flask-Login and for the shell of the pages."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Response, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import UserMixin, current_user, logout_user
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from .. import clock
from ..access import Actor
from ..accounts import queries
from ..accounts.models import Account
from ..db import session
from ..errors import Forbidden, NotSignedIn
from ..extensions import database, login
from ..web import identified_by
from ..words import Words
from .commands import CODE_WANTED, digest
from .models import AccountSession

login.session_protection = "basic"
LONGEST = 500
MINUTE = timedelta(minutes=1)
FRESH = timedelta(minutes=15)
P = ParamSpec("P")
R = TypeVar("R")


class ProofNeeded(Forbidden):
    """It is too long ago that this person gave their password for what they want to do now."""

    title = Words("Bevestig eerst dat u het bent", "Confirm first that it is you")


class SignedIn(UserMixin):
    """A session as Flask-Login knows it: the browser keeps its secret, signed."""

    def __init__(self, row: AccountSession, secret: str) -> None:
        self.row, self.secret = row, secret

    def get_id(self) -> str:
        return self.secret


@login.user_loader
def _load(secret: str) -> SignedIn | None:
    valid = (AccountSession.digest == digest(secret)) & (AccountSession.expires_at > clock.now())
    row = session().scalar(select(AccountSession).where(valid))
    if row is None or not row.account.active:
        return None
    late = row.waiting == CODE_WANTED and row.created_at <= clock.now() - FRESH
    return None if late else SignedIn(row, secret)


def address() -> str:
    """Where this request comes from; a proxy's word counts only by TRUSTED_PROXIES."""
    return (request.remote_addr or "")[:45]


def who() -> Actor:
    """The actor of this request. Who still has to give a second step is nobody yet."""
    row = current()
    if row is None:
        return Actor(address=address())
    return queries.actor(row.account, "screen", address())


def current() -> AccountSession | None:
    """The session of this request that is signed in, or None."""
    row = begun()
    return row if row is not None and row.waiting is None else None


def begun() -> AccountSession | None:
    """The session of this request, also where a second step is still asked."""
    if not current_user.is_authenticated:
        return None
    row: AccountSession = current_user.row
    return row


def account() -> Account:
    """The account that is signed in. Raises NotSignedIn."""
    row = current()
    if row is None:
        raise NotSignedIn
    return row.account


def require_proof() -> AccountSession:
    """The session, where its person gave their password lately. Raises ProofNeeded."""
    row = current()
    if row is None:
        raise NotSignedIn
    if row.proven_at <= clock.now() - FRESH:
        raise ProofNeeded
    return row


def proven(view: Callable[P, R]) -> Callable[P, R]:
    """Make `view` ask for proof first."""

    @wraps(view)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        require_proof()
        return view(*args, **kwargs)

    return asked


def leave() -> ResponseReturnValue:
    """Forget who is signed in on this browser, and have it forget the pages that it keeps: who uses
    it next may go back."""
    logout_user()
    return redirect("/"), 302, {"Clear-Site-Data": '"cache"'}


def note_seen(response: Response) -> Response:
    """Keep when a session was last used: at most once a minute, after all else is done."""
    row = begun() if "_login_user" in g else None
    if row is None or row.last_seen_at > clock.now() - MINUTE:
        return response
    number, now = row.id, clock.now()
    session().rollback()
    stale = (AccountSession.id == number) & (AccountSession.last_seen_at <= now - MINUTE)
    try:
        with database.aside() as short:
            short.execute(update(AccountSession).where(stale).values(last_seen_at=now))
    except OperationalError:  # somebody writes for long: the next request will do
        current_app.logger.info("a session was not noted as seen")
    return response


def local(given: str | None) -> str:
    """Where to go on after signing in: only a path of this registry, else the home page."""
    path = (given or "")[:LONGEST]
    elsewhere = not path.startswith("/") or path.startswith(("//", "/\\")) or "\\" in path
    unseen = any(ord(char) < 33 or ord(char) == 127 for char in path)
    if elsewhere or unseen or _has_host(path):
        return "/"
    return path


def _has_host(given: str) -> bool:
    try:
        parts = urlsplit(given)
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc)


identified_by(who)
