"""What the screens show on which an annex is made: its page, its lines, and what remains to do."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import format_date

from .. import vocabulary
from ..access import Actor, Permission, can
from ..access import View as Sight
from ..annexes.looking import Item
from ..kind import kind_named
from ..lines import queries as lines
from ..lines.queries import Line
from ..printing.formats import FORMATS
from ..record import State
from ..reports import queries as reports
from ..reports.commands import UNSHOWN
from ..reports.models import Annex, AnnexFreeze
from ..reports.schemas import ANNEX
from ..web import View, cells, counted, lang, links, say, t, titled
from ..words import Words

LINE, LINES = Words("regel", "line"), Words("regels", "lines")
HIDDEN = Words("gegeven", "record"), Words("gegevens", "records")
TALLIES = {
    "agreed": Words("akkoord", "agreed"),
    "asked": Words("voorgelegd, nog geen antwoord", "asked, no answer yet"),
    "remark": Words("met een opmerking", "with a remark"),
    "not_asked": Words("nog niet voorgelegd", "not asked yet"),
}
WAITING = ("not_asked", "remark")
"""Of these lines the owner can be asked."""
ASKING = Words(
    "Wie over een regel gaat, ziet de tekst en de bronnen en geeft akkoord of maakt een opmerking. "
    "Iedereen krijgt één bericht voor al zijn regels.",
    "Who owns a line sees its text and sources, and agrees or remarks on it. Everybody gets one "
    "message for all their lines.",
)
NAMES: dict[str, str | Words] = {
    "json": "JSON",
    "csv": Words("CSV, een rij per regel", "CSV, a row per line"),
    "pdf": Words("PDF, om te printen", "PDF, to print"),
    "docx": Words("Word (DOCX)", "Word (DOCX)"),
    "html": "HTML",
}


def told(annex: Annex, who: Actor) -> View:
    """What stands above the facts of an annex: how far it is, and what can be done."""
    found = lines.overview(annex, who)
    told = (as_of(annex), compared(found.previous), left_out(found.left_out))
    return {
        "frozen": sealed(found.frozen) if found.frozen else None,
        "told": " ".join(filter(None, told)),
        "tallies": tallies(annex, found.lines) if who.view >= Sight.CORE_GROUP else [],
        "count": tally(annex, found.lines),
        "steps": steps(annex, who),
        "files": files(annex),
    }


def tally(annex: Annex, found: Sequence[Line]) -> View:
    """How many lines there are."""
    label = say(LINE if len(found) == 1 else LINES)
    return {"count": len(found), "url": url("lines", annex), "label": label}


def tallies(annex: Annex, found: Iterable[Line]) -> list[View]:
    """How far the agreement is; each number leads to exactly the lines that it counts."""
    return [
        {"count": count, "url": url("lines", annex, agreement=name), "label": say(TALLIES[name])}
        for name, count in lines.counts(found).items()
        if count
    ]


def sealed(frozen: AnnexFreeze) -> str:
    """“Vastgesteld op … · nr. 2021-1 · SHA-256 …”."""
    day = format_date(frozen.day, "long")
    number, mark = t(f"nr. {frozen.number}", f"no. {frozen.number}"), f"SHA-256 {frozen.sha256}"
    return " · ".join((t(f"Vastgesteld op {day}", f"Frozen on {day}"), number, mark))


def steps(annex: Annex, who: Actor) -> list[View]:
    """What this reader can do with an annex."""
    found = [_step("document", annex, t("Bekijk de bijlage", "Read the annex"), "primary")]
    frozen = reports.freeze(annex.id) is not None
    judges = can(who, Permission.RECORD_PUBLISH, annex.record)
    if judges and not frozen:
        found += [
            _step("lines", annex, t("Regels bewerken", "Edit lines")),
            _step("requests", annex, t("Akkoord vragen", "Ask for agreement")),
            _step("freeze", annex, t("Vaststellen", "Freeze")),
        ]
    if who.view >= Sight.CORE_GROUP:
        found.append(_step("comparison", annex, t("Vergelijken", "Compare")))
    if can(who, ANNEX.create):
        label = t("Nieuwe bijlage op basis van deze", "New annex based on this one")
        found.append(_step("copy", annex, label))
    return found


def _step(verb: str, annex: Annex, label: str, tone: str = "secondary") -> View:
    return {"label": label, "url": url(verb, annex), "tone": tone, "method": "get"}


def url(verb: str, annex: Annex, **asked: Any) -> str:
    """The address of something below the page of an annex."""
    return url_for(f"annexes.{verb}", reference=annex.reference, **asked)


def files(annex: Annex) -> list[View]:
    """The formats that there are."""
    return [
        {"url": url("as_file", annex, ending=name, lang=lang()), "label": _format(name)}
        for name in FORMATS
    ]


def _format(name: str) -> str:
    words = NAMES.get(name, name.upper())
    return say(words) if isinstance(words, Words) else words


def ways(who: Actor) -> list[View]:
    """From the state of affairs to a new annex, for who makes them."""
    if not can(who, ANNEX.create):
        return []
    new = {"label": t("Nieuwe bijlage", "New annex"), "url": url_for("annexes.new")}
    every = {"label": say(ANNEX.plural), "url": links.of_list(ANNEX)}
    return [{**each, "method": "get", "tone": "secondary"} for each in (new, every)]


def tasks(who: Actor) -> list[View]:
    """The way to the annexes, for who reads them before they are frozen."""
    if who.view < Sight.CORE_GROUP:
        return []
    return [{"label": t("Bijlagen", "Annexes"), "url": links.of_list(ANNEX)}]


# --- around a page ------------------------------------------------------------------------


def page(annex: Annex, title: str, groups: Sequence[View] = ()) -> View:
    """A page below that of an annex."""
    return {
        "title": title,
        "breadcrumb": [
            {"label": say(ANNEX.plural), "url": links.of_list(ANNEX)},
            {"label": titled(annex), "url": links.of_record(ANNEX, annex.reference)},
            {"label": title, "url": None},
        ],
        "groups": groups,
        "error_summary": [],
    }


def as_of(annex: Annex) -> str:
    """“Stand op 15 juni 2021.”"""
    day = format_date(annex.as_of, "long")
    return t(f"Stand op {day}.", f"As of {day}.")


def compared(previous: Item | None) -> str:
    """What an annex is compared with, and that this cannot be done where its day is not known."""
    if previous is None:
        return ""
    name = previous.get("identification") or previous.get("number") or previous["title"]
    told = t(f"Vergeleken met {name}.", f"Compared with {name}.")
    if previous["comparable"]:
        return told
    return told + t(
        " De dag daarvan is onbekend of komt nog: er is niet gezegd wat is gewijzigd.",
        " Its day is unknown or still to come: it is not said what changed.",
    )


def left_out(count: int) -> str:
    """How many records the reader may not see; nothing where there are none."""
    if not count:
        return ""
    things = counted(count, *HIDDEN)
    return t(f"{things} die u niet mag zien ontbreken hier.", f"Without {things} hidden from you.")


# --- lines --------------------------------------------------------------------------------


def counted_lines(count: int, total: int) -> str:
    """How many of all lines there are here."""
    told = counted(count, LINE, LINES)
    if count == total:
        return told
    return t(f"{told} van {total}", f"{told} of {total}")


def choices(found: Sequence[Line], asked: Mapping[str, str]) -> list[View]:
    """What the lines can be limited to."""
    owners = {ref: name for line in found for ref, name in line.owners.items()}
    kinds = {line.kind: say(kind_named(line.kind).plural) for line in found}
    states = {
        name: say(vocabulary.label("line-agreement", name))
        for name, count in lines.counts(found).items()
        if count
    }
    named = (
        ("agreement", t("Akkoord", "Agreement"), states),
        ("kind", t("Soort", "Kind"), kinds),
        ("organisation", t("Organisatie", "Organisation"), _sorted(owners)),
    )
    return [
        {
            "name": name,
            "label": label,
            "options": [
                {"value": value, "label": words, "chosen": value == asked.get(name)}
                for value, words in options.items()
            ],
        }
        for name, label, options in named
        if len(options) > 1 or asked.get(name)
    ]


def _sorted(named: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(named.items(), key=lambda pair: pair[1].casefold()))


# --- asking -------------------------------------------------------------------------------


def requests(annex: Annex, found: Sequence[Line]) -> View:
    """Who can be asked about how many lines, and about how many nobody can."""
    waiting = [line for line in found if line.agreement in WAITING]
    owners = _sorted({ref: name for line in found for ref, name in line.owners.items()})
    named = t("Per organisatie", "By organisation")
    table = {
        "id": "tabel-organisaties",
        "title": None,
        "caption": named,
        "columns": [t("Organisatie", "Organisation"), *(say(TALLIES[n]) for n in lines.AGREEMENTS)],
        "rows": [_owner(annex, found, *pair) for pair in owners.items()],
        "empty": t("Geen organisatie gaat over een regel.", "No organisation owns a line."),
    }
    group: View = {"id": "organisaties", "title": named, "intro": None, "table": table}
    shown = annex.record.state == State.PUBLISHED
    if shown and any(line.owners for line in waiting):
        label = t("Vraag akkoord aan allen", "Ask all of them")
        group["actions"] = [post(label, url("requests", annex), tone="primary")]
    loose = [line for line in waiting if not line.owners]
    title = t("Akkoord vragen", "Ask for agreement")
    intro = say(ASKING if shown else UNSHOWN)
    return {**page(annex, title, [group, *_loose(annex, loose)]), "intro": intro}


def _owner(annex: Annex, found: Sequence[Line], reference: str, name: str) -> View:
    own = lines.chosen(found, {"organisation": reference})
    numbers = lines.counts(own)
    asked = {state: {"agreement": state, "organisation": reference} for state in lines.AGREEMENTS}
    row: View = {
        "cells": [
            {"type": "link", "url": links.of_reference(reference), "label": name},
            *(_number(annex, numbers[state], asked[state]) for state in lines.AGREEMENTS),
        ],
        "actions": [],
    }
    if annex.record.state == State.PUBLISHED and any(one.agreement in WAITING for one in own):
        label = t(f"Vraag {name}", f"Ask {name}")
        row["actions"] = [post(label, url("requests", annex), organisation=reference)]
    return row


def _number(annex: Annex, count: int, asked: Mapping[str, str]) -> cells.Cell:
    if not count:
        return cells.text("–")
    return {"type": "link", "url": url("lines", annex, **asked), "label": str(count)}


def _loose(annex: Annex, found: Sequence[Line]) -> list[View]:
    """The lines that nobody can be asked about."""
    if not found:
        return []
    title = t("Niemand aan wie het te vragen is", "Nobody who can be asked")
    text = t(
        "Van deze regels is geen organisatie beheerder, toezegger of trekker. Geef zelf akkoord "
        "bij de regel als u het hebt nagevraagd.",
        "No organisation keeps, made or leads what these lines are about. Agree at the line "
        "yourself when you have checked it.",
    )
    label = counted(len(found), LINE, LINES)
    step = {"label": label, "url": url("lines", annex, organisation="none"), "method": "get"}
    return [{"id": "niemand", "title": title, "intro": text, "table": None, "actions": [step]}]


def post(label: str, address: str, *, tone: str = "secondary", **fields: str) -> View:
    """A button that does something."""
    sent = list(fields.items())
    return {"label": label, "url": address, "method": "post", "tone": tone, "fields": sent}
