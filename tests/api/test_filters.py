"""What a list can be narrowed to, what is counted beside it, and the words that are marked."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from registry.access import View
from registry.kind import Kind
from registry.listing import filters, spans
from tests.api.conftest import COLLECTIONS, Api, problem
from tests.api.contract import ROOT, Contract, link, whole
from tests.browsing import Client
from tests.factories import Make

INITIATIVES = f"{ROOT}/initiatives"
LIMITS = {"day": "2020-06-01", "moment": "2020-06-01T00:00:00Z", "number": "2.5e-300"}


def references(client: Client, url: str) -> list[str]:
    return sorted(item["reference"] for item in whole(client, url))


def kind_in(every_kind: list[Kind], collection: str) -> Kind:
    return next(kind for kind in every_kind if kind.collection == collection)


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_filter_and_bound_of_the_document_can_be_asked(
    collection: str, client: Client, agreed: Contract, every_kind: list[Kind]
) -> None:
    kind = kind_in(every_kind, collection)
    told = {
        agreed.resolved(p)["name"]: agreed.resolved(p)
        for p in agreed.told(f"/{collection}", "get")["parameters"]
    }
    assert {*filters(kind), *spans(kind)} <= set(told)
    bounds = "&".join(f"{n}={LIMITS[s.type]}" for n, s in spans(kind, View.PUBLIC).items())
    assert client.get(f"{ROOT}/{collection}?{bounds}").status_code == 200
    several = {
        name: told[name]["schema"]["items"].get("enum", ["none"])[-2:]
        for name in filters(kind, View.PUBLIC)
    }
    for names in (list(several)[:9], list(several)[9:]):
        asked = "&".join(f"{name}={value}" for name in names for value in several[name])
        response = client.get(f"{ROOT}/{collection}?{asked}&perPage=1")
        assert response.status_code == 200, response.text


@pytest.mark.usefixtures("letters")
def test_a_filter_finds_the_records_that_tell_so(client: Client) -> None:
    every = whole(client, f"{ROOT}/commitments?perPage=100")
    office = next(row["office"]["reference"] for i in every for row in i["by"] if row["office"])
    cited = next(r["document"]["reference"] for i in every for r in i["sources"] if r["document"])
    place = next(i["madeAt"]["event"]["reference"] for i in every if i["madeAt"]["event"])
    said: dict[str, Callable[[Any], bool]] = {
        f"byOffice={office}": lambda i: office
        in [(r["office"] or {}).get("reference") for r in i["by"]],
        f"sourcesDocument={cited}": lambda i: cited
        in [(r["document"] or {}).get("reference") for r in i["sources"]],
        f"madeAtEvent={place}": lambda i: (i["madeAt"]["event"] or {}).get("reference") == place,
        "madeAtEvent=none": lambda i: i["madeAt"]["event"] is None,
        "strength=promise": lambda i: i["strength"] == "promise",
        "linksRelation=none": lambda i: not i["links"],
        "sourcesBasis=across": lambda i: "across" in [r["basis"] for r in i["sources"]],
    }  # fmt: skip
    for asked, holds in said.items():
        wanted = sorted(item["reference"] for item in every if holds(item))
        assert references(client, f"{ROOT}/commitments?{asked}&perPage=100") == wanted, asked
        assert wanted, asked


def test_numbers_days_and_words_are_bounded(client: Client, make: Make) -> None:
    one = make.reference("theme", name="Een", order=3)
    two = make.reference("theme", name="Twee", order=7)
    themes, documents = f"{ROOT}/themes", f"{ROOT}/documents"
    assert references(client, f"{themes}?orderMin=4") == [two]
    assert references(client, f"{themes}?orderMax=6.9") == [one]
    assert references(client, f"{themes}?orderMax=1e15&order=999999999") == []
    assert references(client, f"{themes}?order=3&order=7") == [one, two]
    assert references(client, f"{themes}?name=Twee") == [two]
    assert references(client, f"{themes}?reference={one}") == [one]
    letter = make.reference("document", officialDate="2020-12-07")
    assert references(client, f"{documents}?officialDateSince=2020-12-07") == [letter]
    assert references(client, f"{documents}?officialDateBefore=2020-12-07") == []
    assert references(client, f"{themes}?createdSince=2100-01-01T00:00:00Z") == []
    assert references(client, f"{themes}?updatedBefore=2100-01-01T00:00:00Z") == [one, two]


def test_a_row_that_points_at_what_is_hidden_is_nothing_to_filter_on(
    client: Client, api: Api, make: Make
) -> None:
    hidden = make.reference("document", state="draft")
    row = {"field": "title", "document": hidden, "quote": "Aap", "basis": "stated"}
    made = make.reference("initiative", sources=[row])
    asked = f"{INITIATIVES}?sourcesBasis=stated"
    assert references(api("secretariat"), asked) == [made]
    assert references(client, asked) == []
    assert references(client, f"{INITIATIVES}?sourcesBasis=none") == [made]


@pytest.mark.parametrize(
    ("asked", "place", "code"),
    [
        ("orderMin=veel", "query orderMin", "number"),
        ("order=2.5", "query order", "number"),
        ("order=9999999999", "query order", "number"),
        ("orderMin=1e16", "query orderMin", "number"),
        ("updatedBefore=2020", "query updatedBefore", "wrong_type"),
        ("sourcesBasis=gevoel", "query sourcesBasis", "not_allowed"),
        ("sourcesDocument=x", "query sourcesDocument", "pattern"),
        ("&".join(f"name={n}" for n in range(51)), "query name", "too_many"),
        (f"q={'a' * 201}", "query q", "too_long"),
        ("highlight=true", "query highlight", "wordless"),
        ("highlight=ja&q=a", "query highlight", "not_allowed"),
        ("reportedOnSince=2020-01-01", "query reportedOnSince", "unknown_parameter"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked: str, place: str, code: str, client: Client) -> None:
    assert problem(client.get(f"{ROOT}/themes?{asked}")).errors[place] == code


# --- counts -------------------------------------------------------------------------------


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize("collection", ["initiatives", "commitments"])
def test_counts_are_those_of_the_lists_they_lead_to(
    collection: str, client: Client, agreed: Contract
) -> None:
    narrowed = "strength=promise" if collection == "commitments" else "kind=campaign&q=werk"
    found = client.get(f"{ROOT}/{collection}/_facets?{narrowed}")
    assert agreed.broken(found, f"/{collection}/_facets") == []
    counted = 0
    for facet in found.get_json():
        others = "&".join(p for p in narrowed.split("&") if not p.startswith(facet["facet"]))
        for value in facet["values"][:2]:
            asked = f"{facet['facet']}={value['value']}"
            url = f"{ROOT}/{collection}?{others}&{asked}&count=true&perPage=1"
            assert int(client.get(url).headers["Total-Count"]) == value["count"], asked
            counted += 1
    assert counted > 10


@pytest.mark.usefixtures("letters")
def test_only_what_is_asked_is_counted_and_all_of_it_with_one_question(
    client: Client, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    def cost(asked: str) -> int:
        with count_queries() as queries:
            found = client.get(f"{INITIATIVES}/_facets?{asked}")
        assert [facet["facet"] for facet in found.get_json()] == asked[6:].split("&facet=")
        return len(queries)

    assert cost("facet=status&facet=relation") == cost("facet=status")


def test_counts_are_of_what_the_caller_sees(client: Client, api: Api, make: Make) -> None:
    make("initiative", kind="campaign")
    make("initiative", kind="campaign", state="draft")
    url = f"{INITIATIVES}/_facets?facet=kind"
    seen = {who: api(who).get(url).get_json()[0]["values"] for who in ("public", "secretariat")}
    assert seen["public"][0]["count"] == 1
    assert seen["secretariat"][0]["count"] == 2
    refused = client.get(f"{INITIATIVES}/_facets?facet=workflow&facet=x&perPage=2")
    assert problem(refused).errors == {
        "query facet": "not_allowed",
        "query perPage": "whole",
    }  # fmt: skip


# --- marked words -------------------------------------------------------------------------


def test_words_are_marked_where_they_stand(client: Client, make: Make, agreed: Contract) -> None:
    edition = {"title": "Eerste", "motto": "Voor <b>werkgever</b> & co"}
    make("initiative", title="Werkgevers aan zet", editions=[edition])
    response = client.get(f"{INITIATIVES}?q=werkgever&highlight=true")
    assert agreed.broken(response, "/initiatives") == []
    (item,) = response.get_json()
    key = item["editions"][0]["key"]
    assert item["highlights"] == [
        {"field": "title", "text": "<mark>Werkgevers</mark> aan zet"},
        {
            "field": f"editions[{key}].motto",
            "text": "Voor &lt;b&gt;<mark>werkgever</mark>&lt;/b&gt; &amp; co",
        },
    ]
    assert "highlights" not in client.get(f"{INITIATIVES}?q=werkgever").get_json()[0]


def test_the_best_comes_first_and_what_comes_in_meanwhile_moves_nothing(
    client: Client, make: Make
) -> None:
    for number in range(4):
        make("initiative", title=f"Over {number}", description="mantelzorg " * (number + 1))
    make("initiative", title="Mantelzorg")
    url = f"{INITIATIVES}?q=mantelzorg&perPage=2"
    first = client.get(url)
    assert first.get_json()[0]["title"] == "Mantelzorg"
    expected = references(client, url)
    make("initiative", title="Iets anders", description="woorden " * 300)
    make("theme", name="Mantelzorg", description="mantelzorg " * 50)
    rest = whole(client, link(first, "next") or "")
    found = [item["reference"] for item in [*first.get_json(), *rest]]
    assert sorted(found) == expected
