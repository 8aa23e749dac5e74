"""In a demonstration, one press makes this browser a kiosk."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.child.shared_devices import DeviceKind
from kids_feedback.services.organisation import shared_devices as service
from kids_feedback.web.account.blueprint import account
from kids_feedback.web.kit import context, demo_only, guard, shared_device


@account.get("/demo-kiosk")
@guard.anyone
def demo_kiosk() -> ResponseReturnValue:
    """Ask for a press: opening the address changes nothing."""
    demo_only.check()
    return render_template("account/demo_kiosk.html")


@account.post("/demo-kiosk")
@guard.anyone
def become_demo_kiosk() -> ResponseReturnValue:
    demo_only.check()
    with context.transaction() as db:
        token = service.register_demonstration(db, now=context.now())
    answer = shared_device.forget_visit(redirect(url_for("child.kiosk"), code=303))
    shared_device.become(answer, token, DeviceKind.KIOSK)
    return answer
