"""The words of an annex on paper: who, when, how it stands and what changed."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from flask_babel import format_date

from .. import vocabulary
from ..annexes.looking import Item
from ..papers import Content, Plain
from ..web import lang, say, t
from ..web.periods import period
from ..words import Words

STATUSES = {"commitment": "commitment-status", "initiative": "initiative-status"}
SAID: Mapping[str, Words] = {
    "promise": Words("zoals toegezegd", "as promised"),
    "motion": Words("zoals in de motie is gevraagd", "as the motion asked"),
    "agreement": Words("zoals afgesproken", "as agreed"),
}
"""That it was done as it was said, in the word for what was said."""
ANNOUNCED = Words("zoals aangekondigd", "as announced")
SO_SAID = "as_promised"
STRENGTHS: Mapping[str, Words] = {
    "promise": Words("Toezeggingen", "Promises"),
    "motion": Words("Moties", "Motions"),
    "announcement": Words("Aankondigingen", "Announcements"),
    "intention": Words("Voornemens", "Intentions"),
    "aim": Words("Strevens", "Aims"),
    "expectation": Words("Verwachtingen", "Expectations"),
    "agreement": Words("Afspraken", "Agreements within the collaboration"),
}
UNSAID = ("met", "ongoing", "lapsed", "untraceable", "undated")
"""How a term stands where the status, or that there is no term, has said so already."""
HARD = "\u00a0"
UNCHANGED, NEVER = Words("ongewijzigd", "unchanged"), "no_change"


def hard(number: str) -> str:
    """A number among the papers of Parliament, on one line."""
    return number.replace(" ", HARD)


def dutch(text: str) -> Plain:
    """What is registered in one language only is Dutch, also on English paper."""
    return Plain(text, "nl" if lang() != "nl" else None)


def chosen(item: Item, name: str) -> str | None:
    """The text in the language of the paper, or else in Dutch."""
    found: str | None = (item.get(f"{name}En") if lang() == "en" else None) or item[name]
    return found


def word(vocabulary_: str, code: str) -> str:
    """A code in words."""
    return say(vocabulary.label(vocabulary_, code))


def begun(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def day(iso: str) -> str:
    """A day in words."""
    return str(format_date(date.fromisoformat(iso), "long"))


def strengths(code: str) -> str:
    """Statements of one kind."""
    return say(STRENGTHS[code]) if code in STRENGTHS else begun(word("strength", code))


def strength(line: Item) -> str:
    """What kind of statement it is, never a harder one."""
    return begun(word("strength", line["strength"]))


def term(value: Item | None) -> list[Plain]:
    """The words of a term, and how they are read where they are no dates themselves."""
    if value is None:
        return []
    cell = period(value)
    text = dutch(cell["text"]) if value.get("text") == cell["text"] else Plain(cell["text"])
    return [text, Plain(f" ({_read(cell['window'])})")] if cell["window"] else [text]


def _read(window: str) -> str:
    """The window within brackets, that holds none of its own."""
    return window.replace(" (", ", ").rstrip(")")


def flat(value: Item | None) -> str:
    """A term as plain words."""
    return "".join(part.text for part in term(value))


def brief(value: Item | None) -> str:
    """A term in its own words, for within brackets."""
    return str((value or {}).get("text") or flat(value))


# --- who, and where -----------------------------------------------------------------------


def parties(rows: list[Item]) -> str:
    """Who made it, or to whom."""
    return ", ".join(dict.fromkeys(filter(None, map(_party, rows))))


def _party(row: Item) -> str:
    office = chosen(row["office"], "name") if row.get("office") else None
    person = row["person"]["name"] if row.get("person") else None
    if office or person:
        return f"{office} ({person})" if office and person else str(office or person)
    if row.get("partner"):
        return str(row["partner"]["name"])
    if row.get("initiative"):
        return str(chosen(row["initiative"], "title"))
    return str(row.get("words") or "")


def made_at(line: Item) -> str:
    """“Algemeen overleg … van 20 februari 2020 (25 883, nr. 383)”."""
    place = line["madeAt"] or {}
    event, paper = place.get("event"), place.get("document")
    name = chosen(event, "name") if event else (paper or {}).get("title")
    number = hard((paper or {}).get("identification") or "")
    return f"{name} ({number})" if name and number else str(name or number or "")


# --- how it stands ------------------------------------------------------------------------


def status(line: Item) -> str:
    """The status, and for whom it is told where its term stands."""
    code = line["status"]
    told = word(STATUSES[line["kind"]], code) if code else t("niet bekend", "not known")
    state = line.get("termState")
    if state is None or state in UNSAID:
        return told
    return f"{told}; {word('term-state', state)}"


def outcome(line: Item) -> list[Plain]:
    """What came of it, in the word for what was said."""
    code = line["outcome"]
    if code is None:
        return []
    words = SAID.get(line["strength"], ANNOUNCED) if code == SO_SAID else None
    told = Plain(say(words) if words else word("outcome", code))
    return [told, Plain(". "), dutch(line["outcomeNote"])] if line["outcomeNote"] else [told]


def discharge(row: Item, status: str | None) -> list[Plain]:
    """By what it is settled. Whose judgement that is, is said where it is not the status."""
    paper = row["document"] or {}
    name = hard(paper.get("identification") or "") or paper.get("title") or ""
    found = [Plain(f"{name} ({flat(row['when'])})." if row["when"] else f"{name}.")]
    if row["note"]:
        found += [Plain(" "), dutch(row["note"])]
    return [*found, Plain("".join(_judged(row, status)))]


def _judged(row: Item, status: str | None) -> Iterator[str]:
    if row["ministry"] not in (None, status):
        told = word("commitment-status", row["ministry"])
        yield t(f" Volgens het ministerie: {told}.", f" According to the ministry: {told}.")
    if row["chamber"]:
        told = word("commitment-status", row["chamber"])
        yield t(f" Volgens de Kamer: {told}.", f" According to the House: {told}.")


def standing(line: Item) -> list[Plain]:
    """The state of affairs, with who reported it when."""
    told = line["standing"]
    if told is None:
        return []
    text = dutch(told["text"]) if told["text"] else Plain(begun(word("update-state", NEVER)))
    if told["origin"] == "edited":
        return [text]
    name = (told["organisation"] or {}).get("name")
    reported = ", ".join(filter(None, (name, day(told["day"]))))
    return [text, Plain(f" ({reported})")]


# --- what changed -------------------------------------------------------------------------


def changed(line: Item) -> Content:
    """What changed since the letter before; nothing where that cannot be said."""
    if line["changed"] is None:
        return []
    found: list[str] = []
    for row in line["changed"]:
        found.append("; " * bool(found) + _change(row, STATUSES[line["kind"]]))
    return found or say(UNCHANGED)


def _change(row: Item, statuses: str) -> str:
    old, new = (_value(row["what"], row[side], statuses) for side in ("from", "to"))
    label = word("annex-change", row["what"])
    if old and new:
        return t(f"{label}: van {old} naar {new}", f"{label}: from {old} to {new}")
    return ": ".join(filter(None, (label, old or new)))


def _value(what: str, value: Any, statuses: str) -> str:
    if not value:
        return ""
    if what == "status":
        return word(statuses, value)
    if what == "report":
        return day(value)
    if what == "discharge":
        return str(value.get("identification") or value.get("title"))
    return flat(value)


def paragraphs(text: str | None) -> Iterator[Content]:
    """What the secretariat wrote, a paragraph at a time."""
    for part in (text or "").replace("\r\n", "\n").split("\n\n"):
        if part.strip():
            yield [Plain(part.strip())]
