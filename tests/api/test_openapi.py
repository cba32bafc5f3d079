"""The document: valid, complete, and by the rules of the government."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import validate

from registry.kind import Kind
from tests import databases
from tests.api.contract import ROOT, Contract
from tests.browsing import Client

pytestmark = databases.on_sqlite


def schemas(part: Any) -> Iterator[tuple[str, Any]]:
    """Every property of every schema, by name."""
    if isinstance(part, dict):
        yield from part.get("properties", {}).items()
        for inner in part.values():
            yield from schemas(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from schemas(inner)


def test_the_document_is_valid_3_1(agreed: Contract) -> None:
    assert agreed.document["openapi"].startswith("3.1.")
    validate(agreed.document)


def test_the_document_names_its_server_and_its_makers(agreed: Contract, app: Flask) -> None:
    info = agreed.document["info"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", info["version"])
    assert all(info["contact"][name] for name in ("name", "email", "url"))
    assert agreed.document["servers"] == [{"url": "https://registry.example/api/v1"}]


def test_every_route_is_told_of_and_every_path_exists(app: Flask, agreed: Contract) -> None:
    told = {(path, method) for path, method, _ in agreed.operations()}
    there = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule.removeprefix(ROOT)) or "/", method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(ROOT) and not rule.endpoint.endswith("openapi_json")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert told == there


def test_every_operation_has_a_name_of_its_own(agreed: Contract) -> None:
    names = [operation["operationId"] for _, _, operation in agreed.operations()]
    assert len(names) == len(set(names))


def test_every_success_tells_the_version_of_the_api(agreed: Contract) -> None:
    for path, method, operation in agreed.operations():
        for status, told in operation["responses"].items():
            if status[0] in "23":
                headers = agreed.resolved(told)["headers"]
                assert "API-Version" in headers, f"{method} {path} {status}"


def test_every_error_is_told_as_a_problem(agreed: Contract) -> None:
    for path, method, operation in agreed.operations():
        for status, told in operation["responses"].items():
            if status[0] in "45" or status == "default":
                content = agreed.resolved(told)["content"]
                assert set(content) == {"application/problem+json"}, f"{method} {path} {status}"


def test_what_takes_parameters_or_a_body_may_refuse_them(agreed: Contract) -> None:
    for path, method, operation in agreed.operations():
        if operation.get("parameters") or "requestBody" in operation:
            assert "400" in operation["responses"], f"{method} {path}"


def test_names_are_as_the_government_writes_them(agreed: Contract) -> None:
    for path in agreed.document["paths"]:
        assert re.fullmatch(r"(/([a-z0-9-]+|\{[a-z]+\}))+(/_[a-z]+)?|/", path)
    for _, _, operation in agreed.operations():
        for parameter in map(agreed.resolved, operation.get("parameters", [])):
            if parameter["in"] == "query":
                assert re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", parameter["name"])
    assert all(re.fullmatch(r"([A-Z][a-z]*)+", n) for n in agreed.document["components"]["schemas"])


def test_a_date_is_a_date_and_a_moment_ends_in_at(agreed: Contract) -> None:
    for name, schema in schemas(agreed.document["components"]["schemas"]):
        if re.search(r"\wDate|^date$", name):
            assert schema.get("format") == "date", name
        if schema.get("format") == "date-time":
            assert name.endswith("At") or name == "embargoUntil", name


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
    assert initiative["relation"]["enum"] == ["part_of", "shared_in", "beside", None]
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
    monkeypatch.setitem(fresh_app.extensions, "engine", None)
    assert fresh_app.test_client().get(f"{ROOT}/openapi.json").status_code == 200


def test_the_document_is_not_sent_again(client: Client) -> None:
    tag = client.get(f"{ROOT}/openapi.json").headers["ETag"]
    again = client.get(f"{ROOT}/openapi.json", headers={"If-None-Match": tag})
    assert again.status_code == 304
