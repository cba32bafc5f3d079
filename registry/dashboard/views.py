"""The page on where the road to the plan stands, and what a round asks in its numbers."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import format_date

from .. import clock, web
from ..access import Actor, View, acting
from ..commitments.queries import later
from ..errors import NotFound
from ..kind import Kind, kind_named
from ..partners.schemas import PARTNER
from ..rounds import queries as rounds
from ..steering import figures, queries
from ..steering.figures import Progress, progress
from ..steering.scope import Scope, asked
from ..themes.schemas import THEME
from ..web import cells, lang, links, panel, place, say, t, titled
from ..words import Words
from . import charts, pages

TITLE = Words("Stand van zaken", "State of affairs")
LATER = Words(
    "Van de {said} toezeggingen en voornemens zijn er {after} pas na deze dag gedaan. Ze tellen "
    "mee; hun stand is op deze dag nog niet ingevuld.",
    "Of the {said} promises and intentions, {after} were made after this day. They are counted; "
    "how they stand is not filled in on this day.",
)
steps: list[Callable[[Actor], list[dict[str, Any]]]] = []
"""What higher rooms let this reader do from here."""
blueprint = web.pages(Blueprint("dashboard", __name__, url_prefix="/progress"))


@blueprint.get("")
def index() -> str:
    """The figures, of everything or of one organisation or theme."""
    scope = asked(request.args)
    found = progress(scope)
    organisations = queries.organisations(scope.organisation)
    page = {
        "title": say(TITLE),
        "of": _of(found, organisations),
        "breadcrumb": _way(scope),
        "intro": t(
            "Waar de weg naar het plan van aanpak staat op de peildatum. Elk getal opent precies "
            "de gegevens die erin zijn geteld.",
            "Where the road to the plan of action stands on the reference date. Each number opens "
            "exactly the records that are counted in it.",
        ),
        "notice": _early(scope),
        "form": _form(found, organisations),
        "plan": pages.plan(found),
        "attention": pages.attention(found),
        "judging": found.judging,
        "tables": pages.tables(found),
        "response": pages.response(found),
        "changes": pages.changes(found),
        "steps": [step for told in steps for step in told(acting())],
    }
    return render_template("progress.html", page=page)


def _early(scope: Scope) -> str | None:
    """What to know of figures on a day before everything had been said."""
    first = queries.first_day()
    if first is not None and scope.day < first:
        day = format_date(first, "long")
        return t(
            f"Van deze dag is niets vastgelegd: de eerste dag is {day}.",
            f"Nothing was registered of this day: the first day is {day}.",
        )
    after, said = later(scope.day)
    return say(LATER).format(after=after, said=said) if after else None


def _of(found: Progress, organisations: list[dict[str, Any]]) -> str | None:
    """The name of what the figures are limited to."""
    names = {item["reference"]: PARTNER.title(item, lang()) for item in organisations}
    names |= {item["reference"]: THEME.title(item, lang()) for item in found.themes}
    chosen = (found.scope.organisation, found.scope.theme)
    return ", ".join(names[reference] for reference in chosen if reference in names) or None


def _way(scope: Scope) -> list[dict[str, Any]]:
    here = [{"label": say(TITLE), "url": None}]
    if not (scope.organisation or scope.theme):
        return here
    whole = {"label": say(TITLE), "url": url_for("dashboard.index")}
    own = t("Van een deel", "Of a part")
    return [whole, {"label": own, "url": None}]


def _form(found: Progress, organisations: list[dict[str, Any]]) -> dict[str, Any]:
    scope = found.scope
    return {
        "as_of": scope.day.isoformat(),
        "since": scope.since.isoformat(),
        "since_words": format_date(scope.since, "long"),
        "themes": _options(THEME, found.themes, scope.theme),
        "organisations": _options(PARTNER, organisations, scope.organisation),
    }


def _options(kind: Kind, items: list[dict[str, Any]], chosen: str | None) -> list[dict[str, Any]]:
    return [
        {
            "value": item["reference"],
            "label": kind.title(item, lang()),
            "chosen": item["reference"] == chosen,
        }
        for item in items
    ]


@blueprint.get("/charts/<section>.svg")
def chart(section: str) -> Response:
    """One of the tables as a drawing."""
    if section not in figures.DRAWN:
        raise NotFound
    found = figures.drawn(asked(request.args), section)
    table = pages.strengths(found) if section == "commitments" else pages.themes(found)
    svg = charts.stacked(table, lang(), narrow=request.args.get("narrow") == "yes")
    return Response(svg, mimetype="image/svg+xml")


@blueprint.get("/response")
def response() -> str:
    """The questions of the open round that a number counts."""
    if acting().view < View.CORE_GROUP or (found := rounds.current(acting())) is None:
        raise NotFound
    which = request.args.get("answered", "")
    items = rounds.listed(acting(), found, asked(request.args).organisation, which)
    table = {
        "id": "vragen",
        "title": None,
        "caption": found.title,
        "columns": [t("Gegeven", "Record"), t("Soort", "Kind"), t("Organisatie", "Organisation")],
        "rows": [{"cells": _cells(item)} for item in items],
        "empty": t("Niets.", "Nothing."),
    }
    label = {"yes": t("Ingevuld", "Answered"), "no": t("Nog niet ingevuld", "Not answered yet")}
    title = label.get(which, t("Gevraagd", "Asked"))
    group = {"id": "uitvraag", "title": f"{title}: {len(items)}", "table": table}
    way = [{"label": say(TITLE), "url": url_for("dashboard.index")}]
    here = [*way, {"label": found.title, "url": None}]
    page = {"title": found.title, "intro": "", "breadcrumb": here, "groups": [group]}
    return render_template("admin/page.html", page=page)


def _cells(item: Any) -> list[dict[str, Any]]:
    kind = kind_named(item.record.kind)
    return [
        {
            "type": "link",
            "url": links.of_record(kind, item.record.reference),
            "label": titled(item.record),
        },
        cells.text(say(kind.words)),
        cells.text(item.organisation.title),
    ]


class Way:
    """The box on the page of an organisation or theme with the way to its own figures."""

    def __init__(self, on: Kind, parameter: str) -> None:
        self.on, self.parameter = on, parameter

    def view(self, _record_id: int, reference: str) -> dict[str, Any]:
        """No query: the figures are counted on their own page."""
        day = clock.as_of().isoformat()
        url = url_for("dashboard.index", **{"asOf": day, self.parameter: reference})  # type: ignore[arg-type]  # no _anchor
        title = t("Stand van zaken op de peildatum", "State of affairs on the reference date")
        row = {"url": url, "title": title, "meta": "", "badges": []}
        return {"title": say(TITLE), "count": None, "all_url": None, "rows": [row], "empty": None}


place("dashboard.index", TITLE)
panel(Way(PARTNER, "organisation"))
panel(Way(THEME, "theme"))
