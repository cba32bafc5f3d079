"""The list of a kind: search, filters with counts, sort and paging, all in the address."""

import json
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for

from .. import listing, vocabulary
from ..access import Actor, can
from ..fields import Amount, Computed, Described, Number, Whole
from ..kind import Kind
from ..web import cells, links
from ..web.book import book
from ..web.language import lang, say, t
from ..web.shell import actor
from . import chips

AROUND = 2
FEW = 3  # values in one cell


def index(kind: Kind) -> str:
    """The page of the list."""
    who = actor()
    asked = {name: request.args.getlist(name) for name in request.args if name != "cursor"}
    question = listing.ask(kind, who, {**asked, "count": []}, html=True)
    found = listing.page(kind, who, question)
    tally = listing.tally(kind, who, question, listing.on_panel(kind, who))
    facts = book.of(kind).facts
    rows = [_row(kind, json.loads(text)) for text in found.items]
    columns = _columns(kind, question)
    told = _told(columns, rows)
    page = {
        "title": say(kind.plural),
        "intro": say(kind.intro),
        "facts": facts() if facts else [],
        "columns": [columns[at] for at in told],
        "rows": [{**row, "cells": [row["cells"][at] for at in told]} for row in rows],
        "pager": pager(question.page, question.per_page, tally.total),
        "count_text": _counted(tally.total),
        "empty": _empty(kind, who, question),
        "create": _create(kind, who),
        "beside": [
            {"label": say(words), "url": url_for(endpoint)}
            for words, endpoint in book.beside.get(kind.name, [])
        ],
        "files": _files(kind, who),
        **_asked(kind, question, tally.facets),
    }
    return render_template("list.html", page=page)


def _asked(kind: Kind, question: listing.Question, facets: list[listing.Facet]) -> dict[str, Any]:
    """What is asked of the list, and how to ask something else."""
    shown = [facet for facet in facets if _useful(facet)]
    boxes = {"q", "page", *(facet.name for facet in shown)}
    kept = ("sort", "asOf")
    return {
        "q": question.q,
        "search_label": t("Zoek in deze lijst", "Search this list"),
        "filters": [_filter(kind, facet) for facet in shown],
        "hidden": [(name, value) for name, value in chips.args() if name not in boxes],
        "active": list(chips.chosen(kind, question, facets)),
        "clear_url": links.with_args((n, v) for n, v in chips.args() if n in kept),
    }


def _counted(total: int) -> str:
    one = t("1 resultaat", "1 result")
    return one if total == 1 else t(f"{total} resultaten", f"{total} results")


# --- filters ------------------------------------------------------------------------------


def _useful(facet: listing.Facet) -> bool:
    choices = [o for o in facet.options if o.count]
    return len(choices) > 1 or any(o.checked for o in facet.options)


def _filter(kind: Kind, facet: listing.Facet) -> dict[str, Any]:
    return {
        "name": facet.name,
        "label": say(facet.words),
        "options": [
            {
                "value": option.value,
                "label": say(chips.words(kind, facet.name, option)),
                "count": option.count,
                "checked": option.checked,
            }
            for option in facet.options
        ],
    }


# --- the table ----------------------------------------------------------------------------


def _shown(kind: Kind) -> list[tuple[str, Described]]:
    seen = actor().view
    return [
        (name, field)
        for name, field in kind.dictionary.described().items()
        if field.about.column and name != kind.title_field and field.about.view <= seen
    ]


def _told(columns: list[dict[str, Any]], rows: list[dict[str, Any]]) -> list[int]:
    """The columns that tell something: one that is empty in every row is left out."""
    return [
        at
        for at, column in enumerate(columns)
        if column["sort_url"] or any(row["cells"][at] != cells.text("") for row in rows)
    ]


def _columns(kind: Kind, question: listing.Question) -> list[dict[str, Any]]:
    schema = kind.dictionary
    title = schema.described()[kind.title_field]
    sorted_by = question.sort[0] if question.sort else None
    columns = [("title", say(title.about.words), False, True)]
    for _name, field in _shown(kind):
        numeric = isinstance(field, Number | Whole | Amount)
        columns.append((str(field.data_key), say(field.about.words), numeric, field.about.sort))
    return [
        {
            "label": label,
            "numeric": numeric,
            "sort_url": _sort_url(name, sorted_by) if sortable else None,
            "sorted": _direction(name, sorted_by),
        }
        for name, label, numeric, sortable in columns
    ]


def _direction(name: str, sorted_by: tuple[str, bool] | None) -> str | None:
    if sorted_by is None or sorted_by[0] != name:
        return None
    return "descending" if sorted_by[1] else "ascending"


def _sort_url(name: str, sorted_by: tuple[str, bool] | None) -> str:
    value = f"-{name}" if sorted_by == (name, False) else name
    rest = [(n, v) for n, v in chips.args() if n not in ("sort", "page")]
    return links.with_args([*rest, ("sort", value)])


def _row(kind: Kind, item: dict[str, Any]) -> dict[str, Any]:
    found = [cells.text(kind.title(item, lang()))]
    for name, field in _shown(kind):
        value = _short(item.get(field.data_key or name))
        made = None if value is False else cells.cell(field, value, item)
        found.append(_few(made) if made else cells.text(""))
    return {
        "url": links.of_record(kind, item["reference"]),
        "cells": found,
        "badges": workflow_badges(item) + _warnings(kind, item),
    }


