"""`python -m bench`: fill databases, measure the product beside the floor, print each line as soon
as it is measured, and write `bench/results.md`. `--quick` leaves out the largest database, takes
fewer turns, and keeps nothing: its figures are rough."""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bench import affairs, filling, mixing, reading, served, writing
from bench.reading import Costs
from bench.table import Table
from tests import postgres


class Effort(NamedTuple):
    """How long all is measured; the long runs in seconds."""

    sizes: dict[str, tuple[int, ...]]
    rounds: int
    turns: int
    served: float
    mixed: float
    batches: int
    writes: float


WHOLE = Effort(
    {"sqlite": (2_000, 100_000, 1_000_000), "postgresql": (2_000, 100_000)},
    rounds=40,
    turns=3,
    served=4.0,
    mixed=60.0,
    batches=7,
    writes=10.0,
)
QUICK = Effort(
    {"sqlite": (2_000, 20_000), "postgresql": (2_000,)},
    rounds=8,
    turns=1,
    served=2.0,
    mixed=8.0,
    batches=3,
    writes=4.0,
)
STREAM = "application/x-ndjson"
RESULTS = Path(__file__).with_name("results.md")


def main() -> None:
    """Measure all, print it, and keep it."""
    effort = QUICK if "--quick" in sys.argv else WHOLE
    table, begun = Table(), time.perf_counter()
    server = postgres.start()
    try:
        for engine in effort.sizes:
            _engine(engine, table, effort)
    finally:
        server.stop()
    table.told(*affairs.measured(effort.rounds))
    text = table.text(time.perf_counter() - begun)
    sys.stdout.write(f"\n{text}")
    if effort is WHOLE:
        RESULTS.write_text(text)


def _engine(engine: str, table: Table, effort: Effort) -> None:
    found: dict[int, Costs] = {}
    sizes = effort.sizes[engine]
    for size in sizes:
        with _database(engine) as url:
            _say(f"{engine}, {size:,}: filling")
            app, partner, secretariat = filling.make(url, size)
            reading.enter(app)
            served.settled(app)
            _say(f"{engine}, {size:,}: reading")
            found[size] = reading.costs(app, url, partner, size, effort.rounds)
            table.costs(engine, size, found[size])
            if size == sizes[:2][-1]:
                table.export(engine, size, reading.export(app, partner, STREAM))
            if size == sizes[0]:
                _served(engine, url, partner, secretariat, table, effort)
                _written(engine, url, app, table, effort)
            app.extensions["engine"].dispose()
    table.growth(engine, found)


def _served(
    engine: str, url: str, token: str, secretariat: str, table: Table, effort: Effort
) -> None:
    _say(f"{engine}: under a server")
    rates = served.rates(url, reading.FILTERED, token, turns=effort.turns, seconds=effort.served)
    table.rates(engine, rates)
    table.mixed(engine, mixing.mixed(url, secretariat, effort.mixed))


def _written(engine: str, url: str, app: Any, table: Table, effort: Effort) -> None:
    _say(f"{engine}: writing")
    bare = writing.bare(url, app, effort.batches)
    if engine == "sqlite":
        table.writes(engine, 1, writing.alone(app, effort.batches), bare)
    else:
        table.writes(engine, 8, writing.together(url, 8, effort.writes), bare)


@contextmanager
def _database(engine: str) -> Iterator[str]:
    """The URL of an empty database that goes away afterwards."""
    if engine == "postgresql":
        with postgres.database() as url:
            yield url
        return
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/bench.db"


def _say(text: str) -> None:
    sys.stderr.write(f"… {text}\n")


if __name__ == "__main__":
    main()
