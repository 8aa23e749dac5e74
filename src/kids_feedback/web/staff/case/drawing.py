"""What a child drew: the picture beside the words, and the case that a paper belongs to."""

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from kids_feedback.domain.errors import NotFound
from kids_feedback.services.case import drawings
from kids_feedback.services.child import slips
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import OurForm, shown_again, trimmed
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.loader import look


class PaperForm(OurForm):
    """The letters on a paper drawing."""

    slip = StringField(_l("The six letters on the paper"), filters=[trimmed])


@staff.get("/case/<case_id>/drawing/<drawing_id>")
@guard.only(*guard.STAFF)
def drawing(case_id: str, drawing_id: str) -> ResponseReturnValue:
    """The picture, for whoever has the words open: that opening is the look that is kept."""
    with look(case_id) as opened:
        png = drawings.look_at(opened, drawing_id)
    return Response(png, mimetype="image/png")


@staff.get("/paper")
@guard.only(*guard.STAFF)
def paper() -> ResponseReturnValue:
    return render_template("staff/lists/paper.html", form=PaperForm())


@staff.post("/paper")
@guard.only(*guard.STAFF)
def find_paper() -> ResponseReturnValue:
    """Open the case of a paper drawing. One out of scope looks like one that is not there."""
    form = PaperForm()
    try:
        with context.reading() as db:
            case_id = slips.find(db, form.slip.data, guard.person())
    except NotFound:
        form.slip.errors = [
            _l("None of your cases has these letters. Check them, or ask your Head of Practice.")
        ]
        return shown_again(form, lambda: render_template("staff/lists/paper.html", form=form))
    return redirect(url_for("staff.case", case_id=case_id), code=303)
