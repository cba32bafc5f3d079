"""The page with what waits for the secretariat: escalations, what nobody is reminded of, addresses
that refuse mail."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from .. import policydate
from ..accounts.models import Account
from ..db import session
from ..freshness.schemas import NEVER
from ..record import Record
from ..reminders.due import Due, began, due, settings
from ..reminders.models import Escalation, Preference
from ..reminders.receivers import leaders, receivers
from ..reminders.run import WAITING
from ..reminders.schemas import NAMES, PASSED
from ..web import View, cells, lang, say, t
from .pages import MOST, TITLE, button, group, link, page


def overview() -> View:
    """What waits for the secretariat."""
    found = due(settings(), began())
    there = receivers(found)
    nobody = [one for one in found if not there.of(one)]
    intro = t(
        "Wie een gegeven beheert of uitvoert krijgt vanzelf een herinnering: voor en na een "
        "termijn, en bij wat niet actueel is. Wat hier staat wacht op u.",
        "Who keeps or carries out a record is reminded automatically: before and after a term, and "
        "of what is not up to date. What stands here waits for you.",
    )
    at_hand = {one.key: one for one in found}
    return page(say(TITLE), intro, [_escalations(at_hand), _nobody(nobody), _addresses()])


def _escalations(at_hand: dict[Any, Due]) -> View:
    waiting = [(one, at_hand.get(key)) for one, key in _prepared()]
    people = leaders({one.organisation_id for one, _ in waiting})
    names = _records({one.organisation_id for one, _ in waiting})
    rows = [
        _escalation(one, what, names[one.organisation_id], people.get(one.organisation_id, []))
        for one, what in waiting[:MOST]
    ]
    columns = [
        t("Waarover", "About"),
        t("Wat", "What"),
        t("Sinds", "Since"),
        t("Aan wie", "To whom"),
    ]
    title = t("Aan de leiding te sturen", "To send to who leads")
    intro = t(
        "Zo vaak herinnerd als de regel zegt, en nog steeds zo. Er gaat niets weg totdat u erop "
        "klikt.",
        "Reminded as often as the rule says, and still so. Nothing leaves until you click.",
    )
    empty = t("Er wacht niets.", "Nothing waits.")
    told = f"{title}: {len(waiting)}"
    return group("escalaties", told, columns, rows, intro=intro, empty=empty)


def _prepared() -> list[tuple[Escalation, tuple[int, str, str]]]:
    """What was prepared and not decided, with what it is about."""
    query = select(Escalation).join(Escalation.record).options(contains_eager(Escalation.record))
    query = query.where(Escalation.state == WAITING)
    found = session().scalars(query.order_by(Escalation.since, Escalation.id))
    return [(one, (one.record_id, one.rule, one.term)) for one in found]


def _records(ids: Iterable[int]) -> dict[int, Record]:
    query = select(Record).where(Record.id.in_(sorted(ids)))
    return {record.id: record for record in session().scalars(query)}


def _escalation(
    one: Escalation, what: Due | None, organisation: Record, people: Sequence[Account]
) -> View:
    over = t("Intussen niet meer aan de orde", "Not at hand any more")
    nobody = t("niemand met een account", "nobody with an account")
    to = ", ".join(account.name for account in people) or nobody
    ways = [url_for(f"reminders.{name}", key=one.key) for name in ("escalate", "dismiss")]
    send = button(t("Versturen", "Send"), ways[0], tone="primary")
    leave = button(t("Niet versturen", "Do not send"), ways[1], "get")
    return {
        "cells": [
            link(one.record),
            cells.text(reason(what) if what else over),
            cells.text(format_date(one.since, "long")),
            cells.many([link(organisation), cells.text(to)]),
        ],
        "actions": [send, leave] if people and what else [leave],
    }


def reason(one: Due) -> str:
    """Why somebody is reminded, in words that are as hard as what was said."""
    if one.soft and one.rule == PASSED:
        what = t("Niet gehaald in de genoemde periode", "Not reached in the period named")
    else:
        what = say(NAMES[one.rule])
    return f"{what}: {term(one)}" if one.due or one.term != NEVER else f"{what}: {_never()}"


def _never() -> str:
    return t("nog nooit iets gemeld", "nothing was ever reported")


def term(one: Due) -> str:
    """The term as it was written, or its days."""
    if one.due is None:
        return str(format_date(date.fromisoformat(one.term), "long"))
    return one.due.text or policydate.describe(one.due, lang()) or ""


def _nobody(found: Sequence[Due]) -> View:
    columns = [t("Waarover", "About"), t("Wat", "What"), t("Beheerd door", "Kept by")]
    keepers = _records({one.record.keeper_id for one in found if one.record.keeper_id})
    secretariat = cells.text(t("het secretariaat", "the secretariat"))
    rows = []
    for one in found[:MOST]:
        keeper = keepers.get(one.record.keeper_id or 0)
        about = cells.text(reason(one))
        rows.append({"cells": [link(one.record), about, link(keeper) if keeper else secretariat]})
    title = t("Niemand om te herinneren", "Nobody to remind")
    intro = t(
        "Hiervoor heeft geen organisatie die het beheert of uitvoert iemand met een account.",
        "No organisation that keeps or carries this out has anybody with an account.",
    )
    if len(found) > MOST:
        intro += t(f" De eerste {MOST} staan hier.", f" The first {MOST} are shown.")
    empty = t("Voor alles is er iemand.", "There is somebody for everything.")
    return group("niemand", f"{title}: {len(found)}", columns, rows, intro=intro, empty=empty)


def _addresses() -> View:
    query = select(Preference, Account).join(Account, Account.id == Preference.account_id)
    query = query.where(Preference.refused_address == Account.email, Account.active)
    found = session().execute(query.order_by(Account.name, Account.id)).all()
    rows = [_address(own, account) for own, account in found]
    columns = [
        t("Persoon", "Person"),
        t("E-mailadres", "E-mail address"),
        t("Wat de mailserver zei", "What the mail server said"),
        t("Op", "On"),
    ]
    note = t("Teruggekomen mail noteren", "Note mail that came back")
    intro = t(
        "Herinneringen aan deze adressen wachten, totdat iemand het adres bevestigt of wijzigt. "
        "Daarna komen ze alsnog.",
        "Reminders to these addresses wait until somebody confirms or changes the address. They "
        "come after that.",
    )
    told = t(f"Geweigerde adressen: {len(found)}", f"Refused addresses: {len(found)}")
    empty = t("Geen enkel adres werd geweigerd.", "No address was refused.")
    ways = [button(note, url_for("reminders.refuse"), "get")]
    return group("adressen", told, columns, rows, intro=intro, empty=empty, actions=ways)


def _address(own: Preference, account: Account) -> View:
    works = t("Adres werkt weer", "Address works again")
    day = format_date(own.refused_at, "long") if own.refused_at else ""
    told = (account.name, account.email, own.refused_why or "", day)
    confirm = button(works, url_for("reminders.confirm", number=account.id))
    return {"cells": [cells.text(words) for words in told], "actions": [confirm]}
