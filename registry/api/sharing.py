"""CORS: anybody's page may read, and only the pages that CORS_ORIGINS lists may write."""

from flask import Response, current_app, request

from ..extensions import READING

A_DAY = str(24 * 3600)
EXPOSED = ", ".join(
    (
        "API-Version",
        "Content-Disposition",
        "Content-Language",
        "Content-Location",
        "Content-Range",
        "Deprecation",
        "ETag",
        "Idempotency-Replayed",
        "In-Step",
        "Last-Modified",
        "Link",
        "Location",
        "RateLimit",
        "RateLimit-Policy",
        "Retry-After",
        "Sunset",
        "Total-Count",
        "X-Request-ID",
    )
)
"""What a page may read of an answer beside what the standard lets it."""
ACCEPTED = ", ".join(
    (
        "Accept",
        "Accept-Language",
        "Authorization",
        "Change-Reason",
        "Content-Type",
        "Idempotency-Key",
        "If-Match",
        "If-Modified-Since",
        "If-None-Match",
        "If-Range",
        "Range",
        "X-Request-ID",
    )
)
"""What a page may send along."""


def share(response: Response) -> None:
    """Say which pages may have this answer, and what they may ask."""
    origin = request.headers.get("Origin")
    listed = current_app.config["CORS_ORIGINS"]
    known = origin is not None and origin in listed
    if listed:
        response.vary.add("Origin")
    method = request.method
    if method not in READING and not known:
        return
    response.headers.add("Access-Control-Allow-Origin", origin if origin and known else "*")
    response.headers.add("Access-Control-Expose-Headers", EXPOSED)
    if method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        methods = response.headers.get("Allow", "") if known else ", ".join(READING)
        response.headers["Access-Control-Allow-Methods"] = methods
        response.headers["Access-Control-Allow-Headers"] = ACCEPTED
        response.headers["Access-Control-Max-Age"] = A_DAY
