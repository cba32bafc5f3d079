"""A file as the answer to who asked for it."""

from flask import Response

from .working import Copy


def sent(made: Copy) -> Response:
    """A file to keep, that no browser shows or keeps for others."""
    answer = Response(made.data, mimetype=made.mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
