"""The reading screens of a kind, on its one blueprint."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ..kind import Kind
from ..web.book import Screens, book
from ..writing import registering
from . import lists, records


def screens(kind: Kind, **differences: Any) -> Screens:
    """Enter the list and the page of `kind`. Other rooms add to `web.blueprint(kind)`."""
    blueprint = Blueprint(kind.collection, __name__, url_prefix=f"/{kind.collection}")

    @blueprint.get("")
    def index() -> str:
        return lists.index(kind)

    @blueprint.get("/<reference>")
    def show(reference: str) -> ResponseReturnValue:
        return records.show(kind, reference)

    registering.enter(kind, blueprint)
    entered = Screens(kind, blueprint, **differences)
    book.screens[kind.name] = entered
    return entered
