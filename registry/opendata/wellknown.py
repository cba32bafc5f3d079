"""What machines look for at an agreed address: the APIs (RFC 9727), whom to tell of a leak
(RFC 9116), and what may be searched (RFC 9309)."""

import json
from datetime import datetime, time, timedelta

from flask import Blueprint, Response, current_app

from .. import clock, web
from ..web.links import of_api
from .facts import ROOT, public_address

wellknown = web.pages(Blueprint("wellknown", __name__))
LINKSET = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
CATALOGUE = "/.well-known/api-catalog"
SECURITY = "/.well-known/security.txt"
VALID = timedelta(days=180)
APART = (
    *("/aanmelden", "/afmelden", "/admin", "/agreements", "/e-mailadres", "/jobs", "/mine"),
    *("/reminders", "/review", "/revisions", "/rounds", "/wachtwoord", "/*/new", "/*/edit"),
)
"""Where people are who sign in, or come by a link in a letter."""


@wellknown.get(CATALOGUE)
def api_catalog() -> Response:
    """The APIs that there are here: one."""
    at = public_address()
    api = {
        "anchor": f"{at}{ROOT}",
        "service-desc": [{"href": f"{at}{ROOT}/openapi.json", "type": "application/json"}],
        "service-meta": [{"href": f"{at}{ROOT}/catalog", "type": "application/ld+json"}],
    }
    if of_api("docs"):
        api["service-doc"] = [{"href": f"{at}{ROOT}/docs", "type": "text/html"}]
    response = Response(json.dumps({"linkset": [api]}))
    response.headers["Content-Type"] = LINKSET
    response.headers["Link"] = f'<{at}{CATALOGUE}>; rel="api-catalog"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@wellknown.get(SECURITY)
def security() -> Response:
    """Whom to tell of a leak; good for half a year, and always for a while."""
    until = datetime.combine(clock.day_of(clock.now() + VALID), time()).isoformat()
    lines = {
        "Contact": f"mailto:{current_app.config['CONTACT_EMAIL']}",
        "Expires": f"{until}Z",
        "Preferred-Languages": "nl, en",
        "Canonical": f"{public_address()}{SECURITY}",
    }
    return _plain("".join(f"{name}: {value}\n" for name, value in lines.items()))


@wellknown.get("/robots.txt")
def robots() -> Response:
    """What need not be searched, and where all the rest is listed."""
    apart = "".join(f"Disallow: {path}\n" for path in APART)
    return _plain(f"User-agent: *\n{apart}\nSitemap: {public_address()}/sitemap.xml\n")


def _plain(text: str) -> Response:
    return Response(text, content_type="text/plain; charset=utf-8")
