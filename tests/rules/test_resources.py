"""Resources: how they are named, what they hide, and where what belongs to them stands."""

import re
from pathlib import Path
from runpy import run_path

import gunicorn

from registry.kind import kinds
from tests import databases
from tests.rules.walking import Answer, Walk, segments

pytestmark = databases.on_sqlite

SINGULAR = {
    *("calendar", "progress", "history", "chain", "readiness", "content", "comparison"),
    *("document", "file", "snapshot", "catalog"),
}
"""Of which there is one: for all of the registry, or for each record."""
QUALIFIERS = {"external"}
"""What says of which sort the names are that follow it."""
VERBS = (
    "get list create make update change delete remove publish submit return merge search".split()
)
OF_THE_MACHINE = re.compile(
    r"flask|werkzeug|gunicorn|python|sqlalchemy|sqlite|postgres", re.IGNORECASE
)
NUMBERED = {"id", "rowid", "recordId", "accountId", "createdBy"}


def test_core_naming_resources(walk: Walk) -> None:
    """Nouns, and no verbs; a verb may only follow an underscore."""
    named = {name for path in walk.paths for name in segments(path)}
    assert not named & set(VERBS)
    assert not {name for name in named if name.startswith(("get-", "set-", "do-"))}


def test_core_naming_collections(walk: Walk) -> None:
    """What is a list is a plural; one of it is below that."""
    for path in walk.paths:
        for name in segments(path):
            assert name.endswith("s") or name in SINGULAR | QUALIFIERS, path
    for path in walk.paths:
        before = re.findall(r"/([a-z-]+)/\{", path)
        assert all(name.endswith("s") or name in QUALIFIERS for name in before), path


def test_core_interface_language(walk: Walk) -> None:
    """A deviation that is explained: names are English, and every field gives the Dutch term."""
    assert "names are english on purpose" in walk.document["info"]["description"].lower()
    for kind in kinds():
        name = kind.schema.__name__.removesuffix("Schema")
        shown = walk.document["components"]["schemas"][name]["properties"]
        for field in kind.dictionary.described().values():
            told = shown[str(field.data_key)].get("description", "")
            assert f"({field.about.words.nl})" in told, f"{name}.{field.data_key}"


def test_core_no_trailing_slash(answers: list[Answer]) -> None:
    """An address with a slash behind it does not exist, and leads nowhere."""
    slashed = [answer for answer in answers if answer.url.endswith("/")]
    assert len(slashed) > 300
    for answer in slashed:
        root = answer.url == "/api/v1/"
        assert root or answer.status == 404, str(answer)
        assert "Location" not in answer.headers


def test_core_path_segments_kebab_case(walk: Walk) -> None:
    word = r"[a-z0-9]+(-[a-z0-9]+)*"
    for path in walk.paths:
        assert re.fullmatch(rf"/|(/({word}|\{{[a-z]+\}}))*(/_?{word}|/\{{[a-z]+\}})", path), path


def test_core_query_keys_camel_case(walk: Walk) -> None:
    keys = {p["name"] for p in walk.parameters() if p["in"] == "query"}
    assert "perPage" in keys
    assert [key for key in keys if not re.fullmatch(r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)*", key)] == []


def test_core_hide_implementation(walk: Walk, answers: list[Answer], root: Path) -> None:
    """No numbers of rows, no makes of software: in headers, errors or names. The server in front
    of the app adds a header of its own, which names the register."""
    run_path(str(root / "gunicorn.conf.py"))
    assert gunicorn.SERVER == "registry"
    for answer in answers:
        assert not {"Server", "X-Powered-By"} & set(answer.headers.keys()), str(answer)
        if answer.status >= 400:
            assert not OF_THE_MACHINE.search(answer.response.text), str(answer)
    assert not NUMBERED & {name for name, _ in walk.properties()}


def test_core_nested_child(walk: Walk) -> None:
    """What cannot be without its parent stands below it, and nowhere else."""
    children = {
        segments(path)[1]
        for path in walk.paths
        if "{reference}/" in path and len(segments(path)) > 1
    }
    assert {"updates", "revisions", "versions", "lines"} <= children
    collections = {kind.collection for kind in kinds()} | {"history", "comparison"}
    top = {segments(path)[0] for path in walk.paths if path != "/"}
    assert children & top <= collections


def test_core_resource_operations(walk: Walk) -> None:
    """What is done with a record is a thing of its own below it, and made by POST."""
    for path, item in walk.paths.items():
        if "post" in item and "{reference}" in path:
            assert not path.endswith("}"), path
            assert segments(path)[-1].endswith("s"), path
    done = {segments(path)[-1] for path, item in walk.paths.items() if "post" in item}
    assert {"publications", "submissions", "returns", "withdrawals", "mergers"} <= done
