"""The form of a proposal: opened again on what was proposed, with what is said of it."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from .. import workflow
from ..errors import Invalid
from ..forms import SchemaForm, overtaken
from ..kind import Kind
from ..web.language import lang, say, t
from ..web.shell import actor
from ..words import Words
from ..workflow import Revision, RevisionState, comparing, queries

Page = dict[str, Any]
FIRST = Words(
    "Wat gepubliceerd is blijft staan tot het secretariaat uw voorstel overneemt.",
    "What is published stays until the secretariat adopts your proposal.",
)
WAITS = Words(
    "Uw voorstel wacht op het secretariaat. Hieronder staat wat u voorstelde; wat u bewaart komt "
    "daarvoor in de plaats.",
    "Your proposal waits for the secretariat. Below stands what you proposed; what you save takes "
    "its place.",
)
BACK = Words(
    "Uw voorstel is teruggestuurd. Hieronder staat wat u voorstelde. Pas het aan en dien het "
    "opnieuw in.",
    "Your proposal was sent back. Below stands what you proposed. Change it and submit it again.",
)


@dataclass(frozen=True)
class Proposing:
    """Proposing a change of one record; `found` is what this person has proposed already."""

    kind: Kind
    entity: Any
    found: Revision | None

    def form(self) -> SchemaForm:
        """The form, on what was proposed."""
        who, payload = actor(), self.found.payload if self.found else None
        if payload is None:
            return SchemaForm(self.kind, who, lang(), self.entity)
        try:
            proposed, refused = comparing.resulting(self.kind, self.entity, payload), None
        except Invalid as error:
            proposed, refused = comparing.as_written(self.kind, self.entity, payload), error
        form = SchemaForm(self.kind, who, lang(), self.entity, proposed=proposed)
        if refused is not None:
            form.refuse(refused)
        return form

    def page(self, form: SchemaForm) -> Page:
        """What the page of the form says besides."""
        found = self.found
        told = {
            "title": t("Wijziging voorstellen", "Propose a change"),
            "intro": say(FIRST),
            "submit_label": t("Voorstel indienen", "Submit the proposal"),
            "also": None,
        }
        if found is None:
            return told
        returned = found.state == RevisionState.RETURNED
        page: Page = {
            **told,
            "title": t("Verder met uw voorstel", "Go on with your proposal"),
            "intro": say(BACK if returned else WAITS),
            "note": found.note if returned else None,
            "cancel_url": url_for("review.revision", key=found.key),
        }
        if request.method == "GET":
            page["conflict"] = overtaken(form, comparing.overtaken(self.kind, found))
        return page

    def reason(self) -> str:
        """Why, as it was said before."""
        return (self.found.reason if self.found else None) or ""

    def save(self, form: SchemaForm, *, version: int, reason: str | None) -> Revision:
        """Hand it in; what was posted takes the place of what was proposed."""
        payload, who = form.payload(), actor()
        return workflow.propose(
            who,
            self.kind,
            self.entity,
            payload,
            version=version,
            reason=reason,
            without=form.unchanged(),
        )


def of(kind: Kind, entity: Any) -> Proposing | None:
    """Proposing a change; None for who changes the record at once, or not at all."""
    if not workflow.proposes(actor(), kind, entity.record):
        return None
    return Proposing(kind, entity, queries.open_by(actor(), entity.record))
