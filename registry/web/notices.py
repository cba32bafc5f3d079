"""Messages that are shown once, on the page after a change."""

from collections.abc import Iterable

from flask import flash
from markupsafe import Markup

from ..forms import SchemaForm
from .language import say


def links_to(text: str, pairs: Iterable[tuple[str, str]]) -> Markup:
    """`text` followed by links, safe to show."""
    link = Markup('<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>')
    return Markup("{}{}").format(text, Markup(", ").join(link.format(*pair) for pair in pairs))


def tell_readings(form: SchemaForm) -> None:
    """Say how words of time were read where that needs attention."""
    for label, words in form.readings():
        flash(f"{label}: {say(words)}", "info")
