"""The tone of a badge for the codes that tell how something stands."""

TONES: dict[str, dict[str, str]] = {
    "initiative-status": {
        "idea": "info",
        "proposed": "info",
        "in_preparation": "info",
        "running": "success",
        "paused": "warning",
        "completed": "neutral",
        "stopped": "neutral",
        "merged": "neutral",
        "issued": "neutral",
        "in_force": "success",
    },
    "commitment-status": {
        "open": "info",
        "running": "info",
        "ongoing": "info",
        "partly_met": "warning",
        "met": "success",
        "lapsed": "neutral",
        "untraceable": "warning",
    },
    "milestone-state": {
        "not_started": "neutral",
        "on_track": "success",
        "at_risk": "warning",
        "late": "danger",
        "done": "success",
        "dropped": "neutral",
    },
    "measure-status": {
        "proposed": "info",
        "agreed": "info",
        "running": "success",
        "paused": "warning",
        "completed": "neutral",
        "stopped": "neutral",
    },
    "plan-readiness": {
        "ready": "success",
        "on_course": "info",
        "at_risk": "warning",
        "not_ready": "danger",
    },
    "presence": {"present": "success", "absent": "neutral", "invited": "info"},
    "action-state": {"open": "info", "done": "success", "dropped": "neutral"},
    "update-state": {
        "on_track": "success",
        "at_risk": "warning",
        "behind": "danger",
        "done": "success",
        "no_change": "neutral",
    },
    "actuality": {
        "fresh": "success",
        "acceptable": "info",
        "due": "warning",
        "stale": "danger",
        "never": "neutral",
    },
    "term-state": {
        "upcoming": "info",
        "open": "info",
        "passed": "danger",
        "not_reached": "warning",
        "met": "success",
        "untraceable": "warning",
        "conditional": "warning",
    },
    "strength": {"promise": "info", "motion": "info"},
    "theme-phase": {"current": "success", "later": "neutral"},
    "state": {"draft": "warning", "submitted": "info", "returned": "warning"},
}


def tone(vocabulary: str, code: str) -> str | None:
    """The tone of `code`, or None where the list is no list of states."""
    tones = TONES.get(vocabulary)
    return None if tones is None else tones.get(code, "neutral")
