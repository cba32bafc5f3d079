"""What will go away: said a year ahead, in the document and on every answer of the operation, by
the headers Deprecation (RFC 9745) and Sunset (RFC 8594)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import wraps
from typing import Any

from flask import Response
from werkzeug.http import http_date

Told = dict[str, Any]
View = Callable[..., Response]
TRANSITION = timedelta(days=365)
HEADERS: Mapping[str, Told] = {
    "Deprecation": {"$ref": "#/components/headers/DEPRECATION"},
    "Sunset": {"$ref": "#/components/headers/SUNSET"},
}


@dataclass(frozen=True)
class Retirement:
    """The days of an operation that goes away: told `{"deprecated": Retirement(…)}` in the book.

    `instead` says in English what takes its place. Raises ValueError for less than a year.
    """

    since: date
    until: date
    instead: str

    def __post_init__(self) -> None:
        if self.until - self.since < TRANSITION:
            raise ValueError(
                f"an operation stays for {TRANSITION.days} days after it is deprecated"
            )

    @property
    def headers(self) -> Mapping[str, str]:
        """Both headers; each day begins at midnight in UTC."""
        since, until = (datetime.combine(day, time(), UTC) for day in (self.since, self.until))
        return {"Deprecation": f"@{int(since.timestamp())}", "Sunset": http_date(until)}


def told(operation: Told) -> Told:
    """What the document tells of an operation, with its retirement where it has one."""
    retirement = operation.get("deprecated")
    if not isinstance(retirement, Retirement):
        return operation
    said = f"Deprecated since {retirement.since}; answers until {retirement.until}."
    before = [operation["description"]] if "description" in operation else []
    responses = {status: _with(answer) for status, answer in operation["responses"].items()}
    return {
        **operation,
        "deprecated": True,
        "description": " ".join([*before, said, retirement.instead]),
        "responses": responses,
    }


def announced(view: View, operation: Told) -> View:
    """`view` with both headers on all that it answers, where its operation goes away."""
    retirement = operation.get("deprecated")
    if not isinstance(retirement, Retirement):
        return view

    @wraps(view)
    def answered(**values: Any) -> Response:
        response = view(**values)
        response.headers.update(retirement.headers)
        return response

    return answered


def _with(answer: Any) -> Any:
    """An answer that tells the two headers, where it is told in full."""
    if not isinstance(answer, dict) or "headers" not in answer:
        return answer
    return {**answer, "headers": {**answer["headers"], **HEADERS}}
