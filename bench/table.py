"""The table: each figure beside its goal, and whether it is met."""

import sys
from typing import NamedTuple

from bench.missed import WHY
from bench.mixing import Outcome
from bench.reading import MOST_HTML, Costs

SMALL = 2_000
STEADY = ("list", "deep page", "record", "change feed", "304 of the list")
"""What may not grow with the number of records."""
PAIRS = (
    ("list", "list, floor", "processor, × the floor's", 2.0),
    ("record", "record, floor", "processor, × the floor's", 3.0),
    ("304 of the list", "empty route", "× an empty route with one look-up", 1.2),
    ("304 of the record", "empty route", "× an empty route with one look-up", 1.2),
    ("HTML list", "list", "× the API on the same rows", 5.0),
    ("HTML record", "record", "× the API on the same rows", 5.0),
)
HEAD = """# What the register costs

Medians of repeated runs; what is compared took turns in one run. On SQLite the times are of the
processor, on PostgreSQL of the clock. The floor is SQL by hand on the raw driver with orjson, and
answers the same JSON (`bench/floor.py`).
"""
COLUMNS = "| engine | rows | what | figure | goal | |\n|---|---|---|---|---|---|\n"


class Goal(NamedTuple):
    """What a figure is to be; `name` is what `missed.WHY` knows it by."""

    name: str
    told: str
    met: bool


class Table:
    """The lines, in the order in which they were measured; each is printed at once."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.missed: dict[str, list[str]] = {}
        """By the name of a goal, the figures that miss it."""

    def line(
        self, engine: str, rows: int, what: str, figure: str, goal: Goal | None = None
    ) -> None:
        """One line, with whether its goal is reached, where there is one."""
        told = f"{goal.told} | {'met' if goal.met else '**missed**'}" if goal else " | "
        self.lines.append(f"| {engine} | {rows:,} | {what} | {figure} | {told} |")
        sys.stdout.write(self.lines[-1] + "\n")
        sys.stdout.flush()
        if goal and not goal.met:
            shown = f"{engine}, {rows:,} rows, {what}: **{figure}**, goal {goal.told}"
            self.missed.setdefault(goal.name, []).append(shown)

    def costs(self, engine: str, size: int, found: Costs) -> None:
        """What each question costs, and the ratios that have a goal."""
        for name, milliseconds in found.items():
            self.line(engine, size, name, f"{milliseconds:.2f} ms")
        for one, other, what, most in PAIRS:
            if one in found and other in found and size <= MOST_HTML:
                ratio = found[one] / found[other]
                goal = Goal(one, f"≤ {most}", ratio <= most)
                counts = size == SMALL and engine == "sqlite"
                figure = f"{ratio:.2f}"
                self.line(engine, size, f"{one}: {what}", figure, goal if counts else None)

    def growth(self, engine: str, found: dict[int, Costs]) -> None:
        """What the largest database costs beside the smallest."""
        small, large = min(found), max(found)
        for name in STEADY:
            if name in found[small] and large != small:
                ratio = found[large][name] / found[small][name]
                what = f"{name}: × the cost at {small:,}"
                goal = Goal(f"{name}, growth, {engine}", "≤ 1.5", ratio <= 1.5)
                self.line(engine, large, what, f"{ratio:.2f}", goal)

    def rates(self, engine: str, found: tuple[float, float]) -> None:
        """Requests a second under the same server."""
        ours, floor = found
        figure = f"{ours:.0f}/s beside {floor:.0f}/s: {ours / floor:.2f} ×"
        what = "list of 50 under gunicorn, 4 threads, 8 clients"
        goal = Goal(f"under a server, {engine}", "≥ 1.0 ×", ours >= floor)
        self.line(engine, SMALL, what, figure, goal)

    def mixed(self, engine: str, found: Outcome) -> None:
        """What sixteen clients met."""
        changed = sum(found.changed.values())
        figure = f"{sum(found.statuses.values()):,} answers, {changed:,} changes, "
        figure += f"{found.broken} faults, {found.lost} lost"
        what = f"16 mixed clients for {found.seconds:.0f} s"
        met = not found.broken and not found.lost and changed > 0
        self.line(engine, SMALL, what, figure, Goal("mixed", "0 faults, 0 lost", met))

    def export(self, engine: str, size: int, found: tuple[float, float]) -> None:
        """A whole list as a stream."""
        rate, grown = found
        figure = f"{rate:,.0f} records/s, {grown:.0f} MB more"
        goal = Goal(f"export, {engine}", "≥ 20,000/s, flat", rate >= 20_000 and grown < 32)
        self.line(engine, size, "export as NDJSON", figure, goal)

    def writes(self, engine: str, clients: int, ours: float, bare: float) -> None:
        """One initiative with four participations, history and outbox."""
        most = 150 if engine == "sqlite" else 300
        figure = f"{ours:.0f}/s (the same rows by bare INSERT, one client: {bare:.0f}/s)"
        what = f"writes of an initiative, clients: {clients}"
        goal = Goal(f"writes, {engine}", f"≥ {most}/s", ours >= most)
        self.line(engine, SMALL, what, figure, goal)

    def told(self, what: str, rows: int, figure: str) -> None:
        """A line without a goal."""
        self.line("sqlite", rows, what, figure)

    def text(self, seconds: float) -> str:
        """All of it, as it is kept: what is missed first, with why."""
        lines = "\n".join(self.lines)
        measured = f"Measured in {seconds / 60:.1f} minutes."
        return f"{HEAD}\n{self._missed()}\n## Figures\n\n{COLUMNS}{lines}\n\n{measured}\n"

    def _missed(self) -> str:
        if not self.missed:
            return "Every goal is met.\n"
        told = "## What is missed\n"
        for name, shown in self.missed.items():
            figures = "".join(f"- {each}\n" for each in shown)
            told += f"\n{figures}\n{WHY.get(name, 'Not explained yet.')}\n"
        return told
