"""The screen of holders."""

from flask import Blueprint, render_template, request

from .. import web
from ..themes.schemas import CAUSE, VIEW
from ..web import beside
from . import pages
from .queries import whole

holders = web.pages(Blueprint("holders", __name__, url_prefix="/views/by-holder"))


@holders.get("")
def index() -> str:
    """Everybody side by side, or one of them."""
    found = whole()
    asked = request.args.get("holder", "")
    known = {holder.key for holder in found.holders}
    page = pages.page(found, asked if asked in known else "")
    return render_template("admin/page.html", page=page)


beside(CAUSE, pages.TITLE, "holders.index")
beside(VIEW, pages.TITLE, "holders.index")
