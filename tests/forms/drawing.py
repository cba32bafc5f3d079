"""What a browser would post of a form that was drawn and left alone."""

from collections.abc import Iterator
from typing import Any

from registry.forms import DictionaryForm
from registry.forms.widgets import Tick

Pairs = list[tuple[str, str]]


def untouched(form: DictionaryForm) -> Pairs:
    """The names and values of every control on the form."""
    drawn = form.drawn()
    hidden = [item["field"] for section in drawn["sections"] for item in section["items"]]
    pairs = [pair for field in drawn["form"] for pair in _of(field)]
    return pairs + [(f.name, f.data) for f in hidden if f.name.startswith("_")]


def _of(field: Any) -> Iterator[tuple[str, str]]:
    if hasattr(field, "entries"):
        for entry in field.entries:
            yield from _of(entry)
    elif hasattr(field, "form"):
        for inner in field.form:
            yield from _of(inner)
    else:
        if isinstance(field, Tick):
            yield field.name, "false"
        if not isinstance(field, Tick) or field.checked:
            yield field.name, field.data or ""
