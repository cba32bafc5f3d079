"""What the screens of judging show."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import format_date, format_datetime

from .. import vocabulary
from ..access import Actor, Permission, can
from ..db import session
from ..errors import Invalid
from ..history.sentences import differences
from ..kind import Kind, kind_named
from ..record import Record
from ..web import lang, say, t
from ..web.links import home, of_list, of_record
from ..words import Words
from ..workflow import Revision, RevisionState, queries
from ..workflow.comparing import differences as differences_of
from ..workflow.models import OPEN

View = dict[str, Any]
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
        "groups": [_new(), _changes(who)],
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
            standing(revision),
            {"type": "text", "text": format_date(revision.updated_at, "long")},
        ]
    }


def named(record: Record) -> str:
    """The title of a record in the language of the reader."""
    return (record.title_en if lang() == "en" else None) or record.title


def standing(revision: Revision) -> View:
    """How a revision stands, as a badge."""
    words = vocabulary.label("revision-state", revision.state)
    return {"type": "badge", "label": say(words), "tone": TONES[RevisionState(revision.state)]}


def comparison(who: Actor, kind: Kind, entity: Any, revision: Revision) -> View:
    """A revision beside what is published, field by field."""
    record = revision.record
    rows, wrong = _differences(who, kind, entity, revision)
    return {
        "title": named(record),
        "reference": record.reference,
        "badge": standing(revision),
        "facts": list(_facts(revision)),
        "note": revision.note if revision.state == RevisionState.RETURNED else None,
        "wrong": wrong,
        "rows": rows,
        "record_url": of_record(kind, record.reference),
        "actions": _actions(who, kind, revision),
        "breadcrumb": [
            {"label": t("Begin", "Home"), "url": home()},
            {"label": say(kind.plural), "url": of_list(kind)},
            {"label": named(record), "url": of_record(kind, record.reference)},
            {"label": t("Voorgestelde wijziging", "Proposed change"), "url": None},
        ],
    }


def _facts(revision: Revision) -> Iterable[str]:
    made = format_datetime(revision.created_at, "d MMMM y HH:mm")
    yield t(
        f"Voorgesteld door {revision.author_name} op {made}.",
        f"Proposed by {revision.author_name} on {made}.",
    )
    if revision.reason:
        yield t(f"Reden: {revision.reason}", f"Reason: {revision.reason}")
    if revision.reviewed_at and revision.state not in OPEN[:1]:
        judged = format_datetime(revision.reviewed_at, "d MMMM y HH:mm")
        yield t(
            f"Beoordeeld door {revision.reviewer_name} op {judged}.",
            f"Judged by {revision.reviewer_name} on {judged}.",
        )


def _differences(who: Actor, kind: Kind, entity: Any, revision: Revision) -> Any:
    """(rows, why it does not fit any more); nothing to compare once it has been judged."""
    if revision.state not in OPEN:
        return [], None
    try:
        pairs = differences_of(kind, entity, revision, who)
    except Invalid:
        return [], t(
            "Dit voorstel past niet meer op wat er nu staat. Stuur het terug.",
            "This proposal does not fit what is there now any more. Send it back.",
        )
    return differences(who, kind, revision.record, pairs), None


def _actions(who: Actor, kind: Kind, revision: Revision) -> list[View]:
    found = []
    version = [("version", str(revision.record.version))]
    if can(who, Permission.RECORD_PUBLISH) and revision.state == RevisionState.SUBMITTED:
        found += [
            _post("adopt", revision, t("Overnemen en publiceren", "Adopt and publish"), version),
            {
                "label": t("Terugsturen", "Send back"),
                "url": url_for("review.send_back", key=revision.key),
                "method": "get",
                "tone": "secondary",
                "fields": [],
            },
        ]
    if revision.author_id == who.account_id and revision.state in OPEN:
        found.append(_post("retract", revision, t("Voorstel intrekken", "Withdraw proposal"), []))
    return found


def _post(verb: str, revision: Revision, label: str, fields: list[tuple[str, str]]) -> View:
    return {
        "label": label,
        "url": url_for(f"review.{verb}", key=revision.key),
        "method": "post",
        "tone": "primary" if verb == "adopt" else "secondary",
        "fields": fields,
    }


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
