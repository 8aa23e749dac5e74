"""The secret words on a child's own phone: a code that works once and soon dies.

The words are never in an address, so neither a log nor the history of a browser keeps them. See
docs/adr/0015-words-on-a-phone.md.
"""

import secrets
from datetime import timedelta

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.services.site import visits
from kids_feedback.web.child import receipts
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import OurForm
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.rendering.qr import code_of
from kids_feedback.web.visit.values import PickUp
from kids_feedback.web.visit.visit import Visit

SHOWN = timedelta(seconds=60)  # where scripts run
_LASTS = timedelta(minutes=2)  # from when it is shown: time to take out a phone


@child.post("/done/code")
@guard.anyone
def phone_code() -> ResponseReturnValue:
    """Show the code, because somebody pressed for it."""
    receipt = receipts.kept()
    if receipt is None or not receipt.words:
        return redirect(url_for("child.back"), code=303)
    token = secrets.token_urlsafe(16)
    behind_it = Visit()
    behind_it.pick_up = PickUp(words=receipt.words, until=context.now() + _LASTS)
    with context.transaction() as db:
        visits.forget(db, visit().phone_code or "")  # a child has one code, the newest
        # As on a shared screen: it is erased within minutes of nobody asking for it.
        visits.keep(db, token, behind_it.state, now=context.now(), shared=True)
    visit().phone_code = token
    return render_template(
        "child/sending/phone_code.html",
        code=code_of(context.settings().base_url + url_for("child.pick_up", token=token)),
        shown=int(SHOWN.total_seconds()),
    )


@child.get("/get/<token>")
@guard.anyone
def pick_up(token: str) -> ResponseReturnValue:
    """Ask for one more press, so that a preview of the address does not use the code up."""
    return render_template("child/sending/pick_up.html", form=OurForm(), token=token)


@child.post("/get/<token>")
@guard.anyone
def picked_up(token: str) -> ResponseReturnValue:
    """Show the words, once."""
    with context.transaction() as db:
        kept = Visit(visits.take(db, token, now=context.now())).pick_up
    words = kept.words if kept and kept.until >= context.now() else None
    address = context.settings().reference.links["short_url"]
    page = render_template("child/sending/picked_up.html", words=words, address=address)
    return page, 200 if words else 404
