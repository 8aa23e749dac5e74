"""In a demonstration, one press makes this browser a kiosk."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.screens import ScreenKind
from kids_feedback.services import screens as service
from kids_feedback.web import context, demonstration, guard, screens
from kids_feedback.web.account.face import account


@account.get("/demo-kiosk")
@guard.anyone
def demo_kiosk() -> ResponseReturnValue:
    """Looking changes nothing; the button does."""
    demonstration.check()
    return render_template("account/demo_kiosk.html")


@account.post("/demo-kiosk")
@guard.anyone
def become_demo_kiosk() -> ResponseReturnValue:
    demonstration.check()
    with context.transaction() as db:
        token = service.register_demonstration(db, now=context.now())
    answer = screens.forget_visit(redirect(url_for("child.kiosk"), code=303))
    screens.become(answer, token, ScreenKind.KIOSK)
    return answer
