"""A page for a grown-up who has found the children's site."""

from flask import render_template
from flask.typing import ResponseReturnValue

from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import context, guard


@child.get("/grown-ups")
@guard.anyone
@guard.without_visit
def grown_ups() -> ResponseReturnValue:
    """Tell a grown-up how to complain, and which door a parent of sixteen takes (ruling R17)."""
    facts = context.settings().reference.grown_ups
    return render_template("child/start/grown_ups.html", team=facts)
