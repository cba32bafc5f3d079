"""Asking for a link, making it when its letter is written, and using it."""

import secrets
from datetime import timedelta

from sqlalchemy import ColumnElement, select, update

from .. import clock
from ..access import Actor, Permission, require
from ..accounts import passwords
from ..accounts.commands import address_errors
from ..accounts.events import note, note_address
from ..accounts.models import Account
from ..accounts.queries import by_email
from ..command import command
from ..db import session
from ..errors import Conflict, Forbidden, Invalid, Message, RegistryError
from ..ledger import post
from ..signin.commands import digest
from ..signin.commands import set_password as store
from ..words import Words
from .models import OneTimeLink

INVITATION, RESET, EMAIL = "invitation", "reset", "email"
VALID = {
    INVITATION: timedelta(days=7),
    RESET: timedelta(hours=2),
    EMAIL: timedelta(days=1),
}
SAME = Message("This is your address already.", "Dit is al uw adres.", "unchanged")
TAKEN = Words("Dit adres is intussen in gebruik.", "This address is in use by now.")
CLOSED = Words("Dit account is gesloten.", "This account is closed.")


class Gone(RegistryError):
    """A link that was used, took too long, was replaced, or never was one: the same answer."""

    status = 410
    title = Words("Deze link geldt niet meer", "This link is no longer valid")


@command
def invite(actor: Actor, account: Account) -> str:
    """Ask for a letter with a link; again is allowed, the last link counts. What was sent."""
    require(actor, Permission.PEOPLE_MANAGE)
    if not account.active:
        raise Conflict(CLOSED)
    purpose = RESET if account.password_hash else INVITATION
    post(session(), purpose, {"account": account.id})
    note(actor, account, "reset_asked" if account.password_hash else "invited")
    return purpose


@command
def forgot(actor: Actor, email: str) -> None:
    """Ask for a new password. Who asks learns not whether the address is known, neither from
    what is said nor from how long it takes: for nobody there is a row as well."""
    account = by_email(email)
    known = account is not None and account.active
    post(session(), RESET, {"account": account.id if account and known else None})
    if account is not None and known:
        note(actor, account, "reset_asked")


@command
def make(actor: Actor, account: Account, purpose: str) -> str:
    """The secret of a new link; it ends the links before it. The worker of the mail calls this."""
    require(actor, Permission.PEOPLE_MANAGE)
    now, secret = clock.now(), secrets.token_urlsafe(32)
    _end_others(account)
    session().add(
        OneTimeLink(
            account_id=account.id,
            purpose=purpose,
            digest=digest(secret),
            created_at=now,
            expires_at=now + VALID[purpose],
        )
    )
    return secret


@command
def readdress(actor: Actor, account: Account, email: str) -> None:
    """Ask for another address of one's own; it counts once the link in the mail to it is followed.
    Who asks learns not whether somebody else has it: then no letter is written."""
    if actor.account_id != account.id:
        raise Forbidden
    address = email.strip().casefold()
    if found := address_errors(address):
        raise Invalid(found)
    if address == account.email:
        raise Invalid({"email": [SAME]})
    _end_others(account)
    account.new_email = address
    post(session(), EMAIL, {"account": account.id})
    note(actor, account, "email_asked")


@command
def confirm_address(actor: Actor, link: OneTimeLink, secret: str) -> None:
    """Take the address that the link was sent to, once. Raises Gone, or Conflict where somebody
    else took it meanwhile."""
    account, old = link.account, link.account.email
    new = account.new_email
    if new is None:
        raise Gone
    if by_email(new) is not None:
        raise Conflict(TAKEN)
    _take(secret, EMAIL)
    _end_others(account)
    account.email, account.new_email = new, None
    note_address(actor, account, old)


def of(secret: str, *purposes: str) -> OneTimeLink:
    """The link with this secret, while it may be used for this: without more said, to choose a
    password. Raises Gone."""
    query = select(OneTimeLink).where(*_usable(secret, *(purposes or PASSWORD)))
    found = session().scalar(query)
    if found is None or not found.account.active:
        raise Gone
    return found


@command
def use(actor: Actor, link: OneTimeLink, secret: str, password: str) -> None:
    """Set the password that the link is for, once. A password that is refused uses nothing up.
    `actor` is whose link it is: who has the letter is that person."""
    account = link.account
    if found := passwords.faults(password, name=account.name, email=account.email):
        raise Invalid({"password": found})
    _take(secret, *PASSWORD)
    _end_others(account)
    store(actor, account, password)


def _take(secret: str, *purposes: str) -> None:
    taken = update(OneTimeLink).where(*_usable(secret, *purposes)).values(used_at=clock.now())
    if session().scalar(taken.returning(OneTimeLink.id), execution_options=PLAIN) is None:
        raise Gone


PASSWORD = (INVITATION, RESET)
PLAIN = {"synchronize_session": False}


def _end_others(account: Account) -> None:
    theirs = (OneTimeLink.account_id == account.id) & OneTimeLink.used_at.is_(None)
    ended = update(OneTimeLink).where(theirs).values(used_at=clock.now())
    session().execute(ended, execution_options=PLAIN)


def _usable(secret: str, *purposes: str) -> tuple[ColumnElement[bool], ...]:
    return (
        OneTimeLink.purpose.in_(purposes),
        OneTimeLink.digest == digest(secret),
        OneTimeLink.used_at.is_(None),
        OneTimeLink.expires_at > clock.now(),
    )
