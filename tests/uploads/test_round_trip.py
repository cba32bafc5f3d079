"""What was downloaded reads in again without a loss, and an edited cell changes just that."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.db import session
from registry.kind import Kind
from registry.ledger import Change
from tests.browsing import SignedIn
from tests.databases import on_sqlite
from tests.factories import Make
from tests.payloads import OF_LETTERS
from tests.spreadsheets import opened, parsed, workbook, written
from tests.uploads.reading import confirm, counts, outcomes, send

pytestmark = on_sqlite


@pytest.mark.parametrize("kind", OF_LETTERS)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_file_that_nobody_edited_changes_nothing(
    letters: Flask, signed_in: SignedIn, kind: Kind, form: str
) -> None:
    client = signed_in("secretariat")
    data = client.get(f"/{kind.collection}/list.{form}").data
    page = send(client, kind.collection, data, f"lijst.{form}")
    assert [row for row in outcomes(page) if row[2] != "ongewijzigd" or row[3]] == []
    assert counts(page)["ongewijzigd"] > 0


def test_an_edited_cell_changes_that_cell_and_the_history_says_so(
    app: Flask, signed_in: SignedIn, make: Make
) -> None:
    made = make("initiative", title="Oud", goal="Blijft", results=[{"title": "Uitkomst"}])
    client = signed_in("secretariat")
    sheets = opened(client.get("/initiatives/list.xlsx").data)
    sheets["initiatives"][0]["title"] = "Nieuw"
    sheets["results"][0]["title"] = "Andere uitkomst"
    page = send(client, "initiatives", workbook(sheets), "lijst.xlsx")
    (row,) = outcomes(page)
    assert row[2] == "gewijzigd"
    assert "Titel: Oud → Nieuw" in row[3]
    assert "Resultaat: Uitkomst → Andere uitkomst" in row[3]
    assert "1 gewijzigd" in confirm(client, page).text
    with app.app_context():
        last = session().scalars(select(Change).order_by(Change.seq.desc())).first()
        assert last is not None
        assert (last.reference, last.door, last.action) == (made.reference, "import", "revise")
        assert [c["path"] for c in last.changes if "results" not in c["path"]] == ["title"]


def test_a_sheet_that_was_sorted_anew_changes_nothing(signed_in: SignedIn, make: Make) -> None:
    make("initiative", title="A", results=[{"title": str(n)} for n in range(4)])
    make("initiative", title="B", results=[{"title": str(n)} for n in range(3)])
    client = signed_in("secretariat")
    sheets = opened(client.get("/initiatives/list.xlsx").data)
    for name in ("initiatives", "results"):
        sheets[name].reverse()
    page = send(client, "initiatives", workbook(sheets), "lijst.xlsx")
    assert counts(page) == {"geweigerd": 0, "nieuw": 0, "gewijzigd": 0, "ongewijzigd": 2}


def test_rows_of_a_list_come_and_go_with_the_sheet(signed_in: SignedIn, make: Make) -> None:
    made = make("initiative", title="A", results=[{"title": "eerste"}, {"title": "tweede"}])
    client = signed_in("secretariat")
    sheets = opened(client.get("/initiatives/list.xlsx").data)
    sheets["results"][0] = {"reference": made.reference, "title": "derde"}
    page = send(client, "initiatives", workbook(sheets), "lijst.xlsx")
    (row,) = outcomes(page)
    assert "Resultaten: nieuwe rij: leeg → derde" in row[3]
    assert "Resultaten: rij verdwijnt: eerste → leeg" in row[3]
    confirm(client, page)
    shown = client.page(f"/initiatives/{made.reference}").text
    assert "derde" in shown
    assert "tweede" in shown


def test_new_words_of_time_are_read_anew_though_the_old_days_stand_beside_them(
    signed_in: SignedIn, make: Make
) -> None:
    make("initiative", title="A", period={"text": "medio 2021"})
    client = signed_in("secretariat")
    rows = parsed(client.get("/initiatives/list.csv", headers={"Accept-Language": "nl"}).text)
    rows[0]["period"] = "in 2022"
    page = send(client, "initiatives", written(rows))
    confirm(client, page)
    (row,) = parsed(client.get("/initiatives/list.csv", headers={"Accept-Language": "nl"}).text)
    assert (row["period"], row["period.earliest"], row["period.latest"]) == (
        *("in 2022", "2022-01-01", "2022-12-31"),
    )


def test_an_empty_cell_empties_and_an_absent_column_stays(signed_in: SignedIn, make: Make) -> None:
    made = make("initiative", title="A", goal="Doel", summary="Blijft")
    client = signed_in("secretariat")
    page = send(client, "initiatives", f"reference;goal\n{made.reference};\n")
    assert outcomes(page)[0][3] == "Doel: Doel → leeg"
    confirm(client, page)
    assert "Blijft" in client.page(f"/initiatives/{made.reference}").text


def test_a_computed_column_is_said_not_to_be_read(signed_in: SignedIn, make: Make) -> None:
    make("initiative", title="A", statuses=[{"status": "running"}])
    client = signed_in("secretariat")
    rows = parsed(client.get("/initiatives/list.csv", headers={"Accept-Language": "nl"}).text)
    rows[0]["status"] = "stopped"
    (row,) = outcomes(send(client, "initiatives", written(rows)))
    assert row[2] == "ongewijzigd"
    assert "Deze kolom wordt berekend en is niet gelezen" in row[3]


def test_a_preview_changes_nothing(app: Flask, signed_in: SignedIn, make: Make) -> None:
    made = make("initiative", title="A")
    client = signed_in("secretariat")

    def changes() -> int:
        with app.app_context():
            return session().scalar(select(func.count()).select_from(Change)) or 0

    before = changes()
    page = send(client, "initiatives", f"reference;title\n{made.reference};B\n;Nieuw\n")
    assert counts(page) == {"geweigerd": 0, "nieuw": 1, "gewijzigd": 1, "ongewijzigd": 0}
    assert changes() == before
    confirm(client, page)
    assert changes() == before + 2
