"""What is around every page: who asks, the reference date, the menu, the headers of safety."""

from contextlib import ExitStack
from datetime import date
from typing import Any

from flask import Flask, Response, g, request, url_for
from flask_babel import format_date

from .. import clock
from ..access import ANYBODY, Actor, Permission, acting_as, can
from ..errors import Invalid, Message
from ..extensions import csrf, login
from . import errors, language, links, templating
from .assets import asset
from .book import book
from .language import lang, say, t

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
A_YEAR = 365 * 24 * 3600
API_DOCS = "/api/v1/docs"
NO_DAY = Message(
    "Give the reference date as YYYY-MM-DD.",
    "Geef de peildatum als JJJJ-MM-DD.",
    "wrong_type",
)


def actor() -> Actor:
    """Who makes this request."""
    found: Actor = g.get("actor", ANYBODY)
    return found


def _enter() -> None:
    """Bind the actor and the reference date to the whole request."""
    if request.endpoint == "static" or _is_api():
        return
    g.bound = ExitStack()
    g.actor = book.identify()
    g.bound.enter_context(acting_as(g.actor))
    g.bound.enter_context(clock.seen_as_of(_asked_day()))


def _leave(_error: BaseException | None) -> None:
    bound: ExitStack | None = g.pop("bound", None)
    if bound is not None:
        bound.close()


def _is_api() -> bool:
    """Whether the API answers; the pages that tell of it are screens."""
    path = request.path
    ours = path == "/api" or path.startswith("/api/")
    return ours and not (path == API_DOCS or path.startswith(f"{API_DOCS}/"))


def _asked_day() -> date | None:
    given = request.args.get("asOf", "").strip()
    if not given:
        return None
    try:
        day = clock.day(given)
    except ValueError as error:
        raise Invalid({"asOf": [NO_DAY]}) from error
    g.asked_as_of = day.isoformat()
    return day


def _notice() -> str | None:
    """The line under the menu that says what day the page speaks of."""
    from flask import current_app

    day = format_date(clock.as_of(), "long")
    if g.get("asked_as_of"):
        return t(
            f"Peildatum {day}: u ziet de stand op die dag.",
            f"Reference date {day}: you see how things stood on that day.",
        )
    if current_app.config["REGISTRY_DEMO"]:
        return t(
            f"Peildatum {day}: u ziet de stand volgens de twee Kamerbrieven.",
            f"Reference date {day}: you see how things stand according to the two letters "
            "to the House.",
        )
    return None


def _menu() -> list[dict[str, Any]]:
    places = [
        {
            "label": say(place.words),
            "url": url_for(place.endpoint),
            "current": request.blueprint == place.endpoint.partition(".")[0],
        }
        for place in book.places
    ]
    return places + [
        {
            "label": say(entry.menu),
            "url": links.of_list(entry.kind),
            "current": request.blueprint in (entry.kind.collection, *entry.covers),
        }
        for entry in book.menu()
        if entry.menu is not None
    ]


def _footer() -> list[dict[str, str]]:
    wanted = (
        ("home.about", t("Over dit register", "About this registry")),
        ("history.everything", t("Geschiedenis", "History")),
        ("home.accessibility", t("Toegankelijkheid", "Accessibility")),
        ("docs.index", "API"),
        ("opendata.index", t("Open data", "Open data")),
    )
    return [{"label": label, "url": url_for(end)} for end, label in wanted if links.exists(end)]


def _optional(endpoint: str, **values: Any) -> str | None:
    return url_for(endpoint, **values) if links.exists(endpoint) else None


def _globals() -> dict[str, Any]:
    who = actor()
    manages = can(who, Permission.PEOPLE_MANAGE) or can(who, Permission.VOCABULARY_EDIT)
    return {
        "lang": lang(),
        "t": language.told(),
        "asset": asset,
        "actor": {
            "name": who.name,
            "signed_in": who.signed_in,
            "secretariat": who.editorial,
            "admin": can(who, Permission.PEOPLE_MANAGE),
        },
        "nav": _menu(),
        "footer_links": _footer(),
        "languages": language.switches(),
        "peildatum_notice": _notice(),
        "sign_in_url": _optional("signin.sign_in", next=_here()) or "#",
        "sign_out_url": _optional("signin.sign_out") or "#",
        "tasks": [task for told in book.tasks for task in told(who)] if who.signed_in else [],
        "account_url": _optional("mine.account") if who.signed_in else None,
        "admin_url": _optional("admin.index") if manages else None,
        "way": _way,
        "search_url": _optional("search.index") or "#",
    }


def _way(crumbs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The way to a page, which always begins at home."""
    home = {"label": t("Begin", "Home"), "url": links.home()}
    return crumbs if crumbs and crumbs[0]["url"] == home["url"] else [home, *crumbs]


def _here() -> str | None:
    return (
        request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None
    )


def _secure(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}")
    if request.endpoint == "static":
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    elif not _is_api():
        response.headers.setdefault("Content-Language", lang())
        response.vary.update(("Accept-Language", "Cookie"))
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def register(app: Flask) -> None:
    """Put the shell around the pages, and enter every blueprint of the book."""
    templating.register(app)
    language.register(app)
    csrf.init_app(app)
    login.init_app(app)
    app.before_request(_enter)
    app.teardown_request(_leave)
    app.after_request(_secure)
    app.context_processor(_globals)
    app.url_defaults(links.keep_as_of)
    errors.register(app)
    for blueprint in book.blueprints():
        app.register_blueprint(blueprint)
