"""Where the reasons of a refusal belong in a form, and their summary."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from wtforms.form import BaseForm

from ..errors import Message
from ..fields import Policy, Rows
from . import mapping
from .asking import Asking

Placed = dict[str, list[str]]
"""Texts by the id of a form field; "" for what belongs to no field."""


def placed(
    schema: Any, errors: Mapping[str, Any], answers: Mapping[str, Any], asking: Asking
) -> Placed:
    """The tree of marshmallow as texts by field id, in the order of the form."""
    found: Placed = {}
    fields = asking.asked(schema)
    for name, reasons in errors.items():
        described = fields.get(name)
        if isinstance(described, Rows) and isinstance(reasons, Mapping):
            _rows(found, name, described, reasons, answers.get(name, []), asking)
        else:
            _one(found, name, described, reasons, answers.get(name), asking)
    return found


def _rows(
    found: Placed,
    name: str,
    described: Rows,
    reasons: Mapping[Any, Any],
    rows: Sequence[Mapping[str, Any]],
    asking: Asking,
) -> None:
    vacant = [mapping.vacant(described.schema, row, asking) for row in rows]
    filled = sorted(range(len(rows)), key=vacant.__getitem__)  # a row that is asked for is vacant
    fields = asking.asked(described.schema)
    for position, inner in reasons.items():
        at = filled[position] if isinstance(position, int) and position < len(filled) else None
        if at is None or not isinstance(inner, Mapping):
            found.setdefault(name, []).extend(_texts(inner, asking))
            continue
        for sub, why in inner.items():
            _one(found, f"{name}-{at}-{sub}", fields.get(sub), why, rows[at].get(sub), asking)


def _one(
    found: Placed, id_: str, described: Any, reasons: Any, answer: Any, asking: Asking
) -> None:
    if isinstance(described, Policy):
        _policy(found, id_, reasons, answer if isinstance(answer, Mapping) else {}, asking)
    elif isinstance(getattr(described, "parts", None), Mapping):
        parts = reasons if isinstance(reasons, Mapping) else {next(iter(described.parts)): reasons}
        for part, why in parts.items():
            found.setdefault(f"{id_}-{part}", []).extend(_texts(why, asking))
    else:
        found.setdefault(id_, []).extend(_texts(reasons, asking))


def _policy(
    found: Placed, id_: str, reasons: Any, answer: Mapping[str, str], asking: Asking
) -> None:
    wrong = [part for part in ("earliest", "latest") if not _is_day(answer.get(part, ""))]
    for reason in _messages(reasons):
        part = "latest" if getattr(reason, "code", "") == "window" else "text"
        if wrong and part == "text" and getattr(reason, "code", "") == "wrong_type":
            part = wrong[0]
        found.setdefault(f"{id_}-{part}", []).append(_text(reason, asking))


def _is_day(text: str) -> bool:
    try:
        return not text.strip() or bool(date.fromisoformat(text.strip()))
    except ValueError:
        return False


def _messages(reasons: Any) -> Iterator[Any]:
    if isinstance(reasons, Mapping):
        for inner in reasons.values():
            yield from _messages(inner)
    elif isinstance(reasons, list):
        for inner in reasons:
            yield from _messages(inner)
    else:
        yield reasons


def _texts(reasons: Any, asking: Asking) -> list[str]:
    return [_text(reason, asking) for reason in _messages(reasons)]


def _text(reason: Any, asking: Asking) -> str:
    return reason.in_(asking.lang) if isinstance(reason, Message) else str(reason)


def shown(form: BaseForm, errors: Placed, asking: Asking) -> list[dict[str, str]]:
    """Put the texts on the fields of `form`; the summary, each with a link to its field."""
    left = dict(errors)
    summary = []
    for field, label in _leaves(form, ""):
        texts = left.pop(field.id, [])
        if texts:
            field.errors = texts
            summary += [{"href": f"#{_anchor(field)}", "text": f"{label}: {t}"} for t in texts]
    rest = [text for texts in left.values() for text in texts]
    return summary + [{"href": "#formulier", "text": text} for text in rest]


def _anchor(field: Any) -> str:
    return f"rijen-{field.short_name}" if hasattr(field, "entries") else str(field.id)


def _leaves(form: Any, before: str) -> Iterator[tuple[Any, str]]:
    """Every field that can carry an error, with the words that say where it is."""
    for field in form:
        label = f"{before}{field.label.text}"
        if hasattr(field, "entries"):
            yield field, label
            for number, entry in enumerate(field.entries, 1):
                yield from _leaves(entry.form, f"{label} {number}, ")
        elif hasattr(field, "form"):
            yield from _leaves(field.form, f"{label}, ")
        else:
            yield field, label
