"""GET /changes: the feed of changes in the JSON API."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, request

from ..api import Resource, answers, conditions, enter, paging
from ..api.callers import caller
from ..api.problems import Refused
from ..errors import Invalid, Message
from ..kind import kinds
from ..listing.question import ALLOWED, PER_PAGE
from . import cursors, told
from .cursors import Cursor
from .describing import ENTRY, IN_STEP, described
from .page import Question, beginning, check, page, present

ONLY_ONCE = ("cursor", "perPage")
SEVERAL = ("expand", "kind")
NOW = "now"
Errors = dict[str, list[Message]]
Value = TypeVar("Value")


def index() -> Response:
    """GET /changes."""
    who = caller()
    errors = answers.misnamed(*ONLY_ONCE, several=SEVERAL)
    question = Question(
        sorted(_chosen("kind", [kind.name for kind in kinds()], errors)),
        _read(paging.per_page, PER_PAGE, errors),
    )
    expand = _chosen("expand", ["record"], errors)
    cursor = _read(_cursor, beginning(), errors)
    if errors:
        raise Refused("query", errors)
    found = page(who, cursor, question)
    headers = {
        "Link": paging.links("/changes", cursors.written(who, found.following)),
        IN_STEP: "true" if found.in_step else "false",
    }
    text = f"[{','.join(told.entries(who, found.entries, expand=expand))}]"
    tag = conditions.tag_of_list(f"{text}{headers}")
    return answers.readable(text, tag, public=not who.signed_in, headers=headers)


def _chosen(name: str, allowed: list[str], errors: Errors) -> set[str]:
    chosen = set(request.args.getlist(name))
    if chosen - set(allowed):
        errors[name] = [ALLOWED.format(allowed=", ".join(sorted(allowed)))]
    return chosen


def _read(read: Callable[[], Value], default: Value, errors: Errors) -> Value:
    try:
        return read()
    except Invalid as error:
        errors.update(error.errors)
        return default


def _cursor() -> Cursor:
    given = request.args.get("cursor")
    if given is None:
        return beginning()
    if given == NOW:
        return present()
    cursor = cursors.read(caller(), given)
    check(cursor)
    return cursor


def register(app: Flask) -> None:
    """Enter the feed."""
    app.extensions["api"][0].shapes.named("FeedEntry", lambda: ENTRY)
    resource = Resource("/changes", "What changed, for who keeps a copy (wijzigingen).")
    resource.add("", "index", index, described(), "GET")
    enter(app, resource)
