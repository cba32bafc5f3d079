"""A policy date on a page: its words first, then the window of days that they are read as."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from .. import policydate, vocabulary
from ..policydate import DateKind, PolicyDate
from .language import lang, t

EXACT = {DateKind.DAY, DateKind.MONTH, DateKind.QUARTER, DateKind.HALF, DateKind.YEAR}


def value_of(parts: Mapping[str, Any]) -> PolicyDate:
    """The policy date that a JSON object stands for."""
    days = (parts.get(name) for name in ("earliest", "latest", "anchor"))
    earliest, latest, anchor = (date.fromisoformat(day) if day else None for day in days)
    kind = DateKind(parts["kind"]) if parts.get("kind") else None
    return PolicyDate(parts.get("text"), earliest, latest, kind, anchor)


def period(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The cell of a policy date."""
    value = value_of(parts)
    window = policydate.describe(value, lang())
    words = value.text or window or ""
    certain = value.kind in EXACT or not value.text
    if window is None or not value.text:
        return {"type": "period", "text": words, "window": None, "certain": certain}
    dutch = policydate.describe(value, "nl") or ""
    if dutch == value.text:
        return {"type": "period", "text": window, "window": None, "certain": certain}
    if dutch in value.text:
        shown = None if lang() == "nl" else window
        return {"type": "period", "text": words, "window": shown, "certain": certain}
    return {"type": "period", "text": words, "window": _read_as(value, window), "certain": certain}


def _read_as(value: PolicyDate, window: str) -> str:
    agreed = ""
    if value.text and _by_agreement(value):
        agreed = t(" (leesafspraak)", " (reading convention)")
    return t(f"gelezen als {window}", f"read as {window}") + agreed


def _by_agreement(value: PolicyDate) -> bool:
    """Whether the window follows from the words by a reading convention of ours."""
    read = policydate.read(
        value.text or "", anchor=value.anchor, conventions=vocabulary.conventions()
    )
    same = (read.value.earliest, read.value.latest) == (value.earliest, value.latest)
    return read.convention and same
