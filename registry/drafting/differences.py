"""What differs between two annexes, as a page shows it."""

from flask_babel import format_date
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from .. import vocabulary
from ..access import Actor, visible_to
from ..annexes import comparing, composing
from ..annexes.comparing import Difference
from ..annexes.looking import Content, Item
from ..db import session
from ..kind import kind_named
from ..lines import sheet
from ..record import Record
from ..reports import queries as reports
from ..reports.models import Annex, AnnexFreeze
from ..web import View, cells, counted, say, t, titled
from ..words import Words
from .pages import left_out, page

MOST, NOW = 50, "now"
DIFFERENCES = Words("verschillen", "differences")
CHANGES = {
    comparing.ADDED: (Words("erbij", "added"), "success"),
    comparing.DROPPED: (Words("vervallen", "dropped"), "neutral"),
    comparing.CHANGED: (Words("gewijzigd", "changed"), "info"),
}
FIELDS = {
    "title": Words("Omschrijving", "Description"),
    "strength": Words("Soort en hardheid", "Kind and strength"),
    "due": Words("Termijn", "Due"),
    "termState": Words("Termijn op de peildatum", "Term on the reference date"),
    "status": Words("Stand", "Status"),
    "outcome": Words("Uitkomst", "Outcome"),
    "standing": Words("Stand van zaken", "State of affairs"),
    "expectedIn": Words("Komt terug in", "Comes back in"),
}
CODES = {"strength": "strength", "termState": "term-state", "outcome": "outcome"}


def others(actor: Actor, annex: Annex) -> list[View]:
    """The annexes to compare with, the last first; what this one names as its previous is first."""
    query = select(Annex).join(Record, Record.id == Annex.id)
    query = query.where(visible_to(actor), Annex.id != annex.id)
    query = query.options(joinedload(Annex.frozen).load_only(AnnexFreeze.number)).order_by(
        Annex.as_of.desc(), Annex.id.desc()
    )
    found = session().scalars(query.limit(MOST)).all()
    first = sorted(found, key=lambda each: each.id != annex.previous_annex_id)
    told = [{"value": each.reference, "label": named(each)} for each in first]
    now = {"value": NOW, "label": t("hoe zij nu zou luiden", "how it would read now")}
    return [now, *told] if annex.frozen else told


def sides(actor: Actor, annex: Annex, given: str) -> tuple[str, tuple[Content, Content]]:
    """What is compared, in words and in full: another annex with this one, or a frozen one with
    how it would read now."""
    own = comparing.of(annex, actor)
    if given == NOW:
        now = t("nu", "now")
        return f"{named(annex)} → {now}", (own, composing.content(annex, actor))
    other = reports.annex(actor, given)
    return f"{named(other)} → {named(annex)}", (comparing.of(other, actor), own)


def comparison(annex: Annex, named_: str, contents: tuple[Content, Content]) -> View:
    """What differs between two contents."""
    before, after = contents
    found = comparing.compared(before, after)
    columns = [t("Wat", "What"), t("Regel", "Line"), t("Verschil", "Difference")]
    title = counted(len(found), Words("verschil", "difference"), DIFFERENCES)
    table = {
        "id": "tabel-verschil",
        "title": None,
        "caption": title,
        "columns": columns,
        "rows": [_difference(one, after["asOf"]) for one in found],
        "empty": t("Er is geen verschil.", "There is no difference."),
    }
    hidden = left_out(max(before["leftOut"], after["leftOut"]))
    group = {"id": "verschil", "title": title, "intro": hidden, "table": table}
    made = page(annex, t("Vergelijken", "Compare"), [group])
    return {**made, "intro": named_}


def named(annex: Annex) -> str:
    """“nr. 2021-1, stand op 15 juni 2021”."""
    day = format_date(annex.as_of, "long")
    number = annex.frozen.number if annex.frozen else annex.reference
    return t(f"{titled(annex)} ({number}, stand op {day})", f"{titled(annex)} ({number}, {day})")


def _difference(one: Difference, day: str) -> View:
    words, tone = CHANGES[one.change]
    item = one.line
    address = sheet.of_record(item["reference"], day)
    told = [cells.text(text) for name in one.fields if (text := _told(one, name))]
    return {
        "cells": [
            {"type": "badge", "label": say(words), "tone": tone},
            {"type": "link", "url": address, "label": sheet.kind_title(item)},
            cells.many([*told]) or cells.text(""),
        ]
    }


def _told(one: Difference, name: str) -> str:
    """One field that changed: from, to."""
    old, new = (_value(item or {}, name) for item in (one.before, one.after))
    label = say(FIELDS[name])
    if old == new:
        return t(f"{label}: gewijzigd", f"{label}: changed")
    return f"{label}: {old or '–'} → {new or '–'}"


def _value(item: Item, name: str) -> str:
    """What a line says in one field, as one line of words."""
    value = item.get(name)
    if not value:
        return ""
    if name == "standing":
        return str(value["text"] or "")
    if name == "title":
        return sheet.kind_title(item)
    if name == "due":
        return sheet.words_of(value)
    if name == "expectedIn":
        return str(value["title"])
    kind = kind_named(item["kind"])
    of = sheet.STATUSES[kind] if name == "status" else CODES[name]
    return say(vocabulary.label(of, value))
