"""The receipt of what was sent from here last: where Back leads, and what a child takes away.

The secret words are shown until the next page is opened, as whoever comes later may be somebody
else; then only where the child has said that they stay.
"""

from dataclasses import replace
from http import HTTPStatus

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from kids_feedback.domain.case.submission import Receipt
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import sessions
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.visit.kept import Event
from kids_feedback.web.visit.values import Draft, Sent
from kids_feedback.web.visit.visit import Visit

_BESIDE = {"child.change", "child.language", "child.look", "child.who_sees"}  # they lead back


def kept() -> Receipt | None:
    """Return it; also to a browser that never got the new cookie, and comes with the earlier."""
    earlier = visit().sent
    return visit().receipt or (earlier.receipt if earlier else None)


def shows_words() -> bool:
    """Say whether its page still shows the secret words."""
    receipt = kept()
    return receipt is not None and bool(receipt.words)


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


def hide() -> None:
    """Show the secret words here no more."""
    if (receipt := visit().receipt) and receipt.words:
        visit().receipt = replace(receipt, words=())


def is_over(answer: Response, page: str) -> bool:
    """Say whether another page than this endpoint's is opened now, which does not lead back."""
    opened = request.method == "GET" and answer.status_code == HTTPStatus.OK
    return opened and request.endpoint not in (page, *_BESIDE)


@child.after_request
def _hide_with_the_next_page(answer: Response) -> Response:
    if is_over(answer, "child.done") and not visit().words_stay:
        hide()
    return answer


def show() -> Response:
    return redirect(url_for("child.done"), code=303)
