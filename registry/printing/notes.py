"""The footnotes of an annex on paper: per line one for each document, with its lines and words.
What many lines rest on is told once, in a note of its own."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from .. import vocabulary
from ..annexes.looking import Content, Item
from ..annexes.reading import LINES
from ..papers import Content as Said
from ..papers import Link, Note, Plain, Run
from ..web import say, t
from .telling import HARD, dutch, hard

NUMBERED = re.compile(r"\d\d\s\d{3}")
STATED, CONVENTION = "stated", "convention"
CITING = (*LINES, "figures")
SELDOM = 2


class Footnotes:
    """The sources of a content, to refer to."""

    def __init__(self, content: Content) -> None:
        self.known = {note["number"]: note for note in content["footnotes"]}
        lines = (line for part in CITING for line in content[part])
        times = Counter(number for line in lines for number in line["notes"])
        self.shared = {number for number, count in times.items() if count > SELDOM}

    def of(self, line: Item) -> list[Run]:
        """The references that stand behind the words that they are about."""
        found: dict[tuple[str, int | None], list[Item]] = {}
        for number in line["notes"]:
            if (note := self.known.get(number)) is not None:
                apart = number if number in self.shared else None
                found.setdefault((named(note["document"]), apart), []).append(note)
        ordered = sorted(found.items(), key=lambda pair: pair[0][1] is None)
        notes: list[Run] = [_note(name, own) for (name, _), own in ordered]
        return [run for note in notes for run in (Plain(HARD), note)][1:]

    def documents(self) -> list[Said]:
        """Each document that is cited once, with where it is published."""
        found: dict[str, Item] = {}
        for note in self.known.values():
            found.setdefault(named(note["document"]), note["document"] or {})
        return [_listed(name, paper) for name, paper in sorted(found.items()) if paper]


def named(paper: Item | None) -> str:
    """A document by its number among the papers of Parliament, or else by its title."""
    number = (paper or {}).get("identification")
    if number:
        number = hard(str(number))
        return f"Kamerstuk{HARD}{number}" if NUMBERED.match(number) else number
    return str((paper or {}).get("title") or "")


def _listed(name: str, paper: Item) -> Said:
    title = "" if name == paper["title"] else paper["title"]
    link: Run = Link(name, paper["url"]) if paper.get("url") else Plain(name)
    return [link, *([Plain(", "), dutch(title)] if title else ())]


def _note(name: str, notes: Iterable[Item]) -> Note:
    said: list[Plain] = [Plain(name)] if name else []
    # What counts for several reasons is printed once: paper tells the words, and not each reason.
    for number, parts in enumerate({tuple(_quoted(note)): None for note in notes}):
        if said and parts:
            said.append(Plain("; " if number else ", "))
        said += parts
    return Note((*said, Plain(".")))


def _quoted(note: Item) -> Iterator[Plain]:
    """“regels 5-6: “om nog dit kalenderjaar …” (afgeleid)”."""
    if note["lines"]:
        yield Plain(t("regel ", "line ") if note["lines"].isdigit() else t("regels ", "lines "))
        yield Plain(note["lines"].replace("-", "–"))
    if note["quote"] or note["why"]:
        yield Plain(": " if note["lines"] else "")
    if note["quote"]:
        yield dutch(f"“{note['quote'].rstrip('.')}”")
    elif note["why"]:
        yield dutch(note["why"].rstrip("."))
    if note["basis"] == STATED:
        return
    yield Plain(f" ({say(vocabulary.label('basis', note['basis']))}")
    if note["basis"] == CONVENTION and note["quote"] and note["why"]:
        yield Plain(": ")
        yield dutch(note["why"].rstrip("."))
    yield Plain(")")
