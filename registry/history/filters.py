"""The filters of the log, as the template draws them."""

from typing import Any

from ..access import Actor
from ..web import say, t
from . import asking
from .sentences import ACTIONS, DOORS
from .subjects import hidden, plurals

Field = dict[str, Any]


def fields(who: Actor, question: asking.Question, but: tuple[str, ...]) -> list[Field]:
    """What can be asked, with what is asked. Names of people are found by who may read them."""
    found = [
        _text("who", t("Wie", "Who"), question.who),
        _choice("kind", t("Soort", "Kind"), question),
        _choice("action", t("Wat", "What"), question),
        _choice("door", t("Hoe", "How"), question),
        _text("record", t("Kenmerk", "Reference"), question.record),
        _day("from", t("Vanaf", "From"), question.begin),
        _day("until", t("Tot en met", "Until"), question.end),
    ]
    unknown = hidden(who)
    for field in found[1:3]:
        field["options"] = [o for o in field["options"] if o["value"] not in unknown]
    left_out = {*but, *(() if who.signed_in else ("who",))}
    return [field for field in found if field["name"] not in left_out]


def _text(name: str, label: str, value: str) -> Field:
    return {"name": name, "label": label, "type": "text", "value": value}


def _day(name: str, label: str, value: Any) -> Field:
    return {"name": name, "label": label, "type": "date", "value": value or ""}


def _choice(name: str, label: str, question: asking.Question) -> Field:
    chosen = question.listed.get(name, [])
    options = [
        {"value": value, "label": _label(name, value), "chosen": value in chosen}
        for value in asking.values(name)
    ]
    return {"name": name, "label": label, "type": "choice", "options": options}


def _label(name: str, value: str) -> str:
    if name == "kind":
        return say(plurals()[value])
    words = say((DOORS if name == "door" else ACTIONS)[value])
    return words.replace("{version} ", "")
