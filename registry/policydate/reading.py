"""From words to a policy date, without ever refusing: what is not understood stays as words."""

from datetime import date

# Importing these two modules fills the table of rules.
from registry.policydate import calendar_points, notices, relative_points  # noqa: F401  # they enter their rules
from registry.policydate.bounds import read_dated
from registry.policydate.lexicon import clean, is_control, plain
from registry.policydate.span import Context, Span, Unreadable
from registry.policydate.undated import read_conditional, read_open, read_recurring
from registry.policydate.value import DEFAULTS, Conventions, DateKind, PolicyDate, Reading
from registry.words import Words

_LONGEST = 200


def read(text: str, *, anchor: date | None = None, conventions: Conventions = DEFAULTS) -> Reading:
    """What `text` says about time, in Dutch or English.

    Args:
        text: the words as written, for example "begin volgend jaar".
        anchor: the day from which relative words count, usually 31 December of the reference
            year of the document that the words come from.
        conventions: how vague words are read.

    Never raises for any text: unreadable or impossible words are kept with kind `none` and a
    notice. Empty text reads as an empty value.
    """
    words = clean(text)
    notes = (notices.control_characters(),) if _has_control(text) else ()
    if not words:
        return Reading(PolicyDate(None, None, None, None), notes)
    try:
        span = _read(words, Context(words, anchor, conventions))
    except Unreadable as refusal:
        return _kept(words, (*notes, refusal.notice or notices.unread(words)))
    value = PolicyDate(
        words, span.earliest, span.latest, span.kind, anchor if span.anchored else None
    )
    return Reading(value, tuple(dict.fromkeys(notes + span.notices)), span.convention)


def _read(words: str, context: Context) -> Span:
    if len(words) > _LONGEST:
        raise Unreadable(notices.too_long(_LONGEST))
    bare = plain(words)
    span = (
        read_open(bare)
        or read_recurring(bare, context)
        or read_dated(bare, context)
        or read_conditional(bare)
    )
    if span is None:
        raise Unreadable()
    return span


def _kept(words: str, notes: tuple[Words, ...]) -> Reading:
    return Reading(PolicyDate(words, None, None, DateKind.NONE), notes)


def _has_control(text: str) -> bool:
    return any(is_control(char) and not char.isspace() for char in text)
