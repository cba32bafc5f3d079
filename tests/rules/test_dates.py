"""Dates and moments: one format, any offset in, UTC out, and no hour where a day is meant."""

import re
from typing import Any

from tests import databases
from tests.api.conftest import Api
from tests.api.contract import ROOT
from tests.factories import Make
from tests.rules.walking import Answer, Walk

pytestmark = databases.on_sqlite

FORMATS = {"date", "date-time", "uri", "uri-reference", "email", "binary", None}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
A_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def test_core_date_time_format(walk: Walk, answers: list[Answer]) -> None:
    """Text, marked `date` or `date-time` and in no other way; and answered so."""
    for name, schema in walk.properties():
        assert schema.get("format") in FORMATS, name
    for name, value in _texts(answers):
        if name.endswith("At") and value is not None:
            assert INSTANT.fullmatch(value), f"{name}: {value}"
        if name in ("earliest", "latest", "asOf", "anchor") and value is not None:
            assert A_DAY.fullmatch(value), f"{name}: {value}"


def test_core_date_time_timezone(api: Api, make: Make, time_machine: Any) -> None:
    """Any offset may be asked for, and the answer is in UTC."""
    time_machine.move_to("2021-05-04T12:00:00Z", tick=False)
    reference = make.reference("theme")
    client, url = api("secretariat"), f"{ROOT}/themes?updatedSince="
    for hour in ("12:00:00Z", "14:00:00%2B02:00", "01:30:00-10:30"):
        found = client.get(f"{url}2021-05-04T{hour}").get_json()
        assert [item["reference"] for item in found] == [reference], hour
        assert found[0]["updatedAt"] == "2021-05-04T12:00:00.000000Z"
    assert client.get(f"{url}2021-05-04T14:00:01%2B02:00").get_json() == []
    assert client.get(f"{url}2021-05-04T12:00:00").status_code == 400


def test_core_date_time_date_omit_time_portion(walk: Walk) -> None:
    """A field named for a date is a date; what has an hour is named for a moment."""
    for name, schema in walk.properties():
        if re.search(r"\wDate|^date$", name):
            assert schema.get("format") == "date", name
        if schema.get("format") == "date-time":
            assert name.endswith("At") or name == "embargoUntil", name


def _texts(answers: list[Answer]) -> Any:
    for answer in answers:
        json = answer.headers.get("Content-Type") == "application/json"
        if answer.status == 200 and json and not answer.url.endswith("openapi.json"):
            yield from _pairs(answer.response.get_json(silent=True))


def _pairs(part: Any) -> Any:
    if isinstance(part, dict):
        for name, value in part.items():
            if isinstance(value, str | None):
                yield name, value
            yield from _pairs(value)
    elif isinstance(part, list):
        for inner in part:
            yield from _pairs(inner)
