"""One change of a record as any resource makes it: at once, or as a proposal."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import Response

from .. import editing, workflow
from ..access import require
from ..kind import Kind
from ..workflow import Revision
from . import revisions
from .callers import caller


class Proposed(NamedTuple):
    """A change of what is published, which waits to be judged."""

    kind: Kind
    entity: Any
    revision: Revision

    def response(self) -> Response:
        """The answer 202 with the revision, and where it is."""
        return revisions.proposed(self.kind, self.entity, self.revision, caller())


def allow(kind: Kind, entity: Any) -> bool:
    """Whether what this caller changes here is a proposal. Raises Forbidden, or NotFound."""
    proposing = workflow.proposes(caller(), kind, entity.record)
    if not proposing:
        require(caller(), kind.edit, entity.record)
    return proposing


def change(
    kind: Kind, entity: Any, payload: Any, *, version: int | None, reason: str | None
) -> Proposed | None:
    """Change a record on behalf of the caller, or propose that."""
    asked: Mapping[str, Any] = {"version": version, "reason": reason}
    if not allow(kind, entity):
        editing.revise(caller(), kind, entity, payload, **asked)
        return None
    made = workflow.propose(caller(), kind, entity, payload, **asked)
    return Proposed(kind, entity, made)
