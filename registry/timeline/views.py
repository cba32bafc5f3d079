"""The time line: a table of what happens when, with a drawing in every row."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import format_date

from .. import vocabulary, web
from ..commitments.schemas import COMMITMENT
from ..errors import Invalid
from ..initiatives.schemas import INITIATIVE
from ..kind import Kind
from ..listing.question import ALLOWED, NUMBER
from ..partners.schemas import PARTNER
from ..plan.schemas import MILESTONE
from ..screens import lists
from ..steering import queries as steering
from ..steering.scope import Scope, asked
from ..themes.schemas import THEME
from ..web import cells, lang, links, place, say, t
from ..web.links import of_list, of_record
from ..words import Words
from . import drawing, queries
from .drawing import Line

View = dict[str, Any]
TITLE = Words("Tijdlijn", "Time line")
EARLIEST, LATEST, LONGEST = 1900, 2199, 40
ENDED = (None, "met", "ongoing", "lapsed", "untraceable", "undated")
"""States of a term that say no more than the status beside it, or than that there is none."""
UNITS = {"quarter": Words("per kwartaal", "by quarter"), "year": Words("per jaar", "by year")}
blueprint = web.pages(Blueprint("timeline", __name__, url_prefix="/timeline"))


@blueprint.get("")
def index() -> str:
    """Milestones, commitments and initiatives; of one kind page by page."""
    scope, line, unit = asked(request.args), _line(), request.args.get("unit", "quarter")
    strength, only = _strength(), _only()
    number = _number("page", 1, 1, 10**6) if only else 1
    kinds = [COMMITMENT] if strength else [only] if only else list(queries.TOLD)
    parts = [_part(kind, scope, line, strength, number) for kind in kinds]
    unit = unit if unit in UNITS else "quarter"
    page = {
        "title": say(TITLE),
        "breadcrumb": [{"label": say(TITLE), "url": None}],
        "intro": t(
            "Wat er wanneer gebeurt, zoals de woorden zeggen. Vol is zeker; gestreept omlijnd is "
            "een periode die uit de woorden is gelezen, of waarvan het begin of einde niet vast "
            "staat.",
            "What happens when, as the words say. Filled is certain; a dashed outline is a period "
            "read from the words, or one of which the beginning or end is not certain.",
        ),
        "form": _form(scope, line, strength, unit),
        "marks": line.marks(unit),
        "here": line.here,
        "day": t("Peildatum", "Reference date") + " " + str(format_date(line.day, "long")),
        "parts": [part for part in parts if part["rows"]],
        "empty": t("Niets gevonden.", "Nothing found."),
        "beside": _beside(),
    }
    return render_template("timeline.html", page=page)


def _beside() -> View | None:
    """The way to the same as a calendar, where a room above has one."""
    label = t("Agenda (iCalendar)", "Calendar (iCalendar)")
    there = links.exists("calendar.index")
    return {"label": label, "url": url_for("calendar.index")} if there else None


def _line() -> Line:
    """Three years around the reference date, unless asked otherwise."""
    day = asked(request.args).day
    first = _number("from", day.year - 1, EARLIEST, LATEST)
    last = _number("until", max(day.year + 1, first), EARLIEST, LATEST)
    if not first <= last < first + LONGEST:
        raise Invalid({"until": [NUMBER.format(high=first + LONGEST - 1)]})
    return Line(first, last, day)


def _number(name: str, default: int, low: int, high: int) -> int:
    given = request.args.get(name, "").strip()
    if not given:
        return default
    if given.isascii() and given.isdigit() and len(given) < 9 and low <= int(given) <= high:
        return int(given)
    raise Invalid({name: [NUMBER.format(high=high)]})


def _strength() -> str | None:
    given = request.args.get("strength", "").strip() or None
    allowed = vocabulary.terms("strength")
    if given is not None and given not in allowed:
        raise Invalid({"strength": [ALLOWED.format(allowed=", ".join(allowed))]})
    return given


def _only() -> Kind | None:
    given = request.args.get("kind", "")
    return next((kind for kind in queries.TOLD if kind.name == given), None)


def _form(scope: Scope, line: Line, strength: str | None, unit: str) -> View:
    strengths = [(code, say(term.words)) for code, term in vocabulary.terms("strength").items()]
    themes = [(i["reference"], THEME.title(i, lang())) for i in steering.themes()]
    partners = [
        (i["reference"], PARTNER.title(i, lang()))
        for i in steering.organisations(scope.organisation)
    ]
    units = [(code, say(words)) for code, words in UNITS.items()]
    every = t("alle", "all")
    return {
        "as_of": scope.day.isoformat(),
        "years": [
            ("from", t("Van jaar", "From year"), line.first),
            ("until", t("Tot en met jaar", "Until year"), line.last),
        ],
        "choices": [
            _choice("theme", t("Thema", "Theme"), [("", every), *themes], scope.theme),
            _choice(
                "organisation",
                t("Organisatie", "Organisation"),
                [("", every), *partners],
                scope.organisation,
            ),
            _choice("strength", t("Hardheid", "Strength"), [("", every), *strengths], strength),
            _choice("unit", t("Verdeling", "Division"), units, unit),
        ],
    }


def _choice(name: str, label: str, options: list[tuple[str, str]], chosen: str | None) -> View:
    return {"name": name, "label": label, "options": options, "chosen": chosen or ""}


def _part(kind: Kind, scope: Scope, line: Line, strength: str | None, number: int) -> View:
    limits = {"strength": [strength]} if strength else {}
    wanted = scope.asked(kind, limits) or {}
    items, total = queries.page(kind, wanted, number)
    more: dict[str, Any] = {**request.args.to_dict(), "kind": kind.name, "page": 1}
    alone = request.args.get("kind") == kind.name
    return {
        "id": kind.collection,
        "title": say(kind.plural),
        "total": total,
        "url": of_list(kind, **wanted),
        "rows": [_row(kind, item, line) for item in items],
        "pager": lists.pager(number, queries.MOST, total) if alone or strength else None,
        "more": url_for("timeline.index", **more) if not alone and total > queries.MOST else None,
    }


def _row(kind: Kind, item: View, line: Line) -> View:
    schema = kind.dictionary
    name = {MILESTONE: "state", COMMITMENT: "status", INITIATIVE: "status"}[kind]
    ended = kind is INITIATIVE or item.get("termState") in ENDED
    names = (name,) if ended else (name, "term_state")
    badges = [cells.described(schema, item, field) for field in names]
    shown = {
        "url": of_record(kind, item["reference"]),
        "title": kind.title(item, lang()),
        "badges": [badge for badge in badges if badge and badge["type"] == "badge"],
        "editions": [],
    }
    if kind is INITIATIVE:
        return {**shown, **_held(item, line)}
    look = f"term-{item.get('termState') or 'open'}"
    due = cells.described(schema, item, "due")
    none = cells.text(t("zonder termijn", "without a term"))
    return {**shown, "told": [due or none], "bars": drawing.moment(line, item.get("due"), look)}


def _held(item: View, line: Line) -> View:
    """The statuses of an initiative one after another, and its editions."""
    told = [_status(row) for row in item["statuses"]]
    editions = [row for row in item["editions"] if row.get("when")]
    told += [f"{row['title']}: {row['when'].get('text') or ''}" for row in editions]
    bars = [bar for row in editions for bar in drawing.moment(line, row["when"], "edition")]
    return {
        "told": [cells.text(words) for words in told],
        "bars": drawing.series(line, item["statuses"]),
        "editions": bars,
    }


def _status(row: View) -> str:
    words = say(vocabulary.label("initiative-status", row["status"]))
    begin, end = ((row.get(name) or {}).get("text") for name in ("from", "until"))
    since = t(f" vanaf {begin}", f" from {begin}") if begin else ""
    return words + since + (t(f" tot {end}", f" until {end}") if end else "")


place("timeline.index", TITLE)
