"""The history proves itself: whatever was changed behind its back is found and named."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from registry import editing
from registry.access import Actor
from registry.initiatives.schemas import INITIATIVE
from registry.kind import Kind
from registry.ledger import Change
from registry.past import verification
from registry.past.verification import Fault
from registry.sources.schemas import DOCUMENT
from tests.factories import Make
from tests.kernel.conftest import full as full  # a fixture is found by its name
from tests.payloads import KINDS, Full

Corrupt = Callable[[str], None]


@pytest.fixture
def corrupt(session: Session) -> Corrupt:
    """Change a row behind the back of the registry."""

    def corrupt(statement: str) -> None:
        session.flush()
        session.execute(text(statement))
        session.expire_all()

    return corrupt


@pytest.fixture
def unguarded(session: Session) -> None:
    """The book without the triggers that keep it."""
    name = session.get_bind().dialect.name
    for verb in ("update", "delete"):
        if name == "sqlite":
            session.execute(text(f"DROP TRIGGER change_no_{verb}"))
    if name == "postgresql":
        session.execute(text("DROP TRIGGER change_no_update ON change"))


def verified(app: Flask) -> Any:
    return app.test_cli_runner().invoke(args=["history", "verify"])


def test_the_history_of_the_letters_is_whole(letters: Flask) -> None:
    result = verified(letters)
    assert result.exit_code == 0, result.output
    assert "De geschiedenis klopt." in result.output


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_filled_in_changed_emptied_and_removed_is_replayed(
    session: Session, full: Full, make: Make, actors: dict[str, Actor], kind: Kind
) -> None:
    secretariat, reference = actors["secretariat"], make.reference(kind.name)
    payload = full.payload(kind.schema())
    for change in (payload, {**payload, **_emptied(payload)}, payload):
        entity = editing.one(kind, secretariat, reference)
        editing.revise(secretariat, kind, entity, change)
    assert verification.verify() is None
    editing.remove(secretariat, kind, entity, reason="dubbel")
    assert verification.verify() is None


def _emptied(payload: dict[str, Any]) -> dict[str, Any]:
    lists = (name for name, value in payload.items() if isinstance(value, list))
    return {name: [] for name in lists if name != "moves"}  # the chain of terms is kept


def test_a_changed_order_of_rows_is_replayed(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    secretariat = actors["secretariat"]
    rows = [{"title": str(year)} for year in range(2018, 2024)]
    entity = make("initiative", editions=rows)
    keys = [{"key": row.key} for row in entity.editions]
    editing.revise(secretariat, INITIATIVE, entity, {"editions": [*keys[3:], *keys[:2]]})
    assert verification.verify() is None


def test_a_passage_whose_words_were_changed_is_the_same_passage(
    session: Session, make: Make, actors: dict[str, Actor]
) -> None:
    document, who = make("document"), actors["secretariat"]
    words = {"document": document.reference, "quote": "eerst", "field": "title", "basis": "stated"}
    make("initiative", sources=[words])
    session.expire_all()
    document = editing.one(DOCUMENT, who, document.reference)
    passages = [{"key": document.passages[0].key, "quote": "later"}]
    editing.revise(who, DOCUMENT, document, {"passages": passages})
    assert verification.verify() is None


CORRUPTIONS = {
    "a changed column": (
        "UPDATE initiative SET goal = 'iets anders'",
        lambda made: Fault(made.reference, "goal", "Rust", "iets anders"),
    ),
    "a changed row": (
        "UPDATE initiative_edition SET motto = 'anders' WHERE title = '2020'",
        lambda made: Fault(made.reference, f"editions[{_key(made)}].motto", None, "anders"),
    ),
    "a lost row": (
        "DELETE FROM initiative_edition WHERE title = '2020'",
        lambda made: Fault(made.reference, f"editions[{_key(made)}].position", 1, None),
    ),
    "a row that was slipped in": (
        "INSERT INTO initiative_edition (parent_id, key, position, title)"
        " SELECT id, 'new', 9, 'x' FROM initiative",
        lambda made: Fault(made.reference, "editions[new].position", None, 9),
    ),
    "a changed pointer": (
        "UPDATE participation SET partner_id = (SELECT min(id) FROM partner)",
        lambda made: Fault(made.reference, "participations[p].partner", "ORG-0004", "ORG-0001"),
    ),
    "a computed day": (
        "UPDATE participation SET effective_from = NULL",
        lambda made: "participations[p]: days",
    ),
    "a copied title": (
        "UPDATE record SET title = 'Anders' WHERE kind = 'initiative'",
        lambda made: Fault(made.reference, "title", "Week", "Anders"),
    ),
    "a changed state": (
        "UPDATE record SET state = 'draft' WHERE kind = 'initiative'",
        lambda made: Fault(made.reference, "workflow", "published", "draft"),
    ),
    "a changed day of publication": (
        "UPDATE record SET published_at = created_at WHERE kind = 'initiative'",
        lambda made: "publishedAt",
    ),
    "a version": (
        "UPDATE record SET version = 9 WHERE kind = 'initiative'",
        lambda made: Fault(made.reference, "version", 2, 9),
    ),
    "a kind": (
        "UPDATE record SET kind = 'theme' WHERE kind = 'initiative'",
        lambda made: Fault(made.reference, "kind", "initiative", "theme"),
    ),
    "a lost external key": (
        "DELETE FROM external_key",
        lambda made: Fault(made.reference, "externalKeys[elders].key", "7", None),
    ),
}


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_what_was_changed_behind_its_back_is_named(
    app: Flask, session: Session, actors: dict[str, Actor], make: Make, corrupt: Corrupt, name: str
) -> None:
    made = _initiative(make, actors["secretariat"])
    assert verification.verify() is None
    statement, expected = CORRUPTIONS[name]
    corrupt(statement)
    fault = verification.verify()
    assert fault is not None
    wanted = expected(made)  # type: ignore[no-untyped-call]
    assert (fault.path if isinstance(wanted, str) else fault) == wanted
    result = verified(app)
    assert result.exit_code == 1
    assert f"{made.reference} {fault.path}: geschiedenis" in result.output


def _initiative(make: Make, who: Actor) -> Any:
    partner = make.reference("partner")
    rows = [{"key": "p", "partner": partner, "role": "lead", "from": "2019"}]
    editions = [{"title": "2019"}, {"title": "2020"}]
    payload = {"title": "Week", "goal": "Rust", "participations": rows, "editions": editions}
    made = editing.create(who, INITIATIVE, payload, external=("elders", "7"))
    return editing.publish(who, INITIATIVE, made)


def _key(made: Any) -> str:
    return str(made.editions[1].key)


@pytest.mark.parametrize(
    ("lost", "missing"),
    [
        ("DELETE FROM change WHERE seq = 1", 1),
        ("DELETE FROM change WHERE seq IN (4, 6)", 4),
        ("DELETE FROM change WHERE seq = (SELECT max(seq) FROM change)", -1),
    ],
)
def test_a_missing_number_is_named(
    session: Session, make: Make, unguarded: None, corrupt: Corrupt, lost: str, missing: int
) -> None:
    make("initiative")
    head = session.scalars(select(Change.seq).order_by(Change.seq.desc())).first() or 0
    corrupt(lost)
    fault = verification.verify()
    assert fault is not None
    assert (fault.reference, fault.path) == ("change", f"seq {missing if missing > 0 else head}")


@pytest.mark.parametrize(
    ("statement", "path"),
    [
        ("UPDATE change SET version = 7 WHERE seq = {last}", "change {last}: version"),
        ("UPDATE change SET reference = 'INI-9' WHERE seq = {last}", "change {last}: version"),
        ("UPDATE change SET changes = '[]' WHERE seq = {first}", "change {last}: audience"),
    ],
)
def test_a_rewritten_history_is_named(
    session: Session, make: Make, unguarded: None, corrupt: Corrupt, statement: str, path: str
) -> None:
    make("initiative", audience="partners")
    first, last = session.scalars(select(Change.seq).order_by(Change.seq)).all()[-2:]
    corrupt(statement.format(first=first, last=last))
    fault = verification.verify()
    assert fault is not None
    assert fault.path == path.format(last=last)


def test_a_number_beyond_the_head_is_named(session: Session, make: Make, corrupt: Corrupt) -> None:
    make("initiative")
    corrupt("UPDATE ledger_head SET seq = seq - 1")
    fault = verification.verify()
    assert fault is not None
    assert fault.reference == "ledger_head"


def test_a_record_without_history_is_named(session: Session, make: Make, corrupt: Corrupt) -> None:
    make("partner")
    corrupt(
        "INSERT INTO record (id, kind, reference, title, sort_title, state, audience, version,"
        " last_seq, created_at, updated_at) SELECT id + 1, kind, 'ORG-0099', title, sort_title,"
        " state, audience, 1, last_seq, created_at, updated_at FROM record"
        " WHERE id = (SELECT max(id) FROM record)"
    )
    assert verification.verify() == Fault("ORG-0099", "version", None, 1)


def test_verifying_asks_no_more_of_more_records(
    session: Session, make: Make, count_queries: Any
) -> None:
    counts = []
    for _ in range(2):
        with count_queries() as queries:
            verification.verify()
        counts.append(len(queries))
        for _ in range(5):
            make("partner")
    assert counts[0] == counts[1]
