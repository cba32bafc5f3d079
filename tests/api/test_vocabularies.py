"""The code lists."""

from registry import vocabulary
from tests import databases
from tests.api.conftest import problem
from tests.api.contract import ROOT, Contract
from tests.browsing import Client

pytestmark = databases.on_sqlite

VOCABULARIES = f"{ROOT}/vocabularies"


def test_all_code_lists_are_listed(client: Client, agreed: Contract) -> None:
    response = client.get(VOCABULARIES)
    assert agreed.broken(response, "/vocabularies") == []
    assert [book["name"] for book in response.get_json()] == list(vocabulary.LISTS)


def test_every_code_list_gives_its_terms(client: Client, agreed: Contract) -> None:
    for name, book in vocabulary.LISTS.items():
        response = client.get(f"{VOCABULARIES}/{name}")
        assert agreed.broken(response, "/vocabularies/{name}") == []
        said = response.get_json()
        assert said["open"] is book.open
        assert [term["code"] for term in said["terms"]] == list(book.terms)
        assert all(term["nl"] and term["en"] for term in said["terms"])


def test_a_code_list_that_is_not_there_is_not_found(client: Client) -> None:
    assert problem(client.get(f"{VOCABULARIES}/colours")).status == 404
    assert problem(client.get(f"{VOCABULARIES}/basis/")).status == 404


def test_a_code_list_takes_no_parameters(client: Client) -> None:
    response = client.get(f"{VOCABULARIES}/basis?q=x")
    assert problem(response).errors == {"query q": "unknown_parameter"}


def test_a_code_list_that_did_not_change_is_not_sent_again(client: Client) -> None:
    tag = client.get(f"{VOCABULARIES}/basis").headers["ETag"]
    again = client.get(f"{VOCABULARIES}/basis", headers={"If-None-Match": tag})
    assert again.status_code == 304
