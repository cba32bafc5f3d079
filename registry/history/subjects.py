"""What a change is about: a record, or what stands beside the records. Here is all of the latter
that the book tells of: its words, its dictionary, and the clause by which it is seen."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from flask import url_for
from sqlalchemy import ColumnElement, and_, false, or_, select, true

from ..access import Actor, Permission, View, can, visible_to
from ..attachments.schemas import ToldReportSchema
from ..db import session
from ..kind import kind_named, kinds
from ..ledger import Change
from ..planning import queries as planning
from ..planning.schemas import ToldVersionSchema
from ..record import Record
from ..reminders.schemas import ToldReminderSchema
from ..reports import queries as reports
from ..reports.schemas import ToldFreezeSchema, ToldLineSchema
from ..rounds import queries as rounds
from ..rounds.models import Round
from ..rounds.schemas import ToldRoundSchema
from ..schema import BaseSchema
from ..updates import queries as updates
from ..updates.models import Update
from ..web import say
from ..words import Words
from . import settings
from .settings import Place


class Subject(Protocol):
    """Whatever has a dictionary in which its changes are told: a kind, or one of these."""

    @property
    def name(self) -> str:
        """What it is called in the API."""

    @property
    def dictionary(self) -> BaseSchema:
        """Its fields."""


@dataclass(frozen=True)
class Beside:
    """What is no record, but has a history in the book."""

    name: str
    dictionary: BaseSchema
    words: Words
    plural: Words
    seen: Callable[[Actor], ColumnElement[bool]]
    """Which of them somebody sees: on the key of a change."""
    places: Callable[[Collection[str]], dict[str, Place]] | None = None
    """By their keys, how they are called and where they are; None: said of a record."""
    permission: Permission | None = None
    """Without it, nobody sees that there are any."""


def _reports(actor: Actor) -> ColumnElement[bool]:
    """To who may read them: who learns that one was made reads it."""
    seen = select(Update.key).join(Update.record).where(updates.visible(actor)).correlate(None)
    return Change.subject_key.in_(seen)


def _rounds(actor: Actor) -> ColumnElement[bool]:
    seen = rounds.seen(actor).with_only_columns(Round.key).order_by(None).correlate(None)
    return Change.subject_key.in_(seen)


def _versions(actor: Actor) -> ColumnElement[bool]:
    """To the core group, of the plans that it sees."""
    if actor.view < View.CORE_GROUP:
        return false()
    return Change.record_id.in_(select(Record.id).where(visible_to(actor)).correlate(None))


def _all(_actor: Actor) -> ColumnElement[bool]:
    return true()


def _round_places(keys: Collection[str]) -> dict[str, Place]:
    query = select(Round.key, Round.title).where(Round.key.in_(sorted(keys)))
    return {
        key: {"title": title, "url": url_for("rounds.show", key=key)}
        for key, title in session().execute(query)
    }


BESIDE = {
    each.name: each
    for each in (
        Beside(
            updates.REPORT,
            ToldReportSchema(),
            Words("Stand van zaken", "State of affairs"),
            Words("Standen van zaken", "States of affairs"),
            _reports,
        ),
        Beside(
            planning.VERSION,
            ToldVersionSchema(),
            Words("Planversie", "Version of the plan"),
            Words("Planversies", "Versions of the plan"),
            _versions,
        ),
        Beside(
            reports.LINE,
            ToldLineSchema(),
            Words("Regel van een bijlage", "Line of an annex"),
            Words("Regels van bijlagen", "Lines of annexes"),
            reports.told_of_lines,
        ),
        Beside(
            reports.FREEZE,
            ToldFreezeSchema(),
            Words("Vastgestelde bijlage", "Frozen annex"),
            Words("Vastgestelde bijlagen", "Frozen annexes"),
            reports.told_of_freezes,
        ),
        Beside(
            rounds.ROUND,
            ToldRoundSchema(),
            Words("Voortgangsuitvraag", "Reporting round"),
            Words("Voortgangsuitvragen", "Reporting rounds"),
            _rounds,
            _round_places,
        ),
        Beside(
            settings.READING,
            settings.ToldReadingSchema(),
            Words("Lezing van een termijn", "Reading of a term"),
            Words("Lezingen van termijnen", "Readings of terms"),
            _all,
            permission=Permission.VOCABULARY_EDIT,
        ),
        Beside(
            settings.TERM,
            settings.ToldTermSchema(),
            Words("Begrip", "Term"),
            Words("Begrippenlijsten", "Vocabularies"),
            _all,
            settings.terms,
            Permission.VOCABULARY_EDIT,
        ),
        Beside(
            settings.CONVENTION,
            settings.ToldConventionSchema(),
            Words("Leesafspraak", "Reading convention"),
            Words("Leesafspraken", "Reading conventions"),
            _all,
            settings.conventions,
            Permission.VOCABULARY_EDIT,
        ),
        Beside(
            settings.REMINDER,
            ToldReminderSchema(),
            Words("Herinnering", "Reminder"),
            Words("Herinneringen", "Reminders"),
            _all,
            settings.reminders,
            Permission.RECORD_PUBLISH,
        ),
    )
}


def subject(change: Change, record: Record | None) -> Subject:
    """What this change is about."""
    if change.subject is not None:
        return BESIDE[change.subject]
    assert record is not None
    return kind_named(record.kind)


def seen(actor: Actor) -> ColumnElement[bool]:
    """What was said beside records, to who sees its subject; the secretariat also what was said
    of records that were removed since."""
    hidden_here = hidden(actor)
    shown = [each for each in BESIDE.values() if each.name not in hidden_here]
    if actor.editorial:
        return Change.subject.in_([each.name for each in shown])
    clauses = (and_(Change.subject == each.name, each.seen(actor)) for each in shown)
    return or_(false(), *clauses)


def hidden(actor: Actor) -> set[str]:
    """What does not exist for somebody."""
    found = BESIDE.values()
    return {each.name for each in found if each.permission and not can(actor, each.permission)}


def plurals() -> dict[str, Words]:
    """The words for what can be asked for: every kind, and what is said of no record."""
    alone = {each.name: each.plural for each in BESIDE.values() if each.places is not None}
    return {kind.name: kind.plural for kind in kinds()} | alone


def places(changes: Iterable[Change]) -> dict[int, Place]:
    """By the number of each change that is of no record: what it is about, and where that is."""
    keys: dict[str, dict[int, str]] = {}
    for change in changes:
        if change.record_id is None and change.subject is not None:
            keys.setdefault(change.subject, {})[change.seq] = change.subject_key or ""
    found: dict[int, Place] = {}
    for name, told in keys.items():
        about = BESIDE[name]
        known = about.places(set(told.values())) if about.places else {}
        found |= {seq: {"kind": say(about.words), **known[key]} for seq, key in told.items()}
    return found
