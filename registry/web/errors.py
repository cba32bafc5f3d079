"""The one translation of a refusal to a page. Addresses under /api have their own."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from .. import search
from ..access import acting, visible_to
from ..db import AWAY, RETRY_AFTER, session
from ..errors import (
    Conflict,
    Invalid,
    Message,
    NotFound,
    RegistryError,
    Stale,
    TooMany,
    VersionMissing,
)
from ..kind import kind_in
from ..record import Record
from ..words import Words
from . import links
from .assets import asset
from .language import lang, say, t

MOST = 6
NAMES = {
    "asOf": Words("Peildatum", "Reference date"),
    "knownAt": Words("Moment", "Moment"),
    "page": Words("Pagina", "Page"),
    "perPage": Words("Aantal per pagina", "Number per page"),
    "sort": Words("Volgorde", "Order"),
    "q": Words("Zoekwoorden", "Search words"),
}
TITLES = {
    400: Words("Dit klopt niet", "This is not right"),
    403: Words("Geen toegang", "No access"),
    404: NotFound.title,
    405: Words("Dit kan hier niet", "Not possible here"),
    413: Words("Te groot", "Too large"),
}
TEXTS = {
    400: Words("De vraag is niet te begrijpen.", "The question cannot be understood."),
    403: Words("Hier hebt u geen rechten voor.", "You may not do this."),
    404: Words(
        "Deze pagina bestaat niet, of u mag hem niet zien.",
        "This page does not exist, or you may not see it.",
    ),
    405: Words("Dat kan op dit adres niet.", "That cannot be done at this address."),
    413: Words("Wat u instuurt is te groot.", "What you send is too large."),
}
EXPIRED = Words(
    "Dit formulier is te oud om te versturen. Ga terug, kopieer wat u typte, ververs de pagina en "
    "verstuur het opnieuw.",
    "This form is too old to be sent. Go back, copy what you typed, refresh the page and send it "
    "again.",
)
UNREACHABLE = Words(
    "De gegevens zijn even niet bereikbaar. Probeer het over een minuut opnieuw; er is niets "
    "verloren gegaan.",
    "The data cannot be reached right now. Try again in a minute; nothing has been lost.",
)
BROKEN = Words(
    "Dit is een fout van ons. Wat u invulde is niet opgeslagen.",
    "This is a fault of ours. What you filled in has not been saved.",
)


def register(app: Flask) -> None:
    """Answer every refusal by a page."""
    app.register_error_handler(RegistryError, _unless_away(_refused))
    app.register_error_handler(HTTPException, _unless_away(_failed))
    for away in AWAY:
        app.register_error_handler(away, _away)


def _unless_away(answer: Callable[[Any], ResponseReturnValue]) -> Callable[[Any], Any]:
    """The page of a refusal asks the database too, for the menu and for suggestions."""

    def answered(error: Any) -> ResponseReturnValue:
        try:
            return answer(error)
        except AWAY as away:
            return _away(away)

    return answered


def _refused(error: RegistryError) -> ResponseReturnValue:
    if isinstance(error, NotFound):
        return _page(404, say(error.title), say(TEXTS[404]), _suggestions())
    text = "\n".join(told(error.errors)) if isinstance(error, Invalid) else say(error.detail)
    suggestions = list(_as_it_stands(error))
    if isinstance(error, Invalid) and request.args:
        suggestions = [
            {
                "label": t("Deze pagina zonder deze keuzes", "This page without these choices"),
                "url": request.path,
            }
        ]
    body, status = _page(error.status, say(error.title), text, suggestions)
    headers = {"Retry-After": str(error.seconds)} if isinstance(error, TooMany) else {}
    return body, status, headers


def _as_it_stands(error: RegistryError) -> Iterator[dict[str, str]]:
    """The way to the record that has moved on, or that cannot make this move."""
    reference = (request.view_args or {}).get("reference")
    if reference and isinstance(error, Stale | VersionMissing | Conflict):
        yield {
            "label": t("Bekijk hoe het er nu voor staat", "See how it stands now"),
            "url": links.of_reference(reference),
        }


def told(errors: Mapping[Any, Any], name: str = "") -> Iterator[str]:
    """What is wrong, one line for each field."""
    for key, value in errors.items():
        path = f"{name}.{key}" if name else say(NAMES.get(str(key), Words(str(key), str(key))))
        if isinstance(value, Mapping):
            yield from told(value, path)
            continue
        for message in value:
            shown = message.in_(lang()) if isinstance(message, Message) else str(message)
            yield f"{path}: {shown}"


def _failed(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if error.response is not None or status < 400:
        return error
    if status >= 500:
        return _plain(status, t("Er ging iets mis", "Something went wrong"), say(BROKEN))
    title = say(TITLES.get(status, TITLES[400]))
    text = say(EXPIRED if isinstance(error, CSRFError) else TEXTS.get(status, TEXTS[400]))
    return _page(status, title, text, _suggestions() if status == 404 else [])


def _away(error: SQLAlchemyError) -> ResponseReturnValue:
    current_app.logger.exception("the database cannot be reached")
    return _plain(503, t("Even niet bereikbaar", "Unavailable for a moment"), say(UNREACHABLE))


def _plain(status: int, title: str, text: str) -> ResponseReturnValue:
    """A page that needs no database: no menu, no account, no context processors."""
    template = current_app.jinja_env.get_template("unavailable.html")
    page = {"status": status, "title": title, "text": text}
    body = template.render(lang=lang(), t=t, asset=asset, page=page)
    return body, status, {"Retry-After": str(RETRY_AFTER)} if status == 503 else {}


def _page(status: int, title: str, text: str, suggestions: list[Any]) -> tuple[str, int]:
    page = {"status": status, "title": title, "text": text, "suggestions": suggestions}
    return render_template("error.html", page=page), status


def _suggestions() -> list[dict[str, str]]:
    """What somebody may have been looking for, by the words of the address."""
    first, *rest = [part for part in request.path.split("/") if part] or [""]
    found = []
    kind = kind_in(first)
    if kind is not None and links.exists(f"{kind.collection}.index"):
        found.append({"label": say(kind.plural), "url": links.of_list(kind)})
    words = " ".join(rest or [first]).replace("-", " ")
    if "bound" in g:
        found += _like(words)
    return found[:MOST]


def _like(words: str) -> Iterator[dict[str, str]]:
    if not search.stems(words):
        return
    where, rank = search.found(words[:100], session().get_bind().dialect.name)
    query = select(Record.reference, Record.title, Record.title_en)
    query = query.where(visible_to(acting()), where).order_by(rank).limit(MOST)
    for reference, title, english in session().execute(query):
        yield {
            "label": (english if lang() == "en" else None) or title,
            "url": links.of_reference(reference),
        }
