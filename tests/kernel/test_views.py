"""Whatever is asked of a record, by whom and of which day: the database builds the JSON that the
schema would have built."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from typing import Any

import orjson
import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import case, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from registry import clock
from registry.access import View, acting_as
from registry.fields import Text as TextField
from registry.kind import Kind, kind_named, kinds_in_order
from registry.projection import WHOLE, Selection, project, schema_of
from registry.projection.dialects import MOST, Json
from registry.projection.selection import members, paths
from registry.record import Audience, Record
from registry.schema import loading
from tests import people
from tests.factories import Make
from tests.payloads import Full

HOSTILE = (
    'een "aanhaling" en \\ een schuine \\" streep \\u0041 \\n',
    "O'Brien''s; DROP TABLE record; --",
    "</script><script>alert(1)</script><!-- ]]> &amp; <b>vet</b>",
    "😀👩‍👩‍👧‍👦 🏳️‍🌈 \U0010fffd",
    "שלום \u200fomgekeerd\u200e مرحبا",
    "100% {{ 7*7 }} {% x %} ${y} %s %(a)s %% :name ?1 $1",
    "a\u2028b\u2029c é e\u0301 \u00a0\u200b",
    "tab\ten\nregel",
    "null",
    '{"a": [1, 2]}',
    "0",
    "x" * 10_000,
)
DAYS = (date(1, 1, 1), date(2020, 12, 31), date(2021, 7, 1), date(9999, 12, 31))
NAMES = tuple(kind.name for kind in kinds_in_order())
RECORDS: Any = Record.__table__  # not by its model, as a bulk change of records is refused


@dataclass(frozen=True)
class Asked:
    """One question: of a record of a kind, with everything filled in (`of` is "made") or next to
    nothing ("bare"), by somebody, on a day, while some kinds are hidden."""

    kind: str
    who: str
    selection: Selection
    day: date
    hidden: frozenset[str]
    of: str = "made"


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    kind = kind_named(draw(st.sampled_from(NAMES))).dictionary
    who = draw(st.sampled_from(people.EVERYBODY))
    view = View.SECRETARIAT if who in ("secretariat", "administrator") else View.PUBLIC
    expand = draw(st.lists(st.sampled_from([*paths(kind, view)]), max_size=3))
    roots = [path.split(".")[0] for path in expand]
    names = st.lists(st.sampled_from(members(kind, view)), min_size=1, max_size=8)
    fields = draw(st.one_of(st.just([]), names.map(lambda chosen: [*chosen, *roots])))
    hidden = draw(st.frozensets(st.sampled_from(NAMES), max_size=3))
    selection = Selection.of(fields, expand)
    name, day = kind_of(kind), draw(st.sampled_from(DAYS))
    of = draw(st.sampled_from(("made", "bare")))
    return Asked(name, who, selection, day, hidden - {name}, of)


def kind_of(schema: Any) -> str:
    return next(kind.name for kind in kinds_in_order() if kind.dictionary is schema)


class World:
    """A record of every kind with everything filled in, which points at those before it and is
    kept by one of them. All that they speak of is loaded, so that a dump asks for nothing."""

    def __init__(self, session: Session, make: Make, texts: tuple[str, ...]) -> None:
        self.session, self.actors = session, make.actors
        self.dialect = session.get_bind().dialect.name
        self.made: dict[str, str] = {}
        self.bare = {name: make.reference(name) for name in NAMES}
        self.typed: set[str] = set()
        following = cycle(texts)

        def typed(field: TextField) -> str:
            text = next(following)
            text = text if field.multiline else " ".join(text.split()) or "x"
            self.typed.add(text[: field.max_length].strip())
            return text

        def point_at(kind: Kind) -> str:
            return self.made.get(kind.name) or self.made.setdefault(
                kind.name, make.reference(kind.name)
            )

        for kind in kinds_in_order():
            payload = Full(point_at, text=typed).payload(kind.schema())
            if "asOf" in payload:
                payload["asOf"] = "2022-01-01"  # by then all the others have begun
            self.made[kind.name] = make.reference(kind.name, payload=payload)
        self._keep()
        self.entities = {kind.name: self._entities(kind) for kind in kinds_in_order()}

    def _keep(self) -> None:
        of = select(Record.id).where(Record.reference == self.made["partner"])
        keeper = self.session.scalars(of).one()
        theirs = RECORDS.c.reference.in_(self.made.values()) & (RECORDS.c.id != keeper)
        self.session.execute(update(RECORDS).where(theirs).values(keeper_id=keeper))
        self.session.expunge_all()

    def _entities(self, kind: Kind) -> dict[str, Any]:
        query = select(kind.model).options(*loading(kind.dictionary, kind.model))
        return {entity.reference: entity for entity in self.session.scalars(query)}

    def hide(self, hidden: frozenset[str]) -> None:
        """Show these kinds to the secretariat only, and the others to everybody."""
        concerned = RECORDS.c.reference.in_([self.made[name] for name in hidden])
        audience = case((concerned, Audience.SECRETARIAT), else_=Audience.PUBLIC)
        ours = RECORDS.c.reference.in_([*self.made.values(), *self.bare.values()])
        self.session.execute(update(RECORDS).where(ours).values(audience=audience))
        for name, reference in self.made.items():
            told = Audience.SECRETARIAT if name in hidden else Audience.PUBLIC
            set_committed_value(self.entities[name][reference].record, "audience", told)
        for name, reference in self.bare.items():
            set_committed_value(self.entities[name][reference].record, "audience", Audience.PUBLIC)

    def of(self, asked: Asked) -> str:
        """The reference of the record that is asked for."""
        references = {"made": self.made, "bare": self.bare}
        return references[asked.of][asked.kind]

    def built(self, asked: Asked) -> Any:
        """What the database builds."""
        kind, actor = kind_named(asked.kind), self.actors[asked.who]
        query = project(kind.dictionary, actor, self.dialect, selection=asked.selection)
        query = query.where(Record.reference == self.of(asked))
        with acting_as(actor), clock.seen_as_of(asked.day):
            return orjson.loads(self.session.scalars(query).one())

    def dumped(self, asked: Asked) -> Any:
        """What the schema makes of it."""
        actor = self.actors[asked.who]
        twin = schema_of(kind_named(asked.kind).schema, actor.view, asked.selection)
        with acting_as(actor), clock.seen_as_of(asked.day):
            dump = twin.dump(self.entities[asked.kind][self.of(asked)])
        return orjson.loads(orjson.dumps(dump))

    def judge(self, asked: Asked) -> Any:
        """What is answered, which must be the same by both."""
        self.hide(asked.hidden)
        built = self.built(asked)
        assert built == self.dumped(asked)
        if asked.selection.fields:
            assert set(built) <= set(asked.selection.fields)
        return built


def strings(tree: Any) -> Iterator[str]:
    """Every text in some JSON."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict | list):
        for inner in tree.values() if isinstance(tree, dict) else tree:
            yield from strings(inner)


