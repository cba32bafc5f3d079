"""The list of a kind: what can be asked of it, and in which forms it is answered."""

from dataclasses import dataclass
from typing import Any

from flask import Response, request

from .. import listing
from ..access import Actor
from ..errors import Invalid
from ..kind import Kind
from ..listing import Question
from . import answers, conditions, paging, streams
from .bodies import JSON
from .callers import caller
from .problems import Refused
from .validators import by_standing


@dataclass(frozen=True)
class Lists:
    """The endpoints of the list of one kind."""

    kind: Kind

    @by_standing
    @answers.offers(*streams.OFFERED)
    def index(self) -> Response:
        """GET /{collection}."""
        actor, media = caller(), streams.form()
        try:
            question = self._asked(actor, media)
            if media != JSON:
                return streams.streamed(self.kind, actor, question, media)
            page = listing.page(self.kind, actor, question)
        except Invalid as error:
            raise Refused("query", error.errors) from error
        path = f"/{self.kind.collection}"
        headers = {"Link": paging.links(path, page.next_cursor, page.prev_cursor)}
        if page.total is not None:
            headers["Total-Count"] = str(page.total)
        text = f"[{','.join(page.items)}]"
        tag = conditions.tag_of_list(f"{text}{headers}")
        return answers.readable(text, tag, public=not actor.signed_in, headers=headers)

    def _asked(self, actor: Actor, media: str) -> Question:
        """The question, and that its form can hold what it asks. Raises Invalid."""
        args = request.args.to_dict(flat=False)
        refused = streams.refused(media).items()
        errors: dict[str, Any] = {name: [why] for name, why in refused if name in args}
        left = {name: values for name, values in args.items() if name not in errors}
        try:
            question = listing.ask(self.kind, actor, left)
        except Invalid as error:
            raise Invalid({**error.errors, **errors}) from error
        if errors:
            raise Invalid(errors)
        return question
