"""The catalogue has the shape that DCAT-AP-NL asks for, and leads to what is there."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic

from tests import databases
from tests.browsing import Client
from tests.factories import Make

pytestmark = databases.on_sqlite
CATALOG = "/api/v1/catalog"
HERE = "https://registry.example"


@pytest.fixture(autouse=True)
def _own_folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "instance_path", str(tmp_path))


def dcat(name: str) -> URIRef:
    return URIRef(f"http://www.w3.org/ns/dcat#{name}")


def asked(client: Client, media: str, **more: str) -> Graph:
    answer = client.get(CATALOG, headers={"Accept": media, **more})
    assert (answer.status_code, answer.mimetype) == (200, media)
    return Graph().parse(data=answer.text, format=media)


def test_the_catalogue_has_all_that_is_mandatory(client: Client, make: Make) -> None:
    make("document", officialDate="2019-12-10")
    shapes = Graph().parse(Path(__file__).with_name("shapes.ttl"))
    found = asked(client, "text/turtle")
    valid, _, why = validate(found, shacl_graph=shapes)
    assert valid, why
    assert isomorphic(found, asked(client, "application/ld+json"))


def test_what_the_catalogue_leads_to_is_there(app: Flask, client: Client, make: Make) -> None:
    make("initiative")
    assert app.test_cli_runner().invoke(args=["dump"]).exit_code == 0
    found = asked(client, "text/turtle")
    media = {
        str(found.value(form, dcat("accessURL"))): str(found.value(form, dcat("mediaType")))
        for form in found.subjects(predicate=dcat("accessURL"))
    }
    assert len(media) >= 3
    for address, kind in media.items():
        path = address.removeprefix(HERE)
        answer = client.get(path, headers={"Accept": kind.partition("media-types/")[2]})
        assert answer.status_code == 200, address
    files = {
        str(url).removeprefix(f"{HERE}/api/v1/dumps/")
        for url in found.objects(None, dcat("downloadURL"))
    }
    assert files == {"ndjson", "csv"}
    page = client.page("/open-data").text
    assert "Alles als tabellen (CSV)" in page
    assert " kB" in page
    pages = {str(page) for page in found.objects(predicate=dcat("landingPage"))}
    assert [client.get(page.removeprefix(HERE)).status_code for page in pages] == [200]


def test_only_what_is_public_is_in_it(client: Client, make: Make) -> None:
    make("theme", state="draft")
    make("initiative")
    found = asked(client, "text/turtle")
    sets = {str(one).partition("#")[2] for one in found.objects(predicate=dcat("dataset"))}
    assert sets >= {"register", "initiatives", "partners"}
    assert "themes" not in sets


def test_who_has_the_catalogue_is_told_so_and_other_forms_are_refused(client: Client) -> None:
    first = client.get(CATALOG)
    assert first.mimetype == "application/ld+json"
    tag = first.headers["ETag"]
    assert client.get(CATALOG, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(CATALOG, headers={"Accept": "text/turtle"}).headers["ETag"] != tag
    assert client.get(CATALOG, headers={"Accept": "application/rdf+xml"}).status_code == 406


def test_the_catalogue_takes_two_queries(
    client: Client, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    with count_queries() as queries:
        client.get(CATALOG)
    assert len(queries) == 2


def test_every_answer_of_the_api_tells_its_licence(client: Client) -> None:
    links = ", ".join(client.get("/api/v1/themes").headers.getlist("Link"))
    assert '<https://creativecommons.org/publicdomain/zero/1.0/>; rel="license"' in links
