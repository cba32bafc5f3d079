"""A form asks the database the same number of questions however many rows it has."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from tests.browsing import SignedIn
from tests.databases import on_sqlite
from tests.factories import Make


@on_sqlite
def test_a_long_form_asks_no_more_than_a_short_one(
    signed_in: SignedIn,
    make: Make,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    partners = [make.reference("partner") for _ in range(8)]
    rows = [{"partner": partner, "role": "participant"} for partner in partners]
    short, long = (make.reference("initiative", participations=rows[:n]) for n in (1, 8))
    secretariat = signed_in("secretariat")
    counts = []
    for reference in (short, long):
        with count_queries() as queries:
            secretariat.page(f"/initiatives/{reference}/edit")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] < 60
