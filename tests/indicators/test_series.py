"""Figures in time: what is joined by a line, what is printed with a number, and how they enter."""

import json
from typing import Any

import pytest
from flask import Flask

from registry.indicators import series
from tests import databases
from tests.browsing import Client, SignedIn, words
from tests.doors import Door
from tests.factories import Make

pytestmark = databases.on_sqlite
VALUES: list[dict[str, Any]] = [
    {"year": 2017, "value": 14.5},
    {"year": 2018, "value": 16},
    {"year": 2019, "text": "hetzelfde hoge niveau"},
    {"year": 2020, "value": 17, "caveat": "Andere groep."},
    {"year": 2021, "value": 18, "breakBefore": True, "breakWhy": "De vraag is gewijzigd."},
    {"year": 2022, "value": 19, "provisional": True},
]


def as_item(**more: Any) -> dict[str, Any]:
    return {"reference": "IND-0001", "name": "Aandeel", "observations": VALUES, **more}


def test_a_line_joins_no_break_and_no_year_without_a_number(app: Flask) -> None:
    joined = [[row["year"] for row in piece] for piece in series.pieces(as_item())]
    assert joined == [[2017, 2018], [2020], [2021, 2022]]


def test_17_percent_and_1_3_million_are_never_in_one_chart(letters: Flask, client: Client) -> None:
    share, number = (
        json.loads(client.get(f"/api/v1/indicators?q={asked}").text)[0]
        for asked in ("aandeel werknemers", "aantal werknemers")
    )
    assert [row["year"] for row in series.numbers(share)] == [2019]
    assert [row["year"] for row in series.numbers(number)] == [2018]
    page, alone = (client.page(f"/indicators/{i['reference']}") for i in (share, number))
    (told,) = map(words, page.all(".//figcaption"))
    assert "2018: geen getal; 2019: 17%." in told
    assert "miljoen" not in told
    assert "dat maakt geen lijn" in page.text
    assert not alone.all(".//img[@class='app-chart__image']")


def test_caveats_breaks_and_provisional_marks_are_printed_with_the_numbers(
    client: Client, make: Make
) -> None:
    reference = make.reference("indicator", name="Aandeel", observations=VALUES[3:])
    for page in (client.page(f"/indicators/{reference}"), client.page("/indicators")):
        assert "Andere groep." in page.text
        assert "De vraag is gewijzigd." in page.text
        assert "voorlopig" in page.text
        assert "reeksbreuk" in page.text.lower()
        assert not page.all(".//*[@title]")


def test_a_target_is_drawn_and_told(client: Client, make: Make) -> None:
    aim = {"targetValue": 12, "targetBy": "2025", "direction": "down", "unit": "%"}
    reference = make.reference("indicator", observations=VALUES, payload=aim)
    page = client.page(f"/indicators/{reference}")
    assert "streefwaarde 12% (2025)" in words(page.tree.find(".//figcaption"))
    assert "Gewenste richting: omlaag." in page.text


def test_figures_enter_by_every_door_and_a_term_needs_a_target(door: Door) -> None:
    by = {"text": "2025"}
    refused = door.create("indicators", {"name": "Aandeel", "targetBy": by})
    assert list(refused) == ["targetValue"]
    rows = [{"year": 2018, "value": 16}, {"year": 2019, "value": 17, "breakBefore": True}]
    aim = {"direction": "down", "targetValue": 12, "targetBy": by}
    assert door.create("indicators", {"name": "Aandeel", "observations": rows, **aim}) == {}


def test_lines_of_a_csv_file_are_pasted_as_values(signed_in: SignedIn) -> None:
    client = signed_in("secretariat")
    form = client.page("/indicators/new").form("name")
    lines = "Waarde;tot en met;Ontwikkeling;Zoals het er staat;Jaar\n16;;;;2018\n17;;;;2019"
    form.put({"name": "Aandeel", "_paste-observations": lines})
    page = client.submit(form, button="_paste=observations")
    shown = page.form("name").fields
    assert [shown[f"observations-{n}-year"] for n in (0, 1)] == [["2018"], ["2019"]]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_chart_runs_nothing(client: Client, make: Make, language: str) -> None:
    rows = [{**row, "text": "<script>alert(1)</script>"} for row in VALUES]
    reference = make.reference("indicator", name="<script>", observations=rows)
    page = client.page(f"/indicators/{reference}?lang={language}")
    (chart,) = page.all(".//img[@class='app-chart__image']")
    assert str(chart.get("src")).startswith("data:image/svg+xml;base64,")
    assert not page.all(".//main//script")
