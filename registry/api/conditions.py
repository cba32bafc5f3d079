"""Conditional requests (RFC 9110, 13): ETag, If-None-Match and If-Match; and the reason given.

The tag of a record is its version and a digest of what was sent: a changed name of something
that it points at changes the tag, and not the version. If-Match compares the version only."""

import re
from hashlib import blake2b
from urllib.parse import unquote

from flask import g, request

from ..errors import Invalid, Message, Stale, VersionMissing
from ..reasons import given
from ..words import Words
from .problems import Refused

TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
TAGS = re.compile(rf"\s*,*\s*{TAG.pattern}(?:\s*,\s*(?:{TAG.pattern})?)*\s*")
VERSION = re.compile(r"[0-9]{1,9}")
READ_AGAIN = Words(
    "Lees het gegeven opnieuw, en stuur If-Match met de ETag die u dan krijgt. Ook bij een "
    "voorstel is dat die van het gegeven zelf.",
    "Read the record again, and send If-Match with the ETag that you then get. With a proposal, "
    "too, that is the one of the record itself.",
)


def tag_of_record(version: int, content: str) -> str:
    """The strong tag of one record as sent."""
    return f'"{version}-{_digest(content)}"'


def tag_of_list(content: str) -> str:
    """The weak tag of a list, or of anything else without a version: where the book stood, if the
    view is marked so (`validators`), else a digest of what is sent."""
    standing: str | None = g.get("standing")
    return standing or f'W/"{_digest(content)}"'


def _digest(content: str) -> str:
    return blake2b(content.encode(), digest_size=9).hexdigest()


def unchanged(tag: str) -> bool:
    """Whether the caller has this already: If-None-Match, compared weakly."""
    given = request.headers.get("If-None-Match")
    if given is None:
        return False
    return given.strip() == "*" or named(tag)


def named(tag: str) -> bool:
    """Whether If-None-Match names this very tag, in the form that is asked for; `*` names none."""
    given = request.headers.get("If-None-Match", "")
    return _bare(in_form(tag)) in {_bare(each) for each in TAG.findall(given)}


def in_form(tag: str) -> str:
    """The tag of what is sent in another form than JSON, if that is asked for: one form is never
    taken for the other."""
    form: str | None = g.get("form")
    return f'{tag[:-1]}.{form}"' if form else tag


def _bare(tag: str) -> str:
    """The tag without its wrapping, and without what a compressing door adds to it."""
    return tag.removeprefix("W/").strip('"').split(":")[0]


def expected(current: int, *, required: bool = True) -> int | None:
    """The version that If-Match lets change: the current one.

    Raises VersionMissing (428), Stale (412), or Refused when the header cannot be read.
    """
    given = request.headers.get("If-Match")
    if given is None:
        if required:
            raise VersionMissing(HOW)
        return None
    try:
        return matched(given, current)
    except Unclear as error:
        raise error.in_header() from None


def matched(given: str, current: int) -> int:
    """The current version, where the tags in `given` name it. Raises Stale, or Unclear."""
    if given.strip() != "*" and current not in _versions(given):
        raise Stale(READ_AGAIN)
    return current


def read_as(tag: str) -> None:
    """Raise Stale where If-Match names a reading other than this one: for what is said of all that
    was read, and not of its version alone."""
    given = request.headers.get("If-Match")
    if given is None or given.strip() == "*":
        return
    if _bare(tag) not in {_bare(each) for each in TAG.findall(given)}:
        raise Stale


HOW = Words(
    "Stuur If-Match met de ETag van het record dat u las.",
    "Send If-Match with the ETag of the record that you read.",
)
MALFORMED = Message(
    'Give the ETag as it was received: "version-digest".',
    'Geef de ETag zoals die is ontvangen: "versie-kenmerk".',
    "header",
)


class Unclear(Exception):
    """A condition that cannot be read; what it says is the name of its header."""

    def in_header(self) -> Refused:
        """The refusal of a request that brought it as a header."""
        return Refused("header", {str(self): [MALFORMED]})


def _versions(given: str) -> set[int]:
    if not TAGS.fullmatch(given):
        raise Unclear("If-Match")
    heads = (tag.split("-")[0] for tag in TAG.findall(given))
    return {int(head) for head in heads if VERSION.fullmatch(head)}


REASON = "Change-Reason"


def reason() -> str | None:
    """Why the caller changes something: a header, as the body of a PATCH is the record and a
    DELETE has none. UTF-8 is percent-encoded in it. Raises Refused."""
    try:
        return given({"reason": unquote(request.headers.get(REASON, ""), errors="strict")})
    except UnicodeDecodeError:
        raise Refused("header", {REASON: [UNREADABLE]}) from None
    except Invalid as error:
        raise unsaid(error) from error


UNREADABLE = Message(
    "Percent-encode the reason in UTF-8.", "Codeer de reden met procenttekens in UTF-8.", "header"
)


def unsaid(error: Invalid) -> Invalid:
    """A refusal of the reason, at the header that it belongs in."""
    why = error.errors.get("reason")
    return Refused("header", {REASON: why}) if why else error
