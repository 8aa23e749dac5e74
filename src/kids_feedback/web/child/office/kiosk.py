"""A screen that others use too: its welcome (Z1), still there (Z2), all clear (Z3)."""

from flask import Response, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import guard, languages, shared_device
from kids_feedback.web.kit.sessions import visit


@child.get("/kiosk")
@guard.anyone
def kiosk() -> ResponseReturnValue:
    """Z1. It remembers nothing, so that it can stand there all day. Whoever comes next is new."""
    if shared_device.current() is None:
        return redirect(url_for("child.start"), code=303)
    if shared_device.is_in_use():
        return shared_device.forget_visit(redirect(url_for("child.kiosk_cleared"), code=303))
    answer = make_response(render_template("child/office/kiosk.html", offered=languages.offered()))
    shared_device.renew(answer)
    return answer


@child.get("/kiosk/in/<code>")
@guard.anyone
def kiosk_language(code: str) -> ResponseReturnValue:
    """Speak another language. A link, as a form's token would begin a visit on the welcome."""
    if shared_device.current() and code in [each.code for each in languages.offered()]:
        visit().language = code
    return redirect(url_for("child.kiosk"), code=303)


@child.get("/kiosk/still")
@guard.anyone
def kiosk_still() -> ResponseReturnValue:
    """Z2 says so from time to time, so that the server does not drop who is only writing."""
    return Response(mimetype="text/plain")


@child.get("/kiosk/cleared")
@guard.anyone
def kiosk_cleared() -> ResponseReturnValue:
    """Z3. Opening it is what clears."""
    language = languages.current()  # while the visit still says which
    return shared_device.forget_visit(
        make_response(render_template("child/office/kiosk_cleared.html", language=language))
    )
