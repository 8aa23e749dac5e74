"""What a child has picked on the way to "Your meeting": kept in the visit until it is confirmed."""

from dataclasses import replace
from datetime import datetime

from kids_feedback.services.child.meeting_replies import MeetingForChild, MeetingReply, Slot
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.visit.values import Picked


def of(meet: MeetingForChild) -> Picked:
    """Return what was picked so far out of this offer."""
    kept = visit().picked
    return kept if kept and kept.offer == meet.id else Picked(offer=meet.id)


def put(meet: MeetingForChild, **picked: str) -> None:
    """Remember what one page asked."""
    visit().picked = replace(of(meet), **picked)


def forget() -> None:
    visit().picked = None


def is_whole(picked: Picked) -> bool:
    return picked.start is not None and picked.place is not None


def reply(picked: Picked) -> MeetingReply:
    """Return what is sent."""
    return MeetingReply(
        start=datetime.fromisoformat(picked.start) if picked.start else None,
        wish=picked.wish or "",
        place=picked.place or "",
        somewhere=picked.somewhere or "",
    )


def slot(meet: MeetingForChild, picked: Picked) -> Slot | None:
    """Return the time that was picked; None: none of them."""
    return next((start for start in meet.slots if start.at.isoformat() == picked.start), None)
