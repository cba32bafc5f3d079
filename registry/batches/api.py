"""Batches in the JSON API."""

import json

from flask import Flask, Response

from ..api import Resource, answers, costs
from ..api.bodies import JSON, body
from ..api.callers import caller
from ..api.openapi import Document
from ..api.rehearsing import rehearsable
from ..errors import NotSignedIn
from . import describing, reading, running


@rehearsable
def create() -> Response:
    """POST /batches."""
    answers.only("dryRun")
    if not caller().signed_in:
        raise NotSignedIn
    batch = reading.read(body(JSON))
    costs.count_writes(len(batch.operations))
    results = running.run(batch)
    text = json.dumps({"results": results}, ensure_ascii=False)
    response = Response(text, mimetype=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


def register(app: Flask) -> None:
    """Enter the resource."""
    document: Document = app.extensions["api"][0]
    routes = Resource("/batches", "Many changes in one request (partijen).")
    routes.add("", "create", create, describing.told(document), "POST")
    document.enter(routes)
