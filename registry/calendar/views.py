"""The feeds, and the page that tells where they are and gives out one's own address."""

import re
from datetime import timedelta

from flask import Blueprint, Flask, Response, flash, g, redirect, render_template, request, url_for
from flask import current_app as app
from flask.typing import ResponseReturnValue
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from .. import clock, moved, web
from ..access import ANYBODY, acting_as, visible_to
from ..accounts import queries as accounts
from ..api.conditions import tag_of_list, unchanged
from ..commitments.schemas import COMMITMENT
from ..db import session
from ..errors import NotFound
from ..extensions import database
from ..initiatives.schemas import INITIATIVE
from ..meetings.schemas import MEETING
from ..partners.schemas import PARTNER
from ..plan.schemas import MILESTONE
from ..record import REFERENCE, Record
from ..signin import session as here
from ..web import actor, beside, blueprint, lang, panel, t, titled
from ..web.language import LANGUAGES
from . import commands, pages, queries, writing
from .entries import entries
from .models import CalendarAddress
from .pages import AGENDA
from .queries import MOST, Scope, horizon

calendar = web.pages(Blueprint("calendar", __name__))
MEDIA = "text/calendar; charset=utf-8"
SECRET = re.compile(rf"{commands.PREFIX}[\w-]{{43}}", re.ASCII)
HOUR = timedelta(hours=1)
UNSPOKEN = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


@calendar.get("/calendar")
def index() -> str:
    """Where the calendars are."""
    row = here.current()
    page = pages.index(row.account if row else None, actor())
    return render_template("admin/page.html", page=page)


@calendar.post("/mine/calendar")
def make() -> ResponseReturnValue:
    """A private address, or a new one in the place of mine: shown this once."""
    account = here.require_proof().account
    secret = commands.renew(actor(), account)
    page = pages.once(url_for("calendar.personal", secret=secret, asOf=None))
    return render_template("once.html", page=page), 200, {"Cache-Control": "no-store", **UNSPOKEN}


@calendar.post("/mine/calendar/revoke")
def revoke() -> ResponseReturnValue:
    """Take my private address back."""
    commands.revoke(actor(), here.account())
    flash(t("Het adres is ingetrokken.", "The address has been revoked."), "ok")
    return redirect(url_for("calendar.index"))


@calendar.get("/calendar.ics")
def public() -> Response:
    """What anybody may see, whoever asks."""
    with acting_as(ANYBODY):
        return _feed(Scope(), pages.REGISTER, "public")


@calendar.get("/calendar/<secret>.ics")
def personal(secret: str) -> Response:
    """What concerns one person, with the rights that they have now."""
    found = queries.opened_by(secret) if SECRET.fullmatch(secret) else None
    if found is None:
        return _nothing()
    g.calendar_address, account = found, found.account
    asked = request.args.get("lang")
    g.lang = asked if asked in LANGUAGES else account.language
    who = accounts.actor(account, "screen", here.address())
    with acting_as(who):
        title = f"{pages.REGISTER} – {account.name}"
        return _feed(queries.scope_of(who), title, f"account-{account.id}")


@blueprint(PARTNER).get("/<reference>/calendar.ics", endpoint="calendar")
def of_partner(reference: str) -> ResponseReturnValue:
    """What an organisation does and said, as far as who asks may see it."""
    wanted = (Record.reference == reference, Record.kind == PARTNER.name)
    known = REFERENCE.fullmatch(reference)
    found = session().scalar(select(Record).where(*wanted, visible_to(actor()))) if known else None
    if found is not None:
        title = f"{pages.REGISTER} – {titled(found)}"
        return _feed(Scope(frozenset({found.id})), title, reference)
    target = moved.target(PARTNER, actor(), reference) if known else None
    if target is None:
        raise NotFound
    return redirect(url_for("partners.calendar", reference=target), 301)


def _feed(scope: Scope, title: str, name: str) -> Response:
    """The calendar, or 304 where the caller has it."""
    found = entries(scope, horizon())
    about = writing.told(MOST if len(found) >= MOST else 0)
    text = writing.calendar(found, title, about, name)
    tag = tag_of_list(text)
    if unchanged(tag):
        response = Response(status=304)
        response.headers.pop("Content-Type", None)
    else:
        response = Response(text, content_type=MEDIA)
        response.headers["Content-Disposition"] = 'inline; filename="agenda.ics"'
    response.headers.update({"ETag": tag, "Cache-Control": "private, no-cache", **UNSPOKEN})
    return response


def _nothing() -> Response:
    """The same for every secret that opens nothing, in a few bytes: no page with links in it, for
    they would hold the address."""
    words = t("Deze agenda bestaat niet (meer).", "There is no such calendar (any more).")
    headers = {"Cache-Control": "no-store", **UNSPOKEN}
    return Response(words, 404, headers, content_type="text/plain; charset=utf-8")


def _note_used(response: Response) -> Response:
    """Keep when an address was last used: at most once an hour, after all else is done."""
    found: CalendarAddress | None = g.get("calendar_address")
    now = clock.now()
    if found is None or (found.last_used_at and found.last_used_at > now - HOUR):
        return response
    used = update(CalendarAddress).where(CalendarAddress.id == found.id).values(last_used_at=now)
    session().rollback()
    try:
        with database.aside() as short:
            short.execute(used)
    except OperationalError:  # somebody writes for long: the next request will do
        app.logger.info("an address of a calendar was not noted as used")
    return response


class Feed:
    """The box on the page of an organisation that leads to its calendar."""

    on = PARTNER

    def view(self, _record_id: int, reference: str) -> web.View | None:
        """By no query."""
        url = url_for("partners.calendar", reference=reference, asOf=None, lang=lang())
        row = {
            "url": url,
            "title": t("Agenda van deze organisatie", "Calendar of this organisation"),
            "meta": t(
                "Termijnen, mijlpalen, edities en overleggen, voor uw agenda-programma.",
                "Terms, milestones, editions and meetings, for your calendar program.",
            ),
            "badges": [],
        }
        how = {
            "url": url_for("calendar.index"),
            "title": t("Hoe u zich abonneert", "How to subscribe"),
            "badges": [],
        }
        return {
            "title": web.say(AGENDA),
            "count": None,
            "all_url": None,
            "rows": [row, how],
            "empty": None,
        }


def register(app: Flask) -> None:
    """Note when addresses are used."""
    app.after_request(_note_used)


panel(Feed())
for _kind in (COMMITMENT, MILESTONE, INITIATIVE, MEETING):
    beside(_kind, AGENDA, "calendar.index")
