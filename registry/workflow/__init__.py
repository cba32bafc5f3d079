"""From draft to published: what is submitted, sent back and proposed, and who judges it."""

from .commands import (
    adopt,
    propose,
    proposes,
    retract,
    return_revision,
    send_back,
    submit,
    take_back,
)
from .models import OPEN, Revision, RevisionState

__all__ = [
    "OPEN",
    "Revision",
    "RevisionState",
    "adopt",
    "propose",
    "proposes",
    "retract",
    "return_revision",
    "send_back",
    "submit",
    "take_back",
]