def _warnings(kind: Kind, item: dict[str, Any]) -> list[dict[str, Any]]:
    """What is computed of a record and asks for attention; the rest of it has no column."""
    found = []
    for name, field in kind.dictionary.described().items():
        value = item.get(field.data_key or name)
        if isinstance(field, Computed) and not field.about.column and value:
            made = cells.cell(field, value, item)
            found += [made] if made and made.get("tone") in ("warning", "danger") else []
    return found


def _short(value: Any) -> Any:
    """Pointers by their abbreviation or number: a cell is narrow, and the page tells the rest."""
    if isinstance(value, list):
        return [_short(row) for row in value]
    if not isinstance(value, dict):
        return value
    if value.get("abbreviation"):
        return {**value, "name": value["abbreviation"]}
    if value.get("identification"):
        number = value["identification"]
        return {**value, "title": number, "titleEn": number, "identification": None}
    return {name: _short(inner) for name, inner in value.items()}


def _few(made: cells.Cell) -> cells.Cell:
    """The first of many values, and how many more there are."""
    if made["type"] != "list" or len(made["items"]) <= FEW:
        return made
    more = len(made["items"]) - FEW
    rest = cells.text(t(f"en nog {more}", f"and {more} more"))
    return {"type": "list", "items": [*made["items"][:FEW], rest]}


def workflow_badges(item: dict[str, Any]) -> list[dict[str, Any]]:
    """How far a record is, where it is not simply published; and for whom it is meant."""
    found = []
    if item["workflow"] != "published":
        tone = {"draft": "warning", "returned": "warning"}.get(item["workflow"], "info")
        label = say(vocabulary.label("state", item["workflow"]))
        found.append({"type": "badge", "label": label, "tone": tone})
    if item["audience"] != "public":
        audience = say(vocabulary.label("audience", item["audience"]))
        label = t(f"alleen {audience}", f"{audience} only")
        found.append({"type": "badge", "label": label, "tone": "info"})
    return found


# --- around the table ---------------------------------------------------------------------


def pager(page: int, per_page: int, total: int) -> dict[str, Any] | None:
    """The pages of a list, with gaps; None where there is one page."""
    pages = max(1, -(-total // per_page))
    if pages == 1:
        return None
    near = {n for n in range(page - AROUND, page + AROUND + 1) if 1 <= n <= pages} | {1, pages}
    items: list[dict[str, Any] | None] = []
    last = 0
    for number in sorted(near):
        if number > last + 1:
            items.append(None)
        items.append({"n": number, "url": _page_url(number), "current": number == page})
        last = number
    return {
        "page": page,
        "pages": pages,
        "total": total,
        "prev_url": _page_url(min(page - 1, pages)) if page > 1 else None,
        "next_url": _page_url(page + 1) if page < pages else None,
        "items": items,
    }


def _page_url(number: int) -> str:
    rest = [(n, v) for n, v in chips.args() if n != "page"]
    return links.with_args([*rest, ("page", number if number > 1 else None)])


def _empty(kind: Kind, who: Actor, question: listing.Question) -> dict[str, Any]:
    if question.q or question.filters or question.ranges or question.page > 1:
        return {
            "title": t("Niets gevonden", "Nothing found"),
            "text": t(
                "Neem andere woorden, of haal een filter weg.",
                "Try other words, or remove a filter.",
            ),
            "action": {"label": t("Toon alles", "Show all"), "url": links.of_list(kind)},
        }
    return {
        "title": t("Hier staat nog niets", "Nothing here yet"),
        "text": t(
            "Zodra er iets gepubliceerd is, ziet u het hier.",
            "As soon as something is published, you see it here.",
        ),
        "action": _create(kind, who),
    }


def _create(kind: Kind, who: Actor) -> dict[str, str] | None:
    endpoint = f"{kind.collection}.new"
    if not can(who, kind.create) or not links.exists(endpoint):
        return None
    word = say(kind.words)
    return {"label": t(f"{word} vastleggen", f"Register: {word.lower()}"), "url": url_for(endpoint)}


def _files(kind: Kind, who: Actor) -> dict[str, Any]:
    """This list in other forms, and what can be done with many at once, as far as some room
    does it."""
    forms = (
        (f"{kind.collection}.as_xlsx", t("XLSX (rekenblad)", "XLSX (spreadsheet)")),
        (f"{kind.collection}.as_csv", "CSV"),
    )
    tasks = (
        (f"{kind.collection}.upload", t("Bestand inlezen", "Read in a file")),
        (f"bulk.{kind.collection}", t("Meerdere tegelijk wijzigen", "Change several at once")),
    )
    shown = [(url_for(end), label) for end, label in forms if links.exists(end)]
    if address := links.of_api(kind.collection):
        shown.append((address, "JSON"))
    own = [(url_for(end), label) for end, label in tasks if links.exists(end)]
    return {
        "links": [_asked_too(kind, *pair) for pair in shown],
        "tasks": [_asked_too(kind, *pair) for pair in own] if can(who, kind.edit) else [],
    }


def _asked_too(kind: Kind, url: str, label: str) -> dict[str, str]:
    """An address with the same question as this list."""
    known = (
        listing.filters(kind, actor().view).keys()
        | listing.spans(kind, actor().view).keys()
        | {"q", "sort", "asOf"}
    )
    query = [(n, v) for n, v in chips.args() if n in known]
    bare = url.partition("?")[0]
    return {"url": f"{bare}?{urlencode(query)}" if query else bare, "label": label}
