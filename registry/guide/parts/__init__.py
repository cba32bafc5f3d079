"""The parts of the guide, in the order in which somebody needs them."""

from .asking import ASKING, CHOOSING, PAGING, SAVING, TIME, WHOLE
from .dealing import ERRORS, LIMITS, VERSIONING
from .following import FOLLOWING
from .starting import RECORDS, STARTING, TOKENS
from .told import ADDRESS, Example, Part
from .writing import OWN_KEYS, PROPOSING, SAFELY, WRITING

__all__ = ["ADDRESS", "PARTS", "Example", "Part"]

PARTS: tuple[Part, ...] = (
    STARTING,
    TOKENS,
    RECORDS,
    ASKING,
    CHOOSING,
    TIME,
    PAGING,
    WHOLE,
    SAVING,
    WRITING,
    SAFELY,
    OWN_KEYS,
    PROPOSING,
    FOLLOWING,
    ERRORS,
    LIMITS,
    VERSIONING,
)
