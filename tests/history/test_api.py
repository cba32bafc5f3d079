"""The history by the API: the same entries as on the pages, to the same readers."""

from typing import Any

import pytest
from flask import Flask

from registry import editing
from registry.access import Actor
from registry.kind import kind_named
from tests.api.conftest import Api, problem
from tests.api.contract import MERGE_PATCH, Contract, contract, link
from tests.browsing import Client
from tests.databases import on_sqlite
from tests.factories import Make
from tests.history.test_pages import revise

LOG = "/api/v1/history"


@pytest.fixture
def agreed(app: Flask) -> Contract:
    return contract(app.test_client())  # type: ignore[arg-type]


def of(reference: str, collection: str = "initiatives") -> str:
    return f"/api/v1/{collection}/{reference}/history"


def test_an_entry_says_who_when_how_why_and_what(
    app: Flask, api: Api, make: Make, actors: dict[str, Actor], agreed: Contract
) -> None:
    reference = make.reference("initiative", goal="Rust")
    revise(app, actors["secretariat"], "initiative", reference, goal="Ruimte")
    answer = api("member").get(of(reference))
    assert agreed.broken(answer, "/initiatives/{reference}/history") == []
    last = answer.get_json()[0]
    assert last["changes"] == [{"field": "goal", "old": "Rust", "new": "Ruimte"}]
    assert (last["who"], last["door"], last["action"], last["version"]) == (
        "Secretariat", "screen", "revise", 3,
    )  # fmt: skip
    assert last["changedAt"].endswith("Z")


@on_sqlite
def test_the_public_reads_from_publication_on_and_no_names(
    app: Flask, api: Api, make: Make, actors: dict[str, Actor]
) -> None:
    reference = make.reference("initiative", state="draft", goal="geheim")
    revise(app, actors["secretariat"], "initiative", reference, goal="nog geheim")
    with app.app_context():
        entity = editing.one(kind_named("initiative"), actors["secretariat"], reference)
        editing.publish(actors["secretariat"], kind_named("initiative"), entity)
    entries = api("public").get(of(reference)).get_json()
    assert [(e["action"], e["who"]) for e in entries] == [("publish", None)]
    assert [e["action"] for e in api("public").get(LOG).get_json()].count("revise") == 0
    assert len(api("secretariat").get(of(reference)).get_json()) == 3


@on_sqlite
def test_hidden_fields_rows_and_targets_are_not_there(
    app: Flask, api: Api, make: Make, actors: dict[str, Actor]
) -> None:
    hidden = make.reference("partner", state="draft")
    shown = make.reference("partner")
    reference, theme = make.reference("initiative"), make.reference("theme")
    rows = [{"partner": p, "role": "lead", "note": f"over {p}"} for p in (hidden, shown)]
    who = actors["secretariat"]
    revise(app, who, "initiative", reference, participations=rows)
    with app.app_context():
        entity = editing.one(kind_named("initiative"), who, reference)
        keys = [{"key": row.key, "note": "gewijzigd"} for row in entity.participations]
    revise(app, who, "initiative", reference, participations=keys)
    revise(app, who, "theme", theme, lead=hidden)
    revise(app, who, "partner", shown, contacts=[{"name": "Jo Voorbeeld"}])
    public = api("public")
    notes, came = (e["changes"] for e in public.get(of(reference)).get_json()[:2])
    assert [(c["old"], c["new"]) for c in notes] == [(f"over {shown}", "gewijzigd")]
    assert {c["new"] for c in came} == {shown, "lead", f"over {shown}"}
    assert public.get(of(theme, "themes")).get_json()[0]["changes"] == []
    assert public.get(of(shown, "partners")).get_json()[0]["changes"] == []
    told = public.get(LOG).text + api("partner").get(LOG).text
    assert "Jo Voorbeeld" not in told
    assert hidden not in told
    assert "Jo Voorbeeld" in api("member").get(of(shown, "partners")).text


