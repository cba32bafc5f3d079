"""The whole annex as one JSON, as of its reference date and as who reads may see it: screens and
files draw it and compute nothing."""

from typing import Any

from sqlalchemy import select

from .. import clock
from ..access import Actor, acting_as, can_see
from ..db import session
from ..record import Record
from ..reports import queries as reports
from ..reports import scope
from ..reports.models import Annex
from ..reports.schemas import ANNEX, SECTIONS
from ..sources.models import Document
from . import lines, parts
from .looking import Content, Item, Look, Previous, Step
from .reading import seen

FIRST_LETTER = "25 883, nr. 405"
"""What an annex is compared with that names nothing to be compared with."""
TOLD = ("title", "titleEn", "asOf", "letter", "dossier", "themes", "organisations", "strengths",
        "introduction", "introductionEn")  # fmt: skip
STEPS = 6


def silent(_done: int, _total: int) -> None:
    """Tell nobody how far it is."""


def content(annex: Annex, actor: Actor, *, step: Step = silent) -> Content:
    """What an annex says now, by a constant number of queries. Raises Invalid for a reference date
    before anything was there. An annex that was not stored says what one of everything would."""
    scope.whole(annex)
    with acting_as(actor), clock.seen_as_of(annex.as_of):
        scope.require_known(annex.as_of)
        look = Look(actor, annex, scope.of(annex), previous(annex, actor))
        step(1, STEPS)
        commitments = lines.commitments(look)
        step(2, STEPS)
        initiatives = lines.initiatives(look)
        step(3, STEPS)
        shown = _sections(annex)
        names = {row["section"] for row in shown}
        figures = parts.figures(look) if "figures" in names else []
        step(4, STEPS)
        gaps = parts.gaps() if "gaps" in names else []
        step(5, STEPS)
        return {
            **_head(look, annex),
            "sections": shown,
            "commitments": commitments,
            "initiatives": initiatives,
            "byTheme": parts.by_theme(initiatives),
            "figures": figures,
            "gaps": gaps,
            "open": parts.still_open(look, commitments, initiatives),
            "footnotes": look.notes.told,
            "leftOut": parts.left_out(look),
        }


def _head(look: Look, annex: Annex) -> Content:
    """What the annex itself says, and what it is compared with."""
    schema = ANNEX.schema(only=("title", "title_en", "as_of", "letter", "dossier", "themes",
                                "organisations", "strengths", "introduction",
                                "introduction_en"))  # fmt: skip
    told: Item = schema.dump(annex)
    letter = annex.letter if told["letter"] else None
    return {
        "reference": annex.reference if look.stored else None,
        "number": None,
        "frozenOn": None,
        **{name: told[name] for name in TOLD[:3]},
        "letter": paper(letter) if letter else None,
        "previous": _compared(look),
        "scope": {
            "dossier": told["dossier"],
            "themes": [row["theme"] for row in told["themes"]],
            "organisations": [row["partner"] for row in told["organisations"]],
            "strengths": [row["strength"] for row in told["strengths"]],
        },
        **{name: told[name] for name in TOLD[-2:]},
    }


def _compared(look: Look) -> Item | None:
    """What is compared with, and whether it can be: not where its day is unknown or later."""
    if look.previous is None:
        return None
    return {**look.previous.told, "comparable": look.baseline is not None}


def _sections(annex: Annex) -> list[Item]:
    """The sections that are shown, in their order; all of them where none was chosen."""
    names = ("heading", "headingEn", "text", "textEn")
    if not annex.sections:
        blank = dict.fromkeys(names)
        return [{"key": name, "section": name, **blank} for name in SECTIONS]
    return [
        {
            "key": row.key,
            "section": row.section,
            **dict(zip(names, (row.heading, row.heading_en, row.text, row.text_en), strict=True)),
        }
        for row in annex.sections
        if not row.omitted
    ]


def paper(document: Document) -> Item:
    """A letter as an annex names it."""
    return {
        "reference": document.reference,
        "title": document.title,
        "identification": document.identification,
        "officialDate": document.official_date.isoformat() if document.official_date else None,
        "planned": document.planned,
        "expected": document.expected.as_json() if document.expected else None,
    }


def previous(annex: Annex, actor: Actor) -> Previous | None:
    """What an annex is compared with, as far as who reads may see that."""
    before = annex.previous_annex
    if before is not None:
        return _annex(before, actor) if can_see(actor, before.record) else None
    letter = annex.previous_letter or _first_letter()
    if letter is None or not can_see(actor, letter.record):
        return None
    told = {"kind": "letter", **paper(letter), "day": paper(letter)["officialDate"]}
    return Previous(told, letter.official_date, letter.reference)


def _first_letter() -> Document | None:
    query = select(Document).join(Record, Record.id == Document.id)
    query = query.where(Document.identification == FIRST_LETTER, Record.deleted_at.is_(None))
    return session().scalar(query)


def _annex(annex: Annex, actor: Actor) -> Previous:
    frozen = reports.freeze(annex.id)
    told: dict[str, Any] = {
        "kind": "annex",
        "reference": annex.reference,
        "title": annex.title,
        "titleEn": annex.title_en,
        "number": frozen.number if frozen else None,
        "day": annex.as_of.isoformat(),
    }
    if frozen is None:
        return Previous(told, annex.as_of)
    then = seen(actor, frozen.content)
    found = {line["reference"]: line for line in [*then["commitments"], *then["initiatives"]]}
    return Previous(told, annex.as_of, lines=found)
