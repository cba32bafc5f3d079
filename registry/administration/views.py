"""The screens of administration: vocabularies, and how vague words are read."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from .. import web
from ..access import Permission, can, require
from ..web import actor
from . import conventions, vocabularies

admin = web.pages(Blueprint("admin", __name__, url_prefix="/admin"))


@admin.get("")
def index() -> ResponseReturnValue:
    """The first part that this reader may use."""
    require(actor(), Permission.VOCABULARY_EDIT)
    first = "people" if can(actor(), Permission.PEOPLE_MANAGE) else "vocabularies"
    return redirect(url_for(f"admin.{first}"))


both = ["GET", "POST"]
admin.add_url_rule("/vocabularies", "vocabularies", vocabularies.index)
admin.add_url_rule("/vocabularies/<name>", "vocabulary", vocabularies.show)
admin.add_url_rule("/vocabularies/<name>/new", "new_term", vocabularies.new, methods=both)
admin.add_url_rule("/vocabularies/<name>/terms/<code>", "term", vocabularies.edit, methods=both)
admin.add_url_rule("/reading-conventions", "conventions", conventions.index)
admin.add_url_rule("/reading-conventions/words/<word>", "window", conventions.window, methods=both)
admin.add_url_rule("/reading-conventions/recess", "recess", conventions.recess, methods=both)
admin.add_url_rule(
    "/reading-conventions/<int:number>/remove", "drop", conventions.drop, methods=["POST"]
)
