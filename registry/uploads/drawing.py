"""What the pages of reading in show."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import url_for

from ..errors import Message
from ..kind import Kind
from ..tables import MOST_BYTES, Fault
from ..web import lang, links, say, t
from ..web.shell import actor
from ..words import Words
from .commands import CHANGED, NEW, REFUSED, UNCHANGED, Outcome
from .keeping import Kept
from .matching import Sheets, fields, unmatched

Page = dict[str, Any]
MOST_ROWS = 500
LONGEST = 400
WHAT: Mapping[str, tuple[Words, str]] = {
    REFUSED: (Words("geweigerd", "refused"), "danger"),
    NEW: (Words("nieuw", "new"), "success"),
    CHANGED: (Words("gewijzigd", "changed"), "warning"),
    UNCHANGED: (Words("ongewijzigd", "unchanged"), "neutral"),
}


def around(kind: Kind) -> Page:
    """What is on each of these pages."""
    title = t("Bestand inlezen", "Read in a file")
    return {
        "title": f"{title}: {say(kind.plural)}",
        "intro": None,
        "breadcrumb": [
            {"label": say(kind.plural), "url": links.of_list(kind)},
            {"label": title, "url": None},
        ],
        "errors": [],
        "cancel_url": links.of_list(kind),
        "asking": None,
        "matching": None,
        "preview": None,
    }


def asking(kind: Kind, errors: list[str]) -> Page:
    """The page that asks for a file."""
    most = MOST_BYTES // 1024 // 1024
    return {
        "intro": t(
            "Download de lijst, wijzig haar in een rekenblad en lees het bestand hier in. Een "
            "eigen lijst met andere kolommen kan ook: u kiest dan welke kolom welk veld is. U ziet "
            "eerst per rij wat er zou gebeuren; er verandert pas iets als u op Inlezen drukt.",
            "Download the list, change it in a spreadsheet and read the file in here. A list of "
            "your own with other columns will do as well: you then choose which column is which "
            "field. First you see what would happen to each row; nothing changes until you press "
            "Read in.",
        ),
        "errors": errors,
        "asking": {
            "hint": t(
                f"XLSX of CSV, hoogstens {most} MB. Wat niet in het bestand staat, blijft zoals "
                "het is. Een rij zonder kenmerk wordt een nieuw concept.",
                f"XLSX or CSV, at most {most} MB. What is not in the file stays as it is. A row "
                "without a reference becomes a new draft.",
            ),
            "template_url": url_for(f"{kind.collection}.as_xlsx"),
        },
    }


def no_file() -> str:
    """What is said when nothing was sent."""
    return t("Kies een bestand.", "Choose a file.")


def not_kept() -> str:
    """What is said when the disk is full."""
    return t(
        "Het bestand kon even niet worden bewaard. Probeer het later opnieuw.",
        "The file could not be kept for now. Try again later.",
    )


def told(faults: Iterable[Fault]) -> list[str]:
    """What is wrong, each with its place."""
    return [f"{place(fault)}: {fault.message.in_(lang())}" for fault in faults]


def place(fault: Fault) -> str:
    """Where something is wrong."""
    if not fault.file:
        return t(f"Rij {fault.row}", f"Row {fault.row}")
    column = t(f", kolom {fault.column}", f", column {fault.column}") if fault.column else ""
    return t(f"{fault.file}, rij {fault.row}", f"{fault.file}, row {fault.row}") + column


# --- matching -----------------------------------------------------------------------------


def matching(
    kind: Kind, kept: Kept, found: Sheets, chosen: Mapping[str, str], errors: list[str]
) -> Page:
    """The page on which columns are matched to fields."""
    return {
        "errors": errors,
        "intro": t(
            f"Kies voor elke kolom van {kept.name} welk veld het is. Een kolom zonder veld wordt "
            "niet gelezen.",
            f"Choose for each column of {kept.name} which field it is. A column without a field "
            "is not read.",
        ),
        "matching": {
            "options": _options(kind),
            "rows": [
                {
                    "name": f"column-{index}",
                    "heading": heading,
                    "chosen": chosen.get(heading, ""),
                    "examples": list(_examples(found, heading)),
                }
                for index, heading in enumerate(found.headings)
            ],
            "unread": unmatched(found, chosen),
            "sheets": found.unread,
        },
    }


def _options(kind: Kind) -> list[dict[str, str]]:
    known = fields(kind, actor()).items()
    return [{"value": name, "label": f"{say(words)} ({name})"} for name, words in known]


def _examples(found: Sheets, heading: str) -> Iterator[str]:
    """What stands under a heading in the first rows."""
    if found.main is None:
        return
    heads, *lines = found.main.lines[found.head : found.head + 4]
    at = next(index for index, cell in enumerate(heads.cells) if cell.strip() == heading)
    for line in lines:
        if at < len(line.cells) and line.cells[at]:
            yield line.cells[at][:60]


def wrong_matching(kind: Kind, names: list[str], allowed: Mapping[str, Words]) -> list[str]:
    """What is wrong with a choice of fields."""
    twice = {name for name in names if names.count(name) > 1}
    found = [
        t(
            f"Twee kolommen zijn hetzelfde veld: {say(allowed[name])}.",
            f"Two columns are the same field: {say(allowed[name])}.",
        )
        for name in allowed
        if name in twice
    ]
    field = kind.dictionary.described()[kind.title_field]
    if str(field.data_key) not in names and "reference" not in names:
        label = say(field.about.words)
        text = t(
            f"Kies welke kolom dit is: {label} (of Kenmerk).",
            f"Choose which column this is: {label} (or Reference).",
        )
        found.append(text)
    return found


# --- the preview --------------------------------------------------------------------------


def summary(outcomes: list[Outcome], unread: list[str], sheets: list[str], language: str) -> Page:
    """What is kept of a rehearsal: the messages in both languages, the values as they were, and
    of the rows as many as are shown, what is refused first."""
    order = {what: index for index, what in enumerate(WHAT)}
    shown = [o for o in outcomes if o.what != UNCHANGED or o.notes]
    shown.sort(key=lambda o: (order[o.what], o.row))
    return {
        "lang": language,
        "counts": {what: sum(o.what == what for o in outcomes) for what in WHAT},
        "versions": {o.reference: o.version for o in outcomes if o.version is not None},
        "unread": unread,
        "sheets": sheets,
        "rows": [_kept(o) for o in shown[:MOST_ROWS]],
        "more": max(0, len(shown) - MOST_ROWS),
    }


def _kept(outcome: Outcome) -> Page:
    known = outcome.reference if outcome.version is not None else None
    return {
        "row": outcome.row,
        "reference": known,
        "title": outcome.title,
        "what": outcome.what,
        "reasons": both(outcome.reasons),
        "notes": both(outcome.notes),
        "differences": [
            [list(d.label), d.old[:LONGEST], d.new[:LONGEST]] for d in outcome.differences
        ],
    }


def both(faults: Iterable[Fault]) -> list[Any]:
    """Faults as they are kept: each in both languages."""
    return [[f.file, f.row, f.column, str(f.message), f.message.nl] for f in faults]


def kept_told(kept: list[Any]) -> str:
    """A kept fault, with its place."""
    file, row, column, english, dutch = kept
    return told([Fault(file, row, column, Message(english, dutch, ""))])[0]


def outcomes(kind: Kind, preview: Page) -> Page:
    """What happens to each row, what is refused first, and whether it can be done."""
    counts = preview["counts"]
    ready = not counts[REFUSED] and counts[NEW] + counts[CHANGED] > 0
    return {
        "counts": [
            {"label": say(words), "tone": tone, "count": counts[what]}
            for what, (words, tone) in WHAT.items()
        ],
        "rows": [_row(kind, row) for row in preview["rows"]],
        "more": preview["more"],
        "ready": ready,
        "nothing": not counts[REFUSED] and not ready,
        "refused": counts[REFUSED],
    }


def previewing(kind: Kind, kept: Kept) -> Page:
    """The page that shows what reading in would do."""
    preview = kept.preview or {}
    again = url_for(f"{kind.collection}.preview", upload=kept.token, again=1)
    return {
        "intro": kept.name,
        "preview": {
            **outcomes(kind, preview),
            "unread": preview["unread"],
            "sheets": preview["sheets"],
            "again_url": again if kept.columns is not None else None,
            "other_url": url_for(f"{kind.collection}.upload"),
        },
    }


def _row(kind: Kind, row: Page) -> Page:
    words, tone = WHAT[row["what"]]
    return {
        "number": row["row"],
        "url": links.of_record(kind, row["reference"]) if row["reference"] else None,
        "reference": row["reference"],
        "title": row["title"] or "–",
        "badge": {"type": "badge", "label": say(words), "tone": tone},
        "reasons": [kept_told(kept) for kept in row["reasons"]],
        "notes": [kept_told(kept) for kept in row["notes"]],
        "differences": [
            {"label": Words(*label).in_(lang()), "old": old, "new": new}
            for label, old, new in row["differences"]
        ],
    }


def done(outcomes: list[Outcome]) -> Words:
    """What is said after reading in."""
    new, changed = (sum(o.what == what for o in outcomes) for what in (NEW, CHANGED))
    return Words(
        f"Ingelezen: {new} nieuw (als concept), {changed} gewijzigd.",
        f"Read in: {new} new (as drafts), {changed} changed.",
    )
