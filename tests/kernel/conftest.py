"""What several tests of the kernel ask for."""

from functools import cache

import pytest
from sqlalchemy.orm import Session

from registry.kind import Kind
from tests.factories import Make
from tests.payloads import Full


@pytest.fixture
def full(session: Session, make: Make) -> Full:
    """Fills in every field; all pointers to a kind point at the same new record of it."""

    @cache
    def point_at(kind: Kind) -> str:
        return make.reference(kind.name)

    return Full(point_at)
