"""The page of one proposal: beside what is published, what became of it, and what one may do."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import url_for
from flask_babel import format_date, format_datetime

from .. import clock, moved, workflow
from ..access import Actor, Permission, can
from ..errors import Invalid
from ..history.sentences import differences
from ..kind import Kind
from ..record import Record
from ..screens import paths
from ..web import say, t
from ..web.links import home, of_list, of_record
from ..words import Words
from ..workflow import OPEN, Revision, RevisionState, comparing
from .pages import badge, named

View = dict[str, Any]
STEPS = {
    "proposed": Words("Ingediend", "Submitted"),
    "taken_back": Words("Teruggenomen", "Taken back"),
    "returned": Words("Teruggestuurd", "Sent back"),
    "adopted": Words("Overgenomen en gepubliceerd", "Adopted and published"),
    "withdrawn": Words("Ingetrokken", "Withdrawn"),
}
PLAIN = Words(
    "Eerst zoals het nu gepubliceerd is, dan zoals het wordt.",
    "First as it is published now, then as it will be.",
)
GONE = Words(
    "Eerst zoals het was, dan zoals het werd voorgesteld.",
    "First as it was, then as it was proposed.",
)
UNFIT = Words(
    "Dit voorstel past niet meer op wat er nu staat. Stuur het terug.",
    "This proposal does not fit what is there now any more. Send it back.",
)
OVERTAKEN = Words(
    "Dit is gewijzigd sinds het werd voorgesteld.", "This has been changed since it was proposed."
)


def page(who: Actor, kind: Kind, entity: Any, revision: Revision) -> View:
    """A proposal beside what is published, field by field."""
    record, told = revision.record, comparing.concerns(kind, revision, who)
    alive = record.deleted_at is None
    rows, wrong = _compared(who, kind, entity, revision)
    url = of_record(kind, record.reference) if alive else None
    return {
        "title": named(record),
        "reference": record.reference,
        "badge": badge(revision),
        "facts": list(_facts(revision, revision.reason if told else None)),
        "note": revision.note if told and revision.state == RevisionState.RETURNED else None,
        "gone": None if alive else _gone(who, kind, record),
        "wrong": say(UNFIT) if wrong and alive else None,
        "hint": say(PLAIN if alive else GONE),
        "groups": rows,
        "steps": [_step(kind, step, step.get("note") if told else None) for step in revision.steps],
        "record_url": url,
        "actions": _actions(who, kind, revision) if alive else _aside(who, revision),
        "breadcrumb": [
            {"label": t("Begin", "Home"), "url": home()},
            {"label": say(kind.plural), "url": of_list(kind)},
            {"label": named(record), "url": url},
            {"label": t("Voorgestelde wijziging", "Proposed change"), "url": None},
        ],
    }


def _gone(who: Actor, kind: Kind, record: Record) -> View:
    """What became of the record, and where it went if this reader may see that."""
    day = format_date(record.deleted_at, "long")
    if record.merged_into_id is None:
        text = t(
            f"Dit gegeven is verwijderd op {day}. Wat is voorgesteld kan niet worden overgenomen.",
            f"This was removed on {day}. What is proposed cannot be adopted.",
        )
        return {"text": text}
    text = t(
        f"Dit gegeven is op {day} samengevoegd met een ander. Wat is voorgesteld kan hier niet "
        "meer worden overgenomen.",
        f"This was merged into another on {day}. What is proposed cannot be adopted here any more.",
    )
    target = moved.target(kind, who, record.reference)
    if target is None:
        return {"text": text}
    label = t(f"Naar {target}", f"Go to {target}")
    return {"text": text, "url": of_record(kind, target), "label": label}


def _facts(revision: Revision, reason: str | None) -> Iterable[str]:
    made = format_datetime(revision.created_at, "d MMMM y HH:mm")
    yield t(
        f"Voorgesteld door {revision.author_name} op {made}.",
        f"Proposed by {revision.author_name} on {made}.",
    )
    if reason:
        yield t(f"Reden: {reason}", f"Reason: {reason}")
    if revision.reviewed_at and revision.state not in OPEN[:1]:
        judged = format_datetime(revision.reviewed_at, "d MMMM y HH:mm")
        yield t(
            f"Beoordeeld door {revision.reviewer_name} op {judged}.",
            f"Judged by {revision.reviewer_name} on {judged}.",
        )


def _compared(who: Actor, kind: Kind, entity: Any, revision: Revision) -> tuple[list[View], bool]:
    """(what changes by field, whether it does not fit any more); nothing to compare once it has
    been judged."""
    if revision.state not in OPEN:
        return [], False
    try:
        pairs, wrong = comparing.differences(kind, entity, revision, who), False
    except Invalid:
        written = revision.author_id == who.account_id or who.editorial
        pairs, wrong = comparing.written(kind, revision) if written else [], True
    found: dict[str, list[Any]] = {}
    for pair in pairs:
        found.setdefault(comparing.field_of(pair["path"]), []).append(pair)
    alive = revision.record.deleted_at is None
    late = comparing.overtaken(kind, revision) if alive else set()
    return [
        {
            "rows": differences(who, kind, revision.record, own),
            "note": say(OVERTAKEN) if name in late else None,
            "actions": _of_field(who, kind, revision, name),
        }
        for name, own in found.items()
    ], wrong


def _of_field(who: Actor, kind: Kind, revision: Revision, name: str) -> list[View]:
    """The author can take one field back."""
    if revision.author_id != who.account_id or revision.record.deleted_at is not None:
        return []
    field = paths.label(kind.dictionary, name)
    label = t(f"Neem terug: {field}", f"Take back: {field}")
    url = url_for("review.take_back", key=revision.key, field=name)
    return [{"label": label, "url": url, "method": "post", "tone": "subtle", "fields": []}]


def _step(kind: Kind, step: View, note: str | None) -> View:
    """One step: when, who, what, and which fields it was about."""
    names = [paths.label(kind.dictionary, name) for name in step.get("fields", ())]
    told = f": {', '.join(names)}" if names else ""
    return {
        "when": format_datetime(clock.moment(step["at"]), "d MMMM y HH:mm"),
        "who": step["by"],
        "text": f"{say(STEPS[step['action']])}{told}.",
        "reason": note,
    }


def _actions(who: Actor, kind: Kind, revision: Revision) -> list[View]:
    return [*_of_author(who, kind, revision), *_of_judge(who, revision)]


def _of_judge(who: Actor, revision: Revision) -> Iterator[View]:
    if not can(who, Permission.RECORD_PUBLISH) or revision.state != RevisionState.SUBMITTED:
        return
    version = [("version", str(revision.record.version))]
    label = t("Overnemen en publiceren", "Adopt and publish")
    yield _post("adopt", revision, label, tone="primary", fields=version)
    yield _get(t("Terugsturen", "Send back"), url_for("review.send_back", key=revision.key))


def _of_author(who: Actor, kind: Kind, revision: Revision) -> Iterator[View]:
    if revision.author_id != who.account_id or revision.state not in OPEN:
        return
    if workflow.proposes(who, kind, revision.record):
        url = url_for(f"{kind.collection}.edit", reference=revision.record.reference)
        returned = revision.state == RevisionState.RETURNED
        label = t("Verder met dit voorstel", "Go on with this proposal")
        yield {**_get(label, url), "tone": "primary" if returned else "secondary"}
    yield _post("retract", revision, t("Voorstel intrekken", "Withdraw proposal"))


def _aside(who: Actor, revision: Revision) -> list[View]:
    """Of a record that is gone, its author can only lay the proposal aside."""
    if revision.author_id != who.account_id or revision.state not in OPEN:
        return []
    return [_post("retract", revision, t("Voorstel terzijde leggen", "Lay the proposal aside"))]


def _get(label: str, url: str) -> View:
    return {"label": label, "url": url, "method": "get", "tone": "secondary", "fields": []}


def _post(
    verb: str,
    revision: Revision,
    label: str,
    *,
    tone: str = "secondary",
    fields: list[tuple[str, str]] | None = None,
) -> View:
    url = url_for(f"review.{verb}", key=revision.key)
    return {"label": label, "url": url, "method": "post", "tone": tone, "fields": fields or []}
