"""No secret reaches a log: every line that this process writes is read over first.

It is done where lines are made, and not where they are written: so it holds for the register, for
the server under it, whichever that is, and for what somebody configures later. The register writes
its own lines for people, or with LOG_FORMAT=json each as one object for programs."""

import json
import logging
import re
from datetime import UTC, datetime

from flask import Flask, g, has_app_context
from flask.logging import default_handler, wsgi_errors_stream

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
    told: dict[str, object]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as logging calls it
        self.request = g.get("request_id") if has_app_context() else None

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


class ForPeople(logging.Formatter):
    """A line with the number of the request that it is about."""

    def __init__(self) -> None:
        super().__init__("[%(asctime)s] %(levelname)s in %(module)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # as logging names it
        number = _request_of(record)
        return super().formatMessage(record) + (f" [{number}]" if number else "")


class ForPrograms(logging.Formatter):
    """A line as a JSON object: time, level, logger, message, request, what was told, and trace."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": _request_of(record),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            said["trace"] = redacted(self.formatException(record.exc_info))
        return json.dumps(said, ensure_ascii=False)


def _request_of(record: logging.LogRecord) -> object:
    told: dict[str, object] = getattr(record, "told", {})
    return told.get("request") or getattr(record, "request", None)


class Handler(logging.StreamHandler):  # type: ignore[type-arg]  # the stream is a proxy
    """Writes the lines of the register itself, where the server that it runs under wants them."""


FORMATS = {"text": ForPeople, "json": ForPrograms}


def write(app: Flask) -> None:
    """Write the register's own lines as LOG_FORMAT says. Raises ValueError."""
    wanted = app.config["LOG_FORMAT"]
    if wanted not in FORMATS:
        raise ValueError(f"LOG_FORMAT is one of: {', '.join(FORMATS)}.")
    for old in [kept for kept in app.logger.handlers if isinstance(kept, Handler)]:
        app.logger.removeHandler(old)
    app.logger.removeHandler(default_handler)
    handler = Handler(wsgi_errors_stream)
    handler.setFormatter(FORMATS[wanted]())
    app.logger.addHandler(handler)
    app.logger.getChild("requests").setLevel(logging.INFO)


def _beginnings(app: Flask) -> str:
    rules = (rule.rule.partition(f"<{ARGUMENT}>") for rule in app.url_map.iter_rules())
    found = sorted({re.escape(begin) for begin, mark, _ in rules if mark})
    return rf"(?P<before>{'|'.join(found) or '(?!)'})[^\s\"'?#<>]+"
