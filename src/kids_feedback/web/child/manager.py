"""Who is this manager? R2m."""

from flask import render_template
from flask.typing import ResponseReturnValue

from kids_feedback.services import introductions
from kids_feedback.web import context, guard
from kids_feedback.web.child.face import child


@child.get("/back/who")
@guard.came_back
def who_looks() -> ResponseReturnValue:
    """R2m."""
    with context.reading() as db:
        found = introductions.of_manager(db, guard.opened_case())
    return render_template("child/manager.html", found=found)
