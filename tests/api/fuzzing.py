"""schemathesis against a real server: what is drawn, by whom it is asked, and what it found."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from flask import Flask
from schemathesis import HookContext, Response
from schemathesis.core.failures import Failure
from schemathesis.engine import Status, events, from_schema
from schemathesis.schemas import BaseSchema
from sqlalchemy import select

from registry import create_app
from registry.db import session
from registry.kind import kinds
from registry.record import Record
from registry.tokens.commands import issue
from tests import databases, people
from tests.api.contract import ROOT
from tests.api.excuses import Case, excused, with_open_lists
from tests.serving import UNLIMITED, in_a_thread

SEED = 25883
NOBODY = "nobody"
ASKERS = ("secretariat", "member", NOBODY)
EVERY_PHASE = ("examples", "coverage", "fuzzing", "stateful")
METHODS = {"get", "put", "post", "patch", "delete"}
REAL = 7  # of eight references that are drawn are of a record that is there


@dataclass
class Outcome:
    """How many cases were asked, how they were answered, and what is wrong."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        """How many there were."""
        return self.statuses.total()


class Site:
    """A server on a copy of the letters of its own: nothing that is written there is missed."""

    def __init__(self, port: int, app: Flask) -> None:
        self.url = f"http://127.0.0.1:{port}{ROOT}"
        self.tokens, self.known = _tokens(app), _known(app)
        document = app.test_client().get(f"{ROOT}/openapi.json").get_json()
        self.document = with_open_lists(document)
        self.turns = itertools.count()

    def schema(
        self, asker: str, *, phases: Sequence[str], examples: int, seed: int = SEED
    ) -> BaseSchema:
        """The document as `asker` tries it out."""
        config = schemathesis.Config.from_dict(
            {
                "seed": seed,
                "continue-on-failure": True,
                "request-timeout": 60,  # a machine may have much else to do
                "base-url": self.url,
                "headers": self._headers(asker),
                "generation": {"max-examples": examples, "database": "none"},
                "phases": {name: {"enabled": name in phases} for name in EVERY_PHASE},
            }
        )
        schema = schemathesis.openapi.from_dict(deepcopy(self.document), config=config)

        @schema.hook
        def map_case(context: HookContext, case: Case) -> Case:
            return self._real(case)

        @schema.hook
        def filter_failure(
            context: HookContext, failure: Failure, case: Case, response: Response
        ) -> bool:
            return not excused(failure, case, response)

        return schema

    def _headers(self, asker: str) -> dict[str, str]:
        token = self.tokens.get(asker)
        return {"Authorization": f"Bearer {token}"} if token else {}

    def _real(self, case: Case) -> Case:
        """Most references in an address, and tags of records, are made those of what is there: a
        body that is drawn is not read where the record is not found."""
        turn = next(self.turns)
        known = self.known.get(case.path.split("/")[1], [])
        if "reference" in case.path_parameters and known and turn % 8 < REAL:
            case.path_parameters["reference"] = known[turn % len(known)]
        if "If-Match" in case.headers and turn % 8 < REAL:
            case.headers["If-Match"] = "*"
        return case


@contextmanager
def site(dialect: str) -> Iterator[Site]:
    """One on its own database."""
    with databases.copy(dialect, databases.LETTERS) as url:
        app = create_app({**databases.settings(url), **UNLIMITED, "TESTING": False})
        with in_a_thread(app) as port:
            yield Site(port, app)
        app.extensions["engine"].dispose()


def _tokens(app: Flask) -> dict[str, str]:
    with app.app_context():
        actors = people.actors()
        named = [name for name in ASKERS if name != NOBODY]
        return {name: issue(actors[name], people.account(name), "fuzzing") for name in named}


def _known(app: Flask) -> dict[str, list[str]]:
    """The references of the letters by collection."""
    collections = {kind.name: kind.collection for kind in kinds()}
    known: dict[str, list[str]] = {}
    with app.app_context():
        for kind, reference in session().execute(select(Record.kind, Record.reference)):
            known.setdefault(collections[kind], []).append(reference)
    return {name: sorted(references) for name, references in known.items()}


def run(schema: BaseSchema) -> Outcome:
    """Ask all that is drawn."""
    outcome = Outcome()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            _read(event, outcome)
        elif isinstance(event, events.NonFatalError):
            outcome.faults.append(f"{event.label}: {event.value}")
        elif isinstance(event, events.FatalError):
            raise event.exception
    return outcome


def _read(event: events.ScenarioFinished, outcome: Outcome) -> None:
    recorder = event.recorder
    for case_id, interaction in recorder.interactions.items():
        response = interaction.response
        outcome.statuses[response.status_code if response else 0] += 1
        for check in recorder.checks.get(case_id, []):
            if check.status == Status.FAILURE and check.failure_info:
                found = check.failure_info
                answer = response.content[:600] if response else b""
                said = f"{check.name} of {recorder.label}: {found.failure.message}"
                outcome.faults.append(f"{said}\n{found.code_sample}\n{answer!r}")


def shapes(document: dict[str, Any]) -> dict[str, list[str]]:
    """The names of operations by what they do: kinds of records share their operations."""
    collections = "|".join(kind.collection for kind in kinds())
    found: dict[str, list[str]] = {}
    for path, item in document["paths"].items():
        shape = re.sub(rf"^/({collections})(?=/|$)", "/*", path)
        for method in METHODS & item.keys():
            found.setdefault(f"{method} {shape}", []).append(item[method]["operationId"])
    return dict(sorted(found.items()))


def parts(document: dict[str, Any], count: int) -> list[list[str]]:
    """The collections, and what else there is, in so many parts of about as many operations."""
    sizes: Counter[str] = Counter()
    for item in document["paths"].values():
        for method in METHODS & item.keys():
            sizes.update(item[method]["tags"])
    found: list[list[str]] = [[] for _ in range(count)]
    for tag, _ in sorted(sizes.items(), key=lambda each: (-each[1], each[0])):
        min(found, key=lambda part: sum(sizes[one] for one in part)).append(tag)
    return found
