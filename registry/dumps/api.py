"""GET /dumps: all that is public as files, and the cursor from which to follow."""

import json
from typing import Any

from flask import Flask, Response, request, send_file

from ..api import Resource, answers, conditions, enter
from ..api.openapi.operations import ONE_ERRORS, READ_ERRORS, UNCHANGED, in_json
from ..api.openapi.told import TAGGED
from ..api.problems import answer
from ..api.shell import address
from ..errors import NotFound, RegistryError
from ..words import Words
from . import keeping
from .keeping import MEDIA, Dump, File
from .working import withdrawn

Shape = dict[str, Any]
SOON = 10  # seconds after which a first dump is likely to be there
MOMENT: Shape = {"type": "string", "format": "date-time"}


class NotYet(RegistryError):
    """There is no dump that may be given; one was asked for."""

    status = 404
    title = Words("Nog even geduld", "Not yet")

    def __init__(self) -> None:
        super().__init__(
            Words(
                "Er is nu geen dump. Hij wordt gemaakt; probeer het zo weer.",
                "There is no dump now. It is being made; try again shortly.",
            )
        )


def index() -> Response:
    """GET /dumps."""
    answers.only()
    dump = _served()
    if dump is None:
        return _none_yet()
    text = json.dumps([_told(dump, file) for file in dump.files], ensure_ascii=False)
    return answers.readable(text, conditions.tag_of_list(text), public=True)


@answers.offers(*MEDIA.values())
def show(format: str) -> Response:  # noqa: A002  # the name in the address
    """GET /dumps/{format}."""
    answers.only()
    if format not in MEDIA:
        raise NotFound
    if request.accept_mimetypes and not request.accept_mimetypes.best_match([MEDIA[format]]):
        raise answers.unlike(MEDIA[format])
    for _ in range(2):  # the next one may take its place between the two looks
        dump = _served()
        if dump is None:
            return _later()
        try:
            return _sent(dump, next(file for file in dump.files if file.format == format))
        except FileNotFoundError:
            continue
    return _later()


def _served() -> Dump | None:
    """The dump that is there, unless it holds what was withdrawn since: that cannot wait for the
    worker."""
    dump = keeping.served()
    return None if dump is None or withdrawn(dump) else dump


def _sent(dump: Dump, file: File) -> Response:
    day = dump.made_at[:10]
    name = f"samenwerkingsregister-{day}-{keeping.NAMES[file.format]}"
    response = send_file(
        keeping.place(dump, file),
        MEDIA[file.format],
        as_attachment=True,
        download_name=name,
        etag=file.sha256,
        last_modified=dump.made,
    )
    response.headers.pop("Date", None)  # the server says it
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Link"] = f'<{_following(dump)}>; rel="next"'
    return response


def _following(dump: Dump) -> str:
    return address(f"/changes?cursor={dump.cursor}")


def _none_yet() -> Response:
    keeping.want()
    response = answers.readable("[]", conditions.tag_of_list("[]"), public=True)
    response.headers["Retry-After"] = str(SOON)
    return response


def _later() -> Response:
    keeping.want()
    response = answer(NotYet())
    response.headers["Retry-After"] = str(SOON)
    return response


def _told(dump: Dump, file: File) -> Shape:
    return {
        "format": file.format,
        "url": address(f"/dumps/{file.format}"),
        "mediaType": MEDIA[file.format],
        "size": file.size,
        "sha256": file.sha256,
        "madeAt": dump.made_at,
        "cursor": dump.cursor,
        "changes": _following(dump),
        "counts": dump.counts,
    }


FORMATS: Shape = {"type": "string", "enum": list(MEDIA)}
TELLING: Shape = {
    "type": "object",
    "description": "A file with all that is public (dump).",
    "properties": {
        "format": FORMATS,
        "url": {"type": "string", "format": "uri"},
        "mediaType": {"type": "string"},
        "size": {"type": "integer", "description": "In bytes."},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "madeAt": MOMENT,
        "cursor": {"type": "string", "description": "Of /changes: what came after this."},
        "changes": {"type": "string", "format": "uri", "description": "Where to follow from."},
        "counts": {
            "type": "object",
            "additionalProperties": {"type": "integer"},
            "description": "How many records there are of each collection.",
        },
    },
}
TELLING["required"] = list(TELLING["properties"])
LATER = {
    "description": "There is no dump now: it is being made (Retry-After).",
    "headers": {
        "API-Version": {"$ref": "#/components/headers/API_VERSION"},
        "Retry-After": {"description": "In seconds.", "schema": {"type": "integer"}},
    },
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def _listing() -> Shape:
    files = {"type": "array", "items": {"$ref": "#/components/schemas/DumpFile"}}
    return {
        "operationId": "listDumps",
        "summary": "All that is public, as files (dumps)",
        "description": "Made anew some minutes after a change, and at once when something became "
        "hidden or was erased; until then there is none. Read one, then follow its cursor. No "
        "file: it is being made (Retry-After).",
        "parameters": ["IfNoneMatch"],
        "responses": {
            "200": {"description": "The files.", "headers": TAGGED, **in_json(files)},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            **READ_ERRORS,
        },
        "security": [{}],
    }


def _getting() -> Shape:
    path = {"in": "path", "name": "format", "description": "As which file.", "schema": FORMATS}
    linked = {**TAGGED, "Link": {"$ref": "#/components/headers/LINK"}}
    binary = {"type": "string", "format": "binary"}
    content = {"content": {media: {"schema": binary} for media in MEDIA.values()}}
    return {
        "operationId": "getDump",
        "summary": "One of these files",
        "description": "`ndjson`: a line for each record, `{kind, record}`, gzipped. `csv`: a ZIP "
        "of tables with a field guide. May be fetched in parts (Range); `Link` leads on to what "
        "came after.",
        "parameters": [path, "IfNoneMatch"],
        "responses": {
            "200": {"description": "The file.", "headers": linked, **content},
            "206": {"description": "A part of it.", "headers": linked, **content},
            "304": UNCHANGED,
            "400": "BAD_REQUEST",
            **ONE_ERRORS,
            "416": "REQUESTED_RANGE_NOT_SATISFIABLE",
            "404": LATER,
        },
        "security": [{}],
    }


def register(app: Flask) -> None:
    """Enter the resource."""
    app.extensions["api"][0].shapes.named("DumpFile", lambda: TELLING)
    resource = Resource("/dumps", "All that is public, to start a copy from (dumps).")
    resource.add("", "index", index, _listing(), "GET")
    resource.add("/<format>", "show", show, _getting(), "GET")
    enter(app, resource)
