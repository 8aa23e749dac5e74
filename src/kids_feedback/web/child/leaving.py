"""Leaving: a child's visit ends, and nothing else."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from kids_feedback.web.kit import shared_device
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.visit.kept import Event

_NOT_OURS = {"cross-site", "same-site"}


def leave(answer: Response) -> ResponseReturnValue:
    """Forget the visit and give ``answer``; a plain link does, so that it works everywhere.

    Not so where a machine only looks where the link leads, nor, before they have said so, where
    another site has sent the reader there. Whoever is signed in stays so on a device of their own.
    """
    if request.method == "HEAD":
        return answer
    if request.headers.get("Sec-Fetch-Site") in _NOT_OURS and visit().has_begun():
        return render_template("child/start/leave_asked.html", here=request.path)
    if visit().person is not None and shared_device.current() is None:
        visit().outlive(Event.LEFT_BESIDE)
        return answer
    return shared_device.forget_visit(answer)
