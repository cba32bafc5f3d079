"""`python -m bench`: fill databases, measure the product beside the floor, print the table and
write `bench/results.md`. `--quick` leaves out the largest database and shortens the long runs."""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import affairs, filling, mixing, reading, served, writing
from bench.reading import Costs
from bench.table import Table
from tests import postgres

SIZES = {"sqlite": (2_000, 100_000, 1_000_000), "postgresql": (2_000, 100_000)}
MOST_QUICK = 100_000
MIXED = 60.0
STREAM = "application/x-ndjson"
RESULTS = Path(__file__).with_name("results.md")


def main() -> None:
    """Measure all, print it, and keep it."""
    quick, table, begun = "--quick" in sys.argv, Table(), time.perf_counter()
    server = postgres.start()
    try:
        for engine in SIZES:
            _engine(engine, table, quick=quick)
    finally:
        server.stop()
    table.told(*affairs.measured())
    text = table.text(time.perf_counter() - begun)
    sys.stdout.write(text)
    RESULTS.write_text(text)


def _engine(engine: str, table: Table, *, quick: bool) -> None:
    found: dict[int, Costs] = {}
    for size in SIZES[engine]:
        if quick and size > MOST_QUICK:
            continue
        with _database(engine) as url:
            _say(f"{engine}, {size:,}: filling")
            app, partner, secretariat = filling.make(url, size)
            reading.enter(app)
            served.settled(app)
            _say(f"{engine}, {size:,}: reading")
            found[size] = reading.costs(app, url, partner, size)
            table.costs(engine, size, found[size])
            if size == SIZES[engine][1]:
                table.export(engine, size, reading.export(app, partner, STREAM))
            if size == SIZES[engine][0]:
                _served(engine, url, partner, secretariat, table, quick=quick)
                _written(engine, url, app, table)
            app.extensions["engine"].dispose()
    table.growth(engine, found)


def _served(
    engine: str, url: str, token: str, secretariat: str, table: Table, *, quick: bool
) -> None:
    _say(f"{engine}: under a server")
    table.rates(engine, served.rates(url, reading.FILTERED, token))
    table.mixed(engine, mixing.mixed(url, secretariat, MIXED / 6 if quick else MIXED))


def _written(engine: str, url: str, app: Any, table: Table) -> None:
    _say(f"{engine}: writing")
    if engine == "sqlite":
        table.writes(engine, 1, writing.alone(app), writing.bare(url, app))
    else:
        table.writes(engine, 8, writing.together(url, 8), writing.bare(url, app))


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
