"""The screen on which an earlier version of a record is put back, with what that changes."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from .. import editing
from ..access import require
from ..db import session
from ..errors import Conflict, Invalid, NotFound, Stale, messages
from ..fields import Rows
from ..forms import DictionaryForm
from ..kind import Kind
from ..past import commands
from ..reasons import ReasonSchema, given
from ..schema import BaseSchema
from ..screens import paths
from ..web import actor, lang, links, say, t, titled
from ..writing.moving import version
from .sentences import Teller, when

Page = dict[str, Any]


def put_back(kind: Kind, reference: str, number: int) -> ResponseReturnValue:
    """Ask whether to put version `number` back, and do it."""
    entity = editing.one(kind, actor(), reference)
    require(actor(), kind.edit, entity.record)
    if not 0 < number < entity.record.version:
        raise NotFound
    form = DictionaryForm(ReasonSchema(), actor(), lang())
    if request.method == "GET":
        return _ask(kind, entity, number, form)
    form.take(request.form.items(multi=True))
    try:
        reason = given(form.payload())
        commands.put_back(actor(), kind, entity, number, version=version(), reason=reason)
    except (Stale, Conflict, Invalid) as refused:
        session().rollback()
        form.refuse(refused if isinstance(refused, Invalid) else Invalid({}))
        entity = editing.one(kind, actor(), reference)
        return _ask(kind, entity, number, form, refused)
    flash(t(f"Versie {number} is teruggezet.", f"Version {number} has been put back."), "ok")
    return redirect(links.of_record(kind, reference))


def _ask(
    kind: Kind,
    entity: Any,
    number: int,
    form: DictionaryForm,
    refused: Stale | Conflict | Invalid | None = None,
) -> ResponseReturnValue:
    record = entity.record
    title = titled(record)
    url = links.of_record(kind, record.reference)
    heading = t(f"Versie {number} terugzetten", f"Put version {number} back")
    page = {
        "title": f"{heading}: {title}",
        "intro": _intro(entity, number),
        "breadcrumb": [
            {"label": say(kind.plural), "url": links.of_list(kind)},
            {"label": title, "url": url},
            {"label": t("Geschiedenis", "History"), "url": f"{url}/history"},
            {"label": heading, "url": None},
        ],
        "changes": list(_changes(kind, entity, number)),
        "refused": list(_reasons(kind, refused)) if refused is not None else [],
        "version": record.version,
        "submit_label": t("Terugzetten", "Put back"),
        "cancel_url": f"{url}/history",
        **form.drawn(),
    }
    return render_template("put_back.html", page=page), refused.status if refused else 200


def _intro(entity: Any, number: int) -> str:
    moment = when(commands.made(entity, number).at)
    return t(
        f"Zo stond het na de wijziging van {moment}. Hieronder staat wat er verandert: eerst zoals "
        "het nu is, dan zoals het wordt. Voor wie het zichtbaar is, verandert niet.",
        f"So it stood after the change of {moment}. Below is what changes: first as it is now, "
        "then as it will be. For whom it is visible does not change.",
    )


def _changes(kind: Kind, entity: Any, number: int) -> Iterator[Page]:
    seen = commands.step(entity, number)
    teller = Teller(actor(), [(kind, seen)])
    return teller.told(kind, teller.seen.pairs(kind, seen))


# --- why not ------------------------------------------------------------------------------


def _reasons(kind: Kind, refused: Stale | Conflict | Invalid) -> Iterator[str]:
    if not isinstance(refused, Invalid):
        yield say(refused.detail)
        if isinstance(refused, Stale):
            yield t(
                "Hieronder staat de vergelijking met wat er nu is.",
                "Below is the comparison with what is there now.",
            )
        return
    yield from _told(kind.dictionary, refused.errors)


def _told(schema: BaseSchema, errors: Mapping[Any, Any], place: str = "") -> Iterator[str]:
    fields = paths.by_json(schema)
    for name, why in errors.items():
        field = fields.get(str(name))
        label = " – ".join(filter(None, (place, say(field.about.words) if field else "")))
        if isinstance(why, Mapping) and isinstance(field, Rows):
            for row, inner in why.items():
                number = f"{say(field.one)} {row + 1}" if isinstance(row, int) else label
                tree = inner if isinstance(inner, Mapping) else {"_schema": inner}
                yield from _told(field.schema, tree, number)
        else:
            texts = ", ".join(m.in_(lang()) for m in messages(why))
            yield f"{label}: {texts}" if label else texts
