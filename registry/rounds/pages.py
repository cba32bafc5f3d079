"""What the screens of rounds show."""

import json
from typing import Any

from flask import url_for
from flask_babel import format_date

from .. import clock, vocabulary
from ..access import Actor
from ..db import session
from ..errors import NotFound
from ..kind import Kind, kind_named
from ..projection import project
from ..record import Record
from ..web import View, cells, lang, links, say, t
from ..web.tones import tone
from ..words import Words
from . import queries
from .models import Item, Round, Snapshot

ROUNDS = Words("Voortgangsuitvragen", "Reporting rounds")


def index(who: Actor) -> View:
    """The list of rounds."""
    manages = queries.manages(who)
    new = _button(t("Uitvraag uitzetten", "Open a round"), url_for("rounds.new"), tone="primary")
    found = session().scalars(queries.seen(who)).all()
    columns = [t("Uitvraag", "Round"), t("Uiterlijk", "Deadline"), t("Stand", "State")]
    empty = t("Er is nog geen uitvraag.", "There is no round yet.")
    group = _group("uitvragen", say(ROUNDS), columns, [_row(each) for each in found], empty)
    return _page(say(ROUNDS), [{**group, "actions": [new] if manages else []}], [])


def _row(found: Round) -> View:
    url = url_for("rounds.show", key=found.key)
    return {
        "cells": [
            {"type": "link", "url": url, "label": found.title},
            cells.text(format_date(found.deadline, "long")),
            _state(found),
        ]
    }


def _state(found: Round) -> cells.Cell:
    if found.closed_at is not None:
        return _badge(t("gesloten", "closed"), "neutral")
    if found.deadline < clock.today():
        return _badge(t("datum voorbij", "past the deadline"), "warning")
    return _badge(t("open", "open"), "success")


def managed(_who: Actor, found: Round) -> View:
    """The response, and what the secretariat can do."""
    responses = queries.responses(found)
    columns = [
        t("Organisatie", "Organisation"),
        t("Ingevuld", "Reported"),
        t("Laatste activiteit", "Last activity"),
        t("Herinnerd op", "Reminded on"),
    ]
    rows = [_response(found, each) for each in responses]
    group = _group("respons", t("Respons", "Response"), columns, rows, "")
    return _page(found.title, [{**group, "intro": _about(found), "actions": _steps(found)}])


def _response(found: Round, each: queries.Response) -> View:
    late = found.closed_at is None and each.answered < each.asked
    url = url_for("rounds.remind", key=found.key)
    label = t(f"Herinner {each.name}", f"Remind {each.name}")
    count = t(f"{each.answered} van {each.asked}", f"{each.answered} of {each.asked}")
    return {
        "cells": [
            {"type": "link", "url": links.of_reference(each.reference), "label": each.name},
            cells.text(count),
            cells.text(format_date(each.last, "long") if each.last else ""),
            cells.text(format_date(each.reminded, "long") if each.reminded else ""),
        ],
        "actions": [_button(label, url, "post", organisation=each.reference)] if late else [],
    }


def _steps(found: Round) -> list[View]:
    if found.closed_at is not None:
        url = url_for("rounds.frozen", key=found.key)
        return [_button(t("Bekijk wat is vastgesteld", "See what was frozen"), url, tone="primary")]
    every = t("Herinner iedereen die nog niet klaar is", "Remind all who are not done")
    end = t("Sluiten en vaststellen", "Close and freeze")
    return [
        _button(every, url_for("rounds.remind", key=found.key), "post"),
        _button(end, url_for("rounds.close", key=found.key), "post", tone="danger"),
    ]


def _about(found: Round) -> str:
    first, last = (format_date(day, "long") for day in (found.starts, found.ends))
    day = format_date(found.deadline, "long")
    told = t(
        f"Over {first} tot en met {last}. Uiterlijk invullen op {day}.",
        f"About {first} until {last}. To be filled in by {day}.",
    )
    if found.closed_at is None:
        return told
    closed = format_date(found.closed_at, "long")
    return f"{told} {t(f'Gesloten op {closed}.', f'Closed on {closed}.')}"


# --- for members --------------------------------------------------------------------------


def asked(who: Actor, found: Round) -> View:
    """What is asked of the reader's organisations, with what they said last time."""
    items = queries.asked(who, found)
    before = queries.last_time(items, found.opened_at)
    columns = [t("Waarover", "About"), t("Vorige keer", "Last time"), t("Nu", "Now")]
    rows = [_question(who, found, item, before.get(item.id)) for item in items]
    group = _group("lijst", t("Uw lijst", "Your list"), columns, rows, "")
    return _page(found.title, [{**group, "intro": _about(found)}])


def _question(who: Actor, found: Round, item: Item, before: Any) -> View:
    kind, reference = kind_named(item.record.kind), item.record.reference
    about: cells.Cell = {
        "type": "link",
        "url": links.of_record(kind, reference),
        "label": _title(item.record),
    }
    of = cells.text(_title(item.organisation)) if len(who.organisations) > 1 else None
    at: View = {"key": found.key, "record": reference, "of": item.organisation.reference}
    same, form = url_for("rounds.no_change", **at), url_for("rounds.report", **at)
    steps = [
        _button(t("Geen wijzigingen", "No change"), same, "post"),
        _button(t("Melden", "Report"), form, tone="primary"),
    ]
    return {
        "cells": [
            cells.many([about, of]),
            _said(before),
            _said(item.update) if item.update else cells.text(t("nog niet", "not yet")),
        ],
        "actions": steps if found.closed_at is None and item.update is None else [],
    }


