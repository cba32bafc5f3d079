"""A client that openapi-python-client generates from the document works against a real server."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import openapi_python_client
import pytest
from flask import Flask
from openapi_python_client.config import Config, ConfigFile, MetaType

from registry import create_app
from registry.dumps import keeping as dumps
from registry.tokens.commands import issue
from tests import databases, people
from tests.api.contract import ROOT
from tests.serving import UNLIMITED, in_a_thread

PACKAGE = "registry_client"


class Generated:
    """The package that was generated, and a client of it for the secretariat."""

    def __init__(self, url: str, token: str) -> None:
        made = _module("client").AuthenticatedClient(base_url=url, token=token)
        self.client, self.token, self.url = made, token, url

    def call(self, operation: str, *path: str, **asked: Any) -> Any:
        """Call the operation `tag.name`: its answer with status, headers and what was parsed."""
        return _module(f"api.{operation}").sync_detailed(*path, client=self.client, **asked)

    def model(self, name: str) -> Any:
        """A class of the package."""
        return getattr(_module("models"), name)

    def plain(self, path: str) -> httpx.Response:
        """The same API without the package."""
        return httpx.get(self.url + path, headers={"Authorization": f"Bearer {self.token}"})


def _module(name: str) -> ModuleType:
    return import_module(f"{PACKAGE}.{name}")


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generated]:
    """Generated once, from the document of the server that it asks."""
    with databases.copy(databases.SQLITE, databases.LETTERS) as database:
        app = create_app({**databases.settings(database), **UNLIMITED})
        with in_a_thread(app) as port:
            url = f"http://127.0.0.1:{port}{ROOT}"
            with _package(url, tmp_path_factory.mktemp("generated")):
                yield Generated(url, _token(app))
        app.extensions["engine"].dispose()


@contextmanager
def _package(url: str, folder: Path) -> Iterator[None]:
    """Generate it, without a warning, and let it be imported."""
    source = folder / "openapi.json"
    source.write_bytes(httpx.get(f"{url}/openapi.json").content)
    files = dict.fromkeys(dumps.MEDIA.values(), "application/octet-stream")
    options = ConfigFile(post_hooks=[], package_name_override=PACKAGE, content_type_overrides=files)
    out = folder / PACKAGE
    config = Config.from_sources(options, MetaType.NONE, source, "utf-8", True, out)
    assert [*openapi_python_client.generate(config=config)] == []
    sys.path.insert(0, str(folder))
    yield
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def _token(app: Flask) -> str:
    with app.app_context():
        return issue(people.actors()["secretariat"], people.account("secretariat"), "generated")


def _cursor(headers: Any) -> str | None:
    """The cursor in the Link to the next page."""
    following = httpx.Response(200, headers=headers).links.get("next")
    return parse_qs(urlsplit(following["url"]).query)["cursor"][0] if following else None


def test_it_pages_through_a_filtered_list(generated: Generated) -> None:
    relation = generated.model("ListInitiativesRelationItem").BESIDE
    asked = {"relation": [relation], "per_page": 3, "count": True, "sort": "title"}
    found, page = [], generated.call("initiatives.list_initiatives", **asked)
    total = int(page.headers["Total-Count"])
    while True:
        assert page.status_code == 200
        found += page.parsed
        if (cursor := _cursor(page.headers)) is None:
            break
        page = generated.call("initiatives.list_initiatives", **asked, cursor=cursor)
    plain = generated.plain("/initiatives?relation=beside&sort=title&perPage=100").json()
    assert [one.reference for one in found] == [one["reference"] for one in plain]
    assert {str(one.relation) for one in found} == {"beside"}
    assert len(found) == total > 3


def test_it_changes_a_record_from_the_version_that_it_read(generated: Generated) -> None:
    read = generated.call("initiatives.get_initiative", "INI-0001")
    patch = generated.model("InitiativePatch")(goal="A goal that a program gave")
    tag = read.headers["ETag"]
    changed = generated.call("initiatives.update_initiative", "INI-0001", body=patch, if_match=tag)
    assert (changed.status_code, changed.parsed.goal) == (200, "A goal that a program gave")
    again, plain = changed.parsed.to_dict(), generated.plain("/initiatives/INI-0001").json()
    moments = [name for name in plain if name.endswith("At")]  # a moment is written in two ways
    assert {**again, **dict.fromkeys(moments)} == {**plain, **dict.fromkeys(moments)}
    stale = generated.call("initiatives.update_initiative", "INI-0001", body=patch, if_match=tag)
    assert (stale.status_code, stale.parsed.status) == (412, 412)


def test_it_follows_the_feed_of_changes(generated: Generated) -> None:
    asked = {"cursor": "now", "per_page": 1}
    page = generated.call("changes.list_changes", **asked)
    changed = ["INI-0002", "INI-0003", "INI-0004"]
    for reference in changed:
        patch = generated.model("InitiativePatch")(goal="A goal to follow")
        told = {"body": patch, "if_match": "*"}
        assert generated.call("initiatives.update_initiative", reference, **told).status_code == 200
    found: list[str] = []
    for _ in range(40):  # a page may be short or empty before the end
        page = generated.call("changes.list_changes", per_page=1, cursor=_cursor(page.headers))
        found += [entry.reference for entry in page.parsed if entry.kind == "initiative"]
        if page.headers["In-Step"] == "true":
            break
    assert found == changed
