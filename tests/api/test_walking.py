"""Page after page: each record once, in the order that was asked, whatever happens meanwhile."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise

import pytest
from flask import Flask

from registry import editing, listing
from registry.access import Actor
from registry.initiatives.schemas import INITIATIVE
from registry.kind import kind_in
from registry.listing import answers, cursors
from tests.api.conftest import COLLECTIONS, problem
from tests.api.contract import ROOT, Contract, link, pages, whole
from tests.browsing import Client
from tests.factories import Make

INITIATIVES = f"{ROOT}/initiatives"


Walk = Callable[[str | None], cursors.Walk]


def forth(walk: Walk) -> Iterator[cursors.Walk]:
    page = walk(None)
    yield page
    while page.next is not None:
        page = walk(page.next)
        yield page


def back(walk: Walk, page: cursors.Walk) -> Iterator[cursors.Walk]:
    while page.prev is not None:
        page = walk(page.prev)
        yield page


def ids(found: Iterable[cursors.Walk]) -> list[int]:
    return [row[0] for page in found for row in page.rows]


@pytest.mark.usefixtures("letters", "session")
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_pages_hold_every_record_once_in_every_order_and_back(
    collection: str, actors: dict[str, Actor]
) -> None:
    kind, who = kind_in(collection), actors["member"]
    assert kind is not None
    names = [*listing.sorts(kind)]
    mixed = [f"{one},-{other}" for one, other in pairwise(names)]
    query = answers.identities(kind, who, [])
    for sort in [*names, *(f"-{name}" for name in names), *mixed[-2:]]:
        order = answers.order_of(kind, listing.ask(kind, who, {"sort": [sort]}))
        expected = ids([cursors.walk(query, "all", order, 1000, None)])
        most = max(3, len(expected) // 3)
        walk = partial(cursors.walk, query, "all", order, most)
        read = [*forth(walk)]
        assert ids(read) == expected, sort
        backwards = [*back(walk, read[-1])]
        assert ids([*backwards[::-1], read[-1]]) == expected, sort
        assert len(set(expected)) == len(expected)


def test_what_has_no_day_comes_last_either_way(client: Client, make: Make) -> None:
    undated = make.reference("commitment", text="Ooit")
    early = make.reference("commitment", text="Vroeg", due="2019")
    late = make.reference("commitment", text="Laat", due="2021")

    def found(sort: str) -> list[str]:
        return [i["reference"] for i in whole(client, f"{ROOT}/commitments?sort={sort}&perPage=1")]

    assert found("due") == [early, late, undated]
    assert found("-due") == [late, early, undated]
    assert found("-due,-text") == [late, early, undated]


def test_what_comes_in_or_changes_meanwhile_moves_nothing_else(
    app: Flask, client: Client, make: Make, actors: dict[str, Actor]
) -> None:
    made = [make.reference("initiative", title=f"Initiatief {number}5") for number in range(6)]
    first = client.get(f"{INITIATIVES}?perPage=2")
    make("initiative", title="Aaneerste")
    make("initiative", title="Initiatief 35 en een half")
    with app.app_context():
        revised = {"title": "Aanvang"}
        entity = editing.one(INITIATIVE, actors["secretariat"], made[1])
        editing.revise(actors["secretariat"], INITIATIVE, entity, revised)
    rest = [*pages(client, link(first, "next") or "")]
    titles = [item["title"] for page in [first, *rest] for item in page.get_json()]
    own = [f"Initiatief {number}5" for number in range(6)]
    assert titles == [*own[:4], "Initiatief 35 en een half", *own[4:]]
    earlier = client.get(link(rest[0], "prev") or "").get_json()
    assert [item["title"] for item in earlier] == ["Aanvang", "Initiatief 05"]


def test_links_lead_forth_and_back(client: Client, make: Make) -> None:
    for number in range(3):
        make("initiative", title=f"Initiatief {number}")
    first, second, third = pages(client, f"{INITIATIVES}?perPage=1")
    assert link(first, "prev") is None
    assert client.get(link(third, "prev") or "").get_json() == second.get_json()
    assert client.get(link(second, "prev") or "").get_json() == first.get_json()
    assert link(client.get(link(second, "prev") or ""), "prev") is None


@pytest.mark.parametrize(
    "other",
    [
        "initiatives?sort=-title,reference", "initiatives?q=initiatief", "initiatives?kind=none",
        "initiatives?asOf=2019-01-01", "initiatives?updatedSince=2019-01-01T00:00:00Z", "partners?",
    ],
)  # fmt: skip
def test_a_cursor_of_another_question_is_refused(other: str, client: Client, make: Make) -> None:
    for _ in range(2):
        make("initiative")
    following = link(client.get(f"{INITIATIVES}?perPage=1"), "next") or ""
    cursor = following.partition("cursor=")[2]
    response = client.get(f"{ROOT}/{other}&perPage=1&cursor={cursor}")
    assert problem(response).errors == {"query cursor": "cursor"}


def test_lists_under_a_record_are_walked_the_same_way(
    app: Flask, client: Client, make: Make, actors: dict[str, Actor]
) -> None:
    reference = make.reference("initiative", title="Een")
    with app.app_context():
        for number in range(3):
            entity = editing.one(INITIATIVE, actors["secretariat"], reference)
            payload = {"title": f"Versie {number}"}
            editing.revise(actors["secretariat"], INITIATIVE, entity, payload)
    url = f"{INITIATIVES}/{reference}/history"
    read = [*pages(client, f"{url}?perPage=1")]
    assert len(read) > 2
    assert client.get(link(read[2], "prev") or "").get_json() == read[1].get_json()
    following = link(read[0], "next") or ""
    known = {"If-None-Match": read[1].headers["ETag"]}
    assert client.get(following, headers=known).status_code == 304
    cursor = following.partition("cursor=")[2]
    for other in (f"{ROOT}/history?cursor=", f"{url}?action=create&cursor="):
        assert problem(client.get(f"{other}{cursor}")).errors == {"query cursor": "cursor"}


@pytest.mark.usefixtures("letters")
def test_the_sources_of_a_record_are_those_that_it_tells(client: Client, agreed: Contract) -> None:
    found = whole(client, f"{INITIATIVES}?perPage=100")
    one = max(found, key=lambda item: len(item["sources"]))
    url = f"{INITIATIVES}/{one['reference']}/sources"
    first = client.get(f"{url}?perPage=2")
    assert agreed.broken(first, "/initiatives/{reference}/sources") == []
    assert whole(client, f"{url}?perPage=2") == one["sources"]
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"{url}?perPage=2", headers=known).status_code == 304
