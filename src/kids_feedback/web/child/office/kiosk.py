"""A shared device: its welcome, the question whether somebody is still there, and all clear."""

from flask import Response, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.web.child import leaving
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import guard, languages, shared_device
from kids_feedback.web.kit.sessions import visit


@child.get("/kiosk")
@guard.anyone
def kiosk() -> ResponseReturnValue:
    """Welcome. It remembers nothing, so that it can stand there all day."""
    if shared_device.current() is None:
        return redirect(url_for("child.start"), code=303)
    if visit().person is not None:  # who walked away, and whom the next child is not
        return shared_device.forget_visit(redirect(url_for("child.kiosk"), code=303))
    if shared_device.is_in_use():
        return shared_device.forget_visit(redirect(url_for("child.kiosk_cleared"), code=303))
    answer = make_response(render_template("child/office/kiosk.html", offered=languages.offered()))
    shared_device.renew(answer)
    return answer


@child.get("/kiosk/in/<code>")
@guard.anyone
def kiosk_language(code: str) -> ResponseReturnValue:
    """Speak another language. A link, as a form's token would begin a visit on the welcome."""
    if shared_device.current() and code in [language.code for language in languages.offered()]:
        visit().language = code
    return redirect(url_for("child.kiosk"), code=303)


@child.get("/kiosk/still")
@guard.anyone
def kiosk_still() -> ResponseReturnValue:
    """Hear that somebody is still there, who may only be writing."""
    return Response(mimetype="text/plain")


@child.get("/kiosk/cleared")
@guard.anyone
@guard.without_visit
def kiosk_cleared() -> ResponseReturnValue:
    """All clear. Opening this page deletes what was written."""
    language = languages.current()  # while the visit still says which
    return leaving.leave(
        make_response(render_template("child/office/kiosk_cleared.html", language=language))
    )