def _said(update: Any) -> cells.Cell:
    if update is None:
        return cells.text(t("niets", "nothing"))
    label = say(vocabulary.label("update-state", update.state))
    mood = tone("update-state", update.state) or "neutral"
    text = cells.text(update.text) if update.text else None
    return cells.many([_badge(label, mood), text]) or cells.text("")


def mine(who: Actor) -> View | None:
    """The open rounds that ask the reader something, for the page of their work."""
    if not who.organisations or queries.manages(who):
        return None
    found = session().scalars(queries.seen(who).where(Round.closed_at.is_(None))).all()
    if not found:
        return None
    columns = [t("Uitvraag", "Round"), t("Uiterlijk", "Deadline"), t("Stand", "State")]
    title = t("Mijn uitvragen", "My reporting rounds")
    return _group("uitvragen", title, columns, [_row(each) for each in found], "")


def tasks(who: Actor) -> list[View]:
    """What is still asked of the reader; the way to all rounds for the secretariat."""
    count = queries.waiting(who)
    if not count and not queries.manages(who):
        return []
    label, counted = t("Uitvragen", "Rounds"), t("in te vullen", "to report")
    return [{"label": label, "url": url_for("rounds.index"), "count": count, "counted": counted}]


# --- what was frozen ----------------------------------------------------------------------


def frozen(found: Round) -> View:
    """Every record as it was, and whether it changed since."""
    columns = [
        t("Naam", "Name"),
        t("Soort", "Kind"),
        t("Gemeld", "Reported"),
        t("Sindsdien", "Since"),
    ]
    rows = [_kept(found, each) for each in queries.frozen(found)]
    title = t(f"Vastgesteld: {found.title}", f"Frozen: {found.title}")
    return _page(title, [_group("vastgesteld", t("Vastgesteld", "Frozen"), columns, rows, "")])


def _kept(found: Round, each: Snapshot) -> View:
    kind, item = kind_named(each.record.kind), each.content["record"]
    url = url_for("rounds.compared", key=found.key, record=each.record.reference)
    states = [
        _badge(say(vocabulary.label("update-state", u["state"])), tone("update-state", u["state"]))
        for u in each.content["updates"]
    ]
    changed = each.record.version != item["version"]
    since = t("gewijzigd", "changed") if changed else t("niets gewijzigd", "nothing changed")
    return {
        "cells": [
            {"type": "link", "url": url, "label": kind.title(item, lang())},
            cells.text(say(kind.words)),
            cells.many([*states]) or cells.text(t("niet gemeld", "not reported")),
            cells.text(since),
        ]
    }


def compared(who: Actor, found: Round, reference: str) -> View:
    """The fields of a record as frozen, and as they are now. Raises NotFound."""
    each = next((s for s in queries.frozen(found) if s.record.reference == reference), None)
    if each is None:
        raise NotFound
    kind, then = kind_named(each.record.kind), each.content["record"]
    now = _now(who, kind, each.record)
    columns = [t("Gegeven", "Field"), t("Vastgesteld", "Frozen"), t("Nu", "Now")]
    rows = [
        row for row in (_field(kind, name, then, now) for name in then if name != "sources") if row
    ]
    group = _group("gegevens", t("Gegevens", "Facts"), columns, rows, "")
    reports = [_said_then(update) for update in each.content["updates"]]
    titles = [t("Datum", "Day"), t("Stand", "State"), t("Stand van zaken", "State of affairs")]
    empty = t("Niet gemeld.", "Not reported.")
    told = _group("melding", t("Gemeld", "Reported"), titles, reports, empty)
    return _page(kind.title(then, lang()), [told, group])


def _now(who: Actor, kind: Kind, record: Record) -> View:
    query = project(kind.dictionary, who, session().get_bind().dialect.name)
    content = session().scalar(query.where(Record.id == record.id))
    made: View = json.loads(content) if isinstance(content, str) else content or {}
    return made


def _field(kind: Kind, name: str, then: View, now: View) -> View | None:
    described = {str(f.data_key): f for f in kind.dictionary.described().values()}
    if name not in described:
        return None
    field = described[name]
    before, after = (cells.cell(field, item.get(name), item) for item in (then, now))
    if before is None and after is None:
        return None
    same = then.get(name) == now.get(name)
    told = cells.text(t("ongewijzigd", "unchanged")) if same else after or cells.text("–")
    return {"cells": [cells.text(say(field.about.words)), before or cells.text("–"), told]}


def _said_then(update: View) -> View:
    label = say(vocabulary.label("update-state", update["state"]))
    return {
        "cells": [
            cells.text(update["day"]),
            _badge(label, tone("update-state", update["state"])),
            cells.text(update["text"] or ""),
        ]
    }


def _title(record: Record) -> str:
    return (record.title_en if lang() == "en" else None) or record.title


def _badge(label: str, mood: str | None) -> cells.Cell:
    return {"type": "badge", "label": label, "tone": mood or "neutral"}


def _button(
    label: str, url: str, method: str = "get", *, tone: str = "secondary", **fields: str
) -> View:
    return {"label": label, "url": url, "method": method, "tone": tone, "fields": [*fields.items()]}


def _group(id_: str, title: str, columns: list[str], rows: list[View], empty: str) -> View:
    table = {
        "id": f"tabel-{id_}",
        "title": None,
        "caption": title,
        "columns": columns,
        "rows": rows,
        "empty": empty or t("Niets.", "Nothing."),
    }
    return {"id": id_, "title": title, "intro": None, "table": table, "form": None}


def _page(title: str, groups: list[View], way: list[View] | None = None) -> View:
    above = {"label": say(ROUNDS), "url": url_for("rounds.index")}
    here = {"label": title, "url": None}
    return {
        "title": title,
        "breadcrumb": [above, here] if way is None else [],
        "groups": groups,
    }
