"""The plan as a document: what everybody may read of it, and a version for the core group."""

from sqlalchemy import select

from registry.access import Actor
from registry.db import session
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
