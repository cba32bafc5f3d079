"""Where things stand on the line: what is certain apart from what is not."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from flask import Flask

from registry.timeline.drawing import Line, moment, series
from tests import databases
from tests.browsing import SignedIn, words

LINE = Line(2021, 2021, date(2021, 7, 1))  # a day is 100 / 365 of the width


def window(first: str | None, last: str | None, kind: str = "vague") -> dict[str, Any]:
    return {"text": "…", "earliest": first, "latest": last, "kind": kind}


def days(bars: list[dict[str, Any]]) -> list[tuple[int, int, bool]]:
    """From which day of the year, how many days, and whether that is sure."""
    return [(round(b["x"] * 3.65) + 1, round(b["width"] * 3.65), b["sure"]) for b in bars]


@pytest.mark.parametrize(
    ("told", "drawn"),
    [
        (window("2021-06-01", "2021-07-31"), [(152, 61, False)]),
        (window("2021-01-01", "2021-01-31", "month"), [(1, 31, True)]),
        (window(None, "2021-01-31"), [(1, 31, False)]),
        (window("2021-12-01", None), [(335, 31, False)]),
        (window("2020-01-01", "2022-12-31", "year"), [(1, 365, True)]),
        (window("2019-01-01", "2019-12-31", "year"), []),
        (window(None, None, "none"), []),
        (None, []),
    ],
)
def test_a_term_is_drawn_as_its_window(told: Any, drawn: list[tuple[int, int, bool]]) -> None:
    assert days(moment(LINE, told, "open")) == drawn


def test_a_status_is_sure_between_the_windows_in_which_it_begins_and_ends() -> None:
    rows = [
        {"status": "running", "from": window("2021-01-01", "2021-01-31")},
        {"status": "paused", "from": window("2021-04-01", "2021-04-30")},
    ]
    running, paused = ([b for b in series(LINE, rows) if b["look"] == r["status"]] for r in rows)
    # January it begins, until 30 March it runs, in April it ends.
    assert days(running) == [(1, 30, False), (31, 60, True), (91, 30, False)]
    # From 30 April on it is suspended, as far as is known until the reference date.
    assert days(paused) == [(91, 29, False), (120, 63, True), (182, 184, False)]


def test_of_a_status_without_a_beginning_nothing_is_sure() -> None:
    assert not any(bar["sure"] for bar in series(LINE, [{"status": "running", "from": None}]))
    assert series(LINE, []) == []


@databases.on_sqlite
def test_the_table_says_what_is_drawn_and_who_may_see_it(
    letters: Flask,
    signed_in: SignedIn,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    for who, told in (("public", False), ("member", True)):
        page = signed_in(who).page("/timeline?asOf=2021-08-15&strength=aim")
        (row,) = page.all(".//main//tbody/tr")
        assert "medio 2021" in words(row)
        assert ("niet gehaald in de genoemde periode" in words(row)) is told
        assert ("not_reached" in page.html) is told
    with count_queries() as queries:
        page = signed_in("public").page("/timeline?asOf=2020-12-31&theme=THE-0002")
    counted = [int(re.findall(r"\d+", words(a))[0]) for a in page.all(".//main//h2/a")]
    assert counted == [len(t.findall("tbody/tr")) for t in page.all(".//main//table")]
    assert len(queries) < 30


@databases.on_sqlite
@pytest.mark.parametrize("asked", ["from=x", "from=2022&until=2020", "strength=hard", "asOf=x"])
def test_what_cannot_be_drawn_is_refused(app: Flask, signed_in: SignedIn, asked: str) -> None:
    assert signed_in("public").get(f"/timeline?{asked}").status_code == 400
