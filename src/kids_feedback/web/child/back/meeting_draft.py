"""What a child has picked on the way to "Your meeting": kept in the visit until it is confirmed."""

from dataclasses import replace
from datetime import datetime

from kids_feedback.services.child.meeting_replies import Meet, Reply, Slot
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.visit.values import Picked


def of(meet: Meet) -> Picked:
    """Return what was picked so far out of this offer."""
    kept = visit().picked
    return kept if kept and kept.offer == meet.id else Picked(offer=meet.id)


def put(meet: Meet, **picked: str) -> None:
    """Remember what one page asked."""
    visit().picked = replace(of(meet), **picked)


def forget() -> None:
    visit().picked = None


def is_whole(picked: Picked) -> bool:
    return picked.start is not None and picked.place is not None


def reply(picked: Picked) -> Reply:
    """Return what is sent."""
    return Reply(
        start=datetime.fromisoformat(picked.start) if picked.start else None,
        wish=picked.wish or "",
        place=picked.place or "",
        somewhere=picked.somewhere or "",
    )


def slot(meet: Meet, picked: Picked) -> Slot | None:
    """Return the time that was picked; None: none of them."""
    return next((each for each in meet.slots if each.at.isoformat() == picked.start), None)
