"""The document: OpenAPI, complete, public, with whom to ask, and never stale."""

import json
import re
from pathlib import Path

from flask import Flask
from openapi_spec_validator import validate

from registry.guide.written import as_json
from tests import databases
from tests.api.contract import ROOT
from tests.browsing import Client
from tests.rules.walking import Answer, Walk

pytestmark = databases.on_sqlite


def test_core_doc_openapi(walk: Walk) -> None:
    """A valid OpenAPI 3.1 document that tells every route, and no other."""
    assert walk.document["openapi"].startswith("3.1.")
    validate(walk.document)
    told = {(path, method) for path, method, _ in walk.contract.operations()}
    there = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix(ROOT)) or "/", method.lower())
        for rule in walk.app.url_map.iter_rules()
        if rule.rule.startswith(ROOT) and not rule.endpoint.startswith(("api-docs.", "docs."))
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert told == there


def test_core_doc_openapi_contact(walk: Walk) -> None:
    contact = walk.document["info"]["contact"]
    assert all(contact[name] for name in ("name", "email", "url"))
    assert "secretaria" in contact["name"].lower()


def test_core_doc_language(walk: Walk, client: Client) -> None:
    """A deviation that is explained: the document is English, and the pages to read are Dutch."""
    assert "gives the Dutch term" in walk.document["info"]["description"]
    page = client.get(f"{ROOT}/docs", headers={"Accept-Language": "nl"})
    assert page.headers["Content-Language"] == "nl"
    assert walk.document["externalDocs"]["url"] == f"https://registry.example{ROOT}/docs"


def test_core_publish_openapi(client: Client, answers: list[Answer]) -> None:
    """At the base of the API, for anybody, from any page; every reference in it leads on, and
    every answer says where it is."""
    for answer in answers:
        links = ", ".join(answer.headers.getlist("Link"))
        assert f'<http://localhost{ROOT}/openapi.json>; rel="service-desc"' in links, str(answer)
        assert f'<http://localhost{ROOT}/docs>; rel="service-doc"' in links, str(answer)
    sent = client.get(f"{ROOT}/openapi.json", headers={"Origin": "https://elsewhere.example"})
    assert (sent.status_code, sent.mimetype) == (200, "application/json")
    assert sent.headers["Access-Control-Allow-Origin"] == "*"
    document = sent.get_json()
    for name in set(re.findall(r'"#/([^"]+)"', sent.text)):
        part = document
        for step in name.split("/"):
            part = part[step]


def test_the_committed_document_is_fresh(app: Flask, root: Path) -> None:
    """Stale? Then: `flask --app wsgi guide`."""
    written = (root / "docs" / "openapi.json").read_text("utf-8")
    assert as_json(app) == written
    assert json.loads(written)["servers"] == [{"url": f"https://registry.example{ROOT}"}]
