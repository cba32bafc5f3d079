"""The screens of merging: which other record it is, then what both say side by side."""

from collections.abc import Iterator
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from .. import editing
from ..access import Permission, require
from ..db import session
from ..errors import Invalid
from ..fields import Rows
from ..forms import DictionaryForm
from ..kind import Kind
from ..schema import loaded
from ..screens.fetching import fetch
from ..web import actor, book, cells, lang, links, say, t, titled
from ..writing import moving
from . import pointers
from .commands import ITSELF, merge
from .schemas import merger

Page = dict[str, Any]


def merging(kind: Kind, reference: str) -> ResponseReturnValue:
    """Ask into which other record this one goes; show both; and merge them."""
    entity = editing.one(kind, actor(), reference)
    require(actor(), Permission.RECORD_MERGE, entity.record)
    form = DictionaryForm(merger(kind)(), actor(), lang())
    if request.method == "GET":
        return _ask(kind, entity, form)
    form.take(request.form.items(multi=True))
    version = moving.version()
    try:
        into, reason = _chosen(kind, entity, form.payload())
        if request.form.get("seen") != into.reference:
            return _ask(kind, entity, form, into=into)
        merge(actor(), kind, entity, into, reason, version=version)
    except Invalid as refused:
        session().rollback()
        form.refuse(refused)
        entity = editing.one(kind, actor(), reference)
        return _ask(kind, entity, form, status=refused.status)
    told = t(f"{reference} is hierin samengevoegd.", f"{reference} has been merged into this.")
    flash(told, "ok")
    return redirect(links.of_record(kind, into.reference))


def _chosen(kind: Kind, entity: Any, payload: dict[str, Any]) -> tuple[Any, str]:
    values = loaded(merger(kind)(), payload)
    if values["into"] is entity:
        raise Invalid({"into": [ITSELF]})
    return values["into"], values["reason"]


def _ask(
    kind: Kind, entity: Any, form: DictionaryForm, *, into: Any = None, status: int = 200
) -> ResponseReturnValue:
    record = entity.record
    title = _title(record)
    url, verb = links.of_record(kind, record.reference), t("Samenvoegen", "Merge")
    page = {
        "title": f"{verb}: {title}",
        "intro": _intro(kind, record),
        "breadcrumb": [
            {"label": say(kind.plural), "url": links.of_list(kind)},
            {"label": title, "url": url},
            {"label": verb, "url": None},
        ],
        "submit_label": verb if into is not None else t("Vergelijken", "Compare"),
        "cancel_url": url,
        "version": record.version,
        "both": _both(kind, record, into.record) if into is not None else None,
        **form.drawn(),
    }
    return render_template("merge.html", page=page), status


def _title(record: Any) -> str:
    return titled(record)


def _intro(kind: Kind, record: Any) -> str:
    number = pointers.count(kind, record)
    own = record.reference
    return t(
        f"Voor twee gegevens over hetzelfde. {own} verdwijnt uit de lijsten en verwijst voortaan "
        f"door; beide geschiedenissen blijven. Wat ernaar verwijst ({number}), verwijst daarna "
        "naar het andere. Teksten gaan niet vanzelf over: neem eerst over wat u wilt houden. Dit "
        "kan niet ongedaan worden gemaakt.",
        f"For two records of the same thing. {own} disappears from the lists and leads to the "
        f"other from then on; both histories stay. What points at it ({number}) points at the "
        "other afterwards. Texts do not pass by themselves: first copy what you want to keep. "
        "This cannot be undone.",
    )


# --- side by side -------------------------------------------------------------------------


def _both(kind: Kind, gone: Any, into: Any) -> Page:
    _, left = fetch(kind, actor(), gone.reference)
    _, right = fetch(kind, actor(), into.reference)
    return {
        "seen": into.reference,
        "gone": t(f"Verdwijnt: {gone.reference}", f"Goes: {gone.reference}"),
        "into": t(f"Blijft: {into.reference}", f"Stays: {into.reference}"),
        "rows": list(_rows(kind, left, right)),
    }


def _rows(kind: Kind, left: Page, right: Page) -> Iterator[Page]:
    for name, field in kind.dictionary.described().items():
        if field.about.view > actor().view or name == "passages":
            continue
        key = str(field.data_key or name)
        words = [_words(field, item.get(key), item) for item in (left, right)]
        if name == "sources":
            words = [[str(len(lines))] for lines in words]
        if any(words):
            same = words[0] == words[1]
            yield {
                "label": say(field.about.words),
                "gone": words[0],
                "into": words[1],
                "same": same,
            }


def _words(field: Any, value: Any, item: Page) -> list[str]:
    """What a field says, a line per row of a list."""
    if isinstance(field, Rows):
        return [_line(field, row) for row in value or []]
    made = cells.cell(field, value, item)
    plain = cells.plain(made) if made else ""
    return [plain] if plain else []


def _line(field: Rows, row: Page) -> str:
    first = cells.natural(field.schema)
    inner = [f for f in field.schema.described().values() if f.about.view <= actor().view]
    inner.sort(key=lambda f: str(f.data_key) not in first)
    made = (cells.cell(f, row.get(str(f.data_key)), row) for f in inner if f.data_key != "key")
    return ", ".join(filter(None, (cells.plain(cell) for cell in made if cell)))


for _entered in book.screens.values():
    _entered.blueprint.add_url_rule(
        "/<reference>/merge", "merge", moving.of(_entered.kind, merging), methods=["GET", "POST"]
    )