@on_sqlite
def test_a_pointer_at_what_is_hidden_reads_as_none(
    app: Flask, api: Api, client: Client, make: Make, actors: dict[str, Actor]
) -> None:
    def both(kind: str) -> tuple[str, str]:
        return make.reference(kind), make.reference(kind, state="draft")

    (theme, secret), (event, behind) = both("theme"), both("event")
    made, paper = make.reference("commitment"), make.reference("document", state="draft")
    steps: list[dict[str, Any]] = [
        {"theme": secret, "expectedIn": paper, "madeAt": {"event": behind, "document": None}},
        {"theme": theme, "madeAt": {"event": event, "document": None}},
        {"theme": secret},
    ]
    for step in steps:
        revise(app, actors["secretariat"], "commitment", made, **step)
    told = api("public").get(of(made, "commitments")).get_json()[:3]
    assert [{c["field"]: (c["old"], c["new"]) for c in e["changes"]} for e in told] == [
        {"theme": (theme, None)},
        {"theme": (None, theme), "madeAt.event": (None, event)},
        {},
    ]
    page = client.page(f"/commitments/{made}/history").text
    assert "iets wat u niet kunt zien" not in page
    whole = api("secretariat").get(of(made, "commitments")).get_json()[2]["changes"]
    assert {c["field"]: c["new"] for c in whole} == {
        "theme": secret,
        "expectedIn": paper,
        "madeAt.event": behind,
    }


@on_sqlite
def test_a_reason_is_for_who_sees_something_of_what_it_explains(
    api: Api, client: Client, make: Make
) -> None:
    hidden = make.reference("partner", state="draft")
    partner, initiative = make.reference("partner"), make.reference("initiative")
    changes: dict[str, dict[str, Any]] = {
        f"partners/{partner}": {"contacts": [{"name": "Geheim"}]},
        f"initiatives/{initiative}": {"participations": [{"partner": hidden, "role": "lead"}]},
    }
    for path, payload in changes.items():
        more = {next(iter(payload)): [], "website": "https://voorbeeld.example/"}
        for reason, change in (("stil", payload), ("luid", more)):
            url, headers = f"/api/v1/{path}", {"If-Match": "*", "Change-Reason": reason}
            sent = {"json": change, "content_type": MERGE_PATCH, "headers": headers}
            answer = api("secretariat").patch(url, **sent)
            assert answer.status_code == 200, answer.text
        told = api("public").get(f"{url}/history").get_json()[:2]
        assert [(e["reason"], len(e["changes"])) for e in told] == [("luid", 1), (None, 0)]
        for place in (f"/{path}/history", f"/{path}", "/history"):
            assert "stil" not in client.page(place).text
            assert "luid" in client.page(place).text
        assert "stil" in api("secretariat").get(f"{url}/history").text
    log = [e["reason"] for e in api("public").get(LOG).get_json()]
    assert ("stil" in log, log.count("luid")) == (False, 2)


@on_sqlite
def test_what_speaks_for_itself_is_told_with_its_reason(
    app: Flask, api: Api, make: Make, actors: dict[str, Actor]
) -> None:
    reference, who, kind = make.reference("theme"), actors["secretariat"], kind_named("theme")
    with app.app_context():
        editing.remove(who, kind, editing.one(kind, who, reference), reason="vergissing")
        editing.restore(who, kind, reference)
    told = api("public").get(of(reference, "themes")).get_json()[:2]
    assert [(e["action"], e["reason"], e["changes"]) for e in told] == [
        ("restore", None, []),
        ("remove", "vergissing", []),
    ]


@on_sqlite
def test_fields_are_called_as_in_the_record(app: Flask, api: Api, make: Make) -> None:
    document, event = make.reference("document"), make.reference("event")
    source = {"document": document, "quote": "woorden", "field": "text", "basis": "stated"}
    place = {"event": event, "document": None}
    made = make.reference("commitment", payload={"madeAt": place, "sources": [source]})
    changes = api("secretariat").get(of(made, "commitments")).get_json()[-1]["changes"]
    fields = {c["field"].split("].")[-1]: c["new"] for c in changes}
    assert fields["madeAt.event"] == event
    assert fields["quote"] == "woorden"
    assert not [name for name in fields if name.endswith("position")]


