"""What the screens of reminders show the secretariat: what waits for a decision, and the rules."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import format_date
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from .. import policydate
from ..access import Actor
from ..accounts.models import Account
from ..db import session
from ..kind import kind_named
from ..record import Record
from ..reminders.due import Due, Settings, began, due, settings
from ..reminders.models import Escalation, Pause, Preference
from ..reminders.receivers import leaders, receivers
from ..reminders.run import WAITING
from ..reminders.schemas import NAMES, TOLD, Setting
from ..web import View, cells, lang, say, t, titled
from ..web.links import of_record
from ..words import Words

TITLE = Words("Herinneringen", "Reminders")
MOST = 100  # rows of a table


def menu() -> list[View]:
    """The parts of these screens."""
    parts = (
        ("index", t("Overzicht", "Overview")),
        ("log", t("Logboek", "Log")),
        ("settings", t("Instellingen", "Settings")),
    )
    return [
        {
            "label": label,
            "url": url_for(f"reminders.{name}"),
            "current": request.endpoint == f"reminders.{name}",
        }
        for name, label in parts
    ]


def page(title: str, intro: str, groups: list[View]) -> View:
    """A page of tables."""
    above = {"label": say(TITLE), "url": url_for("reminders.index")}
    here: View = {"label": title, "url": None}
    crumbs = [above, here] if title != say(TITLE) else []
    return {
        "title": title,
        "intro": intro,
        "breadcrumb": crumbs,
        "menu": menu(),
        "menu_label": say(TITLE),
        "error_summary": [],
        "groups": groups,
    }


def group(id_: str, title: str, columns: list[str], rows: list[View], **more: Any) -> View:
    """One table of such a page."""
    table = {
        "id": f"tabel-{id_}",
        "title": None,
        "caption": title,
        "columns": columns,
        "rows": rows,
        "empty": more.pop("empty", t("Niets.", "Nothing.")),
    }
    return {"id": id_, "title": title, "intro": None, "table": table, "form": None, **more}


def button(label: str, url: str, method: str = "post", tone: str = "secondary") -> View:
    """A button that does something, or goes somewhere."""
    return {"label": label, "url": url, "method": method, "tone": tone, "fields": []}


def link(record: Record) -> cells.Cell:
    """A record by its title."""
    url = of_record(kind_named(record.kind), record.reference)
    return {"type": "link", "url": url, "label": titled(record)}


# --- what waits ---------------------------------------------------------------------------


def overview(_who: Actor) -> View:
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
    about = contains_eager(Escalation.record)
    query = select(Escalation).join(Escalation.record).options(about)
    query = query.where(Escalation.state == WAITING).order_by(Escalation.since, Escalation.id)
    waiting = [
        one
        for one in session().scalars(query)
        if (one.record_id, one.rule, one.term) in at_hand and one.record.deleted_at is None
    ]
    people = leaders({one.organisation_id for one in waiting})
    names = _titles({one.organisation_id for one in waiting})
    rows = [
        _escalation(
            one,
            at_hand[one.record_id, one.rule, one.term],
            names[one.organisation_id],
            people.get(one.organisation_id, []),
        )
        for one in waiting[:MOST]
    ]
    columns = [
        t("Waarover", "About"),
        t("Wat", "What"),
        t("Sinds", "Since"),
        t("Aan wie", "To whom"),
    ]
    return group(
        "escalaties",
        t(f"Aan de leiding te sturen: {len(waiting)}", f"To send to who leads: {len(waiting)}"),
        columns,
        rows,
        intro=t(
            "Zo vaak herinnerd als de regel zegt, en nog steeds zo. Er gaat niets weg totdat u "
            "erop klikt.",
            "Reminded as often as the rule says, and still so. Nothing leaves until you click.",
        ),
        empty=t("Er wacht niets.", "Nothing waits."),
    )


def _titles(ids: Iterable[int]) -> dict[int, Record]:
    query = select(Record).where(Record.id.in_(sorted(ids)))
    return {record.id: record for record in session().scalars(query)}


def _escalation(
    one: Escalation, what: Due, organisation: Record, people: Sequence[Account]
) -> View:
    nobody = t("niemand met een account", "nobody with an account")
    to = ", ".join(account.name for account in people) or nobody
    send = button(
        t("Versturen", "Send"), url_for("reminders.escalate", key=one.key), tone="primary"
    )
    leave = button(
        t("Niet versturen", "Do not send"), url_for("reminders.dismiss", key=one.key), "get"
    )
    return {
        "cells": [
            link(one.record),
            cells.text(reason(what)),
            cells.text(format_date(one.since, "long")),
            cells.many([link(organisation), cells.text(to)]),
        ],
        "actions": [send, leave] if people else [leave],
    }


def reason(one: Due) -> str:
    """Why somebody is reminded, in words that are as hard as what was said."""
    if one.soft and one.rule == "passed":
        what = t("Niet gehaald in de genoemde periode", "Not reached in the period named")
    else:
        what = say(NAMES[one.rule])
    return f"{what}: {term(one)}" if (one.due or one.term != "never") else what


def term(one: Due) -> str:
    """The term as it was written, or its days."""
    if one.due is None:
        return str(format_date(date.fromisoformat(one.term), "long"))
    return one.due.text or policydate.describe(one.due, lang()) or ""


def _nobody(found: Sequence[Due]) -> View:
    columns = [t("Waarover", "About"), t("Wat", "What"), t("Beheerd door", "Kept by")]
    keepers = _titles({one.record.keeper_id for one in found if one.record.keeper_id})
    secretariat = cells.text(t("het secretariaat", "the secretariat"))
    rows = []
    for one in found[:MOST]:
        keeper = keepers.get(one.record.keeper_id or 0)
        about = cells.text(reason(one))
        rows.append({"cells": [link(one.record), about, link(keeper) if keeper else secretariat]})
    title = t("Niemand om te herinneren", "Nobody to remind")
    more = t(f" De eerste {MOST} staan hier.", f" The first {MOST} are shown.")
    return group(
        "niemand",
        f"{title}: {len(found)}",
        columns,
        rows,
        intro=t(
            "Hiervoor heeft geen organisatie die het beheert of uitvoert iemand met een account.",
            "No organisation that keeps or carries this out has anybody with an account.",
        )
        + (more if len(found) > MOST else ""),
        empty=t("Voor alles is er iemand.", "There is somebody for everything."),
    )


def _addresses() -> View:
    query = select(Preference, Account).join(Account, Account.id == Preference.account_id)
    query = query.where(Preference.refused_address == Account.email, Account.active)
    found = session().execute(query.order_by(Account.name, Account.id)).all()
    rows = [
        {
            "cells": [
                cells.text(account.name),
                cells.text(account.email),
                cells.text(own.refused_why or ""),
                cells.text(format_date(own.refused_at, "long") if own.refused_at else ""),
            ],
            "actions": [
                button(
                    t("Adres werkt weer", "Address works again"),
                    url_for("reminders.confirm", number=account.id),
                )
            ],
        }
        for own, account in found
    ]
    columns = [
        t("Persoon", "Person"),
        t("E-mailadres", "E-mail address"),
        t("Wat de mailserver zei", "What the mail server said"),
        t("Op", "On"),
    ]
    note = t("Teruggekomen mail noteren", "Note mail that came back")
    return group(
        "adressen",
        t(f"Geweigerde adressen: {len(found)}", f"Refused addresses: {len(found)}"),
        columns,
        rows,
        intro=t(
            "Herinneringen aan deze adressen wachten, totdat iemand het adres bevestigt of "
            "wijzigt. Daarna komen ze alsnog.",
            "Reminders to these addresses wait until somebody confirms or changes the address. "
            "They come after that.",
        ),
        actions=[button(note, url_for("reminders.refuse"), "get")],
        empty=t("Geen enkel adres werd geweigerd.", "No address was refused."),
    )


# --- settings -----------------------------------------------------------------------------


def rules() -> View:
    """The rules, and what is paused."""
    intro = t(
        "Wanneer er vanzelf wordt herinnerd, en waarvan voorlopig niet. Wijzigingen staan in de "
        "geschiedenis.",
        "When reminders are sent automatically, and of what they are not for now. Changes are in "
        "the history.",
    )
    return page(t("Instellingen", "Settings"), intro, [_rules(settings()), _pauses()])


def _rules(found: Settings) -> View:
    columns = [t("Herinnering", "Reminder"), t("Waarvan", "Of what"), t("Wanneer", "When")]
    rows = [
        {
            "cells": [
                {
                    "type": "link",
                    "url": url_for("reminders.rule", code=code),
                    "label": say(NAMES[code]),
                },
                cells.text(say(TOLD[code])),
                when(rule),
            ]
        }
        for code, rule in found.items()
    ]
    return group("regels", t("Regels", "Rules"), columns, rows)


def when(rule: Setting) -> cells.Cell:
    """When a rule reminds, in words."""
    if not rule.active:
        return {"type": "badge", "label": t("uit", "off"), "tone": "neutral"}
    if rule.days:
        text = t(f"{rule.days} dagen vooraf", f"{rule.days} days before")
    else:
        text = t(
            f"meteen, en opnieuw na {rule.every} dagen; hoogstens {rule.most} keer",
            f"at once, and again after {rule.every} days; {rule.most} times at most",
        )
    return cells.text(text)


def _pauses() -> View:
    about = contains_eager(Pause.record)
    query = select(Pause).join(Pause.record).options(about).order_by(Record.sort_title, Record.id)
    rows = [
        {
            "cells": [
                link(one.record),
                cells.text(
                    format_date(one.until, "long")
                    if one.until
                    else t("tot nader order", "until further notice")
                ),
                cells.text(one.reason),
            ],
            "actions": [
                button(
                    t("Hervatten", "Resume"),
                    url_for("reminders.resume", record=one.record.reference),
                )
            ],
        }
        for one in session().scalars(query)
        if one.record.deleted_at is None
    ]
    columns = [t("Waarvan", "Of what"), t("Tot en met", "Until"), t("Waarom", "Why")]
    new = button(
        t("Pauze toevoegen", "Add a pause"), url_for("reminders.pause"), "get", tone="primary"
    )
    return group(
        "pauzes",
        t("Pauzes", "Pauses"),
        columns,
        rows,
        actions=[new],
        empty=t("Er is niets gepauzeerd.", "Nothing is paused."),
    )
