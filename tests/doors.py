"""The doors to the commands, each with one way to register a record: the form, the JSON API and
files. A rule that holds in a command is tested through all of them by the fixture `door`."""

import csv
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from flask import Flask

from registry.exchange.loading import BadFiles, load
from tests import people
from tests.browsing import Client, words

Errors = dict[str, str]  # place ("editions.0.title") → the reason in Dutch
Payload = Mapping[str, Any]
PARTS = re.compile(r"-(?:text|earliest|latest)$")


class Door(Protocol):
    """A way in. What is refused comes back by place; nothing is there when it went well."""

    def create(self, collection: str, payload: Payload) -> Errors: ...


class Html:
    """The form of the screen, filled in by the secretariat."""

    def __init__(self, client: Client) -> None:
        self.client = client
        client.sign_in(people.email("secretariat"), people.PASSWORD)

    def create(self, collection: str, payload: Payload) -> Errors:
        form = self.client.page(f"/{collection}/new").form("_lists")
        data = {**form.fields, **dict(flat(payload))}
        response = self.client.post(form.action, data=data)
        if response.status_code in (302, 303):
            return {}
        assert response.status_code == 400, response.text
        summary = self.client.parsed(response).all(".//a[@href]")
        found = {a.get("href", ""): words(a).partition(": ")[2] for a in summary}
        return {
            PARTS.sub("", href[1:]).replace("-", "."): reason
            for href, reason in found.items()
            if href.startswith("#") and reason
        }


class Json:
    """The API, with the token of the secretariat."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def create(self, collection: str, payload: Payload) -> Errors:
        response = self.client.post(
            f"/api/v1/{collection}", json=payload, headers={"Accept-Language": "nl"}
        )
        if response.status_code == 201:
            return {}
        assert response.status_code == 400, response.text
        errors = response.get_json(force=True)["errors"]
        return {e["location"][1:].replace("/", "."): e["detail"] for e in errors}


class Import:
    """Files, one for the record and one for each of its lists."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.folder = app, folder

    def create(self, collection: str, payload: Payload) -> Errors:
        self._write(collection, "id", [payload])
        for name, rows in payload.items():
            if isinstance(rows, list):
                self._write(f"{collection}.{name}", "record", rows)
        try:
            with self.app.app_context():
                load(people.REGISTRY, self.folder)
        except BadFiles as refused:
            return {
                self._place(fault.file, fault.row, fault.column): fault.message.in_("nl")
                for fault in refused.faults
            }
        return {}

    def _write(self, name: str, first: str, rows: list[Any]) -> None:
        lines = [{first: "X01", **dict(_cells(row))} for row in rows]
        with (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list({column: 0 for line in lines for column in line}))
            writer.writeheader()
            writer.writerows(lines)

    @staticmethod
    def _place(file: str, row: int, column: str) -> str:
        _, _, name = file.removesuffix(".csv").partition(".")
        return f"{name}.{row - 2}.{column}" if name else column.partition(".")[0]


def _cells(row: Payload) -> list[tuple[str, Any]]:
    """The columns of a row: a policy date is one for its words and one for each of its days."""
    cells: list[tuple[str, Any]] = []
    for name, value in row.items():
        if isinstance(value, Mapping):
            cells += [
                (name if part == "text" else f"{name}.{part}", v) for part, v in value.items()
            ]
        elif not isinstance(value, list):
            cells.append((name, str(value).lower() if isinstance(value, bool) else value))
    return cells


def flat(payload: Payload, prefix: str = "") -> list[tuple[str, Any]]:
    """The names and values that a form posts."""
    pairs: list[tuple[str, Any]] = []
    for name, value in payload.items():
        if isinstance(value, list):
            for index, row in enumerate(value):
                pairs += flat(row, f"{prefix}{name}-{index}-")
        elif isinstance(value, Mapping):
            pairs += flat(value, f"{prefix}{name}-")
        else:
            pairs.append((prefix + name, str(value).lower() if isinstance(value, bool) else value))
    return pairs


def ways_in(app: Flask, client: Client, api: Callable[[str], Client], folder: Path) -> Any:
    """The doors by name, each opened when it is asked for."""
    return {
        "html": lambda: Html(client),
        "json": lambda: Json(api("secretariat")),
        "import": lambda: Import(app, folder),
    }
