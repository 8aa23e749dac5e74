"""What a child asked for and has not got yet: say it again, take it back, or say: not safe."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.case.requests import TASKS, Asked
from kids_feedback.services.child import case_status, requests
from kids_feedback.web.child.back.acting import act
from kids_feedback.web.child.back.replies import thank, thank_for_asking
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import OurForm, shown_again
from kids_feedback.web.questions.model import both


class NotSafeForm(OurForm):
    """One tick."""

    not_safe = BooleanField(
        both(_l("The old way is not safe now"), _l("The way I told you first is not safe now"))
    )

    def validate(self, extra_validators: object = None) -> bool:
        if super().validate(extra_validators) and not self.not_safe.data:
            self.not_safe.errors = [_l("Tick the box, or go back")]
        return not self.errors


@child.post("/back/ask-again")
@guard.came_back
def ask_again() -> ResponseReturnValue:
    """Say it again, on another day."""
    asked = _asked()
    with act() as opened:
        requests.say_again(opened, asked)
    return thank_for_asking(asked, _l("Thank you. You said it again."))


@child.post("/back/take-back")
@guard.came_back
def take_back() -> ResponseReturnValue:
    """Ask for it no more."""
    with act() as opened:
        requests.take_back(opened, _asked())
    return thank(_l("Thank you. Everything stays as it was."), FollowUp.REQUEST_TAKEN_BACK)


@child.get("/back/not-safe-now")
@guard.came_back
def way_not_safe() -> ResponseReturnValue:
    """Ask whether nobody should use the old way any more; what it is stays unsaid."""
    with context.reading() as db:
        status = case_status.status(db, guard.opened_case(), today=context.today())
    if not status.may_say_not_safe:
        return redirect(url_for("child.where_things_are"), code=303)
    return _page(NotSafeForm())


@child.post("/back/not-safe-now")
@guard.came_back
def say_not_safe() -> ResponseReturnValue:
    """From now on nobody uses it."""
    form = NotSafeForm()
    if not form.validate():
        return shown_again(form, lambda: _page(form))
    with act() as opened:
        requests.say_not_safe(opened)
    return thank(_l("Thank you. We have stopped using it."), FollowUp.WAY_NOT_SAFE)


def _asked() -> Asked:
    what = request.form.get("what", "")
    if what not in {item.value for item in TASKS}:
        abort(404)
    return Asked(what)


def _page(form: NotSafeForm) -> str:
    return render_template("child/asked/way_not_safe.html", form=form)
