"""What the screens of judging show."""

from typing import Any

from flask import url_for
from flask_babel import format_date

from .. import vocabulary
from ..access import Actor, Permission, can
from ..db import session
from ..kind import kind_named
from ..record import Record
from ..updates import queries as updates
from ..updates.models import Update
from ..web import say, t, titled
from ..web.links import of_record
from ..web.tones import tone
from ..words import Words
from ..workflow import Revision, RevisionState, queries

View = dict[str, Any]
MOST = 50
TONES = {
    RevisionState.SUBMITTED: "warning",
    RevisionState.RETURNED: "danger",
    RevisionState.PUBLISHED: "success",
    RevisionState.WITHDRAWN: "neutral",
}


INTRO = Words(
    "Wat is ingediend, het langst wachtende eerst. Publiceer het, of stuur het terug met wat er "
    "anders moet.",
    "What has been submitted, the longest waiting first. Publish it, or send it back with what "
    "should change.",
)


def queue(who: Actor) -> View:
    """What waits to be judged: new records, and changes of published ones."""
    return {
        "title": t("Te beoordelen", "To review"),
        "intro": say(INTRO),
        "breadcrumb": [],
        "menu": [],
        "error_summary": [],
        "groups": [_new(), _changes(who), _reports(who)],
    }


def _new() -> View:
    columns = [
        t("Naam", "Name"),
        t("Soort", "Kind"),
        t("Beheerd door", "Kept by"),
        t("Ingediend", "Submitted"),
    ]
    rows = [_submitted(record) for record in session().scalars(queries.submitted())]
    title = t("Nieuw ingediend", "Newly submitted")
    return group("nieuw", title, columns, rows, t("Er wacht niets nieuws.", "Nothing new waits."))


def _changes(who: Actor) -> View:
    rows = [_proposed(revision) for revision in session().scalars(queries.proposed(who))]
    title = t("Voorgestelde wijzigingen", "Proposed changes")
    empty = t("Er wachten geen voorstellen.", "No proposals are waiting.")
    return group("voorstellen", title, _columns(), rows, empty)


def _reports(who: Actor) -> View:
    """What was reported and not released: readers outside the core group do not see it yet."""
    columns = [
        t("Naam", "Name"),
        t("Hoe het staat", "State"),
        t("Gemeld door", "Reported by"),
        t("Gemeld", "Reported"),
    ]
    found = session().scalars(updates.unreleased(who).limit(MOST)).all()
    title = t("Stand van zaken, nog niet vrijgegeven", "State of affairs, not released yet")
    empty = t("Alles is vrijgegeven.", "Everything has been released.")
    return group("meldingen", title, columns, [_reported(each) for each in found], empty)


def _reported(each: Update) -> View:
    kind = kind_named(each.record.kind)
    url = url_for(f"{kind.collection}.updates", reference=each.record.reference)
    state = say(vocabulary.label("update-state", each.state))
    by = each.organisation.title if each.organisation else t("het secretariaat", "the secretariat")
    mood = tone("update-state", each.state) or "neutral"
    return {
        "cells": [
            {"type": "link", "url": url, "label": titled(each.record)},
            {"type": "badge", "label": state, "tone": mood},
            {"type": "text", "text": by},
            {"type": "text", "text": format_date(each.reported_at, "long")},
        ]
    }


def group(id_: str, title: str, columns: list[str], rows: list[View], empty: str) -> View:
    """A table with its heading, for the pages of groups."""
    table = {
        "id": f"tabel-{id_}",
        "title": None,
        "caption": title,
        "columns": columns,
        "rows": rows,
        "empty": empty,
    }
    return {"id": id_, "title": title, "intro": None, "table": table, "form": None}


def mine(who: Actor) -> View | None:
    """What this reader proposed and what became of it, for the page of their work."""
    query = queries.revisions(who).where(Revision.author_id == who.account_id).limit(50)
    rows = [_proposed(revision) for revision in session().scalars(query)]
    if not rows:
        return None
    title = t("Voorgestelde wijzigingen", "Proposed changes")
    return group("voorstellen", title, _columns(), rows, "")


def _columns() -> list[str]:
    return [
        t("Wijziging van", "Change of"),
        t("Soort", "Kind"),
        t("Voorgesteld door", "Proposed by"),
        t("Stand", "Standing"),
        t("Laatste stap", "Last step"),
    ]


def _submitted(record: Record) -> View:
    kind = kind_named(record.kind)
    keeper = record.keeper.title if record.keeper else None
    at = record.submitted_at
    return {
        "cells": [
            {"type": "link", "url": of_record(kind, record.reference), "label": named(record)},
            {"type": "text", "text": say(kind.words)},
            {"type": "text", "text": keeper or t("Secretariaat", "Secretariat")},
            {"type": "text", "text": format_date(at, "long") if at else ""},
        ]
    }


def _proposed(revision: Revision) -> View:
    record = revision.record
    url = url_for("review.revision", key=revision.key)
    return {
        "cells": [
            {"type": "link", "url": url, "label": named(record)},
            {"type": "text", "text": say(kind_named(record.kind).words)},
            {"type": "text", "text": revision.author_name},
            badge(revision),
            {"type": "text", "text": format_date(revision.updated_at, "long")},
        ]
    }


def named(record: Record) -> str:
    """The title of a record in the language of the reader."""
    return titled(record)


def badge(revision: Revision) -> View:
    """How a revision stands, as a badge."""
    words = vocabulary.label("revision-state", revision.state)
    return {"type": "badge", "label": say(words), "tone": TONES[RevisionState(revision.state)]}


def notices(who: Actor, record: Record) -> list[View]:
    """On the page of a record: how it stands in the workflow, and what is proposed."""
    if not who.signed_in:
        return []
    found = []
    if record.state == "submitted":
        at = format_date(record.submitted_at, "long") if record.submitted_at else ""
        text = t(
            f"Ingediend op {at}. Het wacht op het secretariaat.",
            f"Submitted on {at}. It waits for the secretariat.",
        )
        found.append({"tone": "info", "text": text})
    if record.state == "returned" and record.review_note:
        text = t(f"Teruggestuurd: {record.review_note}", f"Sent back: {record.review_note}")
        found.append({"tone": "warning", "text": text})
    if record.state == "published":
        found += [_waiting(revision) for revision in queries.open_of(who, record)]
    return found


def _waiting(revision: Revision) -> View:
    words = say(vocabulary.label("revision-state", revision.state))
    return {
        "tone": "info",
        "text": t(
            f"Er is een wijziging voorgesteld door {revision.author_name} ({words}).",
            f"A change has been proposed by {revision.author_name} ({words}).",
        ),
        "url": url_for("review.revision", key=revision.key),
        "label": t("Bekijk het voorstel", "See the proposal"),
    }


def tasks(who: Actor) -> list[View]:
    """What waits for this reader, for the top of every page."""
    found = [
        {
            "label": t("Mijn werk", "My work"),
            "url": url_for("accounts.my_work"),
            "count": queries.returned(who),
            "counted": t("teruggestuurd", "sent back"),
        }
    ]
    if can(who, Permission.RECORD_PUBLISH):
        found.append(
            {
                "label": t("Te beoordelen", "To review"),
                "url": url_for("review.queue"),
                "count": queries.waiting(who),
                "counted": t("wachten", "waiting"),
            }
        )
    return found
