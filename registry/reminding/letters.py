"""The letters that remind, and those to who leads an organisation. What was settled in between, or
was paused, is left out when the letter is written."""

from collections.abc import Sequence
from datetime import date

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from .. import clock, policydate
from ..access import can_see, system
from ..accounts.models import Account
from ..accounts.queries import actor
from ..db import session
from ..kind import kind_named
from ..notifications import delivery
from ..notifications.letters import Letter, Payload, Undeliverable, letter
from ..policydate.notices import day_words
from ..reminders import commands, receivers
from ..reminders.due import Due, began, due, settings
from ..reminders.models import Line, Mail
from ..reminders.run import DROPPED, HELD, PAUSED, QUEUED, TOPIC
from ..reminders.schemas import ENDS, PASSED, REVIEW, STALE, STARTS
from ..words import Words

MOST = 40  # things in one mail; the rest is counted
NEVER = "never"
SUBJECT = Words("Herinnering: {title}", "Reminder: {title}")
SUBJECTS = Words("{count} herinneringen", "{count} reminders")
TEXT = Words(
    """Dag {name},

{intro}

{things}
Is er niets veranderd, dan is ook dat met één klik gemeld.

Herinneringen pauzeren, bijvoorbeeld tijdens vakantie, of anders ontvangen:
{own}
""",
    """Dear {name},

{intro}

{things}
If nothing changed, one click says so.

To pause reminders, during a holiday for example, or to get them otherwise:
{own}
""",
)
INTRO = Words(
    "Dit staat bij uw organisatie open. Meld via de link hoe het ervoor staat.",
    "This is open at your organisation. Follow the link to say how it stands.",
)
LEADING = Words(
    "Uw organisatie is hieraan herinnerd; er is nog niet gemeld hoe het ervoor\n"
    "staat. Wilt u ervoor zorgen dat dat gebeurt, of het via de link zelf melden?",
    "Your organisation was reminded of this; how it stands has not been reported\n"
    "yet. Could you see to it that it is, or report it yourself by the link?",
)
LEAD_SUBJECT = Words("Uw aandacht gevraagd: {title}", "Your attention please: {title}")
REST = Words("En nog {count}:\n{link}\n", "And {count} more:\n{link}\n")
REASONS: dict[str, Words] = {
    STARTS: Words("De periode begint binnenkort: {term}.", "The period begins soon: {term}."),
    ENDS: Words("De termijn loopt af: {term}.", "The term ends: {term}."),
    PASSED: Words(
        "De termijn is verstreken: {term}. Nog niet vastgelegd als afgedaan.",
        "The term has ended: {term}. Not registered as settled yet.",
    ),
    STALE: Words(
        "Niet actueel: voor het laatst gemeld op {term}.",
        "Not up to date: last reported on {term}.",
    ),
    REVIEW: Words("Opnieuw bekijken: afgesproken voor {term}.", "Look again: agreed for {term}."),
}
SOFT = Words(
    "Niet gehaald in de genoemde periode: {term}, voor zover vastgelegd.",
    "Not reached in the period named: {term}, as far as is registered.",
)
UNREPORTED = Words(
    "Er is nog nooit gemeld hoe het ervoor staat.", "How it stands was never reported."
)


@letter(TOPIC)
def reminders(account: Account, payload: Payload) -> Letter:
    """The letter with what is still at hand. Raises Undeliverable where nothing is."""
    mail, lines = _lines(payload)
    with clock.seen_as_of(mail.day):
        told = _kept(account, lines)
    if not told:
        session().commit()  # that each line was left out, and why, stays
        raise Undeliverable("nothing of it is at hand any more")
    lang, many = account.language, len(told) > 1
    title = told[0].record.title if not many else ""
    subject = SUBJECTS.in_(lang).format(count=len(told)) if many else SUBJECT.in_(lang)
    return _written(account, subject.format(title=_short(title)), INTRO, told)


