"""The page of one's own work."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from tests.browsing import SignedIn
from tests.databases import on_sqlite
from tests.factories import Make


def test_my_work_is_mine_and_my_organisations(signed_in: SignedIn, make: Make) -> None:
    make("initiative", by="member", state="draft", title="Concept van mij")
    make("initiative", by="member", title="Gepubliceerd van mij")
    make("initiative", by="other_member", state="draft", title="Van een ander")
    page = signed_in("member").page("/mine").text
    assert "Concept van mij" in page
    assert "Gepubliceerd van mij" in page
    assert "Van een ander" not in page


@on_sqlite
def test_my_work_asks_as_many_questions_for_many_records_as_for_one(
    signed_in: SignedIn,
    make: Make,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    member = signed_in("member")
    make("initiative", by="member")
    with count_queries() as few:
        member.page("/mine")
    for _ in range(5):
        make("initiative", by="member", state="draft")
    with count_queries() as many:
        member.page("/mine")
    assert len(many) == len(few)
