"""The keys of second factors lie encrypted in the database: who has only a copy of that cannot make
codes. The key to them follows from SECRET_KEY; SECRET_KEY_FALLBACKS still opens older ones."""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app


def sealed(key: str) -> str:
    """What is stored of the key of somebody's app."""
    return _first().encrypt(key.encode()).decode()


def opened(stored: str) -> str | None:
    """The key of somebody's app; None where SECRET_KEY is another than it was sealed with."""
    try:
        return MultiFernet([_first(), *_others()]).decrypt(stored.encode()).decode()
    except InvalidToken:
        return None


def renewed(stored: str) -> str:
    """The same sealed with the SECRET_KEY of now, so that an older one can be forgotten."""
    try:
        _first().decrypt(stored.encode())
    except InvalidToken:
        return MultiFernet([_first(), *_others()]).rotate(stored.encode()).decode()
    return stored


def _first() -> Fernet:
    return _fernet(current_app.config["SECRET_KEY"])


def _others() -> list[Fernet]:
    return [_fernet(secret) for secret in current_app.config.get("SECRET_KEY_FALLBACKS") or ()]


@cache
def _fernet(secret: str) -> Fernet:
    made = HKDF(SHA256(), 32, salt=None, info=b"second factors").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(made))
