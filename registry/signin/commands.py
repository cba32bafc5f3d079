"""Beginning and ending sessions, proof that it is still the same person, a new password."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, update

from .. import clock
from ..access import Actor, Permission, require
from ..accounts import passwords
from ..accounts.commands import closing
from ..accounts.events import note
from ..accounts.models import Account
from ..command import command
from ..db import session
from ..errors import Invalid, NotFound
from ..factors import queries as factors
from .models import AccountSession
from .throttle import CODE, SIGN_IN, forget

FOR_NOW, REMEMBERED = timedelta(hours=24), timedelta(days=14)
CODE_WANTED, SETUP_WANTED = "code", "setup"


def digest(secret: str) -> str:
    """What is stored of a secret that is long and random itself."""
    return hashlib.sha256(secret.encode()).hexdigest()


@command
def begin(
    actor: Actor, account: Account, *, device: str, lasts: timedelta, new_hash: str | None
) -> tuple[AccountSession, str]:
    """A session after a right password, with its secret: the only time that it is known."""
    now, secret = clock.now(), secrets.token_urlsafe(32)
    stale = (AccountSession.account_id == account.id) & (AccountSession.expires_at <= now)
    session().execute(delete(AccountSession).where(stale))
    made = AccountSession(
        account=account,
        digest=digest(secret),
        waiting=_wanted(account),
        created_at=now,
        last_seen_at=now,
        proven_at=now,
        expires_at=now + lasts,
        device=device[:300],
        address=actor.address,
    )
    session().add(made)
    account.password_hash = new_hash or account.password_hash
    forget(actor, SIGN_IN, account.email)
    if made.waiting is None:
        _signed_in(actor, account)
    return made, secret


def _wanted(account: Account) -> str | None:
    if factors.confirmed(account.id):
        return CODE_WANTED
    return SETUP_WANTED if factors.required_of(account) else None


@command
def complete(actor: Actor, row: AccountSession) -> None:
    """The second step was right: this session is signed in."""
    row.waiting, row.proven_at = None, clock.now()
    _signed_in(actor, row.account)


def _signed_in(actor: Actor, account: Account) -> None:
    account.last_seen_at = clock.now()
    note(actor, account, "signed_in")


@command
def code_was_right(actor: Actor, account: Account) -> None:
    """Codes may be tried anew."""
    forget(actor, CODE, account.email)


@command
def failed(actor: Actor, account: Account, *, step: str) -> None:
    """Write down that somebody tried to be `account`, and at which step it went wrong."""
    note(actor, account, "failed", step=step)


@command
def prove(actor: Actor, row: AccountSession) -> None:
    """It is still the same person: what is sensitive may be done for a while."""
    row.proven_at = clock.now()
    forget(actor, SIGN_IN, row.account.email)


@command
def end(actor: Actor, account: Account, number: int) -> None:
    """Sign `account` out on one device. Raises NotFound for a session of somebody else."""
    _own_or_managed(actor, account)
    theirs = (AccountSession.account_id == account.id) & (AccountSession.id == number)
    gone = session().scalar(delete(AccountSession).where(theirs).returning(AccountSession.id))
    if gone is None:
        raise NotFound
    note(actor, account, "signed_out")


@command
def end_all(actor: Actor, account: Account, *, but: int | None = None) -> None:
    """Sign `account` out everywhere, except in the session `but`."""
    _own_or_managed(actor, account)
    _end_all(actor, account, but)


def _end_all(actor: Actor, account: Account, but: int | None = None) -> None:
    theirs = (AccountSession.account_id == account.id) & (AccountSession.id != (but or 0))
    gone = session().scalars(delete(AccountSession).where(theirs).returning(AccountSession.id))
    if number := len(gone.all()):
        note(actor, account, "sessions_ended", number=number)


@command
def set_password(actor: Actor, account: Account, password: str, *, but: int | None = None) -> None:
    """Give `account` a new password and sign it out everywhere, except in the session `but`."""
    _own_or_managed(actor, account)
    if found := passwords.faults(password, name=account.name, email=account.email):
        raise Invalid({"password": found})
    account.password_hash = passwords.hashed(password)
    note(actor, account, "password_set")
    _end_all(actor, account, but)


@command
def hold_up(actor: Actor, account: Account) -> None:
    """Where a second step became required of somebody without one: ask for it at once."""
    require(actor, Permission.PEOPLE_MANAGE)
    session().flush()
    if factors.confirmed(account.id) or not factors.required_of(account):
        return
    theirs = (AccountSession.account_id == account.id) & AccountSession.waiting.is_(None)
    session().execute(update(AccountSession).where(theirs).values(waiting=SETUP_WANTED))


def _own_or_managed(actor: Actor, account: Account) -> None:
    if actor.account_id != account.id:
        require(actor, Permission.PEOPLE_MANAGE)


closing.append(_end_all)
