"""M15: a promise will be or is missed, so the child is told why, and a new day."""

from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from kids_feedback.domain.errors import CalendarGap, NotAllowedNow
from kids_feedback.services import delays
from kids_feedback.services.casefile import CaseFile
from kids_feedback.services.delays import Promise, SaidLate
from kids_feedback.web import context, guard
from kids_feedback.web.staff import labels, letters, refused
from kids_feedback.web.staff.dates import short_year
from kids_feedback.web.staff.face import staff
from kids_feedback.web.staff.forms import SeenForm, a_day, choices_of, one_of, words
from kids_feedback.web.staff.heading import heading
from kids_feedback.web.staff.opening import moment, onwards, open_case
from kids_feedback.web.staff.wording import _

_LONGEST = 500  # letters of a reason: a child reads it first of all


class LateForm(SeenForm):
    """Which promise, until when, and why."""

    promise = one_of(_l("What will be late?"), {}, must=_l("Pick what will be late"))
    new_on = a_day(_l("On which day will it be?"), must=_l("Write the new day"))
    reason = words(
        _l("Why? The child reads this"),
        must=_l("Write why: the child reads it"),
        hint=_l("In plain words, as you would say it to the child. Name nobody else."),
        limit=_LONGEST,
    )


@staff.get("/case/<case_id>/late")
@guard.only(*guard.STAFF)
def late(case_id: str) -> ResponseReturnValue:
    """Which promise, until when, and why."""
    with context.reading() as db:
        case, form = _opened(db, case_id)
    form.seen.data = case.version
    return _page(case, form), 200


@staff.post("/case/<case_id>/late")
@guard.only(*guard.STAFF)
def say_late(case_id: str) -> ResponseReturnValue:
    """Show it as the child will see it; the button below that tells the child."""
    with context.reading() as db:
        case, form = _opened(db, case_id)
    shown = None
    if form.validate():
        try:
            if request.form.get("go") == "tell":
                return _told(case_id, form)
            shown = _looked_at(case_id, form)
        except (*refused.REFUSALS, CalendarGap) as error:
            _refuse(form, error)
    return _page(case, form, shown), 200 if shown else 422


def _opened(db: Any, case_id: str) -> tuple[CaseFile, LateForm]:
    case, form = open_case(db, case_id), LateForm()
    found = delays.of_case(db, case_id, guard.person(), today=context.today()).days
    if not found:
        raise NotAllowedNow(step="say_late", state=case.stage)
    form.promise.choices = choices_of((each, _named(each, day)) for each, day in found.items())
    return case, form


def _named(promise: Promise, day: date) -> str:
    return _("%(what)s, by %(day)s", what=labels.of(promise), day=short_year(day))


def _told(case_id: str, form: LateForm) -> ResponseReturnValue:
    with context.transaction() as db:
        saved = delays.say_late(
            db,
            case_id,
            guard.person(),
            **_said(form),
            wording=letters.a_message_waits,
            seen=form.seen.data,
            **moment(db),
        )
    return onwards(saved, _("Saved. The child sees it first, and the Head of Practice knows."))


def _looked_at(case_id: str, form: LateForm) -> SaidLate:
    with context.reading() as db:
        at = moment(db)
        return delays.as_said(
            db,
            case_id,
            guard.person(),
            **_said(form),
            today=at["today"],
            calendar=at["calendar"],
        )


def _said(form: LateForm) -> dict[str, Any]:
    return {
        "promise": Promise(form.promise.data),
        "new_on": form.new_on.data,
        "reason": form.reason.data,
    }


def _refuse(form: LateForm, error: Any) -> None:
    if isinstance(error, CalendarGap):
        form.new_on.errors = [_("The working days of that year are not known yet.")]
    else:
        refused.say(form, error, "new_on")


def _page(case: CaseFile, form: LateForm, shown: SaidLate | None = None) -> str:
    return render_template("staff/late.html", case=case, head=heading(case), form=form, shown=shown)
