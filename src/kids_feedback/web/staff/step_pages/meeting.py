"""Offer a child times and places, see what they picked, agree to it, or cancel it."""

from datetime import date
from functools import partial

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case import meetings as rules
from kids_feedback.domain.case.meetings import UnsuitableOffer, UsualPlace
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.promises import Promise, owed_by
from kids_feedback.domain.errors import CalendarGap
from kids_feedback.services.casework.contact import meetings
from kids_feedback.services.child.meeting_replies import Slot
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import not_right
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.heading import heading, place
from kids_feedback.web.staff.case.loader import (
    look,
    moment,
    open_at,
    shown_again,
    take_or_show_again,
)
from kids_feedback.web.staff.steps import form_errors
from kids_feedback.web.staff.steps.contacting.meeting import AGREE_MEETING, CANCEL_MEETING, OFFER
from kids_feedback.web.staff.steps.contacting.meeting_forms import AgreeForm, CancelForm, OfferForm

_ANYWHERE = {
    UsualPlace.SCHOOL: _l("At the child's school or college"),
    UsualPlace.PHONE: _l("By phone"),
    UsualPlace.VIDEO: _l("By video call"),
}


@staff.get("/case/<case_id>/meeting")
@guard.only(*guard.STAFF)
def meeting(case_id: str) -> ResponseReturnValue:
    """Where the arranging stands, and what can be offered."""
    return _page(case_id)


@staff.post("/case/<case_id>/meeting")
@guard.only(*guard.STAFF)
def offer_meeting(case_id: str) -> ResponseReturnValue:
    """Show it as the child will see it; the button below that offers it."""
    form = OfferForm()
    if request.form.get("go") == "offer":
        return take_or_show_again(case_id, OFFER, form, lambda: _page(case_id, offer=form))
    slots = _slots(form) if form.validate() else None
    if slots is None:
        return shown_again(case_id, form, lambda: _page(case_id, offer=form))
    return _page(case_id, offer=form, preview=slots, places=form.offer().places)


@staff.post("/case/<case_id>/meeting/agree")
@guard.only(*guard.STAFF)
def agree_meeting(case_id: str) -> ResponseReturnValue:
    """Say yes to what the child suggested."""
    form = AgreeForm()
    page = partial(_page, case_id, agree=form)
    return take_or_show_again(case_id, AGREE_MEETING, form, page, at=_address(case_id))


@staff.post("/case/<case_id>/meeting/cancel")
@guard.only(*guard.STAFF)
def cancel_meeting(case_id: str) -> ResponseReturnValue:
    """Call it off; the child reads why."""
    form = CancelForm()
    page = partial(_page, case_id, cancel=form)
    return take_or_show_again(case_id, CANCEL_MEETING, form, page, at=_address(case_id))


def _address(case_id: str) -> str:
    return url_for("staff.meeting", case_id=case_id)


def _slots(form: OfferForm) -> list[Slot] | None:
    """Return the times as the child would see them, or write on the form why not (None)."""
    offered = form.offer()
    with context.reading() as db:
        calendar = moment(db).calendar
    try:
        rules.check_offer(offered, now=context.now(), calendar=calendar)
    except (UnsuitableOffer, CalendarGap) as error:
        form_errors.say(form, error)
        return None
    return [
        Slot(at=start, part=rules.part_of_day(start, offered.minutes, calendar))
        for start in sorted(offered.starts)
    ]


def _page(
    case_id: str,
    *,
    offer: OfferForm | None = None,
    agree: AgreeForm | None = None,
    cancel: CancelForm | None = None,
    preview: list[Slot] | None = None,
    places: tuple[str, ...] = (),
) -> str:
    with look(case_id) as opened:
        case, found = open_at(opened, Step.OFFER), meetings.current(opened)
    talk_by = owed_by(case.owed, Promise.TALK)
    zone, seen = context.settings().timezone, {"seen": case.version}
    picked = found.starts_at.astimezone(zone) if found and found.starts_at else None
    kept = found.place if found and not found.keeps_place else ""
    offer = offer or OfferForm(data=seen, formdata=None)
    agree = agree or AgreeForm(data={**seen, "start": picked, "meeting_place": kept}, formdata=None)
    cancel = cancel or CancelForm(data=seen, formdata=None)
    cancel.ask_of(case)
    return render_template(
        "staff/step_pages/meeting.html",
        case=case,
        head=heading(case),
        found=found,
        now=context.now(),
        say_met=place(Step.SAY_MET, case_id),
        form=not_right(offer, agree, cancel),
        offer=offer,
        agree=agree,
        cancel=cancel,
        preview=preview,
        places=[*map(place_in_words, (*places, *UsualPlace))],
        talk_by=talk_by,
        late=[slot for slot in preview or () if talk_by and _is_late(slot, talk_by)],
        place_in_words=place_in_words,
    )


def place_in_words(place: str) -> str:
    """Return a place as staff read it."""
    return str(_ANYWHERE[UsualPlace(place)]) if place in set(UsualPlace) else place


def _is_late(slot: Slot, talk_by: date) -> bool:
    return rules.later_than_promised(slot.at, talk_by)
