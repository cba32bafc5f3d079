"""The one path of a change: the outermost command commits, or nothing is changed."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.record import Record
from tests.factories import Make


def test_what_a_test_makes_is_there_for_that_test(session: Session, make: Make) -> None:
    before = session.scalar(select(func.count()).select_from(Record))
    assert make("initiative").reference == "INI-0001"
    assert session.scalar(select(func.count()).select_from(Record)) == (before or 0) + 1