def judged(world: World, examples: int) -> Callable[[], None]:
    """Asks so many questions of a world, each time the same ones."""

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],  # an example is a whole world: making it smaller takes minutes
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(questions())
    def judged(asked: Asked) -> None:
        world.judge(asked)

    return judged


def test_hostile_text_in_everything_reads_the_same_whatever_is_asked(
    session: Session, make: Make
) -> None:
    world = World(session, make, HOSTILE)
    found: set[str] = set()
    for name in NAMES:
        whole = Asked(name, "secretariat", WHOLE, DAYS[1], frozenset())
        found.update(strings(world.judge(whole)))
    nothing = Selection.of([], ["keeper.keeper", "document"])
    bare = world.judge(Asked("indicator", "public", nothing, DAYS[1], frozenset(), "bare"))
    assert bare["document"] is bare["keeper"] is None
    assert set(HOSTILE) & world.typed <= found
    assert len(set(HOSTILE) & world.typed) >= len(HOSTILE) - 1
    judged(world, 8)()


@pytest.mark.prove
def test_every_question_is_answered_as_the_schema_would(session: Session, make: Make) -> None:
    judged(World(session, make, HOSTILE), 600)()


readable = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069",
)  # fmt: skip
lines = st.text(readable, max_size=200).map(lambda text: " ".join(text.split()) or "x")


@pytest.mark.prove
def test_whatever_is_typed_reads_the_same(app: Flask, session: Session, make: Make) -> None:
    @settings(max_examples=30, deadline=None, derandomize=True, database=None,
              phases=[Phase.generate], suppress_health_check=[*HealthCheck])  # fmt: skip
    @given(st.lists(lines, min_size=12, max_size=24))
    def typed(texts: list[str]) -> None:
        session.rollback()
        # A world of its own: no two organisations are called the same.
        with app.extensions["connection"].begin_nested() as passing:
            world = World(session, make, tuple(texts))
            for name in NAMES:
                world.judge(Asked(name, "member", WHOLE, DAYS[2], frozenset()))
            session.rollback()
            passing.rollback()

    typed()


def test_more_members_than_a_function_takes_arguments_make_one_object(session: Session) -> None:
    pairs = [(f"m{number}", number) for number in range(2 * MOST + 3)]
    object_ = Json(session.get_bind().dialect.name).object_
    nested = [*pairs, ("inner", object_(pairs))]
    built: Any = session.scalar(select(object_(nested)))
    told = orjson.loads(built) if isinstance(built, str) else built
    assert [*told.items()] == [*pairs, ("inner", dict(pairs))]


def test_one_question_is_one_view_however_it_is_written() -> None:
    assert Selection.of(["title", "status"], []) == Selection.of(["status", "title", "title"], [])
    asked = Selection.of([], ["participations.partner.parent"])
    assert asked == Selection.of([], ["participations.partner", "participations.partner.parent"])
    assert Selection.of([], []) == WHOLE
