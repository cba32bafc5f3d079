"""The reading screens of a kind, on its one blueprint."""

from functools import partial
from typing import Any

from flask import Blueprint

from ..kind import Kind
from . import lists, records
from .book import Screens, book


def screens(kind: Kind, **differences: Any) -> Screens:
    """Enter the list and the page of `kind`. Other rooms add to `web.blueprint(kind)`."""
    blueprint = Blueprint(kind.collection, __name__, url_prefix=f"/{kind.collection}")
    blueprint.add_url_rule("", "index", partial(lists.index, kind))
    blueprint.add_url_rule("/<reference>", "show", partial(records.show, kind))
    entered = Screens(kind, blueprint, **differences)
    book.screens[kind.name] = entered
    return entered
