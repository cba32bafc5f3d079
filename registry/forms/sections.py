"""How a form is divided: the fields of a section first, then its lists."""

from collections.abc import Mapping
from typing import Any

from wtforms.form import BaseForm

from ..fields import Described, Rows
from ..words import Words
from . import pasting
from .asking import Asking

TITLES = {
    "main": Words("Gegevens", "Details"),
    "classification": Words("Indeling", "Classification"),
    "passages": Words("Passages", "Passages"),
    "sources": Words("Bronnen", "Sources"),
}
HINTS = {
    "sources": Words(
        "Welke woorden van welk document zeggen welk gegeven. Een gegeven van een nieuwe rij kunt "
        "u kiezen nadat u die rij hebt bewaard.",
        "Which words of which document say which fact. A fact of a new row can be chosen after "
        "that row has been saved.",
    ),
}
ADD = Words("{row} toevoegen", "Add {row}")


def sections(
    form: BaseForm, fields: Mapping[str, Described], hidden: list[Any], asking: Asking
) -> list[dict[str, Any]]:
    """The sections for the template, with what travels unseen in the first."""
    parts: dict[str, list[dict[str, Any]]] = {}
    lists: dict[str, list[dict[str, Any]]] = {}
    for name, described in fields.items():
        section = described.about.section
        parts.setdefault(section, [])
        if isinstance(described, Rows):
            lists.setdefault(section, []).append(_rows(name, described, form[name], asking))
        else:
            parts[section].append({"kind": "field", "field": form[name]})
    found = [
        {
            "title": asking.say(TITLES[name]) if len(parts) > 1 or lists else None,
            "hint": asking.say(HINTS.get(name)),
            "items": [*items, *lists.get(name, [])],
        }
        for name, items in parts.items()
    ]
    unseen = [{"kind": "field", "field": field} for field in hidden]
    found[0]["items"] = [*unseen, *found[0]["items"]]  # type: ignore[misc]
    return found


def _rows(name: str, described: Rows, field: Any, asking: Asking) -> dict[str, Any]:
    title = asking.say(described.one)
    return {
        "kind": "rows",
        "name": name,
        "title": title,
        "heading": asking.say(described.about.words),
        "hint": asking.say(described.about.hint),
        "field": field,
        "add_label": asking.say(ADD).format(row=_inside(title) if asking.lang == "en" else title),
        "columns": None,
        "paste": pasting.offer(described, asking),
    }


def _inside(title: str) -> str:
    """As it is written inside a sentence."""
    return title[:1].lower() + title[1:]
