"""flask-smorest for this API: its routes and its document, without its handling of errors.

Errors are problem+json everywhere, so the two methods that promise or do otherwise are replaced.
"""

import json
from collections.abc import Callable
from functools import cached_property
from http import HTTPStatus
from typing import Any

from flask import Blueprint as FlaskBlueprint
from flask import Flask, Response
from flask_smorest import Api, Blueprint
from flask_smorest.spec.plugins import FlaskPlugin

from ...extensions import csrf
from .. import alternates, retiring
from ..answers import bare, readable
from ..conditions import tag_of_list
from ..problems import MEDIA
from ..shell import DOCS, ROOT, VERSION, door
from .problem import ProblemSchema
from .reuse import reused
from .safely import CHANGING, safely
from .shapes import Shapes
from .told import CONTACT_NAME, HEADERS, INTRODUCTION, LICENCE, LIMITED, MOVED, PARAMETERS, TITLE


class _Paths(FlaskPlugin):
    """Paths in the document are relative to the address of the server, which ends in /v1."""

    def path_helper(self, rule: Any, operations: Any, parameters: Any, **kw: Any) -> str:
        path: str = super().path_helper(rule, operations, parameters, **kw)
        return path.removeprefix(ROOT) or "/"


class Resource(Blueprint):
    """The routes of one resource. Its name among the blueprints is apart from the screens'."""

    def __init__(self, path: str, description: str) -> None:
        self.tag = path.strip("/") or "root"
        super().__init__(
            f"api-{self.tag}", __name__, url_prefix=ROOT + path, description=description
        )

    def add(
        self, rule: str, name: str, view: Callable[..., Response], told: dict[str, Any], method: str
    ) -> None:
        """Enter a route: `view` answers `method`, `told` describes it in the document."""
        changes = method in CHANGING
        bounds = (413, 414, 415, 429) if changes else (414, 429)
        common: dict[str, Any] = {str(status): HTTPStatus(status).name for status in bounds}
        if "<reference>" in rule:
            common |= {"308": "MOVED", "410": "GONE"}
        told = alternates.described(f"{self.name}.{name}", told)
        if changes and "requestBody" not in told:
            view = bare(view)
        told = safely({**told, "responses": {**common, **told["responses"]}}, method)
        entered = self.doc(**retiring.told(told))(retiring.announced(door(view), told))
        entered.__doc__ = None
        self.add_url_rule(rule, name, entered, methods=[method], tags=[self.tag])

    def slashed(self, rule: str, name: str, view: Callable[..., Response]) -> None:
        """Enter a second form of an address, which the document does not tell."""
        FlaskBlueprint.add_url_rule(self, rule, name, door(view))


class Document(Api):
    """The API of one app, and its OpenAPI document."""

    shapes: Shapes

    def __init__(self, app: Flask) -> None:
        app.config.setdefault("OPENAPI_URL_PREFIX", ROOT)
        super().__init__(app, spec_kwargs=_outline(app))
        self.shapes = Shapes(self.spec.components.schema)
        for name, header in HEADERS.items():
            self.spec.components.header(name, header)
        for name, parameter in PARAMETERS.items():
            self.spec.components.parameter(name, parameter["in"], parameter)
        scheme = {"type": "http", "scheme": "bearer", "description": "A personal access token."}
        self.spec.components.security_scheme("bearer", scheme)

    def enter(self, resource: Resource) -> None:
        """Enter a resource in the app and in the document."""
        csrf.exempt(resource)
        self._app.extensions["flask-smorest"]["blp_name_to_api"][resource.name] = self
        self._app.register_blueprint(resource)
        resource.register_views_in_doc(
            self, self._app, self.spec, name=resource.name, parameters=None
        )
        self.spec.tag({"name": resource.tag, "description": resource.description})

    def _register_error_handlers(self) -> None:
        """Leave the errors of the screens alone: `door` and the shell answer those of the API."""

    def _register_responses(self) -> None:
        schema = {"schema": ProblemSchema}
        for status in HTTPStatus:
            if status >= 400:
                told = {"description": status.phrase, "content": {MEDIA: schema}}
                if status == HTTPStatus.TOO_MANY_REQUESTS:
                    told["headers"] = LIMITED
                self.spec.components.response(status.name, told, lazy=True)
        self.spec.components.response("MOVED", MOVED)
        told = {"description": "Any other problem", "content": {MEDIA: schema}}
        self.spec.components.response(self.DEFAULT_ERROR_RESPONSE_NAME, told, lazy=True)

    @cached_property
    def content(self) -> dict[str, Any]:
        """The document; it is asked for when everything has been entered."""
        # Anew: the demo learns the address that it serves at when the app is there already.
        place = placed(self._app.config["PUBLIC_URL"], self._app.config["CONTACT_EMAIL"])
        whole = self.spec.to_dict()
        whole["info"] |= place.pop("info")
        return reused(whole | place)

    @cached_property
    def text(self) -> str:
        """The document as JSON."""
        return json.dumps(self.content, ensure_ascii=False)

    def _openapi_json(self) -> Response:
        return door(self._document)()

    def _document(self) -> Response:
        return readable(self.text, tag_of_list(self.text), public=True)


def placed(public: str, email: str) -> dict[str, Any]:
    """What the document tells of the place where it is published, and of whom to ask there."""
    public = public.rstrip("/")
    return {
        "info": {"contact": {"name": CONTACT_NAME, "url": public, "email": email}},
        "externalDocs": {"url": f"{public}{ROOT}{DOCS}", "description": "To read (documentatie)."},
        "servers": [{"url": f"{public}{ROOT}"}],
    }


def _outline(app: Flask) -> dict[str, Any]:
    outline = placed(app.config["PUBLIC_URL"], app.config["CONTACT_EMAIL"])
    return {
        "flask_plugin": _Paths(),
        "title": TITLE,
        "version": VERSION,
        "openapi_version": "3.1.0",
        **outline,
        "info": {"description": INTRODUCTION, **outline["info"], "license": LICENCE},
    }
