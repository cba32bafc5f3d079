"""The first page: what this is, how the plan stands, what is due, what changed last."""

from typing import Any

from babel.numbers import format_compact_decimal
from flask import Blueprint, render_template
from flask_babel import format_date, format_decimal, get_locale

from ..access import acting
from ..commitments import queries as commitments
from ..commitments.schemas import COMMITMENT
from ..db import session
from ..history.queries import of_everything
from ..history.sentences import acted
from ..indicators.queries import counts as figures
from ..indicators.schemas import INDICATOR
from ..initiatives.queries import unclassified
from ..initiatives.schemas import INITIATIVE
from ..initiatives.views import told_unclassified
from ..kind import Kind, kind_named, kinds
from ..partners.schemas import PARTNER
from ..plan.schemas import MILESTONE, PLAN
from ..record import Record
from ..sources.schemas import DOCUMENT, EVENT
from ..themes.schemas import CAUSE, THEME
from ..web import cells, counted, lang, pages, say, t, titled
from ..web.links import of_list, of_passage, of_record
from ..words import Words
from . import queries
from .texts import ABOUT, ACCESSIBILITY, drawn

View = dict[str, Any]
blueprint = pages(Blueprint("home", __name__))

NEXT = 6
FIGURES = 3
LATEST = 5
MILLION = 1_000_000
MAIN = [INITIATIVE, PARTNER, COMMITMENT, THEME, CAUSE, INDICATOR, DOCUMENT, EVENT]


@blueprint.get("/")
def index() -> str:
    """The first page."""
    counted = queries.counts()
    page = {
        "title": t(
            "Brede maatschappelijke samenwerking burn-outklachten",
            "Broad societal collaboration on burn-out complaints",
        ),
        "intro": t(
            "Wat de brieven aan de Tweede Kamer zeggen over de brede maatschappelijke "
            "samenwerking burn-outklachten: wie meedoet, wat er loopt, wat is toegezegd. Bij elk "
            "feit staat de passage waar het vandaan komt.",
            "What the letters to the House of Representatives say about the broad societal "
            "collaboration on burn-out complaints: who takes part, what is going on, what was "
            "promised. Each fact has the passage that it comes from.",
        ),
        "quote": _quote(),
        "themes": _themes(),
        "plan": _plan(),
        "due": _due(),
        "figures": [_figure(*row) for row in queries.figures(FIGURES)],
        "latest": _latest(),
        "counts": _counts(MAIN, counted),
        "more": [
            *_agreements(counted),
            *_counts([kind for kind in kinds() if kind not in MAIN], counted),
        ],
    }
    return render_template("home.html", page=page)


@blueprint.get("/over")
def about() -> str:
    """What the registry is and how it is kept."""
    return render_template("text.html", page=drawn(ABOUT))


@blueprint.get("/toegankelijkheid")
def accessibility() -> str:
    """The accessibility statement."""
    return render_template("text.html", page=drawn(ACCESSIBILITY))


def _quote() -> View | None:
    found = queries.sentence()
    if found is None:
        return None
    passage, record, document = found
    lines = t(f"regels {passage.lines}", f"lines {passage.lines}") if passage.lines else None
    return {
        "quote": passage.quote,
        "document": document.identification or record.title,
        "url": of_passage(record.reference, passage.quote),
        "meta": lines,
    }


def _themes() -> list[View]:
    counted = queries.initiatives_by_theme()
    waiting = unclassified()
    found = [_theme(item, counted.get(item["reference"], 0)) for item in queries.themes()]
    if waiting and found:
        found.append(
            {
                "url": of_list(INITIATIVE, theme="none"),
                "title": t("Nog niet ingedeeld", "Not classified yet"),
                "text": None,
                "meta": told_unclassified(waiting),
            }
        )
    return found


def _theme(item: View, count: int) -> View:
    later = item.get("phase") == "later"
    phase = cells.plain(cells.described(THEME.dictionary, item, "phase")) if later else ""
    one, many = Words("initiatief", "initiative"), Words("initiatieven", "initiatives")
    told = counted(count, one, many)
    return {
        "url": of_record(THEME, item["reference"]),
        "title": THEME.title(item, lang()),
        "text": item.get("description"),
        "meta": " · ".join(filter(None, (phase, "" if later and not count else told))),
    }


