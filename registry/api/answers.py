"""Answers of the JSON API: finished JSON text with its validators and its caching."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Response, request

from .. import clock
from ..db import is_text
from ..errors import Message
from ..listing.question import ALLOWED, DAY, LONG, MOMENT, ONCE
from ..words import Words
from .bodies import JSON, nothing
from .conditions import unchanged
from .problems import Refused, Unreadable

OFFERED = (JSON, f"{JSON}; charset=utf-8")
P = ParamSpec("P")
View = TypeVar("View", bound=Callable[..., Response])
UNKNOWN = Message(
    "There is no such parameter here. There are: {allowed}.",
    "Deze parameter bestaat hier niet. Wel: {allowed}.",
    "unknown_parameter",
)
NONE_HERE = Message(
    "There are no parameters here.", "Er zijn hier geen parameters.", "unknown_parameter"
)
UNSEEN = Message(
    "Remove characters that are no text.", "Verwijder tekens die geen tekst zijn.", "no_text"
)


def offers(*media: str) -> Callable[[View], View]:
    """Mark an endpoint that answers with something else than JSON."""

    def marked(view: View) -> View:
        view.offered = media  # type: ignore[attr-defined]  # a mark on the function
        return view

    return marked


def require_accepted(view: Callable[..., Response]) -> None:
    """Raise Unreadable (406) where the caller wants something else than this endpoint answers."""
    offered = getattr(view, "offered", OFFERED)
    if request.accept_mimetypes and not request.accept_mimetypes.best_match(offered):
        forms = ", ".join(dict.fromkeys(form.partition(";")[0] for form in offered))
        raise unlike(forms)


def unlike(forms: str) -> Unreadable:
    """The refusal (406) of who wants something else than `forms`."""
    return Unreadable(406, Words(f"Er is alleen {forms}.", f"There is only {forms}."))


def readable(
    text: str, tag: str, *, public: bool, headers: Mapping[str, str] | None = None
) -> Response:
    """The answer to a GET: `text`, or 304 when the caller has it already."""
    if unchanged(tag):
        response = same(tag, public=public)
    else:
        response = _cached(Response(text, content_type=JSON), tag, public=public)
    response.headers.update(headers or {})
    return response


def same(tag: str, *, public: bool) -> Response:
    """304: the caller has this already."""
    response = Response(status=304)
    response.headers.pop("Content-Type", None)
    return _cached(response, tag, public=public)


def _cached(response: Response, tag: str, *, public: bool) -> Response:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache" if public else "private, no-cache"
    return response


def written(text: str, tag: str, *, location: str | None = None) -> Response:
    """The answer to a change: the record as it now is; 201 with `location` when it is new."""
    response = Response(text, 201 if location else 200, mimetype=JSON)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-store"
    if location:
        response.headers["Location"] = location
    return response


def only(*names: str, several: Collection[str] = ()) -> None:
    """Refuse every parameter but these, each at most once, and those of which there may be
    `several`. Raises Refused."""
    refuse(misnamed(*names, several=several))


def bare(view: Callable[P, Response]) -> Callable[P, Response]:
    """Make `view`, which asks for no parameters and no body, refuse both: whoever sent them would
    think that it was done."""

    @wraps(view)
    def answered(*args: P.args, **values: P.kwargs) -> Response:
        only()
        nothing()
        return view(*args, **values)

    return answered


def misnamed(*names: str, several: Collection[str] = ()) -> dict[str, list[Message]]:
    """What is wrong with the names of the parameters, where only these are."""
    names = tuple(dict.fromkeys((*names, *several)))
    errors: dict[str, list[Message]] = {}
    for name, values in request.args.lists():
        if name not in names:
            allowed = ", ".join(names)
            errors[_shown(name)] = [UNKNOWN.format(allowed=allowed) if names else NONE_HERE]
        elif len(values) > 1 and name not in several:
            errors[name] = [ONCE]
    return errors


def only_text() -> None:
    """Refuse characters that no database can hold, wherever they stand in the address."""
    names = [n for n, values in request.args.lists() if not all(map(is_text, (n, *values)))]
    refuse({_shown(name): [UNSEEN] for name in names})


def short(most: int, *names: str) -> None:
    """Refuse what is longer than `most` characters in these parameters. Raises Refused."""
    long = [name for name in names if len(request.args.get(name, "").strip()) > most]
    refuse({name: [LONG.format(most=most)] for name in long})


def flag(name: str) -> bool:
    """Whether a parameter says `true`; absent: it does not. Raises Refused."""
    given = _given(name)
    if given not in ("", "true", "false"):
        refuse({name: [ALLOWED.format(allowed="true, false")]})
    return given == "true"


def day(name: str) -> date | None:
    """The day in a parameter. Raises Refused."""
    given = _given(name)
    try:
        return clock.day(given) if given else None
    except ValueError:
        raise Refused("query", {name: [DAY]}) from None


def moment(name: str) -> datetime | None:
    """The moment in a parameter, in UTC. Raises Refused."""
    given = _given(name)
    try:
        return clock.moment(given) if given else None
    except ValueError:
        raise Refused("query", {name: [MOMENT]}) from None


def refuse(errors: Mapping[str, Iterable[Message]]) -> None:
    """Raise Refused for parameters, if there are any errors."""
    if errors:
        raise Refused("query", {name: list(messages) for name, messages in errors.items()})


def _given(name: str) -> str:
    args = request.args  # to ask it for what is not there makes an error, whatever is the default
    return args[name].strip() if name in args else ""


def _shown(name: str) -> str:
    return "".join(c for c in name[:60] if is_text(c))
