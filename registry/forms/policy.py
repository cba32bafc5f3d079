"""How a policy date is asked: its words, and days only where they say more than the words."""

from datetime import date
from typing import Any

from wtforms.fields.core import UnboundField

from .. import policydate, vocabulary
from ..words import Words
from .asking import Asking
from .controls import Control
from .posted import Posted, blank
from .widgets import Group, Line

PARTS = {
    "text": Words("In woorden", "In words"),
    "earliest": Words("Op zijn vroegst", "At the earliest"),
    "latest": Words("Uiterlijk", "At the latest"),
}
DAYS = Words("Precieze dagen", "Precise days")
EXAMPLE = Words("Bijvoorbeeld: medio 2021.", "For example: mid-2021.")


class PolicyControl(Control):
    """Words with, only where they differ from how the words read, the first and last day."""

    def drawn(self, described: Any, value: Any, asking: Asking) -> Any:
        if not value:
            return dict.fromkeys(PARTS, "")
        read = reading(value["text"], value["anchor"])
        same = (read.earliest, read.latest) == (_day(value["earliest"]), _day(value["latest"]))
        days = ("", "") if same else (value["earliest"] or "", value["latest"] or "")
        return {"text": value["text"] or "", "earliest": days[0], "latest": days[1]}

    def posted(self, described: Any, name: str, posted: Posted, asking: Asking) -> Any:
        return posted.parts(name, PARTS)

    def read(self, described: Any, answer: Any, current: Any, asking: Asking) -> Any:
        """Words that were left alone keep what is stored, with the day that they count from."""
        drawn = self.drawn(described, current, asking)
        answer = {**drawn, **answer}
        if {k: v.strip() for k, v in answer.items()} == drawn:
            return current
        if blank(answer):
            return None
        given = {part: words.strip() or None for part, words in answer.items()}
        if current and given["text"] == current["text"]:
            given["anchor"] = current["anchor"]
        return given

    def shown(self, described: Any, answer: Any, asking: Asking) -> str:
        return " · ".join(part for part in (answer or {}).values() if part)

    def field(self, described: Any, asking: Asking) -> UnboundField:
        about = self.about(described, asking)
        about["description"] = about["description"] or asking.say(EXAMPLE)
        parts = {
            "text": Line(asking.say(PARTS["text"]), validators=about.pop("validators")),
            "earliest": Line(asking.say(PARTS["earliest"]), type_="date"),
            "latest": Line(asking.say(PARTS["latest"]), type_="date"),
        }
        days = asking.say(DAYS)
        return Group(parts, folded=("earliest", "latest"), fold_label=days, **about)


def notices(words: str) -> tuple[Words, ...]:
    """What needs attention in how `words` are read."""
    return policydate.read(words, conventions=vocabulary.conventions()).notices


def reading(text: str | None, anchor: str | None) -> policydate.PolicyDate:
    """How these words read, counted from the day `anchor`."""
    conventions = vocabulary.conventions()
    return policydate.read(text or "", anchor=_day(anchor), conventions=conventions).value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
