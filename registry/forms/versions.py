"""Two people, one record: which answers each changed since the form was opened.

The form carries a digest of every answer as it was drawn. On a stale save the answers that only
the other person changed are taken over, those that only this one changed stand, and those that
both changed are laid side by side, to be chosen from."""

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from ..words import Words
from . import mapping
from .posted import Posted

if TYPE_CHECKING:
    from .form import DictionaryForm

KEEP = "_keep-"
THEIRS, YOURS = "theirs", "yours"
TEXT = Words(
    "Intussen heeft een ander dit gewijzigd. Kies per veld welke tekst blijft.",
    "Someone else has changed this in the meantime. Choose per field which text stays.",
)
MERGED = Words(
    "Intussen heeft een ander dit gewijzigd, in andere velden dan u. Uw tekst en die "
    "van de ander staan nu samen in het formulier; bewaar nog een keer.",
    "Someone else has changed this in the meantime, in other fields than you. Your "
    "text and theirs now stand together in the form; save once more.",
)
OVERTAKEN = Words(
    "Wat hieronder staat is gewijzigd sinds u het voorstelde. Kies per veld welke tekst blijft.",
    "What stands below has been changed since you proposed it. Choose per field which text stays.",
)
VERSIONS = Words("Twee versies", "Two versions")
WHICH = Words("Welke tekst blijft: {label}", "Which text stays: {label}")
OPTIONS = {
    THEIRS: Words("de tekst die intussen is opgeslagen", "the text saved meanwhile"),
    YOURS: Words("uw tekst", "your text"),
}


def digests(answers: Mapping[str, Any]) -> dict[str, str]:
    """A short digest of every answer."""
    return {name: _digest(answer) for name, answer in answers.items()}


def same(answer: Any, other: Any) -> bool:
    """Whether two answers say the same."""
    return bool(_plain(answer) == _plain(other))


def _digest(answer: Any) -> str:
    text = json.dumps(_plain(answer), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _plain(answer: Any) -> Any:
    """The answer without what a browser adds or a person does not see."""
    if isinstance(answer, Mapping):
        parts = {name: _plain(part) for name, part in answer.items()}
        return {name: part for name, part in parts.items() if part not in ("", {}, [])}
    if isinstance(answer, list):
        return [row for row in (_plain(row) for row in answer) if row]
    return str(answer).replace("\r\n", "\n").strip()


def posted_digests(posted: Posted) -> dict[str, str]:
    """The digests that came back with the form."""
    pairs = (pair.partition(":") for pair in posted.values.get("_base", "").split())
    return {name: digest for name, _, digest in pairs}


def chosen(posted: Posted, fields: Mapping[str, Any]) -> dict[str, str]:
    """Per disputed field, whose text stays."""
    return {n: posted.values[KEEP + n] for n in fields if KEEP + n in posted.values}


def both_versions(stale: "DictionaryForm") -> dict[str, Any]:
    """Settle a stale form against what is stored now.

    Afterwards the answers hold what nobody disputes; what both changed is disputed, and returned
    as rows for the eye.
    """
    disputed = []
    for name in stale.posted:
        theirs, yours = stale.stored[name], stale.answers[name]
        if same(theirs, yours):
            continue
        if stale.base.get(name) == _digest(yours):
            stale.answers[name] = theirs
        elif stale.base.get(name) != _digest(theirs):
            disputed.append(name)
    stale.base = digests(stale.stored)
    rows = _beside(stale, disputed)
    return {"text": stale.asking.say(TEXT if rows else MERGED), "rows": rows}


def overtaken(opened: "DictionaryForm", names: Collection[str]) -> dict[str, Any] | None:
    """What was written before the fields `names` were changed, beside what is stored now."""
    rows = _beside(opened, names)
    return {"text": opened.asking.say(OVERTAKEN), "rows": rows} if rows else None


def _beside(form: "DictionaryForm", names: Collection[str]) -> list[dict[str, str]]:
    """The fields `names` as rows for the eye; from here on is chosen whose text stays."""
    rows = []
    for name, described in form.fields.items():
        theirs, yours = form.stored[name], form.answers[name]
        if name not in names or same(theirs, yours):
            continue
        shown = mapping.control(described).shown
        label = form.asking.say(described.about.words)
        sides = {"theirs": theirs, "yours": yours}
        told = {side: shown(described, value, form.asking) for side, value in sides.items()}
        rows.append({"label": label, **told})
        form.disputed.setdefault(name, YOURS)
    return rows


def choosing(form: Any, stale: "DictionaryForm") -> list[dict[str, Any]]:
    """The section in which is chosen, per disputed field, whose text stays."""
    say, items = stale.asking.say, []
    options = [SelectChoice(value, say(words)) for value, words in OPTIONS.items()]
    for name, choice in stale.disputed.items():
        label = say(stale.fields[name].about.words)
        field = RadioField(say(WHICH).format(label=label), choices=options)
        bound = field.bind(form=form, name=KEEP + name)
        bound.process(None, choice)
        items.append({"kind": "field", "field": bound})
    return [{"title": say(VERSIONS), "hint": None, "items": items}] if items else []
