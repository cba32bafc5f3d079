"""Text that goes out and comes back, such as a cursor, which only the register can read and make.
The key follows from SECRET_KEY; SECRET_KEY_FALLBACKS still opens older ones."""

import binascii
from base64 import b64decode, urlsafe_b64encode
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

KEY = 64  # bytes: AES-256, once to encrypt and once to authenticate


def sealed(content: bytes, purpose: str) -> str:
    """`content` encrypted, for an address. The same content gives the same text, so that an answer
    is the same as long as what it tells is; one for another purpose is not opened."""
    made = _cipher(current_app.config["SECRET_KEY"]).encrypt(content, [purpose.encode()])
    return urlsafe_b64encode(made).decode().rstrip("=")


def opened(text: str, purpose: str) -> bytes | None:
    """The content of `text`; None where the register did not seal it for this purpose."""
    try:
        made = b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    for secret in (current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]):
        try:
            return _cipher(secret).decrypt(made, [purpose.encode()])
        except InvalidTag:
            continue
    return None


def digest_key() -> bytes:
    """A key for digests of what must not be guessed: 32 bytes."""
    return _derived(current_app.config["SECRET_KEY"], b"digests", 32)


@lru_cache(maxsize=10)
def _cipher(secret: str) -> AESSIV:
    return AESSIV(_derived(secret, b"sealed", KEY))


@lru_cache(maxsize=20)
def _derived(secret: str, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=purpose).derive(secret.encode())
