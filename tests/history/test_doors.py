"""Every change names the door that it came through."""

import ast
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from registry.db import session
from registry.history.sentences import DOORS
from registry.ledger import Change
from registry.record import Record
from tests.browsing import SignedIn
from tests.databases import on_sqlite
from tests.doors import Door
from tests.factories import Make

NAMED_BY = {"html": "screen", "json": "api", "import": "seed"}


@on_sqlite
def test_a_record_says_through_which_door_it_came(app: Flask, door: Door, request: object) -> None:
    assert door.create("initiatives", {"title": "Nieuw"}) == {}
    with app.app_context():
        made = select(Change.door).join(Record, Record.id == Change.record_id)
        doors = set(session().scalars(made.where(Record.kind == "initiative")))
    params = request.node.callspec.params  # type: ignore[attr-defined]
    assert doors == {NAMED_BY[params["door"]]}


@on_sqlite
def test_every_step_on_a_screen_is_of_the_screen(
    app: Flask, signed_in: SignedIn, make: Make
) -> None:
    reference = make.reference("initiative", state="draft")
    secretariat, url = signed_in("secretariat"), f"/initiatives/{reference}"
    for verb, name in (("publish", "audience"), ("withdraw", "reason"), ("remove", "reason")):
        form = secretariat.page(f"{url}/{verb}").form(name)
        secretariat.submit(form.fill(reason="zo") if name == "reason" else form)
    secretariat.submit(secretariat.page(f"{url}/restore").form("version"))
    with app.app_context():
        told = select(Change.action, Change.door).where(Change.reference == reference)
        steps = [tuple(row) for row in session().execute(told.order_by(Change.seq))]
    verbs = ("create", "publish", "withdraw", "remove", "restore")
    assert steps == [(verb, "screen") for verb in verbs]


def test_every_door_that_the_code_names_has_its_words(root: Path) -> None:
    named = {door for path in root.glob("registry/**/*.py") for door in doors_in(path)}
    assert named == set(DOORS) - {"import"} | (named & {"import"})


def doors_in(path: Path) -> Iterator[str]:
    """The last argument of each call that makes an actor, where it is a word."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func).rpartition(".")[2]
        given = [k.value for k in node.keywords if k.arg == "door"]
        given += node.args[1:2] if name in ("system", "actor") else []
        for word in given:
            if isinstance(word, ast.Constant) and isinstance(word.value, str):
                yield word.value
