"""What changed because of what children said."""

from flask import render_template
from flask.typing import ResponseReturnValue

from kids_feedback.services.board import improvements
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import context, guard


@child.get("/changed")
@guard.anyone
def changed() -> ResponseReturnValue:
    """Show what changed, to everybody."""
    with context.reading() as db:
        found = improvements.shown(db)
    return render_template("child/start/improvements.html", changes=found)
