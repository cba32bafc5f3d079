"""No secret reaches a log: every line that this process writes is read over first.

It is done where lines are made, and not where they are written: so it holds for the register, for
the server under it, whichever that is, and for what somebody configures later."""

import logging
import re

from flask import Flask

HIDDEN = "[geheim]"
ARGUMENT = "secret"
"""How a route calls the part of its address that opens something."""
TOKEN = r"\b(?:sr|agenda)_[\w-]{8,}"  # noqa: S105  # what one looks like
"""How tokens begin, wherever they stand: in an address, a header, or a message of an error."""
ENCODED = re.compile(r"%(2[DdEeFf]|3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa]|5[Ff]|7[Ee])")
_pattern = re.compile(rf"(?P<before>)(?P<token>{TOKEN})")


def redacted(text: str) -> str:
    """`text` without secrets. Letters that need no encoding are decoded first: an address opens
    the same door however it is written."""
    if "%" in text:
        text = ENCODED.sub(lambda found: chr(int(found[1], 16)), text)
    return _pattern.sub(lambda found: (found["before"] or "") + HIDDEN, text)


class Line(logging.LogRecord):
    """A line of a log, without secrets in its message and in the trace of an error."""

    _trace: str | None = None

    def getMessage(self) -> str:  # noqa: N802  # as logging names it
        return redacted(super().getMessage())

    @property
    def exc_text(self) -> str | None:
        """The trace, as a formatter keeps it here before it writes it."""
        return self._trace

    @exc_text.setter
    def exc_text(self, text: str | None) -> None:
        self._trace = redacted(text) if text else text


def hide(app: Flask) -> None:
    """Read over every line from now on; `app` says under which addresses secrets stand."""
    global _pattern  # noqa: PLW0603  # logging has one factory
    _pattern = re.compile("|".join((_beginnings(app), rf"(?P<token>{TOKEN})")))
    logging.setLogRecordFactory(Line)


def _beginnings(app: Flask) -> str:
    rules = (rule.rule.partition(f"<{ARGUMENT}>") for rule in app.url_map.iter_rules())
    found = sorted({re.escape(begin) for begin, mark, _ in rules if mark})
    return rf"(?P<before>{'|'.join(found) or '(?!)'})[^\s\"'?#<>]+"
