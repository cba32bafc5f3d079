"""Writes: one initiative with four participations, its history and its outbox, in one command;
beside it the bare INSERT of the same rows, and what happens when sixteen clients do everything."""

import gc
import multiprocessing
import sqlite3
import statistics
import time
from dataclasses import dataclass
from typing import Any

import psycopg
from flask import Flask

from bench import filling, words
from registry import access, editing, ledger
from registry.command import command
from registry.db import session
from registry.kind import kind_named

BATCH = 50
WRITER = access.system("bench", "api")
BARE = (
    "record",
    "initiative",
    "initiative_status",
    "initiative_sector",
    "initiative_theme",
    "participation",
    "search_entry",
    "change",
    "outbox",
)
"""The tables that a write puts rows in, what is pointed at first."""


@command
def write(actor: access.Actor, number: int) -> Any:
    """One initiative, and a letter about it in the outbox."""
    made = editing.create(actor, kind_named("initiative"), payload(number))
    ledger.entry(session(), made.record).topics.append(("bench", {"record": made.record.id}))
    return made


def payload(number: int) -> dict[str, Any]:
    """What somebody sends."""
    organisations = filling.PARTNERS[:4]
    return {
        "title": f"Nieuw initiatief {number}",
        "kind": "programme",
        "goal": words.GOAL,
        "summary": words.SUMMARY,
        "statuses": [{"status": "running", "from": "1 juli 2020"}],
        "participations": [
            {"partner": f"ORG-{n:04d}", "role": "participant"} for n in organisations
        ],
        "themes": [{"theme": f"THE-{n:04d}", "basis": "classified"} for n in filling.THEMES[:2]],
        "sectors": [{"sector": f"SEC-{n:04d}", "basis": "classified"} for n in filling.SECTORS[:2]],
    }


def alone(app: Flask, batches: int) -> float:
    """Writes a second, one after the other: the median of batches."""
    found = []
    for batch in range(batches):
        begun = time.perf_counter()
        for number in range(BATCH):
            with app.app_context():
                write(WRITER, batch * BATCH + number)
        found.append(BATCH / (time.perf_counter() - begun))
    return statistics.median(found[1:])


def together(url: str, clients: int, seconds: float) -> float:
    """Writes a second by so many clients at once, each a process of its own."""
    context = multiprocessing.get_context("spawn")
    ready, go = context.Barrier(clients + 1), context.Event()
    counts = context.Queue()
    running = [
        context.Process(target=_client, args=(url, seconds, ready, go, counts))
        for _ in range(clients)
    ]
    for each in running:
        each.start()
    ready.wait()
    go.set()
    total = sum(counts.get() for _ in running)
    for each in running:
        each.join()
    return float(total / seconds)


def _client(url: str, seconds: float, ready: Any, go: Any, counts: Any) -> None:
    app = filling.application(url)
    with app.app_context():
        write(WRITER, 0)
    gc.collect()
    gc.freeze()
    ready.wait()
    go.wait()
    end, done = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        with app.app_context():
            write(WRITER, done)
        done += 1
    counts.put(done)


# --- the bare INSERT of the same rows ---------------------------------------------------------


@dataclass
class Copy:
    """The rows that one write made, to be put in again by hand."""

    table: str
    columns: list[str]
    rows: list[list[Any]]


def bare(url: str, app: Flask, batches: int) -> float:
    """Times a second that the rows of one write go in by hand, each time in one transaction."""
    with app.app_context():
        made = write(WRITER, 1).record.id
    connection: Any = (
        sqlite3.connect(url.removeprefix("sqlite:///"))
        if url.startswith("sqlite")
        else psycopg.connect(url.replace("+psycopg", ""))
    )
    try:
        copies, mark = _copies(connection, made), "?" if "sqlite" in url else "%s"
        return _bare(connection, copies, mark, batches)
    finally:
        connection.close()


def _copies(connection: Any, record: int) -> list[Copy]:
    found = []
    for table in BARE:
        key = {"record": "id", "initiative": "id", "change": "record_id"}.get(table, "parent_id")
        key = {"search_entry": "record_id"}.get(table, key)
        where = f"{key} = {record}"
        if table == "outbox":
            where = f"seq = (SELECT last_seq FROM record WHERE id = {record})"
        cursor = connection.execute(f"SELECT * FROM {table} WHERE {where}")
        columns = [each[0] for each in cursor.description]
        found.append(Copy(table, columns, [list(row) for row in cursor.fetchall()]))
    connection.rollback()
    return found


def _bare(connection: Any, copies: list[Copy], mark: str, batches: int) -> float:
    found, fresh = [], 10**8
    for _ in range(batches):
        begun = time.perf_counter()
        for _ in range(BATCH):
            fresh += 100
            for each in copies:
                _insert(connection, each, fresh, mark)
            connection.commit()
        found.append(BATCH / (time.perf_counter() - begun))
    return statistics.median(found[1:])


def _insert(connection: Any, each: Copy, fresh: int, mark: str) -> None:
    marks = ", ".join([mark] * len(each.columns))
    names = ", ".join(f'"{name}"' for name in each.columns)
    rows = []
    for at, row in enumerate(each.rows):
        told = dict(zip(each.columns, row, strict=True))
        for name in ("id", "parent_id", "record_id", "seq"):
            if name in told:
                told[name] = fresh + (at if name == "id" and "parent_id" in told else 0)
        if each.table == "record":
            told["reference"] = f"INI-{fresh}"
        rows.append([_stored(value) for value in told.values()])
    cursor = connection.cursor()
    cursor.executemany(f"INSERT INTO {each.table} ({names}) VALUES ({marks})", rows)


def _stored(value: Any) -> Any:
    return psycopg.types.json.Json(value) if isinstance(value, list | dict) else value
