"""The printed rights are those that the code guards."""

from pathlib import Path

from registry.access import Permission, View
from registry.permissions import MEANINGS, SIGHT, page


def test_the_page_is_fresh(root: Path) -> None:
    """Stale? Then: `flask --app wsgi permissions > docs/permissions.md`."""
    assert page() == (root / "docs" / "permissions.md").read_text("utf-8")


def test_every_permission_and_every_view_is_said_in_words() -> None:
    assert set(MEANINGS) == set(Permission)
    assert set(SIGHT) == set(View)
