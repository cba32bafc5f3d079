"""Tens of thousands of cases by schemathesis: every operation, every phase, by everybody who asks.

A part is some of the collections, with all that can be done there: what one operation makes,
another reads, changes and removes. A part stands alone: `make prove ARGS="-k part3"`."""

import pytest

from tests.api.fuzzing import EVERY_PHASE, NOBODY, run, site, tags

pytestmark = pytest.mark.prove

PARTS = 8
CASES = 20_000
"""At least so many per database."""
PLANS = {
    # Coverage asks each operation thousands of things, of which who may do least refuses most.
    "secretariat": (EVERY_PHASE, 20),
    "member": (("fuzzing", "stateful"), 12),
    NOBODY: (("fuzzing",), 6),
}


@pytest.mark.parametrize("part", range(PARTS), ids=lambda part: f"part{part}")
def test_every_answer_is_as_the_document_says(part: int, dialect: str) -> None:
    faults, cases = [], 0
    with site(dialect) as found:
        for asker, (phases, examples) in PLANS.items():
            schema = found.schema(asker, phases=phases, examples=examples)
            outcome = run(schema.include(tag=tags(schema)[part::PARTS]))
            faults += [f"{asker}: {fault}" for fault in outcome.faults]
            cases += outcome.cases
    assert faults == []
    assert cases >= CASES / PARTS
