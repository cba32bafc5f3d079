"""The list of a kind: what can be asked of it, and in which forms it is answered."""

from dataclasses import dataclass

from flask import Response, request

from .. import listing
from ..errors import Invalid
from ..kind import Kind
from . import answers, conditions, paging
from .callers import caller
from .problems import Refused
from .validators import by_standing


@dataclass(frozen=True)
class Lists:
    """The endpoints of the list of one kind."""

    kind: Kind

    @by_standing
    def index(self) -> Response:
        """GET /{collection}."""
        actor = caller()
        try:
            question = listing.ask(self.kind, actor, request.args.to_dict(flat=False))
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