@on_sqlite
def test_pages_follow_each_other_while_the_log_grows(api: Api, make: Make) -> None:
    for _ in range(5):
        make("theme")
    client = api("secretariat")
    first = client.get(f"{LOG}?perPage=4&count=true")
    seen = [e["seq"] for e in first.get_json()]
    total = int(first.headers["Total-Count"])
    following = link(first, "next")
    make("theme")
    while following:
        page = client.get(following)
        seen += [e["seq"] for e in page.get_json()]
        following = link(page, "next")
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == total


QUESTIONS: dict[str, Any] = {
    "door=api": {"api"},
    "door=api&door=screen": {"api", "screen"},
}


@on_sqlite
@pytest.mark.parametrize("query", QUESTIONS)
def test_the_log_is_filtered_by_door(api: Api, make: Make, query: str) -> None:
    make("theme")
    client = api("secretariat")
    client.post("/api/v1/initiatives", json={"title": "Nieuw"})
    assert {e["door"] for e in client.get(f"{LOG}?{query}").get_json()} == QUESTIONS[query]


@on_sqlite
def test_the_log_is_filtered_by_what_of_which_and_when(
    app: Flask, api: Api, make: Make, actors: dict[str, Actor]
) -> None:
    make("initiative", by="member", state="draft")
    theme = make.reference("theme")
    client = api("secretariat")

    def found(query: str) -> list[Any]:
        return [(e["action"], e["kind"]) for e in client.get(f"{LOG}?{query}").get_json()]

    assert found(f"record={theme.lower()}") == [("publish", "theme"), ("create", "theme")]
    assert found("kind=theme&action=create") == [("create", "theme")]
    assert found("who=memb") == [("create", "initiative")]
    assert found("until=2020-01-01") == []
    assert len(found("from=2020-01-01")) > 2


@on_sqlite
def test_nobody_finds_by_names_that_they_may_not_read(api: Api, make: Make) -> None:
    make("theme")
    assert api("member").get(f"{LOG}?who=secretariat").get_json()
    assert api("public").get(f"{LOG}?who=secretariat").get_json() == []


@on_sqlite
def test_all_that_is_wrong_with_a_question_is_told(api: Api) -> None:
    query = "door=raam&action=x&kind=y&from=gisteren&until=2020-13-01"
    assert set(problem(api("public").get(f"{LOG}?{query}")).errors) == {
        *("query door", "query action", "query kind", "query from", "query until")
    }
    backwards = "from=2021-02-01&until=2021-01-01"
    for wrong in ("perPage=0", "cursor=x", "count=ja", "waarom=1", backwards):
        assert problem(api("public").get(f"{LOG}?{wrong}")).status == 400, wrong


def test_a_removed_record_is_gone_for_who_may_know_and_keeps_its_history(
    app: Flask, api: Api, make: Make, actors: dict[str, Actor], agreed: Contract
) -> None:
    with app.app_context():
        entity = make("initiative", keeper_id=actors["member"].home_id)
        editing.remove(actors["secretariat"], kind_named("initiative"), entity, reason="dubbel")
        reference = entity.reference
    url = f"/api/v1/initiatives/{reference}"
    gone = api("secretariat").get(url)
    assert problem(gone).status == 410
    assert agreed.broken(gone, "/initiatives/{reference}") == []
    last = api("secretariat").get(f"{url}/history").get_json()[0]
    assert (last["action"], last["reason"]) == ("remove", "dubbel")
    for who in ("public", "member", "partner"):
        assert problem(api(who).get(url)).status == 404
        assert problem(api(who).get(f"{url}/history")).status == 404
        assert reference not in api(who).get(LOG).text
