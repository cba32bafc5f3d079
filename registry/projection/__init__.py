"""Schema → one SELECT of finished JSON, equal to `schema.dump` (the oracle of the tests)."""

from .compiler import Compiler, current, holds, on_the_day
from .rows import foreign_key
from .selection import WHOLE, Selection
from .views import project, schema_of

__all__ = [
    "WHOLE",
    "Compiler",
    "Selection",
    "current",
    "foreign_key",
    "holds",
    "on_the_day",
    "project",
    "schema_of",
]
