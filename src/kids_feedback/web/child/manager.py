"""Who is this manager? R2m."""

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.services import introductions
from kids_feedback.web import context, guard
from kids_feedback.web.child.face import child


@child.get("/back/who")
@guard.anyone
def who_looks() -> ResponseReturnValue:
    """R2m."""
    if "mine" not in session:
        return redirect(url_for("child.back"), code=303)
    with context.reading() as db:
        found = introductions.of_manager(db, session["mine"])
    return render_template("child/manager.html", found=found)
