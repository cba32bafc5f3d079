"""The parts of the guide, in the order in which somebody needs them."""

from .asking import ASKING, PAGING, SAVING, TIME
from .dealing import ERRORS, LIMITS, VERSIONING
from .following import FOLLOWING
from .starting import RECORDS, STARTING, TOKENS
from .told import ADDRESS, Example, Part
from .writing import PROPOSING, WRITING

__all__ = ["ADDRESS", "PARTS", "Example", "Part"]

PARTS: tuple[Part, ...] = (
    STARTING,
    TOKENS,
    RECORDS,
    ASKING,
    TIME,
    PAGING,
    SAVING,
    WRITING,
    PROPOSING,
    FOLLOWING,
    ERRORS,
    LIMITS,
    VERSIONING,
)
