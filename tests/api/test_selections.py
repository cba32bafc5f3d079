"""What is asked of each record: which members, and which pointers written out."""

from collections.abc import Callable
from typing import Any

import pytest

from registry.access import View
from registry.initiatives.schemas import INITIATIVE
from registry.kind import Kind
from registry.listing import costs
from registry.projection import WHOLE, Selection
from registry.projection.selection import members, paths
from tests import databases
from tests.api.conftest import Api, problem
from tests.api.contract import ROOT, Contract, link
from tests.browsing import Client
from tests.factories import Make

INITIATIVES = f"{ROOT}/initiatives"
SIX = ["keeper", "keeper.parent", *(f"{name}s.{name}" for name in "theme sector cause".split()),
       "participations.partner"]  # fmt: skip
SOURCES = Selection.of([], ["sources.document"])


@pytest.fixture
def reference(make: Make) -> str:
    """An initiative with a partner, which is part of another, and a theme that it leads."""
    parent = make.reference("partner", name="Koepel")
    partner = make.reference("partner", name="Onderdeel", payload={"parent": parent})
    theme = make.reference("theme", lead=partner)
    hidden = make.reference("partner", audience="secretariat")
    return make.reference(
        "initiative",
        participations=[{"partner": p, "role": "participant"} for p in (partner, hidden)],
        themes=[{"theme": theme, "basis": "classified"}],
        statuses=[
            {"status": "running", "from": "2019"},
            {"status": "paused", "from": "2020-03-01"},
        ],
    )


def asked(client: Client, question: str, reference: str) -> Any:
    """The record by its address, which reads the same in its list."""
    one = client.get(f"{INITIATIVES}/{reference}?{question}")
    assert one.status_code == 200, one.text
    assert client.get(f"{INITIATIVES}?{question}").get_json() == [one.get_json()]
    return one.get_json()


def test_only_the_members_that_are_named_are_there(client: Client, reference: str) -> None:
    found = asked(client, "fields=status,title&fields=keeper,updatedAt&asOf=2019-06-01", reference)
    assert set(found) == {"reference", "status", "title", "keeper", "updatedAt"}
    assert (found["reference"], found["status"]) == (reference, "running")


@databases.on_sqlite  # whose parser holds a hundred symbols
@pytest.mark.parametrize(
    ("collection", "path"),
    [("initiatives", "editions.event.document"), ("meetings", "actions.commitment.expectedIn")],
)
def test_a_statement_is_never_deeper_than_the_database_can_read(
    api: Api, collection: str, path: str
) -> None:
    """The deepest that there are, of who has most clauses to pass."""
    assert api("partner").get(f"{ROOT}/{collection}?expand={path}&perPage=1").status_code == 200


def test_a_pointer_becomes_the_record_that_it_points_at(
    client: Client, reference: str, agreed: Contract
) -> None:
    question = "expand=participations.partner.parent,themes.theme"
    plain, found = asked(client, "", reference), asked(client, question, reference)
    (row,) = found["participations"]  # the other points at what is hidden
    partner = client.get(f"{ROOT}/partners/{row['partner']['reference']}").get_json()
    parent = client.get(f"{ROOT}/partners/{partner['parent']['reference']}").get_json()
    assert row["partner"] == {**partner, "parent": parent}
    assert partner.items() >= plain["participations"][0]["partner"].items()
    theme = found["themes"][0]["theme"]
    assert theme == client.get(f"{ROOT}/themes/{theme['reference']}").get_json()
    assert agreed.named("Initiative", found) == []


def test_what_is_followed_is_as_the_caller_sees_it(client: Client, api: Api, make: Make) -> None:
    partner = make("partner", contacts=[{"name": "Iemand"}])
    made = make.reference("theme", keeper_id=partner.id)
    url = f"{ROOT}/themes/{made}?expand=keeper&fields=keeper"
    assert "contacts" not in client.get(url).get_json()["keeper"]
    assert api("member").get(url).get_json()["keeper"]["contacts"][0]["name"] == "Iemand"


def test_an_earlier_version_tells_only_what_is_asked(api: Api, make: Make, reference: str) -> None:
    secretariat = api("secretariat")
    url = f"{INITIATIVES}/{reference}?knownAt=2099-01-01T00:00:00Z"
    whole, found = (secretariat.get(f"{url}{more}").get_json() for more in ("", "&fields=title"))
    assert found == {"reference": reference, "title": whole["title"]}
    refused = secretariat.get(f"{url}&expand=keeper")
    assert problem(refused).errors == {"query expand": "not_together"}


