"""Making people known, and changing what they may do."""

import secrets
from collections.abc import Sequence
from datetime import date
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email

from .. import clock
from ..access import Actor, Permission, Role, require
from ..command import command
from ..db import session
from ..errors import Invalid, Message
from .models import Account, Grant
from .queries import by_email

SHORTEST = 12
KNOWN = Message("This address is known already.", "Dit adres is al bekend.", "duplicate")
Granted = tuple[str, int | None, date | None, date | None]


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@command
def register(
    actor: Actor, *, email: str, name: str, password: str | None, grants: Sequence[Granted]
) -> Account:
    """Make a person known. Raises Invalid on a wrong or known address, name or password."""
    require(actor, Permission.PEOPLE_MANAGE)
    errors = {**_identity_errors(email, name), **_password_errors(password)}
    if "email" not in errors and by_email(email):
        errors["email"] = [KNOWN]
    if errors:
        raise Invalid(errors)
    account = Account(
        email=email.strip().casefold(),
        name=name.strip(),
        password_hash=_hasher().hash(password) if password else None,
        session_key=secrets.token_hex(16),
        created_at=clock.now(),
        grants=_granted(grants),
    )
    session().add(account)
    session().flush()
    return account


@command
def change(
    actor: Actor,
    account: Account,
    *,
    name: str,
    active: bool,
    grants: Sequence[Granted],
    email: str | None = None,
) -> Account:
    """Rename, readdress, (de)activate and re-grant. What somebody did stays theirs."""
    require(actor, Permission.PEOPLE_MANAGE)
    address = account.email if email is None else email
    errors = _identity_errors(address, name)
    if "email" not in errors and by_email(address) not in (None, account):
        errors["email"] = [KNOWN]
    if errors:
        raise Invalid(errors)
    if not active or account.id == actor.account_id:
        _keep_one_administrator(actor, account, grants, active=active)
    account.name, account.active = name.strip(), active
    account.email = address.strip().casefold()
    account.grants = _granted(grants)
    return account


@command
def set_password(actor: Actor, account: Account, password: str) -> None:
    """Give `account` a new password and sign it out everywhere."""
    if actor.account_id != account.id:
        require(actor, Permission.PEOPLE_MANAGE)
    if errors := _password_errors(password):
        raise Invalid(errors)
    account.password_hash = _hasher().hash(password)
    account.session_key = secrets.token_hex(16)


@command
def seen(actor: Actor, account: Account) -> None:
    """Note that somebody signed in just now."""
    account.last_seen_at = clock.now()


def verify(account: Account | None, password: str) -> bool:
    """Whether the password is right. Takes as long for an account that does not exist."""
    known = account is not None and account.active and account.password_hash
    try:
        _hasher().verify(known or _nobody(), password[:1000])
    except (VerificationError, InvalidHashError):
        return False
    return bool(known)


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_hex(16))


def _granted(grants: Sequence[Granted]) -> list[Grant]:
    return [
        Grant(role=Role(role), organisation_id=organisation, starts=starts, ends=ends)
        for role, organisation, starts, ends in grants
    ]


def _keep_one_administrator(
    actor: Actor, account: Account, grants: Sequence[Granted], *, active: bool
) -> None:
    today = clock.now().date()
    stays = active and any(
        role == Role.ADMINISTRATOR
        and (starts is None or starts <= today)
        and (ends is None or today < ends)
        for role, _, starts, ends in grants
    )
    if account.id == actor.account_id and Role.ADMINISTRATOR in actor.roles and not stays:
        raise Invalid(
            {
                "grants": [
                    Message(
                        "You cannot take your own administration away.",
                        "U kunt uw eigen beheer niet weghalen.",
                        "last_administrator",
                    )
                ]
            }
        )


def _identity_errors(email: str, name: str) -> dict[str, list[Message]]:
    errors = _name_errors(name)
    try:
        validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        errors["email"] = [Message("Give an e-mail address.", "Geef een e-mailadres.", "email")]
    return errors


def _name_errors(name: str) -> dict[str, list[Message]]:
    if 0 < len(name.strip()) <= 200:
        return {}
    return {
        "name": [
            Message(
                "Give a name of at most 200 characters.",
                "Geef een naam van hoogstens 200 tekens.",
                "required",
            )
        ]
    }


def _password_errors(password: str | None) -> dict[str, list[Message]]:
    if password is None or SHORTEST <= len(password) <= 1000:
        return {}
    text = Message("Use at least {n} characters.", "Gebruik ten minste {n} tekens.", "too_short")
    return {"password": [text.format(n=SHORTEST)]}
