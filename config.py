"""Configuration, by environment variables only.

DATABASE_URL    SQLAlchemy URL; default: SQLite in instance/registry.db
SECRET_KEY      signs sessions, encrypts second factors and cursors; required outside demo mode
SECRET_KEY_FALLBACKS  former secrets, with spaces between, that still read what they made
REGISTRY_DEMO   1: demo mode (a key is made at first start, the peildatum is 2020-12-31)
REGISTRY_TODAY  the default reference date (peildatum), YYYY-MM-DD
LETTERS_DIR     where the text of the two letters lies, for the verbatim test
CONTACT_EMAIL   whom to write to about the API, in the OpenAPI document
CORS_ORIGINS    the https origins, with spaces between, whose pages may write through the API
RATE_LIMITS     requests a minute through the API, such as "read=6000 write=0" (0: no limit)
RATE_LIMIT_STORAGE  where they are counted, redis://host:port/0; default: in each process
LOG_FORMAT      text, or json for one object a line
PUBLIC_URL      the public https address, for links in mail, in the API and its document; where it
                is not said, the API links to the address that it was asked at
MAIL_URL        how mail leaves: smtp://user:password@host:port, smtps://…, file:///folder, console:
TRUSTED_PROXIES how many proxies before the register may say from where a request came
WORKER          beside: each process that serves does long work in a thread of its own; none: that
                waits for `flask --app wsgi work --watch`; default: beside with SQLite, else none
VIRUS_SCAN      the command that judges a file that is added: 0 lets it pass; empty: none is asked
MAIL_FROM       the sender of mail; default: register@ the host of PUBLIC_URL
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
DEMO_TODAY = "2020-12-31"


def from_environment(instance: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration of an app whose own files live in `instance`; what is `given` stands.

    Raises RuntimeError where SECRET_KEY is missing outside demo mode.
    """
    demo = bool(given.get("REGISTRY_DEMO", os.environ.get("REGISTRY_DEMO") == "1"))
    instance.mkdir(parents=True, exist_ok=True)
    secret = given.get("SECRET_KEY") or os.environ.get("SECRET_KEY")
    own = f"sqlite:///{instance / 'registry.db'}"
    url = given.get("DATABASE_URL") or os.environ.get("DATABASE_URL") or own
    return {
        "DATABASE_URL": url,
        "WORKER": os.environ.get("WORKER") or ("beside" if url.startswith("sqlite") else "none"),
        "SECRET_KEY": secret or _demo_key(instance, demo=demo),
        "SECRET_KEY_FALLBACKS": os.environ.get("SECRET_KEY_FALLBACKS", "").split(),
        "REGISTRY_DEMO": demo,
        "REGISTRY_TODAY": os.environ.get("REGISTRY_TODAY") or (DEMO_TODAY if demo else None),
        "PUBLIC_URL": os.environ.get("PUBLIC_URL", "https://registry.example"),
        "API_LINKS_TO": os.environ.get("PUBLIC_URL", "").rstrip("/"),
        "CONTACT_EMAIL": os.environ.get("CONTACT_EMAIL", "secretariaat@registry.example"),
        "CORS_ORIGINS": tuple(os.environ.get("CORS_ORIGINS", "").split()),
        "RATE_LIMITS": os.environ.get("RATE_LIMITS", ""),
        "RATE_LIMIT_STORAGE": os.environ.get("RATE_LIMIT_STORAGE", ""),
        "LOG_FORMAT": os.environ.get("LOG_FORMAT") or "text",
        "MAIL_URL": os.environ.get("MAIL_URL") or (_demo_mail(instance) if demo else ""),
        "MAIL_FROM": os.environ.get("MAIL_FROM", ""),
        "VIRUS_SCAN": os.environ.get("VIRUS_SCAN", ""),
        "TRUSTED_PROXIES": int(os.environ.get("TRUSTED_PROXIES") or 0),
        "MAX_CONTENT_LENGTH": 4 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 20_000,
        "SESSION_COOKIE_SECURE": not demo,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": not demo,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_DURATION": 14 * 24 * 3600,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "nl",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Amsterdam",
        **given,
    }


def _demo_mail(instance: Path) -> str:
    return (instance / "mail").absolute().as_uri()


def _demo_key(instance: Path, *, demo: bool) -> str:
    if not demo:
        raise RuntimeError("SECRET_KEY is not set. Set it, or set REGISTRY_DEMO=1 for a demo.")
    kept = instance / "secret-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(32))
    return kept.read_text()
