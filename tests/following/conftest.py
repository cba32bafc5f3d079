"""What the tests of the feed share."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Api
from tests.following.following import Follower

Follow = Callable[..., Follower]


@pytest.fixture
def follow(api: Api) -> Callable[..., Follower]:
    """Somebody who is in step: `follow("member")`."""

    def follow(who: str = "public", **asked: Any) -> Follower:
        follower = Follower(api(who), "now", **asked)
        follower.news()
        return follower

    return follow
