"""Machines and people find their way to the data: agreed addresses, the sitemap, the page."""

import xml.etree.ElementTree as ET  # what is read was made here
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from flask import Flask

from registry import clock
from registry.opendata import sitemap
from registry.opendata.wellknown import APART
from tests import databases
from tests.browsing import Client, SignedIn
from tests.factories import Make

pytestmark = databases.on_sqlite
HERE = "https://registry.example"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
Counting = Callable[[], AbstractContextManager[list[str]]]


def places(client: Client, path: str = "/sitemap.xml") -> list[str]:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    found = ET.fromstring(answer.data).iter(LOC)  # noqa: S314
    return [str(place.text).removeprefix(HERE) for place in found]


def test_the_apis_are_told_at_the_agreed_address(client: Client) -> None:
    answer = client.get("/.well-known/api-catalog")
    assert answer.mimetype == "application/linkset+json"
    assert answer.mimetype_params == {"profile": "https://www.rfc-editor.org/info/rfc9727"}
    [api] = answer.get_json(force=True)["linkset"]
    assert api["anchor"] == f"{HERE}/api/v1"
    for link in (*api["service-desc"], *api["service-meta"], *api.get("service-doc", ())):
        there = client.get(link["href"].removeprefix(HERE))
        assert (there.status_code, there.mimetype) == (200, link["type"])
    head = client.head("/.well-known/api-catalog")
    assert head.headers["Link"] == f'<{HERE}/.well-known/api-catalog>; rel="api-catalog"'
    assert head.headers["Content-Type"] == answer.headers["Content-Type"]


def test_whom_to_tell_of_a_leak_is_said_and_stays_valid(client: Client) -> None:
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    told = dict(line.split(": ") for line in answer.text.splitlines())
    assert told["Contact"] == "mailto:secretariaat@registry.example"
    assert told["Canonical"] == f"{HERE}/.well-known/security.txt"
    assert told["Preferred-Languages"] == "nl, en"
    ahead = datetime.fromisoformat(told["Expires"]) - clock.now()
    assert timedelta(days=90) < ahead < timedelta(days=365)


def test_robots_keep_out_of_where_people_sign_in(app: Flask, client: Client) -> None:
    told = client.get("/robots.txt").text
    assert told.endswith(f"Sitemap: {HERE}/sitemap.xml\n")
    rules = [rule.rule for rule in app.url_map.iter_rules()]
    for path in APART:
        assert f"Disallow: {path}\n" in told
        assert any(path.removeprefix("/*") in rule for rule in rules), path


def test_the_sitemap_has_every_public_page_and_no_other(
    client: Client, make: Make, signed_in: SignedIn
) -> None:
    shown, hidden = make.reference("theme"), make.reference("theme", state="draft")
    inner = make.reference("theme", audience="core_group")
    found = places(client)
    assert f"/themes/{shown}" in found
    assert {f"/themes/{hidden}", f"/themes/{inner}"}.isdisjoint(found)
    assert places(signed_in("secretariat")) == found
    assert len(set(found)) == len(found)
    assert {client.get(path).status_code for path in found} == {200}


def test_a_sitemap_of_many_has_parts(
    client: Client, make: Make, monkeypatch: pytest.MonkeyPatch, count_queries: Counting
) -> None:
    urls = {f"/themes/{make.reference('theme')}" for _ in range(5)}
    monkeypatch.setattr(sitemap, "PART", 2)
    parts = places(client)
    assert parts == [f"/sitemaps/{number + 1}.xml" for number in range(len(parts))]
    assert len(parts) > 3
    with count_queries() as queries:
        found = [place for part in parts for place in places(client, part)]
    assert len(queries) == len(parts)
    assert urls < set(found)
    for number in (0, len(parts) + 1, 10**12):
        assert client.get(f"/sitemaps/{number}.xml").status_code == 404


def test_each_address_has_the_moment_of_its_last_change(client: Client, make: Make) -> None:
    record = make("theme").record
    line = next(
        line for line in client.get("/sitemap.xml").text.splitlines() if record.reference in line
    )
    assert f"<lastmod>{record.updated_at:%Y-%m-%dT%H:%M:%SZ}</lastmod>" in line


@pytest.mark.parametrize(("lang", "said"), [("nl", "Hoe u dit aanhaalt"), ("en", "How to cite")])
def test_the_page_tells_the_licence_and_where_all_is(
    client: Client, make: Make, lang: str, said: str
) -> None:
    make("initiative")
    page = client.page(f"/open-data?lang={lang}")
    assert said in page.text
    assert "CC0 1.0" in page.text
    for path in ("/api/v1/initiatives", "/api/v1/catalog", "/initiatives"):
        assert path in page.html
    assert 'href="/open-data' in client.page("/").html
