"""Whatever happens, whoever follows has exactly what they may see, and was told of nothing else."""

import gzip
import json
from pathlib import Path
from random import Random

import pytest
import time_machine
from flask import Flask

from registry import clock
from registry.access import ANYBODY, Actor
from registry.dumps.building import build
from tests.api.conftest import Api
from tests.api.contract import ROOT
from tests.browsing import Client
from tests.following.following import Follower
from tests.following.world import KINDS, Copy, World, apply, seen_by, visible

READERS = ("public", "partner", "member", "secretariat")
STEPS = 45


@pytest.fixture(autouse=True)
def _own_folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "instance_path", str(tmp_path))


class Reader:
    """Somebody who keeps a copy."""

    def __init__(self, app: Flask, actor: Actor, follower: Follower) -> None:
        self.app, self.actor, self.follower = app, actor, follower
        self.copy: Copy = {}
        self.ever: set[str] = set()

    def look(self) -> None:
        """Note what there is to see for them now."""
        self.ever |= visible(self.app, self.actor)

    def keep_up(self) -> None:
        """Bring the copy in step; nothing is told of what they never could see."""
        news = self.follower.news()
        assert {entry["reference"] for entry in news} <= self.ever
        apply(self.copy, news)


def from_a_dump(app: Flask, client: Client) -> Reader:
    """Somebody of the public who starts from a dump that is made now."""
    with app.app_context():
        cursor = build().cursor
    reader = Reader(app, ANYBODY, Follower(client, cursor, expand="record"))
    lines = gzip.decompress(client.get(f"{ROOT}/dumps/ndjson").data).splitlines()
    records = [json.loads(line)["record"] for line in lines]
    reader.copy = {record["reference"]: record for record in records}
    assert reader.copy == seen_by(app, ANYBODY, *KINDS)
    return reader


def run(app: Flask, actors: dict[str, Actor], api: Api, *, seed: int, steps: int) -> World:
    """Let things happen while everybody follows, and see that all are in step in the end."""
    chance = Random(seed)  # noqa: S311  # no secret
    world = World(app, actors, chance)
    readers = [
        Reader(app, actors[who], Follower(api(who), expand="record", perPage=size))
        for who, size in zip(READERS, (4, 100, 20, 50), strict=True)
    ]
    with time_machine.travel(clock.now()) as world.traveller:
        for number in range(steps):
            world.step()
            if number == steps // 3:
                readers.append(from_a_dump(app, api("public")))
            for reader in readers:
                reader.look()
            if number % 3 == 0:
                chance.choice(readers).keep_up()
        for reader in readers:
            reader.keep_up()
            assert reader.copy == seen_by(app, reader.actor, *KINDS), seed
    return world


def test_everybody_has_what_they_may_see(app: Flask, actors: dict[str, Actor], api: Api) -> None:
    world = run(app, actors, api, seed=25883, steps=STEPS)
    assert len(world.done) >= 7


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(20))
def test_everybody_has_what_they_may_see_for_long(
    app: Flask, actors: dict[str, Actor], api: Api, seed: int
) -> None:
    run(app, actors, api, seed=seed, steps=400)
