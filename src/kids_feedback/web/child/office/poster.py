"""Where the code on a poster leads."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.services.organisation import places
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.sessions import visit


@child.get("/O/<path:office_code>")
@child.get("/o/<path:office_code>")  # the first that is kept, and so the one that posters show
@guard.anyone
def from_poster(office_code: str) -> ResponseReturnValue:
    """Know the office from here on, however its code was typed.

    A poster of an office that is gone leads in all the same.
    """
    with context.reading() as db:
        visit().office = places.office_meant(db, office_code)
    return redirect(url_for("child.start"), code=303)