@pytest.mark.parametrize(
    ("question", "errors"),
    [
        ("fields=", {}),
        ("fields=title,colour", {"query fields": "not_allowed"}),
        ("fields=actuality", {"query fields": "not_allowed"}),
        ("fields=title,,status", {"query fields": "not_allowed"}),
        ("fields=participations.partner", {"query fields": "not_allowed"}),
        ("fields=title&fields=status,kind", {}),
        ("fields=title&fields=colour", {"query fields": "not_allowed"}),
        ("expand=title", {"query expand": "not_allowed"}),
        ("expand=participations", {"query expand": "not_allowed"}),
        ("expand=participations.partner.parent.parent", {"query expand": "not_allowed"}),
        ("expand=updates", {"query expand": "not_allowed"}),
        ("fields=title&expand=keeper", {"query expand": "left_out"}),
        ("fields=x&expand=y&asOf=z", {"query fields": "not_allowed", "query expand": "not_allowed",
                                      "query asOf": "wrong_type"}),
        (f"expand={','.join(SIX)}", {}),
        (f"expand={','.join(SIX)}&expand=groups.group", {"query expand": "too_many"}),
        ("expand=participations.partner&perPage=100", {}),
        ("expand=sources.document&perPage=20", {"query expand": "too_expensive"}),
    ],
)  # fmt: skip
@databases.on_sqlite
def test_what_cannot_be_asked_is_refused(
    question: str, errors: dict[str, str], client: Client
) -> None:
    response = client.get(f"{INITIATIVES}?{question}")
    assert response.status_code == (400 if errors else 200), response.text
    if errors:
        assert problem(response).errors == errors


@databases.on_sqlite
def test_a_refusal_names_what_this_caller_can_ask(client: Client, api: Api) -> None:
    def allowed(who: Client, question: str) -> set[str]:
        said = who.get(f"{INITIATIVES}?{question}").get_json(force=True)["errors"][0]
        return set(said["allowed"])

    anybody, member = (allowed(who, "fields=x") for who in (client, api("member")))
    assert member - anybody == {"reportedOn", "actuality", "reviewState"}
    assert {"keeper", "themes.theme", "participations.partner.parent"} <= allowed(
        client, "expand=x"
    )
    assert allowed(client, "fields=keeper,title&expand=themes.theme") == {
        "keeper", "keeper.keeper", "keeper.parent"
    }  # fmt: skip


def test_what_costs_too_much_says_what_does_not(
    client: Client, reference: str, count_queries: Callable[[], Any]
) -> None:
    url = f"{INITIATIVES}?expand=sources.document"
    with count_queries() as queries:
        refused = client.get(f"{url}&perPage=100")
    assert problem(refused).errors == {"query expand": "too_expensive"}
    assert [query for query in queries if "initiative" in query] == []
    each = costs.weight(INITIATIVE.schema, View.PUBLIC, SOURCES)
    fitting = costs.MOST // each
    assert f"at most {fitting} at a time" in refused.get_json(force=True)["errors"][0]["detail"]
    assert client.get(f"{url}&perPage={fitting}").status_code == 200
    assert client.get(f"{url}&perPage={fitting + 1}").status_code == 400


def test_a_selection_goes_along_to_the_next_page(client: Client, make: Make) -> None:
    for _ in range(2):
        make("theme")
    first = client.get(f"{ROOT}/themes?perPage=1&fields=name&expand=")
    second = client.get(link(first, "next") or "")
    assert [set(item) for item in second.get_json()] == [{"reference", "name"}]
    assert second.headers["ETag"] != first.headers["ETag"]


def test_following_pointers_takes_no_more_queries(
    client: Client, reference: str, count_queries: Callable[[], Any]
) -> None:
    def cost(question: str) -> int:
        with count_queries() as queries:
            assert client.get(f"{INITIATIVES}?{question}").status_code == 200
        return len(queries)

    assert cost("expand=participations.partner.parent,themes.theme.lead") == cost("")


@databases.on_sqlite
def test_whatever_can_be_asked_is_told_of(agreed: Contract, every_kind: list[Kind]) -> None:
    for kind in every_kind:
        told = {agreed.resolved(p)["name"]: agreed.resolved(p)
                for p in agreed.told(f"/{kind.collection}", "get")["parameters"]}  # fmt: skip
        fields = told["fields"]["schema"]["items"]["enum"]
        assert fields == members(kind.dictionary, View.SECRETARIAT)
        assert told["expand"]["schema"]["items"]["enum"] == [
            *paths(kind.dictionary, View.SECRETARIAT)
        ]
        made = agreed.document["components"]["schemas"][kind.schema.__name__.removesuffix("Schema")]
        assert set(made["properties"]) - {"highlights"} == set(fields)


@databases.on_sqlite
def test_a_whole_list_is_never_too_expensive_and_one_record_can_be_followed(
    every_kind: list[Kind],
) -> None:
    for kind in every_kind:
        for path in paths(kind.dictionary, View.SECRETARIAT):
            dear = costs.weight(kind.schema, View.SECRETARIAT, Selection.of([], [path]))
            assert dear <= costs.MOST, (kind.name, path)
        assert costs.weight(kind.schema, View.SECRETARIAT, WHOLE) < 20
