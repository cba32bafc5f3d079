"""Noting which open commitments come back in a coming letter."""

from collections.abc import Mapping

from .. import editing
from ..access import Actor, Permission, require
from ..command import command
from ..commitments.schemas import COMMITMENT
from ..errors import Conflict
from ..sources.models import Document
from ..words import Words

SENT = Words(
    "Dit stuk is al verstuurd: alleen wat nog komt, kan toezeggingen krijgen die erin terugkomen.",
    "This document was sent already: only in what is still to come can commitments come back.",
)


@command
def link(
    actor: Actor, letter: Document, shown: Mapping[str, int], chosen: frozenset[str]
) -> tuple[int, int]:
    """Of the commitments that were shown, by the version that was: those chosen come back in the
    letter, the others do not. How many were linked, and how many are no more."""
    require(actor, Permission.RECORD_PUBLISH, letter.record)
    if not letter.planned:
        raise Conflict(SENT)
    linked = gone = 0
    for reference, version in shown.items():
        commitment = editing.one(COMMITMENT, actor, reference)
        here = commitment.expected_in_id == letter.id
        if here == (reference in chosen):
            continue
        payload = {"expectedIn": None if here else letter.reference}
        editing.revise(actor, COMMITMENT, commitment, payload, version=version)
        linked, gone = linked + (not here), gone + here
    return linked, gone
