"""Entries as iCalendar (RFC 5545, 7986), in the words of the register."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import current_app, url_for
from icalendar import Calendar, Event, vDuration
from icalendar.enums import STATUS, TRANSP

from .. import policydate, vocabulary
from ..commitments.schemas import COMMITMENT
from ..kind import Kind
from ..plan.schemas import MILESTONE
from ..web import lang, say, t
from ..web.links import of_record
from ..words import Words
from .entries import DURING, FROM, ON, UNTIL, Entry
from .queries import Item

PRODUCT = "-//Samenwerkingsregister//Agenda//NL"
EVERY = timedelta(hours=6)
LONGEST = 150
UNWRITABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
A_DAY = timedelta(days=1)
CALLED = {
    "edition": Words("Editie", "Edition"),
    "expected": Words("Verwacht", "Expected"),
    "action": Words("Actiepunt", "Action point"),
    "round": Words("Sluitdatum uitvraag", "Closing day of reporting round"),
    "review": Words("Opnieuw bekijken", "Look again"),
}
"""What a mark is called that is not named after its kind of record."""
EDGES = {
    FROM: Words("Vanaf", "From"),
    UNTIL: Words("Uiterlijk", "At the latest"),
}
SOFT_EDGES = {
    FROM: Words("Begin periode", "Period begins"),
    UNTIL: Words("Einde periode", "Period ends"),
}
"""Of what was hoped for or is expected nothing is due: there is a period, and no deadline."""
SAID = ("met", "done", "lapsed", "dropped")
LISTS = {COMMITMENT: "commitment-status", MILESTONE: "milestone-state"}
JUDGED = ("passed", "not_reached")


def calendar(entries: Sequence[Entry], title: str, told: str, address: str) -> str:
    """The calendar as text; `told` is what it says of itself."""
    made = Calendar.new(
        prodid=PRODUCT,
        name=_text(title),
        description=_text(told),
        language=lang(),
        uid=f"{address}@{_host()}",
    )
    made["REFRESH-INTERVAL"] = vDuration(EVERY, {"VALUE": "DURATION"})
    made["X-PUBLISHED-TTL"] = vDuration(EVERY)
    made.add("X-WR-TIMEZONE", current_app.config["BABEL_DEFAULT_TIMEZONE"])
    for entry in entries:
        made.add_component(_event(entry))
    made.add_missing_timezones()
    text: str = made.to_ical().decode()
    return text


def _event(entry: Entry) -> Event:
    changed = datetime.fromisoformat(entry.item["updatedAt"]).astimezone(UTC)
    start, end = _span(entry)
    return Event.new(
        uid=f"{entry.name}@{_host()}",
        stamp=changed,
        last_modified=changed,
        sequence=entry.item["version"],
        start=start,
        end=end,
        summary=_text(summary(entry)),
        description=_text("\n".join(_described(entry))),
        url=address_of(entry),
        categories=[category(entry)],
        status=STATUS(status(entry)),
        location=_text(entry.item["place"]) if entry.item.get("place") else None,
        # A term takes nobody's day, and a meeting its hours.
        transparency=TRANSP.OPAQUE if entry.hours else TRANSP.TRANSPARENT,
    )


def _span(entry: Entry) -> tuple[date, date]:
    """Whole days, the last not included; or hours, where the register is kept."""
    if entry.hours is None:
        return entry.first, entry.last + A_DAY
    zone = ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])
    first, last = (datetime.combine(entry.first, hour, zone) for hour in entry.hours)
    return first, last.replace(microsecond=0)


def status(entry: Entry) -> str:
    """Whether it stands, may be, or will not be any more."""
    if entry.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if entry.of == "expected" else "CONFIRMED"


def category(entry: Entry) -> str:
    """What kind of thing it is, in words."""
    if entry.of in CALLED:
        return say(CALLED[entry.of])
    if entry.kind is COMMITMENT:
        return say(vocabulary.label("strength", entry.item["strength"])).capitalize()
    assert entry.kind is not None
    return say(entry.kind.words)


def summary(entry: Entry) -> str:
    """One line: which end of a period, how it stands where that is over, what, and the words."""
    title = _title(entry)
    if entry.kind is not COMMITMENT or entry.of in CALLED:  # which is titled by its own strength
        title = f"{category(entry)}: {title}"
    words = entry.window.text if entry.window and entry.mark != ON else None
    parts = (_edge(entry), _over(entry), _short(title), words)
    return " · ".join(part for part in parts if part)


def _edge(entry: Entry) -> str | None:
    if entry.mark in (ON, DURING):
        return None
    soft = entry.soft or entry.of in ("edition", "expected", "meeting")
    return say((SOFT_EDGES if soft else EDGES)[entry.mark])


def _over(entry: Entry) -> str | None:
    if entry.state not in SAID:
        return None
    named = "action-state" if entry.of == "action" else LISTS.get(entry.kind) if entry.kind else ""
    return say(vocabulary.label(named, entry.state)).capitalize() if named else None


def _title(entry: Entry) -> str:
    row = entry.row or {}
    if entry.of == "action":
        return str(row["text"])
    if entry.kind is None:
        return str(entry.item["title"])
    title = entry.kind.title(entry.item, lang())
    held = str(row.get("title") or title)
    return held if title in held else f"{title}: {held}"


def _described(entry: Entry) -> Iterator[str]:
    """The whole of it: how hard it was said, how it stands, who, and where that is written."""
    yield _title(entry)
    if entry.of == "action" and entry.kind is not None:
        yield f"{say(entry.kind.words)}: {entry.item['title']}"
    yield from (f"{say(name)}: {told}" for name, told in _facts(entry) if told)
    yield address_of(entry)


def _facts(entry: Entry) -> Iterator[tuple[Words, str | None]]:
    item = entry.item
    if entry.kind is COMMITMENT:
        strength = vocabulary.label("strength", item["strength"])
        yield Words("Soort en hardheid", "Kind and strength"), say(strength)
    yield Words("Termijn", "Term"), _window(entry)
    yield Words("Stand van zaken", "Status"), _standing(entry.kind, item)
    if item.get("termState") in JUDGED and entry.of != "review":
        state = vocabulary.label("term-state", item["termState"])
        yield Words("Termijn op de peildatum", "Term at the reference date"), say(state)
    yield Words("Plaats", "Place"), item.get("place")
    yield _who(entry)
    yield Words("Staat in", "Stated in"), ", ".join(_documents(item))


def _window(entry: Entry) -> str | None:
    if entry.window is None:
        return None
    days, words = policydate.describe(entry.window, lang()), entry.window.text
    return f"{words} ({days})" if words and days and days not in words else words or days


def _standing(kind: Kind | None, item: Item) -> str | None:
    if kind is None or kind.name == "meeting":
        return None
    code = item.get("state" if kind is MILESTONE else "status")
    named = LISTS.get(kind, "initiative-status")
    return say(vocabulary.label(named, code)) if code else None


def _who(entry: Entry) -> tuple[Words, str | None]:
    if entry.of == "review":
        return Words("Wie dan kijkt", "Who looks then"), entry.item.get("reviewBy")
    if entry.of == "action":
        return OWNER, _name((entry.row or {}).get("owner"))
    if entry.kind is MILESTONE:
        return OWNER, _name(entry.item["owner"]) or entry.item["ownerWords"]
    return Words("Door", "By"), ", ".join(_party(row) for row in entry.item.get("by", []))


OWNER = Words("Trekker", "Owner")


def _party(row: Item) -> str:
    """An organisation, initiative, office or person, or words where none is named."""
    named = (_name(row[part]) for part in ("partner", "initiative", "office", "person"))
    return ", ".join(name for name in named if name) or row["words"] or ""


def _name(pointer: Item | None) -> str | None:
    found = pointer or {}
    return found.get("name") or found.get("title")


def _documents(item: Item) -> list[str]:
    """Of which documents the words are, each once."""
    made = (item.get("madeAt") or {}).get("document")
    cited = [row["document"] for row in item.get("sources", [])]
    names = (_name(pointer) for pointer in (made, *cited))
    return [*dict.fromkeys(name for name in names if name)][:3]


def address_of(entry: Entry) -> str:
    """The page of what it is about."""
    if entry.kind is None:
        return root() + url_for("rounds.show", key=entry.item["key"])
    return root() + of_record(entry.kind, entry.item["reference"])


def root() -> str:
    """The public address of the register."""
    public: str = current_app.config["PUBLIC_URL"]
    return public.rstrip("/")


def _host() -> str:
    return urlsplit(root()).hostname or "localhost"


def _short(title: str) -> str:
    if len(title) <= LONGEST:
        return title
    return title[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def _text(text: Any) -> str:
    """Without what no calendar may hold; a line break stays one."""
    lines = str(text).replace("\r\n", "\n").replace("\r", "\n")
    return UNWRITABLE.sub(" ", lines)


def told(cut: int) -> str:
    """What a calendar says of itself."""
    words = t(
        "Termijnen, mijlpalen, edities en overleggen uit het Samenwerkingsregister, van een jaar "
        "terug tot vijf jaar vooruit. Van een periode langer dan een maand staan alleen het begin "
        "en het einde er.",
        "Terms, milestones, editions and meetings from the Samenwerkingsregister, from one year "
        "back to five years ahead. Of a period longer than a month only the beginning and the end "
        "are shown.",
    )
    if not cut:
        return words
    return words + t(
        f" Getoond zijn de {cut} dagen die het dichtst bij de peildatum liggen.",
        f" Shown are the {cut} days nearest to the reference date.",
    )
