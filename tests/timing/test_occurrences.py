"""What recurs every year is expected each year; whether there was an edition is told beside it."""

from datetime import date
from typing import Any

import pytest

from registry import policydate
from registry.policydate import PolicyDate
from tests import databases
from tests.browsing import Client
from tests.factories import Make


def days(words: str, first: int, last: int) -> list[tuple[date | None, date | None]]:
    value = policydate.read(words).value
    return [(o.earliest, o.latest) for o in policydate.occurrences(value, first, last)]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("jaarlijks in november", (11, 1), (11, 30)),
        ("elk jaar in het najaar", (9, 1), (11, 30)),
        ("annually in November", (11, 1), (11, 30)),
        ("jaarlijks", (1, 1), (12, 31)),
    ],
)
def test_a_window_is_expected_every_year(
    words: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    years = (2020, 2021)
    assert days(words, *years) == [(date(y, *first), date(y, *last)) for y in years]


@pytest.mark.parametrize("words", ["tweejaarlijks", "maandelijks", "november 2021", "later"])
def test_of_what_is_not_yearly_nobody_knows_the_years(words: str) -> None:
    assert days(words, 2020, 2022) == []


def test_nothing_is_expected_before_it_began() -> None:
    assert [first and first.year for first, _ in days("jaarlijks vanaf 2021", 2019, 2022)] == [
        2021,
        2022,
    ]
    assert policydate.occurrences(PolicyDate(None, None, None, None), 2020, 2021) == []


@databases.on_sqlite
def test_the_week_of_work_stress_is_expected_in_november_2021(letters: Any, client: Client) -> None:
    (week,) = client.get("/api/v1/initiatives?q=Werkstress&kind=campaign").get_json()
    url = f"/api/v1/initiatives/{week['reference']}/occurrences"
    told = [(o["window"]["latest"], o["state"]) for o in client.get(url).get_json()]
    assert told == [
        ("2019-11-30", "registered"),
        ("2020-11-30", "registered"),
        ("2021-11-30", "expected"),
    ]
    later = client.get(f"{url}?asOf=2021-12-01&from=2021&to=2021").get_json()
    assert [(o["state"], o["edition"]) for o in later] == [("unregistered", None)]
    assert client.get(f"{url}?from=soon").status_code == 400
    page = client.page(f"/initiatives/{week['reference']}").text
    assert "november 2021 verwacht" in page
    assert "november 2020 editie: Week van de Werkstress 2020" in page


@databases.on_sqlite
def test_what_does_not_recur_has_no_box(make: Make, client: Client) -> None:
    assert (
        "Verwacht en gehouden"
        not in client.page(f"/initiatives/{make.reference('initiative')}").text
    )
