"""Leaving: a child's visit ends, and nothing else."""

from urllib.parse import urlsplit

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from kids_feedback.web.kit import preferences, shared_device
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.visit.kept import Event

_NOT_OURS = {"cross-site", "same-site"}


def leave(answer: Response, *, looks: bool = False) -> ResponseReturnValue:
    """Forget the visit and give ``answer``; a plain link does, so that it works everywhere.

    Not so where a machine only looks where the link leads, nor, before they have said so, where
    another site has sent the reader there. Whoever is signed in stays so on a device of their own.

    Args:
        looks: whether the browser is to forget how pages look as well.
    """
    if request.method == "HEAD" or _looks_ahead():
        return answer
    if _is_sent_by_another() and visit().has_begun():
        return render_template("child/start/leave_asked.html", here=request.path)
    if visit().person is not None and shared_device.current() is None:
        visit().outlive(Event.LEFT_BESIDE)
        return answer
    if looks:
        preferences.forgetting(answer)
    return shared_device.forget_visit(answer)


def _looks_ahead() -> bool:
    """Say whether a browser fetches the page although nobody has asked for it yet."""
    purposes = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return any(purpose.lower().startswith(("prefetch", "preview")) for purpose in purposes)


def _is_sent_by_another() -> bool:
    """Say whether another site sent the reader here. Old browsers only say from which page."""
    said = request.headers.get("Sec-Fetch-Site")
    if said is None:
        return bool(request.referrer) and not is_ours(request.referrer or "")
    return said.lower() in _NOT_OURS


def is_ours(address: str) -> bool:
    """Say whether a whole address is of this site. TLS may end in front of us: by any scheme."""
    try:
        return urlsplit(address).netloc.lower() == request.host.lower()
    except ValueError:  # another wrote it as they like
        return False
