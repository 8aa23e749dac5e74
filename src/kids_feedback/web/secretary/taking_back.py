"""Take figures back from the board, with a reason."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, TextAreaField
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import HiddenInput

from kids_feedback.domain.board.half_years import HalfYear
from kids_feedback.domain.people import Role
from kids_feedback.services.board import versions
from kids_feedback.services.board.versions import LONGEST_REASON
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import OurForm, shown_again, trimmed, within
from kids_feedback.web.rendering import figure_sentences
from kids_feedback.web.secretary.blueprint import secretary


class TakeBackForm(OurForm):
    """Which version, and why."""

    number = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    why = TextAreaField(
        _l("Why do you take it back?"),
        filters=[trimmed],
        validators=[
            DataRequired(_l("Say why you take it back")),
            *within(LONGEST_REASON),
        ],
    )


@secretary.get("/period/<code>/take-back")
@guard.only(Role.BOARD_SECRETARY)
def ask_to_take_back(code: str) -> ResponseReturnValue:
    """Say what taking back does and cannot do, and ask why."""
    return _page(code)


@secretary.post("/period/<code>/take-back")
@guard.only(Role.BOARD_SECRETARY)
def take_back(code: str) -> ResponseReturnValue:
    """Take it away from the board."""
    ends, form = HalfYear.from_code(code), TakeBackForm()
    if not form.validate():
        page = _page(code, form)  # which there is only while there is something to take back
        return shown_again(form, lambda: page)
    with context.transaction() as db:
        versions.take_back(
            db,
            ends,
            guard.person(),
            number=form.number.data,
            why=form.why.data,
            now=context.now(),
        )
    flash(_("Taken back. The board does not see it any more."))
    return redirect(url_for("secretary.home"), code=303)


def _page(code: str, form: TakeBackForm | None = None) -> str:
    with context.reading() as db:
        version = versions.standing(db, HalfYear.from_code(code))
    return render_template(
        "secretary/take_back.html",
        version=version,
        form=form or TakeBackForm(formdata=None, data={"number": version.number}),
        say_it=figure_sentences,
    )
