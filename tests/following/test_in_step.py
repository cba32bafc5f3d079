"""Whatever happens, whoever follows has exactly what they may see, and was told of nothing else."""

from random import Random

import pytest
import time_machine
from flask import Flask

from registry import clock
from registry.access import Actor
from tests.api.conftest import Api
from tests.following.following import Follower
from tests.following.world import Copy, World, apply, seen_by, visible

READERS = ("public", "partner", "member", "secretariat")
STEPS = 90


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


def run(app: Flask, actors: dict[str, Actor], api: Api, *, seed: int, steps: int) -> World:
    """Let things happen while everybody follows, and see that all are in step in the end."""
    chance = Random(seed)  # noqa: S311  # no secret
    world = World(app, actors, chance)
    readers = [
        Reader(app, actors[who], Follower(api(who), expand="record", perPage=size))
        for who, size in zip(READERS, (3, 100, 1, 20), strict=True)
    ]
    with time_machine.travel(clock.now()) as world.traveller:
        for number in range(steps):
            world.step()
            for reader in readers:
                reader.look()
            if number % 3 == 0:
                chance.choice(readers).keep_up()
        for reader in readers:
            reader.keep_up()
            assert reader.copy == seen_by(app, reader.actor), seed
    return world


def test_everybody_has_what_they_may_see(app: Flask, actors: dict[str, Actor], api: Api) -> None:
    world = run(app, actors, api, seed=25883, steps=STEPS)
    assert len(world.done) >= 9


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(20))
def test_everybody_has_what_they_may_see_for_long(
    app: Flask, actors: dict[str, Actor], api: Api, seed: int
) -> None:
    run(app, actors, api, seed=seed, steps=400)
