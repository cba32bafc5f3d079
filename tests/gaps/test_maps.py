"""The gap map: what each cell says, and that its link opens exactly what it counts."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import clock, listing
from registry.access import Actor, acting_as, visible_to
from registry.db import session as current
from registry.gaps.axes import CAUSES, MAPS, SECTORS, THEMES, Axis
from registry.gaps.queries import Cell, Map, gap_map
from registry.initiatives.models import Initiative
from registry.initiatives.schemas import INITIATIVE
from registry.listing.narrowing import clauses
from registry.record import Record
from tests import databases
from tests.browsing import Client
from tests.factories import Make
from tests.spreadsheets import opened, parsed

LIVE = {"running", "planned", "paused", "known"}
Counting = Callable[[], AbstractContextManager[list[str]]]


def mapped(who: Actor, rows: Axis = CAUSES, columns: Axis = SECTORS) -> Map:
    with acting_as(who):
        return gap_map(rows, columns)


def named(found: Map, row: str | None, column: str | None) -> Cell:
    rows = {place.item["name"]: place for place in found.rows}
    columns = {place.item["name"]: place for place in found.columns}
    return found.at(rows[row] if row else None, columns[column] if column else None)


def opens(who: Actor, asked: Any) -> int | None:
    """How many initiatives the list shows that a cell leads to."""
    question = listing.ask(INITIATIVE, who, asked)
    query = select(func.count()).select_from(Initiative).join(Record, Record.id == Initiative.id)
    query = query.where(visible_to(who), *clauses(INITIATIVE, question))
    return current().scalar(query)


def test_the_letters_have_something_for_education_and_nothing_for_care_ict_and_industry(
    letters: Flask, session: Session, actors: dict[str, Actor]
) -> None:
    found = mapped(actors["public"])
    assert (named(found, "Werkdruk", "Onderwijs").state) == "running"
    assert named(found, "Werkdruk", "Primair onderwijs").counts["running"] == 1
    for rows in (CAUSES, THEMES):
        found = mapped(actors["public"], rows)
        for sector in ("Zorg", "Thuiszorg", "ICT", "Industrie"):
            states = {named(found, place.item["name"], sector).state for place in found.rows}
            assert states <= {"none", "general", "known"}
            own = [named(found, place.item["name"], sector).counts for place in found.rows]
            assert not any(counts["running"] + counts["planned"] for counts in own)
    assert named(mapped(actors["public"]), "Hoge taakeisen", "ICT").state == "none"


def test_what_nobody_classified_is_never_a_gap(
    letters: Flask, session: Session, actors: dict[str, Actor]
) -> None:
    """The survey of students is for higher education, and under no cause."""
    found = mapped(actors["public"])
    assert named(found, "Hoge taakeisen", "Hoger onderwijs").state == "unclassified"
    assert named(found, "Hoge taakeisen", "Onderwijs").state == "unclassified"
    assert named(found, None, "Hoger onderwijs").count == 1
    assert found.unclassified == 12


@pytest.mark.parametrize("pair", MAPS, ids=lambda pair: f"{pair[0].name}-{pair[1].name}")
@databases.on_sqlite
def test_every_cell_opens_exactly_what_it_counts(
    letters: Flask,
    session: Session,
    actors: dict[str, Actor],
    pair: tuple[Axis, Axis],
) -> None:
    with clock.seen_as_of(date(2021, 6, 15)), acting_as(actors["public"]):
        cells = gap_map(*pair).cells
        wrong = {
            key: (cell.state, cell.count, told)
            for key, cell in cells.items()
            if (told := opens(actors["public"], cell.asked)) != cell.count
        }
    assert wrong == {}


@databases.on_sqlite
def test_every_cell_of_a_page_is_a_link_that_opens_its_number(
    letters: Flask, client: Client
) -> None:
    page = client.page("/gaps?rows=themes&columns=sectors&asOf=2021-06-15")
    seen: set[tuple[int, str]] = set()
    for number, url in linked(page.tree):
        assert "asOf=2021-06-15" in url
        if (number, urlsplit(url).query) not in seen and len(seen) < 8:
            seen.add((number, urlsplit(url).query))
            told = client.page(url).all(".//h2[@id='aantal']")[0].text
            assert (told or "").split()[0] == str(number)
    assert len(seen) == 8


def linked(tree: Any) -> Iterator[tuple[int, str]]:
    for link in tree.findall(".//a"):
        if (link.get("class") or "").startswith("app-gap "):
            count = link.find(".//b")
            yield int(count.text) if count is not None else 0, link.get("href")


def rows_of(make: Make) -> dict[str, Any]:
    """A cause, and education with primary education as a part of it."""
    whole = make.reference("sector", name="Onderwijs")
    return {
        "cause": make.reference("cause", name="Druk"),
        "whole": whole,
        "part": make.reference("sector", name="Primair", parent=whole),
    }


def under(known: dict[str, Any], *sectors: str, status: str | None = "running") -> dict[str, Any]:
    """The payload of an initiative under the cause and these sectors."""
    basis = {"basis": "classified"}
    return {
        "causes": [{"cause": known["cause"], **basis}],
        "sectors": [{"sector": known[sector], **basis} for sector in sectors],
        "statuses": [{"status": status, "from": "januari 2020"}] if status else [],
    }


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("running", "running"),
        ("in_force", "running"),
        ("in_preparation", "planned"),
        ("paused", "paused"),
        ("issued", "known"),
        (None, "known"),
    ],
)
@databases.on_sqlite
def test_a_status_makes_a_state(
    session: Session, make: Make, actors: dict[str, Actor], status: str | None, state: str
) -> None:
    known = rows_of(make)
    make("initiative", **under(known, "part", status=status))
    found = mapped(actors["public"])
    assert [named(found, "Druk", s).state for s in ("Primair", "Onderwijs")] == [state, state]
    with acting_as(actors["public"]):
        told = [opens(actors["public"], cell.asked) for cell in found.cells.values()]
    assert told == [cell.count for cell in found.cells.values()]


@databases.on_sqlite
def test_what_is_of_no_sector_or_of_a_wider_one_is_general(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    known = rows_of(make)
    make("initiative", **under(known, "whole"))
    make("initiative", **under(known))
    found = mapped(actors["public"])
    part, whole = (named(found, "Druk", sector) for sector in ("Primair", "Onderwijs"))
    assert (part.state, part.count, opens(actors["public"], part.asked)) == ("general", 2, 2)
    assert (whole.state, whole.count) == ("running", 1)
    assert whole.counts["general"] == 1


@databases.on_sqlite
def test_the_strongest_state_is_shown_with_its_number(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    known = rows_of(make)
    for status in ("paused", "paused", "in_preparation", "issued"):
        make("initiative", **under(known, "part", status=status))
    cell = named(mapped(actors["public"]), "Druk", "Primair")
    assert (cell.state, cell.count, cell.counts["paused"]) == ("planned", 1, 2)
    assert opens(actors["public"], cell.asked) == 1


@databases.on_sqlite
def test_the_map_follows_the_reference_date_and_the_reader(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    known = rows_of(make)
    later = {**under(known, "part"), "statuses": [{"status": "running", "from": "maart 2020"}]}
    make("initiative", audience="core_group", **later)
    told = {}
    for day in ("2020-02-01", "2020-04-01"):
        with clock.seen_as_of(date.fromisoformat(day)):
            found = {who: mapped(actors[who]) for who in ("public", "member")}
            told[day] = [named(found[who], "Druk", "Primair").state for who in found]
    assert told == {"2020-02-01": ["none", "known"], "2020-04-01": ["none", "running"]}


@databases.on_sqlite
def test_causes_that_nothing_is_done_about_are_listed_with_who_names_them(
    letters: Flask, client: Client
) -> None:
    page = client.page("/gaps")
    (table,) = page.all(".//div[@id='onbehandeld']")
    told = "".join(table.itertext())
    assert "Personeelstekort" in told
    assert "erkgeversorganisaties" in told
    assert "Sekse, leeftijd" not in told  # TNO says that it is no cause
    assert "Mantelzorg" not in told  # which is still to be studied
    assert "Langdurige werkstress" not in told


@databases.on_sqlite
def test_the_map_asks_a_fixed_number_of_times(
    client: Client, make: Make, count_queries: Counting
) -> None:
    asked = []
    for _ in range(2):
        for _ in range(3):
            make("initiative", **under(rows_of(make), "part"))
        with count_queries() as queries:
            client.page("/gaps")
        asked.append(len(queries))
    assert asked[0] == asked[1]


@databases.on_sqlite
def test_the_map_is_told_by_file_and_api(letters: Flask, client: Client) -> None:
    rows = parsed(client.get("/gaps/list.csv?lang=nl").text)
    corner = next(iter(rows[0]))
    assert "31 december 2020" in corner
    (pressure,) = (row for row in rows if row[corner] == "Werkdruk")
    assert "lopend (1)" in pressure.values()
    sheets = opened(client.get("/gaps/list.xlsx?rows=themes&columns=groups").data)
    assert sheets
    told = json.loads(client.get("/api/v1/gaps?rows=themes&columns=sectors&asOf=2021-06-15").text)
    assert told["asOf"] == "2021-06-15"
    cell = next(cell for cell in told["cells"] if cell["state"] == "running")
    path = cell["records"].partition("localhost")[2]
    assert len(json.loads(client.get(path).text)) == cell["count"]
    assert parse_qs(urlsplit(path).query)["asOf"] == ["2021-06-15"]


@databases.on_sqlite
def test_a_side_that_is_none_is_refused(client: Client) -> None:
    assert client.get("/gaps?rows=partners").status_code in (400, 422)
    refused = client.get("/api/v1/gaps?columns=causes")
    assert refused.status_code == 400
    assert "sectors, groups" in refused.text
