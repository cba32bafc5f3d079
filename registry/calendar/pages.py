"""What the page of the calendars shows."""

from typing import Any

from flask import url_for
from sqlalchemy import select

from ..access import Actor, visible_to
from ..accounts.models import Account
from ..db import session
from ..record import Record
from ..signin.pages import Page, button, group, moment, table, text
from ..web import lang, say, t, titled
from ..words import Words
from .queries import MOST, address_of
from .writing import root

AGENDA = Words("Agenda (iCalendar)", "Calendar (iCalendar)")
REGISTER = "Samenwerkingsregister"


def index(account: Account | None, who: Actor) -> Page:
    """Where the calendars are, one's own among them."""
    return {
        "title": say(AGENDA),
        "intro": t(
            "Volg de termijnen, mijlpalen, edities en overleggen van het register in uw eigen "
            "agenda-programma. Wijzigt hier iets, dan wijzigt uw agenda mee.",
            "Follow the terms, milestones, editions and meetings of the registry in your own "
            "calendar program. What changes here, changes there.",
        ),
        "breadcrumb": [{"label": say(AGENDA), "url": None}],
        "menu": [],
        "error_summary": [],
        "groups": [_shared(who), _own(account), _reading()],
    }


def _shared(who: Actor) -> Page:
    title = t("Voor iedereen", "For everybody")
    rows = [_row(t("Alles wat openbaar is", "All that is public"), _path("calendar.public"))]
    query = select(Record).where(visible_to(who), Record.id.in_(sorted(who.organisations)))
    for record in session().scalars(query.order_by(Record.sort_title)):
        rows.append(_row(titled(record), _path("partners.calendar", reference=record.reference)))
    columns = [t("Agenda", "Calendar"), t("Adres om te kopiëren", "Address to copy")]
    return group(
        "openbaar",
        title,
        intro=t(
            "Druk op Abonneren, of kopieer het adres en voeg het in uw programma toe als agenda "
            "“van internet”. Elke organisatie heeft ook een agenda, te vinden op haar pagina. Een "
            "programma leest hier wat voor iedereen is.",
            "Press Subscribe, or copy the address and add it in your program as a calendar “from "
            "the internet”. Each organisation has a calendar too, to be found on its page. A "
            "program reads here what is for everybody.",
        ),
        table=table("openbaar", title, columns, rows),
    )


def _row(name: str, path: str) -> Page:
    return {"cells": [text(name), text(root() + path)], "actions": [subscribe(path)]}


def _path(endpoint: str, **values: Any) -> str:
    """The path of a feed in the language of who asks, on no reference date but the present."""
    return url_for(endpoint, asOf=None, lang=lang(), **values)


def subscribe(path: str, tone: str = "secondary") -> Page:
    """The button that opens a calendar program, by the scheme that those have registered."""
    url = "webcal://" + root().partition("://")[2] + path
    label = t("Abonneren", "Subscribe")
    return {"label": label, "url": url, "method": "get", "tone": tone, "fields": []}


def _own(account: Account | None) -> Page:
    title = t("Uw eigen agenda", "Your own calendar")
    if account is None:
        return group(
            "eigen",
            title,
            intro=t(
                "Wie is aangemeld, kan een agenda maken van wat de eigen organisatie aangaat.",
                "Who is signed in can make a calendar of what concerns their organisation.",
            ),
        )
    found = address_of(account.id)
    columns = [t("Adres gemaakt", "Address made"), t("Laatst opgehaald", "Last fetched")]
    cells = [moment(found.created_at), moment(found.last_used_at)] if found else []
    return group(
        "eigen",
        title,
        intro=_told(made=found is not None),
        table=table("eigen", title, columns, [{"cells": cells}]) if found else None,
        actions=_actions(made=found is not None),
    )


def _told(*, made: bool) -> str:
    what = t(
        "Wat uw organisaties aangaat, met uw rechten van dat moment: ook actiepunten, sluitdagen "
        "van uitvragen en dagen om opnieuw te kijken. Wie het adres heeft, leest mee: geef het "
        "niet door. ",
        "What concerns your organisations, with the rights that you have at that moment: action "
        "points, closing days of rounds and days to look again too. Who has the address reads "
        "along: do not pass it on. ",
    )
    if not made:
        return what
    return what + t(
        "Het adres is maar één keer getoond. Kwijt of uitgelekt? Maak een nieuw; het oude werkt "
        "dan niet meer.",
        "The address was shown only once. Lost or leaked? Make a new one; the old one then no "
        "longer works.",
    )


def _actions(*, made: bool) -> list[Page]:
    if not made:
        return [button(t("Adres maken", "Make an address"), "calendar.make", "primary")]
    return [
        button(t("Nieuw adres maken", "Make a new address"), "calendar.make"),
        button(t("Adres intrekken", "Revoke the address"), "calendar.revoke", "danger"),
    ]


def _reading() -> Page:
    return group(
        "lezen",
        t("Zo leest u de agenda", "How to read the calendar"),
        intro=t(
            "Een dag is een dag, en een periode van hoogstens een maand staat er over al haar "
            "dagen. Van een langere periode, zoals “medio 2021”, staan alleen het begin en het "
            "einde er. Wat geen dag heeft of op een voorwaarde wacht, staat er niet in. U ziet een "
            f"jaar terug en vijf jaar vooruit, en van meer dan {MOST} dagen de dichtstbijzijnde. "
            "Wat er staat houdt geen tijd bezet en geeft geen signaal.",
            "A day is a day, and a period of at most a month covers all its days. Of a longer "
            "period, such as “medio 2021”, only the beginning and the end are shown. What has no "
            "day or waits for a condition is not in it. You see one year back and five years "
            f"ahead, and of more than {MOST} days the nearest. What is in it takes up no time and "
            "gives no alarm.",
        ),
    )


def once(path: str) -> Page:
    """The page that shows a private address, the only time."""
    return {
        "title": t("Het adres van uw agenda", "The address of your calendar"),
        "intro": t(
            "Druk op Abonneren, of kopieer het adres en voeg het in uw programma toe als agenda "
            "“van internet”. Doe het nu: het adres wordt maar één keer getoond, en wie het heeft "
            "leest mee.",
            "Press Subscribe, or copy the address and add it in your program as a calendar “from "
            "the internet”. Do it now: the address is shown only once, and who has it reads along.",
        ),
        "breadcrumb": [],
        "secrets": [root() + path],
        "actions": [subscribe(path, "primary")],
        "onward_url": url_for("calendar.index"),
        "onward_label": t("Ik heb het bewaard, verder", "I have kept it, go on"),
    }
