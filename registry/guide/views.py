"""The pages of the documentation: the guide, a page per resource, and the rules that are kept."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from ..api.shell import DOCS, ROOT, VERSION, address, is_to_read
from ..errors import NotFound
from ..web import pages, say, t
from ..words import Words
from . import reading
from .parts import PARTS, Example, Part
from .parts.versions import VERSIONS, Version
from .rules import RULES, STANDARD

View = dict[str, Any]
MOST = 60
INTRO = Words(
    "Alles wat u in dit register ziet, is er ook voor programma’s: te lezen door iedereen, te "
    "wijzigen door wie meedoet.",
    "Everything that you see in this registry is there for programs too: read by everybody, "
    "changed by who takes part.",
)
docs = pages(Blueprint("docs", __name__, url_prefix=ROOT + DOCS))


@docs.get("")
def index() -> str:
    """The guide, or what is found in the documentation."""
    question = request.args.get("q", "").strip()[:100]
    found = reading.found(question) if question else []
    parts = [_part(part) for part in PARTS]
    changes = t("Wat er veranderde", "Changelog")
    page = {
        **_head(t("Documentatie van de API", "Documentation of the API")),
        "intro": say(INTRO),
        "q": question,
        "found": found[:MOST],
        "more": max(len(found) - MOST, 0),
        "parts": parts,
        "contents": _contents(
            ("resources", t("Onderdelen", "Resources")),
            *((part["anchor"], part["title"]) for part in parts),
            ("changelog", changes),
        ),
        "resources": reading.resources(),
        "versions": [_version(one) for one in VERSIONS],
        "address": address(""),
        "version": VERSION,
    }
    return render_template("docs/index.html", page=page)


@docs.get("/rules")
def rules() -> str:
    """The rules of the government, and what is done about each."""
    title = t("De regels van de overheid", "The rules of the government")
    told = [
        {
            "name": rule.name,
            "text": say(rule.told),
            "deviation": rule.deviation,
            "test": rule.test,
        }
        for rule in RULES
    ]
    page = {**_head(title, inner=True), "rules": told, "standard": STANDARD}
    return render_template("docs/rules.html", page=page)


@docs.get("/<tag>")
def resource(tag: str) -> str:
    """A resource: its operations, its fields, and how to ask for it."""
    told = reading.resource(tag)
    if told is None:
        raise NotFound
    made = told["example"] and _example(told["example"])
    contents = [
        *([("example", t("Voorbeeld", "Example"))] if made else []),
        ("operations", t("Bewerkingen", "Operations")),
        *((table["id"], table["title"]) for table in told["tables"]),
    ]
    page = {
        **told,
        **_head(told["title"], inner=True),
        "example": made,
        "contents": _contents(*contents),
        "resources": reading.resources(),
        "places": reading.places(),
    }
    return render_template("docs/resource.html", page=page)


@docs.after_app_request
def _described(response: Response) -> Response:
    """Where the same is described for machines, and of which version."""
    if not is_to_read(request.path):
        return response
    response.headers["API-Version"] = VERSION
    response.headers.add("Link", f'<{address("/openapi.json")}>; rel="service-desc"')
    return response


def _head(title: str, *, inner: bool = False) -> View:
    here = "API" if not inner else title
    crumbs = [{"label": "API", "url": ROOT + DOCS}] if inner else []
    return {"title": title, "breadcrumb": [*crumbs, {"label": here, "url": None}]}


def _version(one: Version) -> View:
    return {"number": one.number, "changes": [say(words) for words in one.changes]}


def _contents(*entries: tuple[str, str]) -> list[View]:
    return [{"url": f"#{anchor}", "label": label} for anchor, label in entries]


def _part(part: Part) -> View:
    return {
        "anchor": part.anchor,
        "title": say(part.title),
        "text": [say(words) for words in part.text],
        "lines": [{"name": name, "text": say(words)} for name, words in part.lines],
        "examples": [_example(one) for one in part.examples],
    }


def _example(one: Example) -> View:
    told = one.at(address(""))
    return {"title": say(told.title), "curl": told.curl, "python": told.python}
