"""Tens of thousands of cases by schemathesis: every operation, every phase, by everybody who asks.

A part is some of the collections, with all that can be done there: what one operation makes,
another reads, changes and removes. A part stands alone: `make prove ARGS="-k part3"`."""

from collections.abc import Iterator, Sequence

import pytest

from tests.api.fuzzing import EVERY_PHASE, NOBODY, SEED, parts, run, site

pytestmark = pytest.mark.prove

PARTS = 8
CASES = 20_000
"""At least so many per database."""
PLANS = {
    # Coverage tries every limit of every field: who may do everything gets past the door with it.
    "secretariat": (EVERY_PHASE, 6),
    "member": (("fuzzing", "stateful"), 3),
    NOBODY: (("fuzzing",), 2),
}
MORE = (("fuzzing",), 30)
"""What else the secretariat draws where a part has few operations, with other luck each time."""


@pytest.mark.parametrize("part", range(PARTS), ids=lambda part: f"part{part}")
def test_every_answer_is_as_the_document_says(part: int, dialect: str) -> None:
    cases = 0
    with site(dialect) as found:
        chosen = parts(found.document, PARTS)[part]
        for turn, (asker, (phases, examples)) in enumerate(_turns()):
            if turn >= len(PLANS) and cases >= CASES / PARTS:
                break
            schema = found.schema(asker, phases=phases, examples=examples, seed=SEED + turn)
            outcome = run(schema.include(tag=chosen))
            assert not outcome.faults, f"{asker}:\n" + "\n\n".join(outcome.faults)
            cases += outcome.cases
    assert cases >= CASES / PARTS


def _turns() -> Iterator[tuple[str, tuple[Sequence[str], int]]]:
    yield from PLANS.items()
    yield from [("secretariat", MORE)] * 20
