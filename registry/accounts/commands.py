"""Making people known, and changing what they may do."""

from collections.abc import Callable, Sequence
from datetime import date

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select

from .. import clock, ledger
from ..access import Actor, Permission, Role, require
from ..command import command
from ..db import session
from ..errors import Invalid, Message, NotSignedIn
from ..fields import UNREADABLE
from ..record import Record
from . import passwords
from .events import note, note_address
from .models import Account, Grant
from .queries import by_email

KNOWN = Message("This address is known already.", "Dit adres is al bekend.", "duplicate")
NO_ADDRESS = Message("Give an e-mail address.", "Geef een e-mailadres.", "email")
NO_NAME = Message(
    "Give a name of at most 200 characters.", "Geef een naam van hoogstens 200 tekens.", "required"
)
UNSHOWN = Message(
    "Remove characters that cannot be shown.",
    "Verwijder tekens die niet getoond kunnen worden.",
    "control_character",
)
LAST = Message(
    "You cannot take your own administration away.",
    "U kunt uw eigen beheer niet weghalen.",
    "last_administrator",
)
LANGUAGES = ("nl", "en")
Granted = tuple[str, int | None, date | None, date | None]
closing: list[Callable[[Actor, Account], None]] = []
"""What higher rooms do when an account is closed: end its sessions, revoke its tokens."""


@command
def register(
    actor: Actor,
    *,
    email: str,
    name: str,
    password: str | None,
    grants: Sequence[Granted],
    language: str = "nl",
) -> Account:
    """Make a person known. Raises Invalid on a wrong or known address, name or password."""
    require(actor, Permission.PEOPLE_MANAGE)
    errors = {**_identity_errors(email, name), **_password_errors(password, name, email)}
    if "email" not in errors and by_email(email):
        errors["email"] = [KNOWN]
    if errors:
        raise Invalid(errors)
    account = Account(
        email=email.strip().casefold(),
        name=name.strip(),
        password_hash=passwords.hashed(password) if password else None,
        language=language,
        created_at=clock.now(),
        grants=_granted(grants),
    )
    session().add(account)
    session().flush()
    granted = _told(account.grants)
    note(actor, account, "made", **({"new": granted} if granted else {}))
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
    language: str | None = None,
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
    account.language = language or account.language
    _rename(actor, account, name.strip(), address.strip().casefold())
    _grant(actor, account, grants)
    if account.active != active:
        account.active = active
        note(actor, account, "reactivated" if active else "deactivated")
        for close in [] if active else closing:
            close(actor, account)
    return account


@command
def speak(actor: Actor, account: Account, language: str) -> None:
    """Choose the language of one's own mail."""
    if actor.account_id != account.id:
        require(actor, Permission.PEOPLE_MANAGE)
    if language not in LANGUAGES:
        raise Invalid({"language": [Message("Choose a language.", "Kies een taal.", "choice")]})
    account.language = language


def _rename(actor: Actor, account: Account, name: str, email: str) -> None:
    """The log names the fields only: what they held must stay erasable."""
    changed = [
        field
        for field, old, new in (("name", account.name, name), ("email", account.email, email))
        if old != new
    ]
    old, account.name, account.email = account.email, name, email
    if changed:
        note(actor, account, "changed", fields=changed)
    if "email" in changed:
        account.new_email = None
        note_address(actor, account, old)


def _grant(actor: Actor, account: Account, grants: Sequence[Granted]) -> None:
    old = _told(account.grants)
    account.grants = _granted(grants)
    if old != (new := _told(account.grants)):
        note(actor, account, "grants_changed", old=old, new=new)


def _granted(grants: Sequence[Granted]) -> list[Grant]:
    return [
        Grant(role=Role(role), organisation_id=organisation, starts=starts, ends=ends)
        for role, organisation, starts, ends in grants
    ]


def _told(grants: Sequence[Grant]) -> list[str]:
    """Grants as the log keeps them: "member ORG-0001 2021-01-01/2021-12-31"."""
    places = {g.organisation_id for g in grants if g.organisation_id is not None}
    records = [session().get_one(Record, place) for place in sorted(places)]
    names = {record.id: record.reference for record in records}
    return sorted(" ".join(filter(None, _words(grant, names))) for grant in grants)


def _words(grant: Grant, names: dict[int, str]) -> tuple[str, str | None, str | None]:
    days = f"{grant.starts or '…'}/{grant.ends or '…'}" if grant.starts or grant.ends else None
    return str(grant.role), names.get(grant.organisation_id or 0), days


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
        raise Invalid({"grants": [LAST]})


def _identity_errors(email: str, name: str) -> dict[str, list[Message]]:
    errors = {} if 0 < len(name.strip()) <= 200 else {"name": [NO_NAME]}
    if UNREADABLE.search(name):
        errors["name"] = [UNSHOWN]
    return {**errors, **address_errors(email)}


def address_errors(email: str) -> dict[str, list[Message]]:
    """What is wrong with an address of mail, by its field."""
    try:
        validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return {"email": [NO_ADDRESS]}
    return {}


def _password_errors(password: str | None, name: str, email: str) -> dict[str, list[Message]]:
    if password is None:
        return {}
    found = passwords.faults(password, name=name, email=email)
    return {"password": found} if found else {}


def _still_there(actor: Actor) -> None:
    """Who was erased while at work writes nothing more."""
    own = select(Account.id).where(Account.id == actor.account_id)
    if actor.account_id is not None and session().scalar(own) is None:
        raise NotSignedIn


ledger.writing.append(_still_there)
