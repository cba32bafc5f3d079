"""Other forms of what an endpoint answers as JSON: higher rooms enter them, a caller asks for one
by its media type."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, g, request

from .answers import OFFERED
from .conditions import in_form

Tree = dict[str, Any]


@dataclass(frozen=True)
class Alternate:
    """Another form: its media type, what makes it of the JSON, and what is told of it."""

    media: str
    made: Callable[[Tree], Tree]
    told: str


entered: dict[str, Alternate] = {}
"""By endpoint; they enter before the endpoints do."""


def asked(view: Callable[..., Response]) -> Alternate | None:
    """The other form that this request asks for, if it does."""
    found = entered.get(request.endpoint or "")
    if found is None or not request.accept_mimetypes:
        return None
    offered = (*getattr(view, "offered", OFFERED), found.media)
    if request.accept_mimetypes.best_match(offered) != found.media:
        return None
    g.form = found.media.partition("/")[2]
    return found


def given(response: Response, form: Alternate) -> Response:
    """The answer in this form, with a validator of its own. What is no record stays as it is."""
    if response.status_code == 200:
        tree = form.made(json.loads(response.get_data()))
        response.set_data(json.dumps(tree, ensure_ascii=False))
        response.mimetype = form.media
    if "ETag" in response.headers:
        response.headers["ETag"] = in_form(response.headers["ETag"])
    return response


def described(endpoint: str, told: Tree) -> Tree:
    """The description of an operation with its other form, where it has one."""
    if (found := entered.get(endpoint)) is None:
        return told
    answer = told["responses"]["200"]
    shape = {"schema": {"type": "object", "description": found.told}}
    content = {**answer["content"], found.media: shape}
    return {**told, "responses": {**told["responses"], "200": {**answer, "content": content}}}
