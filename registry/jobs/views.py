"""The page of a job, on which it is followed, and what one asked for on the page of one's work."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime, format_decimal

from .. import web
from ..access import Actor
from ..accounts import mine
from ..errors import NotSignedIn
from ..web import actor, say, t
from ..words import Words
from . import commands
from .commands import WORKS
from .models import ALIVE, Job, Stage
from .working import progress

Page = dict[str, Any]
jobs = web.pages(Blueprint("jobs", __name__, url_prefix="/jobs"))
LATEST = 10
STAGES: dict[str, tuple[Words, str]] = {
    Stage.WAITING: (Words("wacht", "waiting"), "neutral"),
    Stage.RUNNING: (Words("bezig", "at work"), "info"),
    Stage.DONE: (Words("klaar", "done"), "success"),
    Stage.FAILED: (Words("niet gelukt", "failed"), "danger"),
    Stage.CANCELLED: (Words("geannuleerd", "cancelled"), "neutral"),
}


@jobs.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    """How far it is; a script that follows it is sent on when it is done."""
    job = _found(key)
    if "HX-Request" in request.headers and job.state == Stage.DONE:
        flash(_ended(job), "ok")
        return "", {"HX-Redirect": job.onward}
    return render_template("job.html", page=_page(job))


@jobs.post("/<key>/cancel")
def cancel(key: str) -> ResponseReturnValue:
    """Call it off while it waits."""
    job = _found(key)
    commands.cancel(actor(), job)
    flash(t("Het is geannuleerd. Er is niets gewijzigd.", "Cancelled. Nothing was changed."), "ok")
    return redirect(job.back)


def follow(job: Job) -> ResponseReturnValue:
    """Where a page that asked for work sends who asked."""
    return redirect(url_for("jobs.show", key=job.key))


def _found(key: str) -> Job:
    if not actor().signed_in:
        raise NotSignedIn
    return commands.one(actor(), key)


def _page(job: Job) -> Page:
    done, total = progress(job)
    title = _named(job)
    return {
        "title": title,
        "breadcrumb": [
            {"label": t("Mijn werk", "My work"), "url": url_for("accounts.my_work")},
            {"label": title, "url": None},
        ],
        "badge": _badge(job),
        "alive": job.state in ALIVE,
        "url": url_for("jobs.show", key=job.key),
        "cancel_url": url_for("jobs.cancel", key=job.key) if job.state == Stage.WAITING else None,
        "bar": {"done": done, "total": total} if total else None,
        "told": _told(job, done, total),
        "tone": STAGES[job.state][1],
        "onward": job.onward if job.state == Stage.DONE else None,
        "back": job.back if job.state in (Stage.FAILED, Stage.CANCELLED) else None,
    }


def _told(job: Job, done: int, total: int) -> str:
    if job.state not in ALIVE:
        return _ended(job)
    if job.state == Stage.WAITING:
        return t(
            "Het wacht op zijn beurt. U kunt deze pagina sluiten; het staat bij Mijn werk.",
            "It waits for its turn. You can close this page; it is listed under My work.",
        )
    if not total:
        return t("Het bestand of de lijst wordt gelezen.", "The file or the list is being read.")
    first, last = format_decimal(done), format_decimal(total)
    if done == total:
        return t(f"Alle {last} zijn bekeken; nog even.", f"All {last} are done; one moment.")
    return t(f"{first} van {last}", f"{first} of {last}")


def _ended(job: Job) -> str:
    return say(Words(*job.words)) if job.words else say(STAGES[job.state][0])


def _named(job: Job) -> str:
    return say(WORKS[job.work].words) if job.work in WORKS else job.work


def _badge(job: Job) -> Page:
    words, tone = STAGES[job.state]
    return {"type": "badge", "label": say(words), "tone": tone}


def told(who: Actor) -> Page | None:
    """What somebody asked for lately, for the page of their work."""
    rows = [_row(job) for job in commands.latest(who, LATEST)]
    if not rows:
        return None
    title = t("Op de achtergrond", "In the background")
    columns = [t("Wat", "What"), t("Stand", "Standing"), t("Uitkomst", "Outcome")]
    columns.append(t("Gevraagd", "Asked for"))
    table = {"id": "tabel-werk", "title": None, "caption": title, "columns": columns, "rows": rows}
    return {
        "id": "achtergrond",
        "title": title,
        "intro": None,
        "table": {**table, "empty": ""},
        "form": None,
    }


def _row(job: Job) -> Page:
    at = format_datetime(job.asked_at, "d MMMM y HH:mm")
    outcome = _ended(job) if job.words else ""
    return {
        "cells": [
            {"type": "link", "url": url_for("jobs.show", key=job.key), "label": _named(job)},
            _badge(job),
            {"type": "text", "text": outcome},
            {"type": "text", "text": at},
        ]
    }


mine.also.append(told)
