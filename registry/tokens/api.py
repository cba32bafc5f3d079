"""Bearer tokens at the door of the JSON API: whose they are, what they may, when last used."""

from dataclasses import replace
from datetime import timedelta

from flask import Flask, Response, current_app, g, request
from sqlalchemy import or_, update

from .. import clock
from ..access import ANYBODY
from ..accounts.queries import actor
from ..api import Holder, recognise
from ..db import AWAY
from ..extensions import database
from ..incoming import programs
from .models import PUBLIC, WRITE, Token
from .queries import Held, valid

MINUTE = timedelta(minutes=1)


def _caller(secret: str) -> Holder | None:
    """Whose token this is and what it makes of them; None where it is good for nothing."""
    token = valid(secret)
    if token is None:
        return None
    who = actor(token.account, "api", (request.remote_addr or "")[:45], only=token.organisation_id)
    if token.organisation_id is not None and not who.organisations:
        return None
    g.token = token
    if token.scope == PUBLIC:
        who = replace(ANYBODY, door="api")
    return Holder(who, token.account.id, token.id, writes=token.scope == WRITE)


def _note_used(response: Response) -> Response:
    """Keep when a token was last used: at most once a minute, after all else is done."""
    token: Held | None = g.get("token")
    now = clock.now()
    if token is None or (token.last_used_at and token.last_used_at > now - MINUTE):
        return response
    stale = or_(Token.last_used_at.is_(None), Token.last_used_at <= now - MINUTE)
    used = update(Token).where(Token.id == token.id, stale).values(last_used_at=now)
    database.rest()
    try:
        with database.aside() as short:
            short.execute(used)
    except AWAY:  # somebody writes for long: the next request will do
        current_app.logger.info("a token was not noted as used")
    return response


def register(app: Flask) -> None:
    """Tell the API whose token is whose."""
    recognise(app, _caller)
    programs(app).after.append(_note_used)
