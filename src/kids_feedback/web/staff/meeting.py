"""M7: offer a child times and places, see what they picked, agree to it, or cancel it."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from kids_feedback.domain import meetings as rules
from kids_feedback.domain.errors import CalendarGap
from kids_feedback.domain.meetings import Anywhere, Offer, Unsuitable
from kids_feedback.domain.procedure import Step
from kids_feedback.services import meetings
from kids_feedback.services.cases import Saved
from kids_feedback.services.meeting_replies import Slot
from kids_feedback.services.refusals import Incomplete, MeetingStands
from kids_feedback.web import context, guard
from kids_feedback.web.staff import letters
from kids_feedback.web.staff.face import staff
from kids_feedback.web.staff.forms import SeenForm
from kids_feedback.web.staff.heading import heading
from kids_feedback.web.staff.meeting_forms import AgreeForm, CancelForm, OfferForm, say_faults
from kids_feedback.web.staff.opening import moment, onwards, open_at
from kids_feedback.web.staff.wording import _

_ANYWHERE = {
    Anywhere.SCHOOL: _l("At the child's school or college"),
    Anywhere.PHONE: _l("By phone"),
    Anywhere.VIDEO: _l("By video call"),
}


@staff.get("/case/<case_id>/meeting")
@guard.only(*guard.STAFF)
def meeting(case_id: str) -> ResponseReturnValue:
    return _page(case_id)


@staff.post("/case/<case_id>/meeting")
@guard.only(*guard.STAFF)
def offer_meeting(case_id: str) -> ResponseReturnValue:
    """Show it as the child will see it; the button below that offers it."""
    form = OfferForm()
    if not form.validate():
        return _page(case_id, offer=form), 422
    offered = form.offer(context.settings().timezone)
    if request.form.get("go") != "offer":
        return _previewed(case_id, form, offered)

    def act(db: Any) -> Saved:
        return meetings.offer(
            db,
            case_id,
            guard.person(),
            offered=offered,
            not_on_case=form.not_on_case.data,
            wording=letters.a_message_waits,
            seen=form.seen.data,
            **moment(db),
        )

    said = _("Saved. The child can pick now.")
    return _done(form, act, said) or (_page(case_id, offer=form), 422)


@staff.post("/case/<case_id>/meeting/agree")
@guard.only(*guard.STAFF)
def agree_meeting(case_id: str) -> ResponseReturnValue:
    form = AgreeForm()
    if not form.validate():
        return _page(case_id, agree=form), 422

    def act(db: Any) -> Saved:
        return meetings.agree(
            db,
            case_id,
            guard.person(),
            start=form.starts(context.settings().timezone),
            place=form.place.data or "",
            wording=letters.a_message_waits,
            seen=form.seen.data,
            **moment(db),
        )

    said = _("Saved. The child sees when and where you meet.")
    return _done(form, act, said) or (_page(case_id, agree=form), 422)


@staff.post("/case/<case_id>/meeting/cancel")
@guard.only(*guard.STAFF)
def cancel_meeting(case_id: str) -> ResponseReturnValue:
    form = CancelForm()
    if not form.validate():
        return _page(case_id, cancel=form), 422

    def act(db: Any) -> Saved:
        return meetings.cancel(
            db,
            case_id,
            guard.person(),
            reason=form.reason.data,
            wording=letters.a_message_waits,
            seen=form.seen.data,
            **moment(db),
        )

    said = _("Saved. The child sees why with the secret words; tell them the way they like, too.")
    return _done(form, act, said) or (_page(case_id, cancel=form), 422)


def _done(form: SeenForm, act: Callable[[Any], Saved], said: str) -> ResponseReturnValue | None:
    """Do it, or write on the form why not."""
    try:
        with context.transaction() as db:
            saved = act(db)
    except (Unsuitable, CalendarGap, MeetingStands, Incomplete) as error:
        _refuse(form, error)
        return None
    return onwards(saved, said)


def _previewed(case_id: str, form: OfferForm, offered: Offer) -> ResponseReturnValue:
    with context.reading() as db:
        calendar = moment(db)["calendar"]
    try:
        rules.check_offer(offered, now=context.now(), calendar=calendar)
    except (Unsuitable, CalendarGap) as error:
        _refuse(form, error)
        return _page(case_id, offer=form), 422
    slots = [
        Slot(at=start, part=rules.part_of_day(start, offered.minutes, calendar))
        for start in sorted(offered.starts)
    ]
    return _page(case_id, offer=form, preview=slots, places=offered.places)


def _refuse(form: SeenForm, error: Exception) -> None:
    if isinstance(error, Unsuitable):
        say_faults(form, error.faults)
    elif isinstance(error, Incomplete):
        form.place.errors = [_("Write where you will meet")]
    elif isinstance(error, MeetingStands):
        form.form_errors.append(_("You have agreed on a meeting. Cancel it first."))
    else:
        form.form_errors.append(_("The working days of that year are not known yet."))


def _page(
    case_id: str,
    *,
    offer: OfferForm | None = None,
    agree: AgreeForm | None = None,
    cancel: CancelForm | None = None,
    preview: list[Slot] | None = None,
    places: tuple[str, ...] = (),
) -> str:
    with context.reading() as db:
        case = open_at(db, case_id, Step.OFFER)
        found = meetings.current(db, case_id, guard.person())
    zone, seen = context.settings().timezone, {"seen": case.version}
    picked = found.starts_at.astimezone(zone) if found and found.starts_at else None
    kept = found.place if found and not found.keeps_place else ""
    return render_template(
        "staff/meeting.html",
        case=case,
        head=heading(case),
        found=found,
        form=offer or agree or cancel,
        offer=offer or OfferForm(data=seen, formdata=None),
        agree=agree or AgreeForm(data={**seen, "start": picked, "place": kept}, formdata=None),
        cancel=cancel or CancelForm(data=seen, formdata=None),
        preview=preview,
        places=[*map(place_in_words, (*places, *Anywhere))],
        late=[each for each in preview or () if _is_late(each, case)],
        place_in_words=place_in_words,
    )


def place_in_words(place: str) -> str:
    """Return a place as staff read it."""
    return str(_ANYWHERE[Anywhere(place)]) if place in set(Anywhere) else place


def _is_late(slot: Slot, case: Any) -> bool:
    return rules.later_than_promised(slot.at, case.promises.talk_by)
