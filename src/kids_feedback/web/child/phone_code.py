"""The secret words on a child's own phone: a code that works once and soon dies.

The words are never in an address, so neither a log nor the history of a browser keeps them. See
docs/adr/0015-words-on-a-phone.md.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.services import visits
from kids_feedback.web import context, guard
from kids_feedback.web.child.face import child
from kids_feedback.web.forms import OurForm
from kids_feedback.web.qr import code_of

SHOWN = timedelta(seconds=60)  # where scripts run
_LASTS = timedelta(minutes=2)  # from when it is shown: time to take out a phone
_KEPT = "pick_up"
_NEWEST = "code"  # the token of the one code that this child has


@child.post("/done/code")
@guard.anyone
def phone_code() -> ResponseReturnValue:
    """Show the code, because somebody pressed for it."""
    receipt = session.get("receipt")
    if receipt is None:
        return redirect(url_for("child.back"), code=303)
    token = secrets.token_urlsafe(16)
    until = context.now() + _LASTS
    state = {_KEPT: {"words": receipt["words"], "until": until.isoformat()}}
    with context.transaction() as db:
        visits.forget(db, session.get(_NEWEST, ""))
        # As on a shared screen: it is erased within minutes of nobody asking for it.
        visits.keep(db, token, state, now=context.now(), shared=True)
    session[_NEWEST] = token
    return render_template(
        "child/phone_code.html",
        code=code_of(context.settings().base_url + url_for("child.pick_up", token=token)),
        shown=int(SHOWN.total_seconds()),
    )


@child.get("/get/<token>")
@guard.anyone
def pick_up(token: str) -> ResponseReturnValue:
    """Ask for one more press: whatever only looks at addresses must not use the code up."""
    return render_template("child/pick_up.html", form=OurForm(), token=token)


@child.post("/get/<token>")
@guard.anyone
def picked_up(token: str) -> ResponseReturnValue:
    """Show the words, once."""
    with context.transaction() as db:
        kept = _unused((visits.take(db, token, now=context.now()) or {}).get(_KEPT))
    address = context.settings().reference.links["short_url"]
    page = render_template("child/picked_up.html", words=kept, address=address)
    return page, 200 if kept else 404


def _unused(kept: dict[str, Any] | None) -> list[str] | None:
    if kept is None or datetime.fromisoformat(kept["until"]) < context.now():
        return None
    words: list[str] = kept["words"]
    return words
