"""The normative modules: none of what they are about is here, so there is nothing to follow."""

import re

from tests import databases
from tests.rules.walking import Walk

pytestmark = databases.on_sqlite

ON_EARTH = re.compile(
    r"geometr|geojson|latitude|longitude|\bbbox|\bcrs\b|coordinate", re.IGNORECASE
)


def media(walk: Walk) -> set[str]:
    """Every media type that is sent or answered."""
    found: set[str] = set()
    for _, _, operation in walk.contract.operations():
        found |= set(operation.get("requestBody", {}).get("content", {}))
        for told in operation["responses"].values():
            found |= set(walk.contract.resolved(told).get("content", {}))
    return found


def test_core_modules_geospatial(walk: Walk) -> None:
    """No place on earth is told by its coordinates."""
    assert [name for name, _ in walk.properties() if ON_EARTH.search(name)] == []
    assert "application/geo+json" not in media(walk)


def test_core_modules_signing(walk: Walk) -> None:
    assert not {name for name in media(walk) if "jose" in name or "jws" in name}


def test_core_modules_encryption(walk: Walk) -> None:
    assert not {name for name in media(walk) if "jwe" in name or "pkcs7" in name}
