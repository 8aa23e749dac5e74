"""What a child has picked on the way to "Your meeting": kept in the visit until it is confirmed."""

from datetime import datetime
from typing import Any

from flask import session

from kids_feedback.services.meeting_replies import Meet, Reply, Slot

_KEY = "meet"


def of(meet: Meet) -> dict[str, Any]:
    """Return what was picked so far out of this offer."""
    kept = session.get(_KEY, {})
    return dict(kept) if kept.get("offer") == meet.id else {}


def put(meet: Meet, **picked: str) -> None:
    """Remember what one page asked."""
    session[_KEY] = {**of(meet), **picked, "offer": meet.id}


def forget() -> None:
    session.pop(_KEY, None)


def is_whole(picked: dict[str, Any]) -> bool:
    return "start" in picked and "place" in picked


def reply(picked: dict[str, Any]) -> Reply:
    """Return what is sent."""
    start = picked["start"]
    return Reply(
        start=datetime.fromisoformat(start) if start else None,
        wish=picked["wish"],
        place=picked["place"],
        somewhere=picked["somewhere"],
    )


def slot(meet: Meet, picked: dict[str, Any]) -> Slot | None:
    """Return the time that was picked; None: none of them."""
    return next((each for each in meet.slots if each.at.isoformat() == picked["start"]), None)
