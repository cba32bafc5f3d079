"""A list as a file: what the list shows, in its order, and no more than its reader may see."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager

from flask import Flask
from openpyxl import Workbook, load_workbook

from registry.kind import kinds
from registry.tables.writing import CODES
from registry.vocabulary import terms
from tests.browsing import Client, SignedIn
from tests.databases import on_sqlite
from tests.factories import Make
from tests.spreadsheets import opened, parsed

pytestmark = on_sqlite


def titles(client: Client, address: str) -> list[str]:
    response = client.get(f"/initiatives/list.{address}", headers={"Accept-Language": "nl"})
    assert response.status_code == 200
    if address.startswith("csv"):
        return [row["title"] for row in parsed(response.text)]
    return [row["title"] for row in opened(response.data)["initiatives"]]


def test_a_file_holds_what_the_list_shows_in_its_order(client: Client, make: Make) -> None:
    for title, kind in (("Aap", "campaign"), ("Noot", "research"), ("Mies", "campaign")):
        make("initiative", title=title, payload={"kind": kind})
    for form in ("xlsx", "csv"):
        assert titles(client, f"{form}?kind=campaign&sort=-title") == ["Mies", "Aap"]
        assert titles(client, f"{form}?q=noot") == ["Noot"]
        assert sorted(titles(client, form)) == ["Aap", "Mies", "Noot"]


def test_a_file_is_whole_however_long_the_list(client: Client, make: Make) -> None:
    for number in range(205):
        make("theme", name=f"Thema {number:03}")
    sheet = opened(client.get("/themes/list.xlsx?sort=name&page=2&perPage=5").data)["themes"]
    assert [row["name"] for row in sheet] == [f"Thema {number:03}" for number in range(205)]


def test_what_is_hidden_from_a_reader_is_in_none_of_their_files(
    signed_in: SignedIn, make: Make
) -> None:
    secret = make("partner", name="Geheim", audience="core_group")
    make("initiative", title="Concept", state="draft")
    make(
        "initiative",
        title="Openbaar",
        participations=[{"partner": secret.reference, "role": "lead"}],
    )
    public, secretariat = signed_in("public"), signed_in("secretariat")
    assert titles(public, "csv") == titles(public, "xlsx") == ["Openbaar"]
    assert sorted(titles(secretariat, "csv")) == ["Concept", "Openbaar"]
    assert opened(public.get("/initiatives/list.xlsx").data)["participations"] == []
    assert b"Geheim" not in public.get("/partners/list.csv").data


def test_a_field_that_a_reader_may_not_see_is_no_column_and_no_sheet(
    signed_in: SignedIn, make: Make
) -> None:
    make("partner", name="OVAL 2")
    public = opened(signed_in("public").get("/partners/list.xlsx").data)
    member = opened(signed_in("member").get("/partners/list.xlsx").data)
    assert member.keys() - public.keys() == {"contacts"}


def test_text_that_looks_like_a_formula_is_never_run(client: Client, make: Make) -> None:
    evil = ['=HYPERLINK("https://registry.example")', "+1", "-2", "@sum", "'=1", "'gewoon"]
    for text in evil:
        make("initiative", title=text)
    assert sorted(titles(client, "xlsx")) == sorted([*evil[:4], "''=1", "'gewoon"])
    assert sorted(titles(client, "csv")) == sorted([*(f"'{text}" for text in evil[:5]), "'gewoon"])


def test_the_field_guide_names_every_column_of_every_sheet(client: Client, make: Make) -> None:
    make("initiative", title="Iets", results=[{"title": "Uitkomst"}])
    sheets = opened(client.get("/initiatives/list.xlsx", headers={"Accept-Language": "nl"}).data)
    told = {(row["Blad"], row["Kolom"]) for row in sheets.pop("Veldgids")}
    for name, rows in sheets.items():
        for column in rows[0] if rows else ():
            assert (name, column) in told


def test_time_is_in_words_with_the_days_beside_it(client: Client, make: Make) -> None:
    make("initiative", title="Iets", period={"text": "medio 2021"})
    (row,) = parsed(client.get("/initiatives/list.csv", headers={"Accept-Language": "nl"}).text)
    assert row["period"] == "medio 2021"
    assert row["period.earliest"] < row["period.latest"]
    assert row["period.earliest"].startswith("2021-")


def test_every_kind_has_its_files(letters: Flask, client: Client) -> None:
    for kind in kinds():
        page = client.page(f"/{kind.collection}").links()
        sheets = opened(client.get(page["XLSX (rekenblad)"]).data)
        text = client.get(page["CSV"], headers={"Accept-Language": "nl"}).text
        assert [r["reference"] for r in sheets[kind.collection]] == [
            r["reference"] for r in parsed(text)
        ]


def test_a_file_costs_a_query_per_hundred_records(
    client: Client, make: Make, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    for number in range(30):
        make("theme", name=f"Thema {number}")
    with count_queries() as queries:
        client.get("/themes/list.xlsx")
    assert len(queries) < 6


def test_a_workbook_offers_the_codes_of_a_column_and_keeps_its_header_in_sight(
    client: Client, make: Make
) -> None:
    theme = make("theme", name="Preventie, ook thuis")
    make("theme", name="Geheim", state="draft")
    make("initiative", title="A", statuses=[{"status": "running"}])
    data = client.get("/initiatives/list.xlsx", headers={"Accept-Language": "nl"}).data
    book = load_workbook(io.BytesIO(data))
    assert book[CODES].sheet_state == "hidden"
    offered = {name: _offered(book, name) for name in ("initiatives", "participations", "themes")}
    assert offered["initiatives"]["relation"] == list(terms("relation"))
    assert offered["participations"]["role"] == list(terms("participation-role"))
    assert len(offered["participations"]["partner"]) == 3
    assert "status" not in offered["initiatives"]  # it follows from the sheet of statuses
    assert offered["themes"]["theme"] == [f"{theme.reference} Preventie, ook thuis"]
    for name in offered:
        assert book[name].freeze_panes == "B2"


def _offered(book: Workbook, name: str) -> dict[str, list[str]]:
    """What can be chosen under each heading of a sheet."""
    sheet, found = book[name], {}
    for rule in sheet.data_validations.dataValidation:
        heading = str(sheet.cell(1, next(iter(rule.sqref.ranges)).min_col).value)
        source = str(rule.formula1)
        cells = book[CODES][source.partition("!")[2].replace("$", "")] if "!" in source else None
        listed = source.strip('"').split(",")
        found[heading] = [str(cell.value) for cell in cells[0]] if cells else listed
    return found
