"""What the tests of the letters ask for: the loaded letters, ready to be questioned."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.letters.reading import Letters


@pytest.fixture
def read(letters: Flask, session: Session) -> Letters:
    """The letters as anybody reads them on 31 December 2020: `read["T15"]`."""
    return Letters(session)
