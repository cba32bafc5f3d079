"""The plan as a document: what everybody may read of it, and a version for the core group."""

import io

import pytest
from docx import Document
from sqlalchemy import select

from registry.access import Actor
from registry.db import session
from registry.papers import FORMATS
from registry.plan.models import Plan
from registry.planning import commands
from tests import databases
from tests.browsing import Client, SignedIn
from tests.factories import Make

pytestmark = databases.on_sqlite


def test_the_document_tells_the_plan_theme_by_theme(
    client: Client, signed_in: SignedIn, make: Make, actors: dict[str, Actor]
) -> None:
    theme = make.reference("theme", name="Preventie", nameEn="Prevention")
    own = {"theme": theme, "ambition": "Eerder signaleren"}
    plan = make.reference("plan", title="Het plan", ambition="Minder klachten", themes=[own])
    make("measure", title="Handreiking", plan=plan, theme=theme, means="twee mensen")
    make("milestone", title="Conferentie", plan=plan, due="1 mei 2021")
    make("measure", title="Geheim", plan=plan, audience="secretariat")
    url = f"/plans/{plan}/document"
    page = client.page(url)
    told = ["Minder klachten", "Conferentie", "Preventie", "Eerder signaleren", "Handreiking"]
    places = [page.text.index(words) for words in told]
    assert places == sorted(places)
    assert "twee mensen" in page.text
    assert "Geheim" not in page.text
    assert "Prevention" in client.page(f"{url}?lang=en").text
    with make.app.app_context():
        found = session().scalars(select(Plan)).one()
        key = commands.freeze(actors["secretariat"], found, {"name": "Eerste versie"}).key
    assert "Eerste versie" in signed_in("member").page(f"{url}?version={key}").text
    assert signed_in("partner").get(f"{url}?version={key}").status_code == 403


@pytest.fixture
def plan(make: Make) -> str:
    """A plan with a theme, a measure and something that is not for everybody."""
    theme = make.reference("theme", name="Preventie", nameEn="Prevention")
    own = {"theme": theme, "ambition": "Eerder signaleren\n\nen handelen"}
    plan = make.reference("plan", title="Het plan", titleEn="The plan", themes=[own])
    make("measure", title="Handreiking", plan=plan, theme=theme, due="1 mei 2021")
    make("measure", title="Geheim", plan=plan, audience="secretariat")
    return plan


def told(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_document_is_a_file_that_says_what_the_page_says(client: Client, plan: str) -> None:
    url = f"/plans/{plan}/document"
    word = told(client.get(f"{url}?format=docx").data)
    page = client.get(f"{url}?format=html").text
    for said in ("Het plan", "Preventie", "Eerder signaleren", "en handelen", "Handreiking", plan):
        assert said in word
        assert said in page
    assert "Geheim" not in word + page
    english = client.get(f"{url}?format=html&lang=en").text
    assert "Prevention: 1 measure" in english
    assert '<span lang="nl">Eerder signaleren</span>' in english
    assert f'href="https://registry.example/plans/{plan}"' in english


def test_a_version_is_a_file_of_when_it_was_frozen(
    signed_in: SignedIn, make: Make, plan: str, actors: dict[str, Actor]
) -> None:
    with make.app.app_context():
        found = session().scalars(select(Plan)).one()
        key = commands.freeze(actors["secretariat"], found, {"name": "Eerste versie"}).key
    url = f"/plans/{plan}/document?version={key}&format"
    member = signed_in("member")
    first = member.get(f"{url}=docx").data
    assert "Eerste versie" in told(first)
    assert "Geheim" not in told(first)
    assert member.get(f"{url}=docx").data == first
    assert signed_in("partner").get(f"{url}=pdf").status_code == 403


@pytest.mark.parametrize("name", FORMATS)
def test_the_document_is_a_file_in_the_api_too(client: Client, plan: str, name: str) -> None:
    page = client.get(f"/plans/{plan}/document?format={name}&lang=en")
    api = client.get(f"/api/v1/plans/{plan}/document?format={name}&language=en")
    assert api.status_code == 200
    assert api.headers["Content-Type"] == page.headers["Content-Type"]
    assert f'.{name}"' in api.headers["Content-Disposition"]
    assert api.data == page.data


@pytest.mark.parametrize("door", ["/plans", "/api/v1/plans"])
def test_there_is_no_other_format(client: Client, plan: str, door: str) -> None:
    assert client.get(f"{door}/{plan}/document?format=exe").status_code == 400
