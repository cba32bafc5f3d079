"""Addresses of records, lists and of the API, all with the reference date that was asked for."""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode

from flask import current_app, g, request, url_for

from ..kind import Kind, kinds
from .language import lang

HERE = "REFERENCE"
PLAIN = "!$&'()*+,/:;=@"  # what stands in a path as it is


def of_record(kind: Kind, reference: str) -> str:
    """The page of a record."""
    before, after = _around(f"{kind.collection}.show")
    return f"{before}{quote(reference, safe=PLAIN)}{after}"


def _around(endpoint: str) -> tuple[str, str]:
    """What stands before and after a reference in the addresses of this request: to build each of
    hundreds costs more than what they lead to."""
    known: dict[Any, tuple[str, str]] | None = g.get("addresses")
    if known is None:
        known = g.addresses = {}
    asked = endpoint, g.get("asked_as_of")
    if asked not in known:
        before, _, after = url_for(endpoint, reference=HERE).partition(HERE)
        known[asked] = before, after
    return known[asked]


def of_list(kind: Kind, **filters: Any) -> str:
    """The list of `kind`, filtered."""
    return url_for(f"{kind.collection}.index", **filters)


def of_reference(reference: str) -> str:
    """The page of the record with this public reference, whatever its kind."""
    return of_record(kind_of(reference), reference)


def kind_of(reference: str) -> Kind:
    """The kind that a public reference belongs to. Raises StopIteration."""
    return next(kind for kind in kinds() if reference.startswith(f"{kind.prefix}-"))


@cache
def kind_for(model: Any) -> Kind:
    """The kind of a model."""
    return next(kind for kind in kinds() if kind.model is model)


def of_passage(document: str, quote: str) -> str:
    """The place of a quotation on the page of its document."""
    return f"{of_reference(document)}#{anchor(quote)}"


def anchor(quote: str) -> str:
    """The id of a quotation on the page of its document: its words are its identity."""
    return f"passage-{sha256(quote.encode()).hexdigest()[:10]}"


def home() -> str:
    """The first page."""
    return url_for("home.index") if exists("home.index") else "/"


def with_args(args: Iterable[tuple[str, Any]]) -> str:
    """This page with other parameters."""
    query = urlencode([(name, value) for name, value in args if value not in (None, "")])
    return f"{request.path}?{query}" if query else request.path


def exists(endpoint: str) -> bool:
    """Whether some room has entered this endpoint."""
    return endpoint in current_app.view_functions


def of_api(collection: str, *rest: str) -> str | None:
    """The same in the JSON API, where it is there."""
    path = "/".join(("/api/v1", collection, *rest))
    adapter = current_app.url_map.bind("")
    return path if adapter.test(path, "GET") else None


def keep_as_of(endpoint: str, values: dict[str, Any]) -> None:
    """Carry an explicit reference date along every link."""
    asked = g.get("asked_as_of")
    if asked and endpoint != "static":
        values.setdefault("asOf", asked)


def title(kind: Kind, item: dict[str, Any]) -> str:
    """How a pointer to a record is called."""
    return kind.title(item, lang())
