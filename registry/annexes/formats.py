"""An annex as a file: what each format is called, and what writes it."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .. import vocabulary
from ..tables.writing import Delimited, Value
from ..words import Words
from .looking import Content, Item


@dataclass(frozen=True)
class Format:
    """One format of a file."""

    name: str
    mimetype: str
    write: Callable[[Content, str], bytes]


def as_json(content: Content, _lang: str) -> bytes:
    """The content itself: its codes, and both languages."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def as_csv(content: Content, lang: str) -> bytes:
    """A row for each line, with its footnotes written out."""
    text = io.StringIO(newline="")
    sheet = Delimited(text, lang)
    core = any("agreement" in line for line in content["commitments"] + content["initiatives"])
    columns = [column for column in COLUMNS if core or not column.judged]
    sheet.start("", {column.words.in_(lang): "" for column in columns})
    notes = {note["number"]: _note(note, lang) for note in content["footnotes"]}
    for line in (*content["commitments"], *content["initiatives"]):
        told = {**line, "notes": [notes[number] for number in line["notes"]]}
        sheet.add("", [column.value(told, lang) for column in columns])
    # The mark at the start tells a spreadsheet that this is UTF-8.
    return text.getvalue().encode("utf-8-sig")


def _note(note: Item, lang: str) -> str:
    paper = note["document"] or {}
    named = paper.get("identification") or paper.get("title")
    quote = f"«{note['quote']}»" if note["quote"] else note["why"]
    told = ", ".join(filter(None, (named, note["lines"], quote)))
    if note["basis"] == "stated":
        return f"{note['number']}. {told}"
    return f"{note['number']}. {told} ({vocabulary.label('basis', note['basis']).in_(lang)})"


# --- the columns of the CSV ----------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """One column: what it is called, and its value in a line."""

    words: Words
    value: Callable[[Item, str], Value]
    judged: bool = False


def _reference(line: Item, _lang: str) -> Value:
    return str(line["reference"])


def _titled(line: Item, lang: str) -> Value:
    return str((line["titleEn"] if lang == "en" else None) or line["title"])


def _code(name: str, of: Mapping[str, str]) -> Callable[[Item, str], Value]:
    def value(line: Item, lang: str) -> Value:
        code = line.get(name)
        return vocabulary.label(of[line["kind"]], code).in_(lang) if code else None

    return value


def _sort(line: Item, lang: str) -> Value:
    """How hard a commitment was said; what kind of initiative it is."""
    name, of = SORTS[line["kind"]]
    return vocabulary.label(of, line[name]).in_(lang) if line.get(name) else None


def _due(part: str) -> Callable[[Item, str], Value]:
    def value(line: Item, _lang: str) -> Value:
        term: Item = line.get("due") or line.get("period") or {}
        told: str | None = term.get(part)
        return told

    return value


def _made(line: Item, lang: str) -> Value:
    place = line.get("madeAt") or {}
    event, paper = place.get("event") or {}, place.get("document") or {}
    name = (event.get("nameEn") if lang == "en" else None) or event.get("name")
    return "; ".join(filter(None, (name, paper.get("identification") or paper.get("title"))))


def _parties(*names: str) -> Callable[[Item, str], Value]:
    def value(line: Item, _lang: str) -> Value:
        rows = [row for name in names for row in line.get(name) or []]
        return "; ".join(dict.fromkeys(filter(None, map(_party, rows))))

    return value


def _party(row: Item) -> str | None:
    told = next((row[n] for n in ("partner", "office", "person") if row.get(n)), None)
    initiative = row.get("initiative") or {}
    return told["name"] if told else initiative.get("title") or row.get("words")


def _standing(name: str) -> Callable[[Item, str], Value]:
    return lambda line, _lang: (line["standing"] or {}).get(name)


def _reporter(line: Item, _lang: str) -> Value:
    organisation: Item = (line["standing"] or {}).get("organisation") or {}
    return organisation.get("name")


def _changed(line: Item, lang: str) -> Value:
    if line["changed"] is None:
        return UNCOMPARED.in_(lang)
    words = [vocabulary.label("annex-change", row["what"]).in_(lang) for row in line["changed"]]
    return "; ".join(words) or UNCHANGED.in_(lang)


def _agreed(line: Item, lang: str) -> Value:
    return vocabulary.label("line-agreement", line["agreement"]["state"]).in_(lang)


def _remark(line: Item, _lang: str) -> Value:
    remark: str | None = line["agreement"]["remark"]
    return remark


def _sources(line: Item, _lang: str) -> Value:
    return "\n".join(line["notes"])


UNCHANGED = Words("ongewijzigd", "unchanged")
UNCOMPARED = Words("niet te vergelijken", "cannot be compared")
SORTS = {
    "commitment": ("strength", "strength"),
    "initiative": ("initiativeKind", "initiative-kind"),
}
STATUS = {"commitment": "commitment-status", "initiative": "initiative-status"}
TERM = {"commitment": "term-state", "initiative": "term-state"}
OUTCOME = {"commitment": "outcome", "initiative": "outcome"}
COLUMNS = (
    Column(Words("Kenmerk", "Reference"), _reference),
    Column(Words("Omschrijving", "Description"), _titled),
    Column(Words("Soort", "Kind"), _sort),
    Column(Words("Vindplaats", "Made at"), _made),
    Column(Words("Door", "By"), _parties("by", "participations")),
    Column(Words("Aan", "To"), _parties("to")),
    Column(Words("Termijn", "Due"), _due("text")),
    Column(Words("Op zijn vroegst", "Earliest"), _due("earliest")),
    Column(Words("Uiterlijk", "Latest"), _due("latest")),
    Column(Words("Stand", "Status"), _code("status", STATUS)),
    Column(
        Words("Termijn op de peildatum", "Term at the reference date"),
        _code("termState", TERM),
        judged=True,
    ),
    Column(Words("Uitkomst", "Outcome"), _code("outcome", OUTCOME)),
    Column(Words("Stand van zaken", "State of affairs"), _standing("text")),
    Column(Words("Gemeld op", "Reported on"), _standing("day")),
    Column(Words("Gemeld door", "Reported by"), _reporter),
    Column(Words("Gewijzigd sinds de vorige brief", "Changed since the letter before"), _changed),
    Column(Words("Bronnen", "Sources"), _sources),
    Column(Words("Akkoord", "Agreement"), _agreed, judged=True),
    Column(Words("Opmerking", "Remark"), _remark, judged=True),
)
FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("csv", "text/csv", as_csv),
        Format("json", "application/json", as_json),
    )
}
"""By name: what writes another format enters itself here."""
