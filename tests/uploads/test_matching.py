"""A plain list in any spreadsheet: its columns are guessed, a person corrects, and it reads in."""

from tests.browsing import Page, SignedIn, words
from tests.databases import on_sqlite
from tests.factories import Make
from tests.spreadsheets import workbook
from tests.uploads.reading import confirm, counts, errors, outcomes, send

pytestmark = on_sqlite
LIST = [
    {"Naam van het initiatief": "Wandelen", "Titel": "Wandelen", "Looptijd": "medio 2021",
     "Soort": "Campagne", "Thema's": "Preventie; Kennis", "Budget": "1.234,50"},
]  # fmt: skip


def matched(page: Page) -> dict[str, str]:
    """Heading → the field that is chosen for it."""
    found = {}
    for label in page.all(".//main//label"):
        name = label.get("for", "")
        select = next((s for s in page.all(".//select") if s.get("name") == name), None)
        if select is not None:
            chosen = [o for o in select.iter("option") if o.get("selected") is not None]
            found[words(label)] = chosen[0].get("value", "") if chosen else ""
    return found


def test_columns_are_guessed_corrected_and_read_in(signed_in: SignedIn, make: Make) -> None:
    for name in ("Preventie", "Kennis"):
        make("theme", name=name)
    client = signed_in("secretariat")
    page = send(client, "initiatives", workbook({"Blad1": LIST}), "mijn lijst.xlsx")
    guess = matched(page)
    assert guess["Titel"] == "title"
    assert guess["Soort"] == "kind"
    assert guess["Thema's"] == "themes.theme"
    assert guess["Budget"] == ""
    at = list(guess).index("Looptijd")
    form = page.form("step").put({f"column-{at}": "period"})
    page = client.submit(form, button="step=match")
    assert "Naam van het initiatief, Budget." in page.text
    assert counts(page)["nieuw"] == 1
    confirm(client, page)
    shown = client.page(client.page("/initiatives").links()["Wandelen"]).text
    for text in ("medio 2021", "campagne", "Preventie", "Kennis"):
        assert text in shown


def test_headings_in_english_and_near_misses_are_recognised(signed_in: SignedIn) -> None:
    client = signed_in("secretariat")
    page = send(client, "initiatives", "Title;Web site;Samenvating\nA;;B\n")
    assert matched(page) == {"Title": "title", "Web site": "website", "Samenvating": "summary"}


def test_two_columns_cannot_be_one_field_and_a_title_is_needed(signed_in: SignedIn) -> None:
    client = signed_in("secretariat")
    page = send(client, "initiatives", "Iets;Anders\nA;B\n")
    form = page.form("step").put({"column-0": "goal", "column-1": "goal"})
    refused = client.submit(form, status=400, button="step=match")
    assert errors(refused) == [
        "Twee kolommen zijn hetzelfde veld: Doel.",
        "Kies welke kolom dit is: Titel (of Kenmerk).",
    ]


def test_a_title_above_the_table_is_passed_over(signed_in: SignedIn) -> None:
    client = signed_in("secretariat")
    page = send(client, "initiatives", "Overzicht 2021;\n;\nTitel;Doel\nA;B\n")
    assert matched(page) == {"Titel": "title", "Doel": "goal"}
    page = client.submit(page.form("step"), button="step=match")
    assert outcomes(page)[0][:3] == ["4", "A", "nieuw"]


def test_a_title_that_is_there_already_is_noted(signed_in: SignedIn, make: Make) -> None:
    made = make("initiative", title="Wandelen op het werk")
    page = send(signed_in("secretariat"), "initiatives", "title\nwandelen op het wérk\n")
    assert f"Er is al een gegeven met deze titel: {made.reference}" in outcomes(page)[0][3]
