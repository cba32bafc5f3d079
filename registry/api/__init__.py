"""The shell of the JSON API. Features enter their kinds with `resource`, from their own api.py."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from flask import Flask, Response

from ..kind import Kind
from ..workflow.schemas import PublicationSchema
from . import vocabularies
from .callers import Holder, recognise
from .facets import Facets
from .lists import Lists
from .memory import remember
from .openapi import Document, Resource, listed, shape
from .openapi.judging import Judging
from .openapi.operations import Operations
from .openapi.shapes import ALWAYS
from .records import Records
from .revisions import SHAPE
from .root import Entrance
from .shell import surround
from .workflow import Workflow

__all__ = [
    "ALWAYS",
    "Holder",
    "Resource",
    "Route",
    "additions",
    "enter",
    "recognise",
    "register",
    "remember",
    "resource",
    "shape",
]


class Route(NamedTuple):
    """One more thing that can be done with the records of a kind."""

    rule: str
    name: str
    view: Callable[..., Response]
    told: dict[str, Any]
    method: str


additions: list[Callable[[Document, Operations], Iterable[Route]]] = []
"""What higher rooms add to the resource of every kind; they enter before the kinds do."""


def register(app: Flask) -> None:
    """Put up the shell, with the entrance and the code lists."""
    surround(app)
    document = Document(app)
    entrance = Entrance()
    app.extensions["api"] = (document, entrance)
    entrance.enter(document)
    vocabularies.enter(document)
    entrance.paths.append("/vocabularies")


def resource(app: Flask, kind: Kind) -> None:
    """Enter the collection of `kind`: list, create, read, change, delete, publish."""
    document, entrance = _of(app)
    shapes, views = document.shapes, Records(kind)
    told = Operations(
        kind,
        record=shapes.record(kind),
        input_=shapes.input(kind),
        patch=shapes.patch(kind),
        revision=shapes.named("Revision", lambda: SHAPE),
    )
    publication = shapes.named("Publication", lambda: shapes.body(PublicationSchema()))
    path = f"/{kind.collection}"
    routes = Resource(path, f"{kind.plural.en} ({kind.plural.nl.lower()}).")
    routes.add("", "index", Lists(kind).index, told.index(), "GET")
    counts = listed.facets(told, shapes.named("Facet", lambda: listed.FACET))
    routes.add("/_facets", "facets", Facets(kind).index, counts, "GET")
    routes.add("", "create", views.create, told.create(), "POST")
    routes.add("/<reference>", "show", views.show, told.show(), "GET")
    routes.add("/<reference>", "revise", views.revise, told.revise(), "PATCH")
    routes.add("/<reference>", "remove", views.remove, told.remove(), "DELETE")
    published = told.publish(publication)
    routes.add("/<reference>/publications", "publish", views.publish, published, "POST")
    _judging(routes, Workflow(views), Judging(told, shapes))
    for add in additions:
        for route in add(document, told):
            routes.add(*route)
    document.enter(routes)
    entrance.paths.append(path)


def _judging(routes: Resource, views: Workflow, told: Judging) -> None:
    """The steps between draft and archived, and the revisions of what is published."""
    one, many = "/<reference>/revisions/<key>", "/<reference>/revisions"
    routes.add("/<reference>/submissions", "submit", views.submit, told.submit(), "POST")
    routes.add("/<reference>/returns", "send_back", views.send_back, told.send_back(), "POST")
    routes.add("/<reference>/withdrawals", "withdraw", views.withdraw, told.withdraw(), "POST")
    routes.add("/<reference>/archivals", "archive", views.archive, told.archive(), "POST")
    routes.add(many, "revisions", views.revisions, told.revisions(), "GET")
    routes.add(one, "revision", views.revision, told.revision(), "GET")
    routes.add(one, "replace", views.replace, told.replace(), "PUT")
    routes.add(one, "retract", views.retract, told.retract(), "DELETE")
    routes.add(f"{one}/fields/<field>", "take_back", views.take_back, told.take_back(), "DELETE")
    routes.add(f"{one}/publications", "adopt", views.adopt, told.adopt(), "POST")
    routes.add(f"{one}/returns", "return_revision", views.return_revision, told.give(), "POST")


def enter(app: Flask, resource: Resource) -> None:
    """Enter a resource that belongs to no kind."""
    document, entrance = _of(app)
    document.enter(resource)
    entrance.paths.append(f"/{resource.tag}")


def _of(app: Flask) -> tuple[Document, Entrance]:
    found: tuple[Document, Entrance] = app.extensions["api"]
    return found
