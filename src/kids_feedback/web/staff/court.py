"""The court page: four small forms, each with its own button."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from kids_feedback.domain.court import CaseOngoing
from kids_feedback.domain.people import Person
from kids_feedback.domain.procedure import Step
from kids_feedback.services import court as service
from kids_feedback.services.casefile import CaseFile
from kids_feedback.services.cases import Saved
from kids_feedback.web import context, guard
from kids_feedback.web.staff import refused
from kids_feedback.web.staff.face import staff
from kids_feedback.web.staff.forms import SeenForm, a_day, one_of, words
from kids_feedback.web.staff.heading import heading
from kids_feedback.web.staff.opening import Moment, moment, onwards, open_case
from kids_feedback.web.staff.standing import notice_of
from kids_feedback.web.staff.wording import _


class OngoingForm(SeenForm):
    """Is there a case?"""

    ongoing = one_of(
        _l("Does a case about the child go on in court?"),
        {
            CaseOngoing.YES: _l("Yes"),
            CaseOngoing.NO: _l("No"),
            CaseOngoing.UNKNOWN: _l("Not known yet"),
        },
        must=_l("Pick one"),
    )
    note = words(_l("How do you know?"), hint=_l("You can leave this empty."))


class HearingForm(SeenForm):
    """When is it heard?"""

    hearing_on = a_day(_l("Day of the next hearing"))
    none_listed = BooleanField(_l("No hearing is listed"))


class ToldForm(SeenForm):
    """What has the court been told?"""

    complaint_on = a_day(_l("Part one, what the child says: sent on"))
    doing_on = a_day(_l("Part two, what we are doing about it: sent on"))


class ChildToldForm(SeenForm):
    """Nothing but the button."""


_SAVE = _l("Save")
Act = Callable[[Any, str, Person, Any, Moment], Saved]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One form of the page."""

    form: type[SeenForm]
    act: Act
    title: Any
    lead: Any = ""
    button: Any = _SAVE
    refused_at: tuple[str, ...] = ()


def _ongoing(db: Any, case_id: str, person: Person, form: Any, at: Moment) -> Saved:
    return service.set_ongoing(
        db,
        case_id,
        person,
        ongoing=CaseOngoing(form.ongoing.data),
        note=form.note.data,
        seen=form.seen.data,
        **at,
    )


def _hearing(db: Any, case_id: str, person: Person, form: Any, at: Moment) -> Saved:
    return service.set_hearing(
        db, case_id, person, hearing_on=form.hearing_on.data, seen=form.seen.data, **at
    )


def _told(db: Any, case_id: str, person: Person, form: Any, at: Moment) -> Saved:
    return service.tell_court(
        db,
        case_id,
        person,
        complaint_on=form.complaint_on.data,
        doing_on=form.doing_on.data,
        seen=form.seen.data,
        **at,
    )


def _child_told(db: Any, case_id: str, person: Person, form: Any, at: Moment) -> Saved:
    return service.tell_child(db, case_id, person, seen=form.seen.data, **at)


PARTS: Mapping[str, Part] = {
    "ongoing": Part(form=OngoingForm, act=_ongoing, title=_l("Is there a case?")),
    "hearing": Part(
        form=HearingForm,
        act=_hearing,
        title=_l("When is it heard next?"),
        lead=_l("If the hearing was moved, write the new day. Then part two is sent again."),
        refused_at=("hearing_on",),
    ),
    "told": Part(
        form=ToldForm,
        act=_told,
        title=_l("What has the court been told?"),
        lead=_l("Both parts go before the day of the hearing. You can save one at a time."),
        refused_at=("complaint_on", "doing_on"),
    ),
    "child": Part(
        form=ChildToldForm,
        act=_child_told,
        title=_l("Does the child know?"),
        lead=_l("Tell the child that the court will know, before it does."),
        button=_l("The child has been told"),
    ),
}


@staff.get("/case/<case_id>/court", endpoint="court")
@staff.get("/case/<case_id>/court/<slug>", endpoint="court_part")
@guard.only(*guard.STAFF)
def show_court(case_id: str, slug: str = "") -> ResponseReturnValue:
    """Show the whole page, whichever part of it somebody comes back to."""
    return _page(case_id), 200


@staff.post("/case/<case_id>/court/<slug>")
@guard.only(*guard.STAFF)
def save_court(case_id: str, slug: str) -> ResponseReturnValue:
    """Keep what was found out, the hearing, or what court and child were told."""
    part = PARTS.get(slug) or abort(404)
    form = part.form()
    if _right(form):
        try:
            with context.transaction() as db:
                saved = part.act(db, case_id, guard.person(), form, moment(db))
            return onwards(saved, _("Saved."))
        except refused.REFUSALS as error:
            refused.say(form, error, *_filled_in(form, part))
    return _page(case_id, form), 422


def _page(case_id: str, sent: SeenForm | None = None) -> str:
    with context.reading() as db:
        case = open_case(db, case_id)
        court = notice_of(case.court, context.today(), moment(db)["calendar"])
    forms = {
        code: sent if sent and type(sent) is part.form else _fresh(part, case)
        for code, part in PARTS.items()
    }
    return render_template(
        "staff/court.html",
        case=case,
        head=heading(case),
        court=court,
        parts=PARTS,
        forms=forms,
        form=sent,
        may=Step.COURT in case.steps,
    )


def _fresh(part: Part, case: CaseFile) -> SeenForm:
    """Return a form as if nothing had been sent, with what is known already."""
    known = case.court.facts
    return part.form(
        formdata=None,
        data={
            "seen": case.version,
            "ongoing": None if known.ongoing is CaseOngoing.UNKNOWN else known.ongoing.value,
            "hearing_on": known.hearing_on,
        },
    )


def _right(form: SeenForm) -> bool:
    good = form.validate()
    if not (good and isinstance(form, HearingForm)):
        return good
    if bool(form.hearing_on.data) != form.none_listed.data:
        return True
    form.hearing_on.errors = [_l("Write the day, or tick that no hearing is listed")]
    return False


def _filled_in(form: SeenForm, part: Part) -> list[str]:
    """Return the fields that a refusal is about: of several days, those that were given."""
    return [name for name in part.refused_at if form[name].data] or list(part.refused_at)
