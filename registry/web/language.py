"""In which language a page speaks: asked for in the address, kept in a cookie, or the browser's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from flask import Flask, Response, g, has_request_context, request
from flask_babel import force_locale

from ..extensions import babel
from ..words import Words

LANGUAGES = {"nl": "Nederlands", "en": "English"}
COOKIE = "lang"
LOCALES = {"nl": "nl", "en": "en_GB"}  # British: days come before months, as in Dutch
_SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)


def lang() -> str:
    """The language of this request: "nl" or "en"; Dutch where nobody says otherwise."""
    if (spoken := _SPOKEN.get()) is not None:
        return spoken
    if not has_request_context():
        return "nl"
    code: str | None = g.get("lang")
    if code is None:
        code = _asked() or request.accept_languages.best_match(list(LANGUAGES), default="nl")
        g.lang = code
    return code


def speak(code: str) -> None:
    """Answer this request in this language, whatever its address or its cookie says."""
    g.lang = code


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Within this, pages, files and dates are in this language, whoever asks: also where nobody
    does, such as at the terminal and in a worker."""
    token = _SPOKEN.set(code)
    try:
        with force_locale(LOCALES[code]):
            yield
    finally:
        _SPOKEN.reset(token)


def say(words: Words) -> str:
    """`words` in the language of this request."""
    return words.in_(lang())


def t(nl: str, en: str) -> str:
    """The Dutch or the English text, by the language of this request."""
    return en if lang() == "en" else nl


def told() -> Callable[[str, str], str]:
    """`t` for one page, of which the language does not change under way."""
    return _english if lang() == "en" else _dutch


def _dutch(nl: str, _en: str) -> str:
    return nl


def _english(_nl: str, en: str) -> str:
    return en


class Titled(Protocol):
    """What has a title, and maybe one in English: the identity of a record, or a row of one."""

    title: Any
    title_en: Any


def titled(record: Titled) -> str:
    """The title of a record in the language of this request; in Dutch where it has no other."""
    return str((record.title_en if lang() == "en" else None) or record.title)


def counted(number: int, one: Words, many: Words) -> str:
    """A number with its noun: “1 initiatief”, “2 initiatieven”."""
    return f"{number} {say(one if number == 1 else many)}"


def _asked() -> str | None:
    for code in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if code in LANGUAGES:
            return code
    return None


def switches() -> list[dict[str, object]]:
    """The same page in each language."""
    others = [(k, v) for k, v in request.args.items(multi=True) if k != "lang"]
    return [
        {"code": code, "label": label, "current": code == lang(), "url": _address(others, code)}
        for code, label in LANGUAGES.items()
    ]


def _address(args: list[tuple[str, str]], code: str) -> str:
    from urllib.parse import quote, urlencode

    return f"{quote(request.path)}?{urlencode([*args, ('lang', code)])}"


def _remember(response: Response) -> Response:
    asked = request.args.get("lang")
    if asked in LANGUAGES and asked != request.cookies.get(COOKIE):
        response.set_cookie(
            COOKIE,
            asked,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure,
        )
    return response


def register(app: Flask) -> None:
    """Tell Flask-Babel the language, and remember what is asked for."""
    babel.init_app(app, locale_selector=lambda: LOCALES[lang()])
    app.after_request(_remember)
