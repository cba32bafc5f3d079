"""Rehearsing and reading in, on both engines: a refused row harms no other, and nothing is left."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import tables
from registry.access import Actor, acting_as
from registry.exchange.files import Item
from registry.initiatives.schemas import INITIATIVE
from registry.record import Record
from registry.tables import Fault
from registry.uploads import matching
from registry.uploads.commands import CHANGED, NEW, REFUSED, Rejected, read_in, rehearse
from tests.factories import Make


def items(folder: Path, text: str, who: Actor) -> list[Item]:
    path = folder / "sent.file"
    path.write_text(text)
    faults: list[Fault] = []
    with acting_as(who):
        found = matching.sheets(tables.read(path, "x.csv", faults), INITIATIVE, who)
        made = matching.items(found, INITIATIVE, who, faults)
    assert faults == []
    return made


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Record)) or 0


def test_a_refused_row_stops_the_whole_and_the_others_are_looked_at_all_the_same(
    session: Session, make: Make, actors: dict[str, Actor], tmp_path: Path
) -> None:
    first, second = make("initiative", title="A"), make("initiative", title="B")
    who, before = actors["secretariat"], count(session)
    text = (
        f"reference;title;website\n{first.reference};A2;\n;Fout;geen adres\nk;Nieuw;\n"
        f"{second.reference};B2;\n"
    )
    made = items(tmp_path, text, who)
    found = rehearse(who, INITIATIVE, made, "nl")
    assert [outcome.what for outcome in found] == [CHANGED, REFUSED, NEW, CHANGED]
    assert count(session) == before


def test_what_was_rehearsed_is_what_is_read_in(
    session: Session, make: Make, actors: dict[str, Actor], tmp_path: Path
) -> None:
    first = make("initiative", title="A")
    who, before = actors["secretariat"], count(session)
    made = items(tmp_path, f"reference;title\n{first.reference};A2\n;Nieuw\n", who)
    rehearsed = rehearse(who, INITIATIVE, made, "nl")
    done = read_in(who, INITIATIVE, made, "nl", {})
    assert [o.what for o in done] == [o.what for o in rehearsed] == [CHANGED, NEW]
    assert count(session) == before + 1


def test_nothing_is_read_in_where_one_row_is_refused(
    session: Session, make: Make, actors: dict[str, Actor], tmp_path: Path
) -> None:
    first = make("initiative", title="A")
    who, before = actors["secretariat"], count(session)
    text = f"reference;title;website\n;Nieuw;\n{first.reference};A;geen adres\n"
    made = items(tmp_path, text, who)
    with pytest.raises(Rejected):
        read_in(who, INITIATIVE, made, "nl", {})
    session.expire_all()
    assert count(session) == before
