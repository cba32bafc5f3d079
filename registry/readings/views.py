"""The screen of how terms were read: dates that a recess would change, anchors to confirm."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_datetime
from sqlalchemy import select

from .. import editing, policydate
from ..access import Permission, require
from ..accounts.models import Account
from ..administration.pages import Page, page_of, table_of, text
from ..administration.views import admin
from ..db import session
from ..errors import Conflict, Invalid, NotFound, Stale
from ..kind import Kind
from ..policydate import PolicyDate
from ..record import REFERENCE
from ..screens.paths import label
from ..web import actor, lang, say, t, titled
from ..web.links import kind_of, of_record
from ..writing.moving import version
from . import commands, queries
from .models import PolicyConfirmation
from .queries import Written

MOST = 200  # rows of a table


def index() -> str:
    """What waits for a person, and what was confirmed."""
    require(actor(), Permission.VOCABULARY_EDIT)
    waiting, confirmed = queries.anchored(actor())
    return page_of(
        t("Lezing van termijnen", "Reading of terms"),
        t(
            "Woorden als “voor het zomerreces” en “begin volgend jaar” worden gelezen. Wat al is "
            "vastgelegd verandert pas als u dat per gegeven bevestigt.",
            "Words such as “before the summer recess” and “early next year” are read. What is "
            "registered changes only when you confirm that, record by record.",
        ),
        [_anew(queries.to_reread(actor())), _waiting(waiting), _confirmed(confirmed)],
    )


def _anew(found: list[Written]) -> Page:
    columns = [*_columns(), t("Nu", "Now"), t("Wordt", "Becomes")]
    rows = [
        {
            "cells": [*_cells(one), text(_window(one.value)), text(_window(one.anew))],
            "actions": [_button(one, "admin.reread", t("Opnieuw lezen", "Read anew"))],
        }
        for one in found[:MOST]
    ]
    title = t("Opnieuw te lezen door een reces", "To be read anew because of a recess")
    empty = t("Geen termijn verandert.", "No term changes.")
    return table_of("opnieuw", f"{title}: {len(found)}", columns, rows, empty=empty)


def _waiting(found: list[Written]) -> Page:
    columns = [*_columns(), t("Geteld vanaf", "Counted from"), t("Gelezen als", "Read as")]
    rows = [
        {
            "cells": [*_cells(one), text(_anchor(one.value)), text(_window(one.value))],
            "actions": [_button(one, "admin.confirm_anchor", t("Bevestigen", "Confirm"))],
        }
        for one in found[:MOST]
    ]
    title = t("Nog niet bevestigd", "Not confirmed yet")
    empty = t("Alles is bevestigd.", "Everything has been confirmed.")
    return table_of("ankers", f"{title}: {len(found)}", columns, rows, empty=empty)


def _confirmed(found: list[tuple[Written, PolicyConfirmation]]) -> Page:
    columns = [*_columns(), t("Geteld vanaf", "Counted from"), t("Bevestigd", "Confirmed")]
    wanted = {row.account_id for _, row in found}
    query = select(Account.id, Account.name).where(Account.id.in_(wanted))
    names = dict(session().execute(query).all())
    rows = [
        {"cells": [*_cells(one), text(_anchor(one.value)), text(_by(row, names))]}
        for one, row in found[:MOST]
    ]
    title = t("Bevestigd", "Confirmed")
    empty = t("Nog niets.", "Nothing yet.")
    return table_of("bevestigd", f"{title}: {len(found)}", columns, rows, empty=empty)


def _columns() -> list[str]:
    return [t("Gegeven", "Record"), t("Veld", "Field"), t("Woorden", "Words")]


def _cells(one: Written) -> list[Page]:
    record = one.record
    title = titled(record)
    url = of_record(one.kind, record.reference)
    return [
        {"type": "link", "url": url, "label": f"{record.reference} {title}"},
        text(label(one.kind.dictionary, one.path)),
        text(f"“{one.value.text}”"),
    ]


def _window(value: PolicyDate) -> str:
    return policydate.describe(value, lang()) or t("geen dag", "no day")


def _anchor(value: PolicyDate) -> str:
    return format_date(value.anchor, "long") if value.anchor else ""


def _by(row: PolicyConfirmation, names: dict[int, str]) -> str:
    moment = format_datetime(row.confirmed_at, "d MMMM y HH:mm")
    return ", ".join(filter(None, (names.get(row.account_id or 0), moment)))


def _button(one: Written, endpoint: str, words: str) -> Page:
    fields = [
        ("reference", one.record.reference),
        ("path", one.path),
        ("version", str(one.record.version)),
    ]
    url = url_for(endpoint)
    return {"label": words, "url": url, "method": "post", "tone": "secondary", "fields": fields}


def confirm() -> ResponseReturnValue:
    """Confirm from which day words were read."""
    require(actor(), Permission.VOCABULARY_EDIT)
    kind, entity, path = _asked()
    try:
        commands.confirm(actor(), kind, entity, path)
    except Conflict as refused:
        session().rollback()
        flash(say(refused.detail), "error")
    else:
        flash(t("De lezing is bevestigd.", "The reading has been confirmed."), "ok")
    return redirect(url_for("admin.readings"))


def reread() -> ResponseReturnValue:
    """Read one date anew."""
    require(actor(), Permission.VOCABULARY_EDIT)
    kind, entity, path = _asked()
    try:
        commands.reread(actor(), kind, entity, path, version=version())
    except (Invalid, Conflict, Stale):
        session().rollback()
        text = t("Intussen gewijzigd: kijk opnieuw.", "Changed meanwhile: look again.")
        flash(text, "error")
    else:
        flash(t("De termijn is opnieuw gelezen.", "The term has been read anew."), "ok")
    return redirect(url_for("admin.readings"))


def _asked() -> tuple[Kind, object, str]:
    """The record and the path that the button names. Raises NotFound."""
    reference, path = request.form.get("reference", ""), request.form.get("path", "")
    if not REFERENCE.fullmatch(reference):
        raise NotFound
    try:
        kind = kind_of(reference)
    except StopIteration:
        raise NotFound from None
    return kind, editing.one(kind, actor(), reference), path


admin.add_url_rule("/readings", "readings", index)
admin.add_url_rule("/readings/confirm", "confirm_anchor", confirm, methods=["POST"])
admin.add_url_rule("/readings/anew", "reread", reread, methods=["POST"])