@letter(commands.ESCALATION)
def escalated(account: Account, payload: Payload) -> Letter:
    """The letter to who leads an organisation."""
    found = commands.one(system("Mail", "cli"), payload["escalation"])
    mail, lines = _lines(payload)
    with clock.seen_as_of(mail.day):
        at_hand = due(settings(), began(), [found.record_id])
        told = [one for one in at_hand if (one.rule, one.term) == (found.rule, found.term)]
        told = [one for one in told if can_see(actor(account, "cli"), one.record)]
    if not told:
        for line in lines:
            line.state = DROPPED
        session().commit()
        raise Undeliverable("nothing of it is at hand any more")
    subject = LEAD_SUBJECT.in_(account.language).format(title=_short(told[0].record.title))
    return _written(account, subject, LEADING, told)


def _lines(payload: Payload) -> tuple[Mail, Sequence[Line]]:
    mail = session().get(Mail, payload["mail"], populate_existing=True)
    if mail is None:
        raise Undeliverable("what it was about is gone")
    query = select(Line).join(Line.record).options(contains_eager(Line.record))
    query = query.where(Line.mail_id == mail.id, Line.state == QUEUED).order_by(Line.id)
    return mail, session().scalars(query, execution_options={"populate_existing": True}).all()


def _kept(account: Account, lines: Sequence[Line]) -> list[Due]:
    """What is still at hand of these; of the rest it is noted why it is left out."""
    found = due(settings(), began(), {line.record_id for line in lines})
    at_hand, there = {one.key: one for one in found}, receivers.receivers(found)
    kept = []
    for line in lines:
        one = at_hand.get((line.record_id, line.rule, line.term))
        seen = one is not None and can_see(actor(account, "cli"), one.record)
        if one is None or not seen:
            line.state = DROPPED
        elif there.paused(account, line.record_id, line.organisation_id):
            line.state = PAUSED
        elif there.refused(account):
            line.state = HELD
        else:
            kept.append(one)
    return kept


def _written(account: Account, subject: str, intro: Words, told: Sequence[Due]) -> Letter:
    lang, root = account.language, current_app.config["PUBLIC_URL"].rstrip("/")
    things = [_thing(one, lang, root) for one in told[:MOST]]
    if len(told) > MOST:
        rest = REST.in_(lang).format(count=len(told) - MOST, link=f"{root}/mine/reminders")
        things.append(rest)
    values = {"name": account.name, "intro": intro.in_(lang), "own": f"{root}/mine/reminders"}
    text = TEXT.in_(lang).format(things="\n".join(things), **values)
    return Letter(" ".join(subject.split()), text)


def _thing(one: Due, lang: str, root: str) -> str:
    record = one.record
    title = (lang == "en" and record.title_en) or record.title
    path = f"{kind_named(record.kind).collection}/{record.reference}/updates/new"
    return (
        f"* {' '.join(title.split())} ({record.reference})\n  {_why(one, lang)}\n  {root}/{path}\n"
    )


def _why(one: Due, lang: str) -> str:
    if one.rule == STALE and one.term == NEVER:
        return UNREPORTED.in_(lang)
    words = SOFT if one.rule == PASSED and one.soft else REASONS[one.rule]
    return words.in_(lang).format(term=term(one, lang))


def term(one: Due, lang: str) -> str:
    """The term as it was written, with the days that it is read as."""
    if one.due is None:
        return day_words(date.fromisoformat(one.term)).in_(lang)
    read = policydate.describe(one.due, lang) or ""
    said = one.due.text
    return f"“{said}” ({read})" if said and said != read else read


def _short(title: str) -> str:
    return title if len(title) <= 80 else title[:79].rstrip() + "…"


def _mark(account: Account, why: str) -> None:
    commands.refuse_address(system("Mail", "cli"), account, why.removeprefix(delivery.REFUSED))


delivery.refused.append(_mark)
