"""What the tests of the letters ask for: the loaded letters, ready to be questioned."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.letters.reading import Kept, Letters


@pytest.fixture(scope="session")
def kept(dialect: str) -> Kept:
    """What this worker has read of the letters on this engine."""
    return {}


@pytest.fixture
def read(letters: Flask, session: Session, kept: Kept) -> Letters:
    """The letters as anybody reads them on 31 December 2020: `read["T15"]`."""
    return Letters(session, kept=kept)
