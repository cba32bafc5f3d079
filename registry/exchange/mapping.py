"""`flask --app wsgi mapping`: where every id of the reading of the letters is in the registry.

The reading numbers what the letters say (P08, T15, footnote 12). `seed/mapping/reading.csv` says
which record each number became; the references come from the loaded registry."""

import csv
import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import select

from ..db import session
from ..record import ExternalKey, Record
from .loading import SYSTEM

TABLE = Path(__file__).parents[2] / "seed" / "mapping" / "reading.csv"
PARTS: Mapping[str, str] = {
    "kamerstukken": "Kamerstukken",
    "documents": "Other documents",
    "footnotes": "Footnotes of letters 405 and 370",
    "organisations": "Organisations (P)",
    "categories": "Groups named only as a category (G)",
    "persons": "Persons and offices (H)",
    "themes": "Themes",
    "sectors": "Sectors, by the wordings that name them",
    "groups": "Target and risk groups (D)",
    "initiatives": "Initiatives and activities (I)",
    "commitments": "Promises, motions and intentions (T)",
    "milestones": "Milestones and dated facts (M)",
    "figures": "Figures (N)",
    "causes": "Causes and factors (F)",
    "views": "Views on what should be done",
    "events": "Events and debates (E)",
    "own": "Records that the reading has no id for",
}
HEAD = """# Mapping: from the reading of the letters to the records

The two letters were read once, completely, and everything found got an id: P08 is an organisation,
T15 an intention, M20 the twentieth row of the milestones. The ids are the first column of the files
in `seed/` and are kept in the registry as external keys. This table says which record each id
became, and where in that record. One occurrence is one record: a milestone that is a debate is
that event, and the year before 17% is an observation of the same indicator.

`flask --app wsgi mapping` writes this page from `seed/mapping/reading.csv` and a registry with only
the letters in it; a test fails when it is stale.
"""
Names = Mapping[str, tuple[str, str]]


def page() -> str:
    """The mapping as a page of Markdown, from the records that the registry holds."""
    names = _names()
    with TABLE.open(encoding="utf-8", newline="") as file:
        parts = groupby(csv.DictReader(file), key=lambda row: row["part"])
        tables = ["\n".join(_table(part, rows, names)) for part, rows in parts]
    return "\n".join([HEAD, *tables])


def _table(part: str, rows: Iterator[dict[str, str]], names: Names) -> Iterator[str]:
    yield f"## {PARTS[part]}\n"
    yield "| Id | Record | Where in it |"
    yield "|---|---|---|"
    for row in rows:
        records = "; ".join(_record(id_, names) for id_ in row["record"].split())
        where = re.sub(r"\{(\S+?)\}", lambda found: names[found[1]][0], row["where"])
        yield f"| {row['id']} | {records} | {_coded(where)} |"
    yield ""


def _record(id_: str, names: Names) -> str:
    reference, title = names[id_]
    return f"{reference} {title}".replace("|", "\\|")


def _coded(where: str) -> str:
    return re.sub(r"\w+\[[^\]]+\]", lambda found: f"`{found[0]}`", where)


def _names() -> Names:
    query = select(ExternalKey.key, Record.reference, Record.title)
    query = query.join(Record, Record.id == ExternalKey.record_id)
    found = session().execute(query.where(ExternalKey.system == SYSTEM))
    return {key: (reference, title) for key, reference, title in found}


@click.command("mapping")
@with_appcontext
def mapping() -> None:
    """Write docs/mapping.md to the terminal."""
    try:
        click.echo(page(), nl=False)
    except KeyError as error:
        raise click.ClickException(f"There is no {error}; load the letters first.") from error


def register(app: Flask) -> None:
    """Enter the command."""
    app.cli.add_command(mapping)
