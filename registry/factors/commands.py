"""Setting up a second factor, checking its codes, and taking it away."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Collection

import pyotp
from sqlalchemy import delete, update

from .. import clock
from ..access import Actor, Permission, Role, require
from ..accounts.events import note
from ..accounts.models import Account
from ..command import command
from ..db import session
from ..errors import Conflict, Invalid, Message
from ..words import Words
from . import sealing
from .models import FactorRule, RecoveryCode, SecondFactor
from .queries import confirmed, factor, required_of, rules

STEP = 30  # seconds
DRIFT = (-1, 0, 1)  # steps that a clock may be off
CODES = 10
WRONG = Message(
    "This code is not right, or was used already. Wait for the next one and check the clock of "
    "your device.",
    "Deze code klopt niet, of is al gebruikt. Wacht op de volgende en controleer de klok van uw "
    "apparaat.",
    "wrong_code",
)
UNREADABLE = Words(
    "De sleutel van uw tweede stap is niet meer te lezen, omdat het register een nieuw geheim "
    "heeft. Gebruik een herstelcode, of vraag het secretariaat om de tweede stap weg te halen; "
    "stel hem daarna opnieuw in.",
    "The key of your second step cannot be read any more, as the registry has a new secret. Use "
    "a recovery code, or ask the secretariat to take the second step away; then set it up anew.",
)
REQUIRED = Words("Voor uw rol is een tweede stap verplicht.", "Your role requires a second step.")


@command
def prepare(actor: Actor, account: Account) -> str:
    """A key for somebody's app. It counts once a code of it is given; asked again, it stays."""
    found = factor(account.id)
    if found is not None and found.confirmed_at is not None:
        raise Conflict
    if found is None:
        found = SecondFactor(account_id=account.id, secret="", last_step=0)
        session().add(found)
    known = sealing.opened(found.secret)
    key = known or pyotp.random_base32()
    if known is None:
        found.secret = sealing.sealed(key)
    return key


def key_of(found: SecondFactor | None) -> str | None:
    """The key, where there is one that can be read."""
    return sealing.opened(found.secret) if found is not None else None


@command
def confirm(actor: Actor, account: Account, code: str) -> list[str]:
    """The app works: from now on it counts. The recovery codes, the only time they are known."""
    found = factor(account.id)
    if found is None or found.confirmed_at is not None:
        raise Conflict
    key = sealing.opened(found.secret)
    if key is None:
        raise Conflict(UNREADABLE)
    if not _is_next(found, key, code):
        raise Invalid({"code": [WRONG]})
    found.confirmed_at = clock.now()
    note(actor, account, "factor_on")
    return _new_codes(account)


@command
def check(actor: Actor, account: Account, code: str) -> bool:
    """Whether this is the code of the moment, or a recovery code; each is accepted once.

    Raises Conflict where codes cannot be judged, as SECRET_KEY is another than it was."""
    found = confirmed(account.id)
    if found is None:
        return False
    key = sealing.opened(found.secret)
    if key is not None and _is_next(found, key, code):
        found.secret = sealing.renewed(found.secret)
        return True
    if _is_recovery(actor, account, code):
        return True
    if key is None:
        raise Conflict(UNREADABLE)
    return False


def _is_recovery(actor: Actor, account: Account, code: str) -> bool:
    used = (
        update(RecoveryCode)
        .where(RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None))
        .where(RecoveryCode.digest == _digest(code))
        .values(used_at=clock.now())
        .returning(RecoveryCode.id)
    )
    if session().scalar(used, execution_options={"synchronize_session": False}) is None:
        return False
    note(actor, account, "code_used")
    return True


def _is_next(found: SecondFactor, key: str, code: str) -> bool:
    """Whether a code is right and newer than the last; of two at once only one is."""
    given = "".join(code.split())
    if not (given.isascii() and given.isdigit()):
        return False
    now, otp = int(clock.now().timestamp()) // STEP, pyotp.TOTP(key)
    right = [n + now for n in DRIFT if hmac.compare_digest(otp.generate_otp(n + now), given)]
    if not right:
        return False
    newer = SecondFactor.last_step < max(right)
    taken = (
        update(SecondFactor)
        .where(SecondFactor.account_id == found.account_id, newer)
        .values(last_step=max(right))
        .returning(SecondFactor.last_step)
    )
    session().flush()
    return session().scalar(taken, execution_options={"synchronize_session": False}) is not None


@command
def renew_codes(actor: Actor, account: Account) -> list[str]:
    """New recovery codes instead of all older ones; the only time they are known."""
    if confirmed(account.id) is None:
        raise Conflict
    note(actor, account, "codes_made")
    return _new_codes(account)


@command
def remove(actor: Actor, account: Account) -> None:
    """Take a second factor away: one's own where it is not required, or as administrator."""
    if actor.account_id != account.id:
        require(actor, Permission.PEOPLE_MANAGE)
    elif required_of(account):
        raise Conflict(REQUIRED)
    had = confirmed(account.id) is not None
    for table in (RecoveryCode, SecondFactor):
        session().execute(delete(table).where(table.account_id == account.id))
    if had:
        note(actor, account, "factor_off")


@command
def require_of(actor: Actor, roles: Collection[Role]) -> frozenset[Role]:
    """Require a second step of these roles and no others; which of them are new."""
    require(actor, Permission.PEOPLE_MANAGE)
    before, wanted = rules(), frozenset(roles)
    session().execute(delete(FactorRule).where(FactorRule.role.in_(sorted(before - wanted))))
    session().add_all(FactorRule(role=r, since=clock.now()) for r in sorted(wanted - before))
    account = session().get(Account, actor.account_id) if actor.account_id else None
    if account is not None and before != wanted:
        note(actor, account, "rules_changed", old=sorted(before), new=sorted(wanted))
    return wanted - before


def _new_codes(account: Account) -> list[str]:
    session().execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [_code() for _ in range(CODES)]
    session().add_all(RecoveryCode(account_id=account.id, digest=_digest(c)) for c in codes)
    return codes


def _code() -> str:
    """Eighty bits, so that a plain hash of it is enough: "abcd-efgh-ijkl-mnop"."""
    text = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join(text[n : n + 4] for n in range(0, 16, 4))


def _digest(code: str) -> str:
    plain = "".join(char for char in code.casefold() if char.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
