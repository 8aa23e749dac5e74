"""The receipt of what was sent from here last: where Back leads, and what a child takes away."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from kids_feedback.domain.case.submission import Receipt
from kids_feedback.web.kit import sessions
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.visit.kept import Event
from kids_feedback.web.visit.values import Draft, Sent
from kids_feedback.web.visit.visit import Visit


def kept() -> Receipt | None:
    """Return it; also to a browser that never got the new cookie, and comes with the earlier."""
    earlier = visit().sent
    return visit().receipt or (earlier.receipt if earlier else None)


def is_of(draft_id: str) -> bool:
    """Say whether this draft was the last that was sent from here."""
    earlier = visit().sent
    return bool(draft_id) and draft_id in (visit().sent_draft, earlier.key if earlier else None)


def keep(draft: Draft, receipt: Receipt) -> None:
    """Go on under a new cookie; the earlier one keeps the receipt alone, for a second tap."""
    behind = Visit()
    behind.sent = Sent(key=draft.id, receipt=receipt)
    sessions.outlive(Event.SENT, behind=behind)
    visit().receipt, visit().sent_draft = receipt, draft.id


def renew(receipt: Receipt) -> None:
    """Keep what the child takes away as it is after a change."""
    visit().receipt = receipt


def show() -> Response:
    return redirect(url_for("child.done"), code=303)
