"""Every request that changes something may bring a key: then it is carried out once."""

import hashlib
import re
from contextlib import suppress
from typing import Any

from flask import Flask, Response, g, request

from ..api import conditions, problems, shell
from ..api.callers import caller
from ..api.problems import Refused
from ..api.rehearsing import rehearsed
from ..api.shell import View
from ..command import Hold, held
from ..db import AWAY, session
from ..errors import Invalid, Message, RegistryError
from ..extensions import READING
from ..jobs.cli import rounds
from . import commands
from .commands import HEADER, Answer, Attempt, Running

KEY = re.compile(r"[\x21-\x7e]{1,255}")
MALFORMED = Message(
    "Give 1 to 255 visible characters of ASCII.",
    "Geef 1 tot 255 zichtbare tekens in ASCII.",
    "header",
)
SAID = ("If-Match", "If-None-Match", conditions.REASON)
"""The headers that say what is asked, as the body does."""
REPLAYED = "Idempotency-Replayed"
KEPT = ("Content-Type", "Content-Language", "Content-Location", "ETag", "Location", "Cache-Control")


def once(view: View, /, **values: Any) -> Response:
    """Carry out `view` once for each key that the caller gives; without a key, every time."""
    key = None if request.method in READING else request.headers.get(HEADER)
    account_id = caller().account_id
    if key is None or account_id is None:
        return view(**values)
    if not KEY.fullmatch(key):
        raise Refused("header", {HEADER: [MALFORMED]})
    if rehearsed():
        return view(**values)
    try:
        attempt = commands.reserve(account_id, key, _digest())
        return _replayed(attempt.answer) if attempt.answer else _tried(view, values, attempt)
    except Running as error:
        response = problems.answer(error)
        response.headers["Retry-After"] = str(error.seconds)
        return response
    except Invalid as error:
        raise Refused("header", error.errors) if HEADER in error.errors else error from error


def attempt() -> Attempt | None:
    """What this request is an attempt at, where it brought a key: for a view of many parts."""
    found: Attempt | None = g.get("attempt")
    return found


def _digest() -> str:
    """What a key is good for: the method, the address, the body, the condition and the reason,
    and the organisation that a token was narrowed to."""
    asked = f"{request.method} {request.full_path} {request.content_type} {caller().only}\n"
    for name in SAID:
        if name in request.headers:  # without any, a key from before they counted is still good
            asked += f"{name}: {request.headers[name]}\n"
    return hashlib.sha256(asked.encode() + request.get_data()).hexdigest()


def _tried(view: View, values: dict[str, Any], attempt: Attempt) -> Response:
    with held(session()) as hold:
        g.attempt = attempt
        try:
            response = _answered(view, values, hold)
            if _did(response, hold):
                commands.settle(attempt, _stored(response))
                session().commit()
                return response
        except BaseException:
            _give_back(attempt)
            raise
        finally:
            g.pop("attempt", None)
    _give_back(attempt)
    return response


def _answered(view: View, values: dict[str, Any], hold: Hold) -> Response:
    """The answer; a refusal of what comes after a change, such as showing it, is one too."""
    try:
        response = view(**values)
    except RegistryError as error:
        if hold.broken or not hold.finished:
            raise
        return problems.answer(error)
    if hold.broken:
        raise RuntimeError("a view went on after a command that was broken off")
    return response


def _did(response: Response, hold: Hold) -> bool:
    """Whether something was done: a refusal did nothing, so its key is free again."""
    if response.status_code < 400:
        return True
    return hold.finished > 0 and response.status_code < 500 and response.status_code != 429


def _give_back(attempt: Attempt) -> None:
    session().rollback()
    with suppress(*AWAY):  # then the lease runs out by itself
        commands.release(attempt)


def _stored(response: Response) -> Answer:
    headers = {name: response.headers[name] for name in KEPT if name in response.headers}
    return Answer(response.status_code, headers, response.get_data(as_text=True))


def _replayed(answer: Answer) -> Response:
    response = Response(answer.body, answer.status)
    response.headers.pop("Content-Type", None)
    response.headers.update(answer.headers)
    response.headers[REPLAYED] = "true"
    return response


def register(_app: Flask) -> None:
    """Put it around every view that changes something, and have every worker tidy up."""
    if once not in shell.around:
        shell.around.append(once)
    if commands.tidy not in rounds:
        rounds.append(commands.tidy)
