"""Rows from a spreadsheet and copies of a record: what is typed once is not typed again."""

from tests.browsing import Client, Page, SignedIn
from tests.databases import on_sqlite
from tests.factories import Make

pytestmark = on_sqlite
LIST = "participations"


def paste(client: Client, text: str) -> Page:
    form = client.page("/initiatives/new", headers={"Accept-Language": "nl"}).form("_lists")
    form.put({"title": "Nieuw", f"_paste-{LIST}": text})
    return client.submit(form, button=f"_paste={LIST}")


def rows(page: Page) -> list[tuple[str, str, str, str]]:
    fields = page.form("_lists").fields
    parts = ("partner", "role", "from-text", "until-text")
    return [
        tuple(fields[f"{LIST}-{n}-{part}"][0] for part in parts)  # type: ignore[misc]
        for n in range(20)
        if f"{LIST}-{n}-partner" in fields
    ]


def test_pasted_lines_become_rows_without_script(signed_in: SignedIn, make: Make) -> None:
    one = make("partner", name="Stichting Rust").reference
    two = make("partner", name="Vereniging Werk", abbreviation="VW").reference
    page = paste(
        signed_in("member"),
        f"Organisatie\tRol\tVanaf\tTot\nstichting rust\ttrekker\tmedio 2020\t2021\nVW\tparty\n"
        f"{one} Stichting Rust\tParticipant\n",
    )
    assert rows(page) == [
        (one, "lead", "medio 2020", "2021"),
        (two, "party", "", ""),
        (one, "participant", "", ""),
    ]
    assert page.form("_lists").fields["title"] == ["Nieuw"]


def test_names_that_nobody_has_are_said_at_their_row(signed_in: SignedIn, make: Make) -> None:
    make("partner", name="Geheim", audience="core_group", state="draft")
    page = paste(signed_in("member"), "Onbekend\ttrekker\nGeheim\tbaas\n")
    assert rows(page) == [("", "lead", "", ""), ("", "", "", "")]
    assert "“Onbekend” is niet gevonden" in page.text
    assert "“Geheim” is niet gevonden" in page.text
    assert "“baas” staat niet in deze lijst." in page.text


def test_pasted_rows_come_after_those_that_are_there(signed_in: SignedIn, make: Make) -> None:
    partner = make("partner", name="Stichting Rust").reference
    client = signed_in("secretariat")
    made = make(
        "initiative", title="A", participations=[{"partner": partner, "role": "lead"}]
    ).reference
    form = client.page(f"/initiatives/{made}/edit").form("_lists")
    form.put({f"_paste-{LIST}": f"{partner}\tparticipant"})
    page = client.submit(form, button=f"_paste={LIST}")
    assert [row[1] for row in rows(page)] == ["lead", "participant"]
    client.submit(page.form("_lists"))
    assert "deelnemer" in client.page(f"/initiatives/{made}").text


def test_odd_text_is_pasted_without_a_fault(signed_in: SignedIn) -> None:
    client = signed_in("member")
    for text in ("", "\t\t\t", '"open\tquote', "\x00\x01", "a\t" * 300, "x\n" * 700):
        assert paste(client, text).status == 200


def test_a_copy_is_a_new_form_without_sources(signed_in: SignedIn, make: Make) -> None:
    partner = make("partner", name="Stichting Rust").reference
    made = make(
        "initiative",
        title="A",
        goal="Doel",
        participations=[{"partner": partner, "role": "lead"}],
        sources=[{"field": "title", "basis": "outside"}],
    ).reference
    client = signed_in("secretariat")
    page = client.page(f"/initiatives/{made}", headers={"Accept-Language": "nl"})
    form = client.page(page.links()["Kopiëren"]).form("_lists")
    assert form.fields["title"] == ["A (kopie)"]
    assert form.fields["goal"] == ["Doel"]
    assert form.fields[f"{LIST}-0-partner"] == [partner]
    assert form.fields[f"{LIST}-0-key"] == [""]
    assert "sources-0-field" not in form.fields
    saved = client.submit(form)
    assert "A (kopie)" in saved.text
    assert made not in saved.url


def test_what_is_hidden_cannot_be_copied(signed_in: SignedIn, make: Make) -> None:
    hidden = make("initiative", title="Geheim", state="draft").reference
    signed_in("member").page(f"/initiatives/new?from={hidden}", status=404)
