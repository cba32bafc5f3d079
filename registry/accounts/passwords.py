"""Passwords: what is good enough, how they are stored, and whether one is right."""

import secrets
from functools import cache
from threading import BoundedSemaphore
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from ..errors import Message
from .models import Account

SHORTEST, LONGEST = 12, 1000
ENOUGH = 3
"""The score of zxcvbn (0–4) from which on a password takes over 10^8 guesses."""
READ = 72  # characters that zxcvbn reads
TELLING = 4  # letters from which on a part of a name is one
SITE = ("samenwerkingsregister", "burnout", "welkom", "wachtwoord", "inloggen", "aanmelden")
TOO_SHORT = Message("Use at least {n} characters.", "Gebruik ten minste {n} tekens.", "too_short")
COMMON = Message(
    "This password is easy to guess: it stands in lists of common passwords, or repeats itself. "
    "Take a phrase of a few words.",
    "Dit wachtwoord is makkelijk te raden: het staat in lijsten van veelgebruikte wachtwoorden of "
    "herhaalt zich. Neem een zin van een paar woorden.",
    "common",
)
OWN = Message(
    "Do not use your own name or e-mail address in it.",
    "Gebruik uw eigen naam of e-mailadres er niet in.",
    "own_name",
)
COST: dict[str, Any] = {}
"""What a hash costs where that is not what argon2-cffi advises."""
_room = BoundedSemaphore(4)  # one hash takes 64 MiB


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(**COST)


def faults(password: str, *, name: str, email: str) -> list[Message]:
    """Why a password is not good enough for who has this name and address."""
    if not SHORTEST <= len(password) <= LONGEST:
        return [TOO_SHORT.format(n=SHORTEST)]
    own = [part for part in _parts(name, email) if len(part) >= TELLING]
    if any(part in password.casefold() for part in own):
        return [OWN]
    judged = zxcvbn(password[:READ], user_inputs=[*own, *SITE])
    return [] if judged["score"] >= ENOUGH else [COMMON]


def _parts(name: str, email: str) -> list[str]:
    return [*name.casefold().split(), email.casefold().partition("@")[0]]


def hashed(password: str) -> str:
    """What is stored of a password: argon2id. Slow, so no transaction should be open."""
    with _room:
        return _hasher().hash(password)


def verify(account: Account | None, password: str) -> bool:
    """Whether the password is right. Takes as long for an account that does not exist."""
    known = account is not None and account.active and account.password_hash
    try:
        with _room:
            _hasher().verify(known or _nobody(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return bool(known)


def renewed(account: Account, password: str) -> str | None:
    """A new hash of the right password, where the stored one has other parameters than ours."""
    stale = _hasher().check_needs_rehash(account.password_hash or "")
    return hashed(password) if stale else None


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_hex(16))
