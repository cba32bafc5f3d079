"""An initiative of a member at each step of its way."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry import editing, workflow
from registry.initiatives.schemas import INITIATIVE
from tests.factories import Make
from tests.workflow.cases import Actors, ready


@pytest.fixture
def draft(session: Session, make: Make, actors: Actors) -> Any:
    return make("initiative", by="member", state="draft", **ready(make, actors))


@pytest.fixture
def submitted(draft: Any, actors: Actors) -> Any:
    return workflow.submit(actors["member"], INITIATIVE, draft, version=draft.record.version)


@pytest.fixture
def published(submitted: Any, actors: Actors) -> Any:
    return editing.publish(actors["secretariat"], INITIATIVE, submitted)