def _plan() -> View | None:
    item = queries.plan()
    if item is None:
        return None
    done, total = queries.milestones_of(item["reference"])
    state = t(f"{done} van {total} mijlpalen gereed", f"{done} of {total} milestones done")
    return {
        "title": PLAN.title(item, lang()),
        "text": item.get("description") or "",
        "period": cells.described(PLAN.dictionary, item, "due") or cells.text(""),
        "state": {"type": "badge", "label": state, "tone": "info"} if total else None,
        "url": of_record(PLAN, item["reference"]),
    }


def _due() -> list[View]:
    """What is due next: commitments, and the milestones that are not of one of these."""
    coming = queries.due_commitments(NEXT)
    told = {item["reference"] for item in coming}
    found = [(item, COMMITMENT, "status") for item in coming]
    found += [
        (item, MILESTONE, "state")
        for item in queries.due_milestones(NEXT)
        if not told & {row["commitment"]["reference"] for row in _pointing(item)}
    ]
    found.sort(key=lambda row: row[0]["due"]["latest"])
    return [_coming(*row) for row in found[:NEXT]]


def _pointing(item: View) -> list[View]:
    return [row for row in item.get("commitments") or [] if row.get("commitment")]


def _coming(item: View, kind: Kind, state: str) -> View:
    schema = kind.dictionary
    return {
        "url": of_record(kind, item["reference"]),
        "title": kind.title(item, lang()),
        "cell": cells.described(schema, item, "due"),
        "badge": cells.described(schema, item, state),
    }


def _figure(record: Any, indicator: Any, seen: Any) -> View:
    unit = indicator.unit or ""
    percent = unit == "%"
    name = (indicator.name_en if lang() == "en" else None) or indicator.name
    return {
        "value": _number(seen.value) + ("%" if percent else ""),
        "unit": None if percent else unit,
        "label": f"{name} ({', '.join(_marks(seen))})",
        "note": seen.caveat,
        "url": of_record(INDICATOR, record.reference),
    }


def _marks(seen: Any) -> list[str]:
    """The year, and what else must be read with a number."""
    provisional = [t("voorlopig", "provisional")] if seen.provisional else []
    return [str(seen.year), *provisional]


def _number(value: float) -> str:
    """Large numbers in words: 1,3 miljoen."""
    if abs(value) < MILLION:
        return str(format_decimal(value))
    return format_compact_decimal(value, format_type="long", fraction_digits=1, locale=get_locale())


def _latest() -> list[View]:
    there = Record.id.is_not(None), Record.deleted_at.is_(None)
    query = of_everything(acting()).where(*there)
    rows = session().execute(query.limit(LATEST)).all()
    return [
        {
            "url": of_record(kind_named(record.kind), record.reference),
            "title": titled(record),
            "meta": f"{acted(change)}, {format_date(change.at, 'long')}",
        }
        for change, record in rows
    ]


def _counts(asked: list[Kind], counted: dict[str, int]) -> list[View]:
    """How many there are of the kinds that are asked, leaving out what there is none of."""
    found = [_count(kind, counted.get(kind.name, 0)) for kind in asked]
    return [made for made in found if made["count"]]


def _agreements(counted: dict[str, int]) -> list[View]:
    """What members agreed among themselves: no promise, and not counted as one."""
    count = commitments.counts()[1] if counted.get(COMMITMENT.name) else 0
    if not count:
        return []
    label = t(
        "afspraak binnen de samenwerking" if count == 1 else "afspraken binnen de samenwerking",
        "agreement within the collaboration"
        if count == 1
        else "agreements within the collaboration",
    )
    url = of_list(COMMITMENT, strength=commitments.AGREEMENT)
    return [{"label": label, "count": count, "url": url}]


def _count(kind: Kind, count: int) -> View:
    url = of_list(kind)
    if kind is PARTNER and count:
        count, url = count - queries.unnamed(), of_list(kind, isGroup="false")
    if kind is COMMITMENT and count:
        count = commitments.counts()[0]
        url = of_list(kind, strength=commitments.SAID)
    label = say(kind.words if count == 1 else kind.plural)
    if kind is INDICATOR and count:
        indicators, count = figures()
        one, many = Words("indicator", "indicator"), Words("indicatoren", "indicators")
        of = counted(indicators, one, many)
        label = t(f"cijfers bij {of}", f"figures of {of}")
    return {"label": label[:1].lower() + label[1:], "count": count, "url": url}
