"""The dump: all that is public and nothing else, and soon without what was hidden since."""

import csv
import gzip
import hashlib
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from flask import Flask

from registry import clock, editing
from registry.access import ANYBODY, Actor
from registry.dumps import keeping, working
from registry.kind import kind_named
from tests import databases
from tests.api.contract import ROOT
from tests.browsing import Client
from tests.factories import Make
from tests.following.world import seen_by

DUMPS = f"{ROOT}/dumps"
pytestmark = databases.on_sqlite


@pytest.fixture(autouse=True)
def _own_folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "instance_path", str(tmp_path))


def look(app: Flask) -> str | None:
    """Let the worker look; the folder of the dump that is there then."""
    with app.app_context():
        working.look()
        dump = keeping.served()
    return dump.folder if dump is not None else None


def dump_of(app: Flask) -> keeping.Dump:
    with app.app_context():
        dump = keeping.served()
    assert dump is not None
    return dump


def assert_gone(app: Flask, client: Client) -> None:
    """The dump that is there is given to nobody, not even as the one that they have already."""
    tag = {"If-None-Match": f'"{dump_of(app).files[0].sha256}"'}
    assert client.get(DUMPS).get_json() == []
    gone = [client.get(f"{DUMPS}/{each}", headers=tag) for each in ("ndjson", "csv")]
    assert [(each.status_code, each.headers["Retry-After"]) for each in gone] == [(404, "10")] * 2


def lines(client: Client) -> list[dict[str, Any]]:
    data = client.get(f"{DUMPS}/ndjson").data
    return [json.loads(line) for line in gzip.decompress(data).splitlines()]


def test_who_asks_first_is_asked_to_wait_and_then_gets_it(app: Flask, client: Client) -> None:
    assert look(app) is None
    none, missing = client.get(DUMPS), client.get(f"{DUMPS}/csv")
    assert (none.get_json(), none.headers["Retry-After"]) == ([], "10")
    assert (missing.status_code, missing.headers["Retry-After"]) == (404, "10")
    assert missing.mimetype == "application/problem+json"
    assert look(app) is not None
    told = client.get(DUMPS).get_json()
    assert [each["format"] for each in told] == ["ndjson", "csv"]
    assert client.get(f"{DUMPS}/xml").status_code == 404


def test_a_dump_holds_what_the_public_sees_of_the_letters(
    letters: Flask, client: Client, make: Make
) -> None:
    hidden = make.reference("theme", state="draft"), make.reference("theme", audience="partners")
    make("theme", name="=1+1", description="Met, een komma\nen een regel")
    client.get(DUMPS)
    look(letters)
    found = [each["record"] for each in lines(client)]
    assert {each["reference"]: each for each in found} == seen_by(letters, ANYBODY)
    told = {each["format"]: each for each in client.get(DUMPS).get_json()}["csv"]
    text = unpacked(client, told)
    assert not any(reference in each for reference in hidden for each in text.values())
    assert json.loads(text["dump.json"])["cursor"] == told["cursor"]
    tables = {n: list(csv.DictReader(io.StringIO(t))) for n, t in text.items() if n.endswith("csv")}
    assert {name: len(tables[f"{name}.csv"]) for name in told["counts"]} == told["counts"]
    assert sum(told["counts"].values()) == len(found)
    assert tables["themes.csv"][-1]["name"] == "'=1+1"
    inner = [row for each in found for row in each.get("participations", [])]
    assert len(tables["initiatives-participations.csv"]) == len(inner) > 0
    assert_guided(tables)


def unpacked(client: Client, told: dict[str, Any]) -> dict[str, str]:
    """The files in the ZIP, which is what is told of it."""
    data = client.get(f"{DUMPS}/csv").data
    assert (hashlib.sha256(data).hexdigest(), len(data)) == (told["sha256"], told["size"])
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def assert_guided(tables: dict[str, list[dict[str, Any]]]) -> None:
    """Every column is in the field guide, with its words, its type, and its codes explained."""
    guide, codes = tables.pop("field-guide.csv"), tables.pop("vocabularies.csv")
    guided = {(row["table"], row["column"]) for row in guide}
    for name, rows in tables.items():
        assert {(name.removesuffix(".csv"), column) for row in rows for column in row} <= guided
    assert not [row for row in guide if "" in (row["nl"], row["en"], row["type"])]
    assert {row["vocabulary"] for row in guide} <= {"", *(row["vocabulary"] for row in codes)}


def test_a_dump_is_fetched_in_parts_and_not_twice(app: Flask, client: Client) -> None:
    client.get(DUMPS)
    look(app)
    url = f"{DUMPS}/ndjson"
    whole = client.get(url)
    part = client.get(url, headers={"Range": "bytes=5-", "If-Range": whole.headers["ETag"]})
    assert (part.status_code, part.data) == (206, whole.data[5:])
    tag = {"If-None-Match": whole.headers["ETag"]}
    assert client.get(url, headers=tag).status_code == 304
    assert client.get(url, headers={"Range": "bytes=9999999-"}).status_code == 416
    assert client.get(url, headers={"Accept": "text/html"}).status_code == 406
    assert client.head(url).headers["Content-Length"] == str(len(whole.data))
    assert "/changes?cursor=" in whole.headers["Link"]


def test_a_dump_is_renewed_some_time_after_a_change_and_at_once_when_something_hides(
    app: Flask, client: Client, make: Make, actors: dict[str, Actor]
) -> None:
    make("theme")
    client.get(DUMPS)
    with time_machine.travel(clock.now()) as traveller:
        first = look(app)
        reference = make.reference("theme")
        make("theme", embargo_until=clock.now() + timedelta(minutes=20))
        assert look(app) == first
        traveller.shift(timedelta(minutes=6))
        second = look(app)
        assert second != first
        assert look(app) == second
        traveller.shift(timedelta(minutes=20))
        third = look(app)  # an embargo passed
        assert third != second
        with app.app_context():
            kind = kind_named("theme")
            entity = editing.one(kind, actors["secretariat"], reference)
            editing.revise(actors["secretariat"], kind, entity, {"description": "Anders"})
            assert look(app) == third
            editing.publish(actors["secretariat"], kind, entity, audience="partners")
        assert_gone(app, client)  # no worker has looked yet
        assert look(app) != third
        assert reference not in {each["record"]["reference"] for each in lines(client)}
        assert len(keeping_folders(app)) == 1


def test_one_at_a_time_makes_a_dump_and_what_fails_leaves_the_old_one(
    app: Flask, client: Client, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(DUMPS)
    with app.app_context(), keeping.alone():
        assert look(app) is None
    first = look(app)
    made = app.test_cli_runner().invoke(args=["dump"])
    assert made.exit_code == 0, made.output
    assert "records.ndjson.gz" in made.output
    with app.app_context():
        served = keeping.served()
        assert served is not None
        assert served.folder != first

    def fail(*_: object, **__: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("registry.dumps.packing.pack", fail)
    assert isinstance(app.test_cli_runner().invoke(args=["dump"]).exception, OSError)
    with app.app_context():
        assert keeping.served() == served
    assert [each.name for each in keeping_folders(app)] == [served.folder]


def keeping_folders(app: Flask) -> list[Path]:
    return [each for each in (Path(app.instance_path) / "dumps").iterdir() if each.is_dir()]
