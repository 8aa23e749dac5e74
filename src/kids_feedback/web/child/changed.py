"""What changed because of what children said."""

from flask import render_template
from flask.typing import ResponseReturnValue

from kids_feedback.services import improvements
from kids_feedback.web import context, guard
from kids_feedback.web.child.face import child


@child.get("/changed")
@guard.anyone
def changed() -> ResponseReturnValue:
    """B8, for everybody."""
    with context.reading() as db:
        found = improvements.shown(db)
    return render_template("child/changed.html", changes=found)
