"""What the document allows and forbids is asked of a real server: no fault, nothing untold.

Each operation that kinds of records share is drawn for a few kinds here; all of them, and far more
cases, are in tests/prove/test_fuzzing.py."""

from collections.abc import Iterator
from math import ceil

import pytest

from tests import databases
from tests.api.fuzzing import ASKERS, Site, run, shapes, site

CASES = 500
SHARE = CASES / len(ASKERS) / 2  # of everybody who asks, on either engine


@pytest.fixture(scope="module")
def served(dialect: str) -> Iterator[Site]:
    """One for everybody who asks, on an engine."""
    with site(dialect) as found:
        yield found


@pytest.mark.parametrize("asker", ASKERS)
def test_what_is_drawn_is_answered_as_the_document_says(
    asker: str, dialect: str, served: Site
) -> None:
    shift = ASKERS.index(asker) + len(ASKERS) * (dialect == databases.SQLITE)
    chosen = [
        names[(number + shift) % len(names)]
        for number, names in enumerate(shapes(served.document).values())
        if (number + shift) % len(ASKERS) == 0
    ]
    # One more each, as of some there is only one thing to ask.
    schema = served.schema(asker, phases=["fuzzing"], examples=ceil(SHARE / len(chosen)) + 1)
    outcome = run(schema.include(operation_id=chosen))
    assert outcome.faults == []
    assert outcome.cases >= SHARE
