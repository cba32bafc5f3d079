"""A process in which anything happens: `python -m … URL SEED STEPS`. It tells what was done."""

import json
import sys
from random import Random

from registry import create_app
from registry.db import AWAY
from tests import people
from tests.following.world import World


def main(url: str, seed: int, steps: int) -> None:
    """Let so many things happen; what another process was first with does not."""
    app = create_app({"DATABASE_URL": url, "SECRET_KEY": "of a test", "WORKER": "none"})
    with app.app_context():
        actors = people.actors()
    world = World(app, actors, Random(seed))  # noqa: S311  # no secret
    for _ in range(steps):
        try:
            world.step()
        except AWAY:
            continue  # another one wrote for too long
    sys.stdout.write(json.dumps(world.done))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
