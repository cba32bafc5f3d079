"""The document: valid, complete, and by the rules of the government."""

import pytest
from flask import Flask

from registry.kind import Kind
from tests import databases
from tests.api.contract import ROOT, Contract
from tests.browsing import Client

pytestmark = databases.on_sqlite


def test_every_operation_has_a_name_of_its_own(agreed: Contract) -> None:
    names = [operation["operationId"] for _, _, operation in agreed.operations()]
    assert len(names) == len(set(names))


def test_what_is_sent_and_what_is_answered_differ(agreed: Contract, every_kind: list[Kind]) -> None:
    made = agreed.document["components"]["schemas"]
    for kind in every_kind:
        name = kind.schema.__name__.removesuffix("Schema")
        answer, sent, patched = made[name], made[f"{name}Input"], made[f"{name}Patch"]
        assert answer["required"] == ["reference"]  # of the others `fields` may leave out any
        assert {"reference", "version", "workflow"} <= set(answer["properties"])
        assert not {"reference", "version", "workflow"} & set(sent["properties"])
        assert sent["additionalProperties"] is False
        assert "required" not in patched


def test_closed_lists_are_told_and_open_ones_only_named(agreed: Contract) -> None:
    initiative = agreed.document["components"]["schemas"]["Initiative"]["properties"]
    assert initiative["relation"]["oneOf"] == [
        {"$ref": "#/components/schemas/RelationCode"},
        {"type": "null"},
    ]
    codes = agreed.document["components"]["schemas"]["RelationCode"]["enum"]
    assert codes == ["part_of", "shared_in", "beside"]
    assert "enum" not in initiative["kind"]
    assert "/vocabularies/initiative-kind" in initiative["kind"]["description"]


def test_descriptions_give_the_dutch_term(agreed: Contract) -> None:
    made = agreed.document["components"]["schemas"]
    assert (
        "(Toezegging of voornemen)"
        in made["MilestoneCommitment"]["properties"]["commitment"]["description"]
    )
    assert "(Termijn)" in made["Commitment"]["properties"]["due"]["description"]


def test_the_document_needs_no_database(fresh_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fresh_app.extensions, "engines", {})
    assert fresh_app.test_client().get(f"{ROOT}/openapi.json").status_code == 200


def test_the_document_is_not_sent_again(client: Client) -> None:
    tag = client.get(f"{ROOT}/openapi.json").headers["ETag"]
    again = client.get(f"{ROOT}/openapi.json", headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_it_tells_the_address_that_the_demo_serves_at(fresh_app: Flask) -> None:
    fresh_app.config["PUBLIC_URL"] = "http://127.0.0.1:8000"
    told = fresh_app.test_client().get(f"{ROOT}/openapi.json").get_json()
    assert told["servers"] == [{"url": f"http://127.0.0.1:8000{ROOT}"}]
    assert told["info"]["contact"]["url"] == "http://127.0.0.1:8000"
